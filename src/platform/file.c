#include "platform/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum error trouble(const char *doing, const char *path, struct fault *fault)
{
    return refuse(fault, ERROR_STORAGE, NULL, "cannot %s %s: %s", doing, path, strerror(errno));
}

/* Until the end of the file or until bytes is full; -1 and errno on trouble. */
static ssize_t read_fully(int descriptor, char *bytes, size_t size)
{
    size_t done = 0;
    while (done < size) {
        ssize_t count = read(descriptor, bytes + done, size - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        done += (size_t)count;
    }
    return (ssize_t)done;
}

static enum error read_open_file(struct arena *arena, int descriptor, const char *path,
                                 size_t limit, char **bytes, size_t *size, struct fault *fault)
{
    struct stat status;
    if (fstat(descriptor, &status) != 0)
        return trouble("read", path, fault);
    if (!S_ISREG(status.st_mode))
        return refuse(fault, ERROR_STORAGE, NULL, "%s is not a regular file", path);
    if (status.st_size > (off_t)limit)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "%s is larger than %zu bytes", path, limit);
    char *into = arena_alloc(arena, (size_t)status.st_size + 1);
    ssize_t count = read_fully(descriptor, into, (size_t)status.st_size);
    if (count < 0)
        return trouble("read", path, fault);
    *bytes = into;
    *size = (size_t)count;
    return OK;
}

enum error file_read(struct arena *arena, const char *path, size_t limit, char **bytes,
                     size_t *size, struct fault *fault)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0 && errno == ENOENT)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no file %s", path);
    if (descriptor < 0)
        return trouble("open", path, fault);
    enum error error = read_open_file(arena, descriptor, path, limit, bytes, size, fault);
    close(descriptor);
    return error;
}

static bool write_fully(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(descriptor, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

/* A name is durable only when its directory is. */
static bool sync_directory_of(const char *path)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    snprintf(directory, sizeof directory, "%.*s", (int)length, path);
    const char *name = length > 0 ? directory : slash ? "/" : ".";
    int descriptor = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    bool synced = fsync(descriptor) == 0;
    close(descriptor);
    return synced;
}

static bool write_and_close(int descriptor, const void *bytes, size_t size, mode_t mode)
{
    bool written = fchmod(descriptor, mode) == 0 && write_fully(descriptor, bytes, size) &&
                   fsync(descriptor) == 0;
    int reason = errno;
    bool closed = close(descriptor) == 0;
    if (!written)
        errno = reason;
    return written && closed;
}

enum error file_write(const char *path, const void *bytes, size_t size, mode_t mode,
                      struct fault *fault)
{
    char temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    if (length < 0 || (size_t)length >= sizeof temporary)
        return refuse(fault, ERROR_STORAGE, NULL, "the path %.100s... is too long", path);
    int descriptor = mkostemp(temporary, O_CLOEXEC);
    if (descriptor < 0)
        return trouble("write", path, fault);
    if (!write_and_close(descriptor, bytes, size, mode) || rename(temporary, path) != 0) {
        int reason = errno;
        unlink(temporary);
        errno = reason;
        return trouble("write", path, fault);
    }
    if (!sync_directory_of(path))
        return trouble("sync the directory of", path, fault);
    return OK;
}

static bool make_one(const char *path, mode_t mode)
{
    struct stat status;
    if (mkdir(path, mode) == 0)
        return true;
    if (errno != EEXIST || stat(path, &status) != 0)
        return false;
    if (!S_ISDIR(status.st_mode))
        errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

enum error directory_make(const char *path, mode_t mode, struct fault *fault)
{
    char upto[PATH_MAX];
    int length = snprintf(upto, sizeof upto, "%s", path);
    if (length <= 0 || (size_t)length >= sizeof upto)
        return refuse(fault, ERROR_STORAGE, NULL, "'%.100s' is no path", path);
    for (char *at = upto + 1; *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        bool made = make_one(upto, mode);
        *at = '/';
        if (!made)
            return trouble("make", path, fault);
    }
    if (!make_one(upto, mode))
        return trouble("make", path, fault);
    return OK;
}
