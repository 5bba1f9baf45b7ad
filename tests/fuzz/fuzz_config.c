/* The configuration file. */
#include <stdio.h>
#include <unistd.h>

#include <sys/mman.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "main/config.h"

/* The input as a file that config_read can open. */
static int file_of(const uint8_t *input, size_t size)
{
    int file = memfd_create("waymark.conf", 0);
    must(file >= 0 && write(file, input, size) == (ssize_t)size);
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    struct arena *arena = arena_new();
    struct config config;
    struct fault fault = {0};
    int file = file_of(input, size);
    char command[] = "serve";
    char *arguments[] = {command, arena_format(arena, "--config=/proc/self/fd/%d", file)};
    int count = 2;
    enum error error = config_read(arena, &count, arguments, &config, &fault);
    if (error) {
        must(fault.code == error && *fault.detail);
        must(utf8_is_prose(fault.field) && utf8_is_prose(fault.detail));
    } else {
        must(count == 1 && config.workers >= 1 && config.workers <= 64);
        must(*config.database && *config.base_url && config.smtp_password && config.clock);
    }
    close(file);
    arena_free(arena);
    return 0;
}
