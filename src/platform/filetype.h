/* Is an uploaded file what it claims to be? Its name, the type that the sender declared, and its
 * bytes have to agree on one of the types in a table; the bytes are judged with libmagic.
 *
 * The table holds what people deliver and get paid for. Programs and HTML are in no form accepted:
 * someone else will open the file. What an archive contains is not looked at, but for the macros of
 * an office document. A file of these types is safe to serve only as its type with `nosniff`, and
 * as a download. */
#ifndef WAYMARK_PLATFORM_FILETYPE_H
#define WAYMARK_PLATFORM_FILETYPE_H

#include <stddef.h>

#include "base/error.h"

struct upload {
    const char *name;       /* of the file; what follows its last dot, in any case, counts */
    const char *media_type; /* as declared, parameters allowed; NULL, "" or
                               application/octet-stream say nothing */
    const void *bytes;
    size_t size;
};

/* What libmagic knows; loaded once, used by any thread. */
struct filetypes;

/* ERROR_UNAVAILABLE: libmagic's data cannot be loaded. */
enum error filetypes_open(struct filetypes **filetypes, struct fault *fault) WARN_UNUSED;

/* NULL is allowed. */
void filetypes_close(struct filetypes *filetypes);

/* The media type that all agree on, as it is served: static. ERROR_UNSUPPORTED_MEDIA, field "file",
 * says what does not fit; ERROR_INVALID for an empty file; ERROR_INTERNAL if libmagic fails. */
enum error filetype_check(struct filetypes *filetypes, const struct upload *upload,
                          const char **media_type, struct fault *fault) WARN_UNUSED;

#endif
