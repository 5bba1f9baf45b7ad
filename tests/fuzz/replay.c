/* Runs a fuzz target on every file of a directory, a test each: replay DIRECTORY */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/must.h"
#include "platform/file.h"

enum { INPUT_LIMIT = 1 << 20 };

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void replay(struct arena *arena, const char *directory, const char *name)
{
    char *bytes;
    size_t size;
    struct fault fault;
    char *path = arena_format(arena, "%s/%s", directory, name);
    must(file_read(arena, path, INPUT_LIMIT, &bytes, &size, &fault) == OK);
    LLVMFuzzerTestOneInput((const uint8_t *)bytes, size);
}

int main(int count, char **arguments)
{
    struct dirent **entries;
    must(count == 2);
    int files = scandir(arguments[1], &entries, is_input, alphasort);
    must(files > 0);
    struct arena *arena = arena_new();
    printf("1..%d\n", files);
    for (int i = 0; i < files; i++) {
        replay(arena, arguments[1], entries[i]->d_name);
        printf("ok %d - %s\n", i + 1, entries[i]->d_name);
        fflush(stdout);
        free(entries[i]);
    }
    free(entries);
    arena_free(arena);
    return 0;
}
