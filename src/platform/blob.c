#include "platform/blob.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/must.h"
#include "platform/file.h"

static const char unfinished_prefix[] = ".unfinished";

enum {
    DIRECTORY_MODE = 0700,
    FILE_MODE = 0600,
    SPREAD_DIGITS = 2, /* of the hash name the directory */
    CHECK_BUFFER = 64 * KIB,
    SWEEP_AGE_S = 3600,
};

struct blob_writer {
    struct hasher *hasher;
    char *directory;
    struct new_file file;
};

struct path {
    char text[PATH_MAX];
};

static enum error refuse_path(const char *directory, struct fault *fault)
{
    return refuse(fault, ERROR_STORAGE, NULL, "the path %.100s... is too long", directory);
}

/* "DIRECTORY/ab/cdef…", or "DIRECTORY/ab" if whole is false. False if it is too long. */
static bool make_path(const char *directory, struct hash hash, bool whole, struct path *path)
{
    char hex[HASH_HEX_SIZE];
    hash_to_hex(hash, hex);
    int length = snprintf(path->text, sizeof path->text, "%s/%.*s%s%s", directory, SPREAD_DIGITS,
                          hex, whole ? "/" : "", whole ? hex + SPREAD_DIGITS : "");
    return length > 0 && (size_t)length < sizeof path->text;
}

/* ---- writing ------------------------------------------------------------------------------- */

static void free_writer(struct blob_writer *writer)
{
    hasher_free(writer->hasher);
    free(writer->directory);
    free(writer);
}

enum error blob_begin(const char *directory, struct blob_writer **writer, struct fault *fault)
{
    struct path beside;
    int length = snprintf(beside.text, sizeof beside.text, "%s/%s", directory, unfinished_prefix);
    if (length < 0 || (size_t)length >= sizeof beside.text)
        return refuse_path(directory, fault);
    struct blob_writer *made = calloc(1, sizeof *made);
    must(made);
    made->hasher = hasher_new();
    made->directory = strdup(directory);
    must(made->directory);
    enum error error = file_begin(beside.text, FILE_MODE, &made->file, fault);
    if (error)
        free_writer(made);
    else
        *writer = made;
    return error;
}

enum error blob_append(struct blob_writer *writer, const void *bytes, size_t size,
                       struct fault *fault)
{
    hasher_add(writer->hasher, bytes, size);
    return file_append(&writer->file, bytes, size, fault);
}

/* The directory that the hash belongs in, durable under its name. */
static enum error make_directory(const char *directory, struct hash hash, struct fault *fault)
{
    struct path path;
    if (!make_path(directory, hash, false, &path))
        return refuse_path(directory, fault);
    if (mkdir(path.text, DIRECTORY_MODE) != 0 && errno != EEXIST)
        return refuse(fault, ERROR_STORAGE, NULL, "cannot make %s: %s", path.text, strerror(errno));
    return file_sync_name(path.text, fault);
}

enum error blob_finish(struct blob_writer *writer, struct hash *hash, struct fault *fault)
{
    struct path path;
    *hash = hasher_finish(writer->hasher);
    enum error error = make_directory(writer->directory, *hash, fault);
    if (!error && !make_path(writer->directory, *hash, true, &path))
        error = refuse_path(writer->directory, fault);
    if (error)
        file_abandon(&writer->file);
    else
        error = file_finish(&writer->file, path.text, fault);
    free_writer(writer);
    return error;
}

void blob_abandon(struct blob_writer *writer)
{
    file_abandon(&writer->file);
    free_writer(writer);
}

enum error blob_put(const char *directory, const void *bytes, size_t size, struct hash *hash,
                    struct fault *fault)
{
    struct blob_writer *writer;
    enum error error = blob_begin(directory, &writer, fault);
    if (error)
        return error;
    error = blob_append(writer, bytes, size, fault);
    if (!error)
        return blob_finish(writer, hash, fault);
    blob_abandon(writer);
    return error;
}

/* ---- reading ------------------------------------------------------------------------------- */

bool blob_exists(const char *directory, struct hash hash)
{
    struct path path;
    return make_path(directory, hash, true, &path) && access(path.text, F_OK) == 0;
}

enum error blob_read(const char *directory, struct hash hash, size_t limit, struct arena *arena,
                     const char **bytes, size_t *size, struct fault *fault)
{
    struct path path;
    char *found;
    if (!make_path(directory, hash, true, &path))
        return refuse_path(directory, fault);
    enum error error = file_read(arena, path.text, limit, &found, size, fault);
    if (error)
        return error;
    if (!hash_equal(hash_bytes(found, *size), hash))
        return refuse(fault, ERROR_INTERNAL, NULL, "%s is damaged", path.text);
    *bytes = found;
    return OK;
}

enum error blob_open(const char *directory, struct hash hash, int *descriptor, int64_t *size,
                     struct fault *fault)
{
    struct path path;
    struct stat status;
    if (!make_path(directory, hash, true, &path))
        return refuse_path(directory, fault);
    int opened = open(path.text, O_RDONLY | O_CLOEXEC);
    if (opened < 0 && errno == ENOENT)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no file %s", path.text);
    if (opened < 0 || fstat(opened, &status) != 0) {
        enum error error =
            refuse(fault, ERROR_STORAGE, NULL, "cannot open %s: %s", path.text, strerror(errno));
        if (opened >= 0)
            close(opened);
        return error;
    }
    *descriptor = opened;
    *size = status.st_size;
    return OK;
}

/* The hash of what a descriptor gives until its end; false and errno on trouble. */
static bool hash_descriptor(int descriptor, struct hash *hash)
{
    char *buffer = malloc(CHECK_BUFFER);
    must(buffer);
    struct hasher *hasher = hasher_new();
    ssize_t count;
    while ((count = read(descriptor, buffer, CHECK_BUFFER)) > 0 || (count < 0 && errno == EINTR))
        hasher_add(hasher, buffer, count > 0 ? (size_t)count : 0);
    int reason = errno;
    *hash = hasher_finish(hasher);
    hasher_free(hasher);
    free(buffer);
    errno = reason;
    return count == 0;
}

enum error blob_check(const char *directory, struct hash hash, struct fault *fault)
{
    int descriptor;
    int64_t size;
    struct hash found;
    char hex[HASH_HEX_SIZE];
    enum error error = blob_open(directory, hash, &descriptor, &size, fault);
    if (error)
        return error;
    if (!hash_descriptor(descriptor, &found))
        error = refuse(fault, ERROR_STORAGE, NULL, "cannot read %s: %s", hash_to_hex(hash, hex),
                       strerror(errno));
    else if (!hash_equal(found, hash))
        error = refuse(fault, ERROR_CHECK_FAILED, NULL, "the file %s is damaged",
                       hash_to_hex(hash, hex));
    close(descriptor);
    return error;
}

/* ---- sweeping ------------------------------------------------------------------------------ */

static void sweep_one(int directory, const char *name, int64_t now_ms)
{
    struct stat status;
    if (strncmp(name, unfinished_prefix, sizeof unfinished_prefix - 1) == 0 &&
        fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        status.st_mtime < now_ms / 1000 - SWEEP_AGE_S)
        unlinkat(directory, name, 0);
}

enum error blob_sweep(const char *directory, int64_t now_ms, struct fault *fault)
{
    DIR *list = opendir(directory);
    if (!list)
        return refuse(fault, ERROR_STORAGE, NULL, "cannot read %s: %s", directory, strerror(errno));
    for (struct dirent *entry = readdir(list); entry; entry = readdir(list))
        sweep_one(dirfd(list), entry->d_name, now_ms);
    closedir(list);
    return OK;
}
