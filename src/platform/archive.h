/* The table of contents of a ZIP archive in memory. Nothing is unpacked. Pure. */
#ifndef WAYMARK_PLATFORM_ARCHIVE_H
#define WAYMARK_PLATFORM_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes are, from the first one, a ZIP archive (not ZIP64) whose directory, read up to
 * its first fault, lists a member with a name that begins so, in any case. */
bool archive_has(const void *bytes, size_t size, const char *beginning);

#endif
