#include "verify/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>

static enum error open_file(const char *path, FILE **file, struct fault *fault)
{
    *file = fopen(path, "rb");
    if (!*file)
        return refuse(fault, ERROR_NOT_FOUND, "file", "%s", strerror(errno));
    struct stat status;
    if (fstat(fileno(*file), &status) == 0 && S_ISREG(status.st_mode))
        return OK;
    fclose(*file);
    return refuse(fault, ERROR_NOT_FOUND, "file", "it is not a regular file");
}

static enum error read_trouble(struct fault *fault)
{
    return refuse(fault, ERROR_STORAGE, "file", "%s", strerror(errno));
}

enum error file_read(struct arena *arena, const char *path, size_t limit, const char **bytes,
                     size_t *size, struct fault *fault)
{
    FILE *file;
    enum error error = open_file(path, &file, fault);
    if (error != OK)
        return error;
    struct stat status;
    if (fstat(fileno(file), &status) != 0)
        error = read_trouble(fault);
    else if ((uint64_t)status.st_size > limit)
        error = refuse(fault, ERROR_TOO_LARGE, "file", "it is larger than %zu bytes", limit);
    if (error == OK) {
        char *room = arena_alloc(arena, (size_t)status.st_size + 1);
        *size = fread(room, 1, (size_t)status.st_size, file);
        *bytes = room;
        if (ferror(file))
            error = read_trouble(fault);
    }
    fclose(file);
    return error;
}

enum error file_hash(const char *path, struct hash *hash, struct fault *fault)
{
    FILE *file;
    enum error error = open_file(path, &file, fault);
    if (error != OK)
        return error;
    struct hasher *hasher = hasher_new();
    char block[64 * 1024];
    for (size_t size; (size = fread(block, 1, sizeof block, file)) > 0;)
        hasher_add(hasher, block, size);
    if (ferror(file))
        error = read_trouble(fault);
    *hash = hasher_finish(hasher);
    hasher_free(hasher);
    fclose(file);
    return error;
}
