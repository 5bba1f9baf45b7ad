#include "web/portal.h"

const struct web_files portal_files = {.count = 0};
