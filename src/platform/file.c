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

enum error file_begin(const char *beside, mode_t mode, struct new_file *file, struct fault *fault)
{
    int length = snprintf(file->path, sizeof file->path, "%s.XXXXXX", beside);
    if (length < 0 || (size_t)length >= sizeof file->path)
        return refuse(fault, ERROR_STORAGE, NULL, "the path %.100s... is too long", beside);
    file->descriptor = mkostemp(file->path, O_CLOEXEC);
    if (file->descriptor < 0)
        return trouble("write", beside, fault);
    if (fchmod(file->descriptor, mode) == 0)
        return OK;
    enum error error = trouble("write", beside, fault);
    file_abandon(file);
    return error;
}

enum error file_append(struct new_file *file, const void *bytes, size_t size, struct fault *fault)
{
    if (!write_fully(file->descriptor, bytes, size))
        return trouble("write", file->path, fault);
    return OK;
}

void file_abandon(struct new_file *file)
{
    close(file->descriptor);
    unlink(file->path);
}

enum error file_finish(struct new_file *file, const char *path, struct fault *fault)
{
    if (fsync(file->descriptor) != 0 || rename(file->path, path) != 0) {
        enum error error = trouble("write", path, fault);
        file_abandon(file);
        return error;
    }
    close(file->descriptor);
    return file_sync_name(path, fault);
}

enum error file_write(const char *path, const void *bytes, size_t size, mode_t mode,
                      struct fault *fault)
{
    struct new_file file;
    enum error error = file_begin(path, mode, &file, fault);
    if (error)
        return error;
    error = file_append(&file, bytes, size, fault);
    if (!error)
        return file_finish(&file, path, fault);
    file_abandon(&file);
    return error;
}

/* A name is durable only when its directory is. */
enum error file_sync_name(const char *path, struct fault *fault)
{
    char directory[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;
    snprintf(directory, sizeof directory, "%.*s", (int)length, path);
    const char *name = length > 0 ? directory : slash ? "/" : ".";
    int descriptor = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return trouble("sync the directory of", path, fault);
    enum error error = fsync(descriptor) == 0 ? OK : trouble("sync the directory of", path, fault);
    close(descriptor);
    return error;
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
