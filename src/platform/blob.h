/* A store of files by the SHA-256 of their bytes, in a directory: DIRECTORY/ab/cdef… in lower-case
 * hex. Equal bytes are one file, a file never changes, and it is whole or not there.
 *
 * Any thread and any process may put, read and check at the same time. */
#ifndef WAYMARK_PLATFORM_BLOB_H
#define WAYMARK_PLATFORM_BLOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"

/* Stores the bytes and says under which hash; to store them again changes nothing, but mends a
 * damaged file. The directory exists. When it returns OK the file is durable. ERROR_STORAGE. */
enum error blob_put(const char *directory, const void *bytes, size_t size, struct hash *hash,
                    struct fault *fault) WARN_UNUSED;

/* The same for bytes that come in pieces: begin, append as often as needed, then finish or abandon,
 * both of which free the writer. ERROR_STORAGE; after it from append the writer can only be
 * abandoned. */
struct blob_writer;

enum error blob_begin(const char *directory, struct blob_writer **writer,
                      struct fault *fault) WARN_UNUSED;
enum error blob_append(struct blob_writer *writer, const void *bytes, size_t size,
                       struct fault *fault) WARN_UNUSED;
enum error blob_finish(struct blob_writer *writer, struct hash *hash,
                       struct fault *fault) WARN_UNUSED;
void blob_abandon(struct blob_writer *writer);

/* Whether there is such a file, damaged or not. */
bool blob_exists(const char *directory, struct hash hash);

/* The whole file into arena, followed by a NUL that *size does not count, and known to be the bytes
 * of that hash. ERROR_NOT_FOUND, ERROR_TOO_LARGE (above limit bytes), ERROR_STORAGE, ERROR_INTERNAL
 * (damaged). */
enum error blob_read(const char *directory, struct hash hash, size_t limit, struct arena *arena,
                     const char **bytes, size_t *size, struct fault *fault) WARN_UNUSED;

/* Opens the file for reading, unchecked; the caller closes the descriptor. ERROR_NOT_FOUND,
 * ERROR_STORAGE. */
enum error blob_open(const char *directory, struct hash hash, int *descriptor, int64_t *size,
                     struct fault *fault) WARN_UNUSED;

/* Reads the file and hashes it anew. ERROR_NOT_FOUND, ERROR_STORAGE, ERROR_CHECK_FAILED (damaged).
 */
enum error blob_check(const char *directory, struct hash hash, struct fault *fault) WARN_UNUSED;

/* Removes what writers of a crashed process left behind: unfinished files that nobody has written
 * to for an hour before now_ms. ERROR_STORAGE. */
enum error blob_sweep(const char *directory, int64_t now_ms, struct fault *fault) WARN_UNUSED;

#endif
