/* The portal as it was built; made from portal/dist by the build. Empty if the program was built
 * without it. */
#ifndef WAYMARK_WEB_PORTAL_H
#define WAYMARK_WEB_PORTAL_H

#include "web/web.h"

extern const struct web_files portal_files;

#endif
