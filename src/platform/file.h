/* Whole files, read with a limit and written so that a crash leaves the old or the new one. */
#ifndef WAYMARK_PLATFORM_FILE_H
#define WAYMARK_PLATFORM_FILE_H

#include <limits.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/error.h"

/* The whole file into arena, followed by a NUL that *size does not count.
 * ERROR_NOT_FOUND, ERROR_TOO_LARGE (above limit bytes), ERROR_STORAGE. */
enum error file_read(struct arena *arena, const char *path, size_t limit, char **bytes,
                     size_t *size, struct fault *fault) WARN_UNUSED;

/* Puts the file there, in place of any older one, with these permissions (such as 0600). When it
 * returns OK the file is durable under its name. ERROR_STORAGE: the older one is still there, or
 * the new one if only making its name durable failed. */
enum error file_write(const char *path, const void *bytes, size_t size, mode_t mode,
                      struct fault *fault) WARN_UNUSED;

/* The same for what comes in pieces: begin, append as often as needed, then finish or abandon. */
struct new_file {
    int descriptor;
    char path[PATH_MAX]; /* where it is being written */
};

/* Begins a file in the directory of beside, as that name and a random ending. ERROR_STORAGE. */
enum error file_begin(const char *beside, mode_t mode, struct new_file *file,
                      struct fault *fault) WARN_UNUSED;

/* ERROR_STORAGE: the file can only be abandoned. */
enum error file_append(struct new_file *file, const void *bytes, size_t size,
                       struct fault *fault) WARN_UNUSED;

/* Ends the file as file_write does, at a path in the same file system; gone if that fails. */
enum error file_finish(struct new_file *file, const char *path, struct fault *fault) WARN_UNUSED;

void file_abandon(struct new_file *file);

/* Makes the name of a file or directory durable, not its content. ERROR_STORAGE. */
enum error file_sync_name(const char *path, struct fault *fault) WARN_UNUSED;

/* The directory and those above it, made where they are missing, with these permissions.
 * ERROR_STORAGE. */
enum error directory_make(const char *path, mode_t mode, struct fault *fault) WARN_UNUSED;

#endif
