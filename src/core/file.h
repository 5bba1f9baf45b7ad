/* A file is an upload to an engagement. Its bytes are kept once per content, by their hash. */
#ifndef WAYMARK_CORE_FILE_H
#define WAYMARK_CORE_FILE_H

#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"

struct file {
    struct id id;
    struct id engagement_id;
    const char *name;
    const char *mime; /* as found in its bytes, not as claimed */
    int64_t size;
    struct hash hash;
    struct id uploaded_by;
    int64_t created_at;
};
extern const struct shape file_shape;

/* ERROR_INVALID for "name" unless it could be a file's on anybody's machine: a name and not a path,
 * of printable characters. */
enum error file_name_check(const char *name, struct fault *fault) WARN_UNUSED;

#endif
