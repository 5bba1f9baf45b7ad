/* The files that the verifier reads. */
#ifndef WAYMARK_VERIFY_FILE_H
#define WAYMARK_VERIFY_FILE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"

/* A whole file of at most limit bytes, NUL-terminated, in the arena. ERROR_NOT_FOUND if it cannot
 * be opened, ERROR_TOO_LARGE, or ERROR_STORAGE if it cannot be read. */
enum error file_read(struct arena *arena, const char *path, size_t limit, const char **bytes,
                     size_t *size, struct fault *fault) WARN_UNUSED;

/* The hash of a regular file of any size. ERROR_NOT_FOUND or ERROR_STORAGE. */
enum error file_hash(const char *path, struct hash *hash, struct fault *fault) WARN_UNUSED;

#endif
