#include "web/web.h"

extern const struct web_files site_files;
