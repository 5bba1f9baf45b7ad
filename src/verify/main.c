#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "verify/file.h"
#include "verify/options.h"
#include "verify/verification.h"

enum { EXIT_CLEAN = 0, EXIT_WRONG = 1, EXIT_USAGE = 64, EXIT_UNREADABLE = 65 };

static bool wants_colour(FILE *out)
{
    const char *none = getenv("NO_COLOR");
    return isatty(fileno(out)) && (!none || *none == '\0');
}

static int complain(int status, const char *what, const struct fault *fault)
{
    fprintf(stderr, "waymark-verify: %s%s%s%s%s\n", what, *what ? ": " : "", fault->field,
            *fault->field ? ": " : "", fault->detail);
    if (status == EXIT_USAGE)
        fputs(options_usage, stderr);
    return status;
}

static void report_keys(struct report *report, const struct options *options)
{
    report_line(report, "Evidence bundle %s", options->bundle);
    for (size_t i = 0; i < options->key_count; i++)
        report_line(report, "Trusted key %s, id %08x", options->keys[i].name, options->keys[i].id);
}

static int verify(struct arena *arena, const struct options *options, const char *held_note,
                  const struct bundle *bundle)
{
    struct report report = {.out = stdout, .colour = wants_colour(stdout)};
    struct verification verification = {
        .arena = arena,
        .scratch = arena_new(),
        .report = &report,
        .bundle = bundle,
        .keys = options->keys,
        .key_count = options->key_count,
        .held_note = held_note,
        .files_directory = options->files,
    };
    report_keys(&report, options);
    check_log(&verification);
    check_rows(&verification);
    check_documents(&verification);
    check_agreed(&verification);
    check_chain(&verification);
    arena_free(verification.scratch);
    return report_verdict(&report) ? EXIT_CLEAN : EXIT_WRONG;
}

static int run(struct arena *arena, const struct options *options)
{
    struct fault fault = {0};
    const char *bytes, *held_note = NULL;
    size_t size;
    if (options->checkpoint &&
        file_read(arena, options->checkpoint, NOTE_LIMIT, &held_note, &size, &fault) != OK)
        return complain(EXIT_USAGE, options->checkpoint, &fault);
    if (file_read(arena, options->bundle, BUNDLE_LIMIT, &bytes, &size, &fault) != OK)
        return complain(EXIT_UNREADABLE, options->bundle, &fault);
    struct bundle bundle;
    if (bundle_read(arena, bytes, size, &bundle, &fault) != OK)
        return complain(EXIT_UNREADABLE, options->bundle, &fault);
    int status = verify(arena, options, held_note, &bundle);
    bundle_free(&bundle);
    return status;
}

/* A report that nobody can have read is not a clean one. */
static int finish(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fputs("waymark-verify: the report cannot be written\n", stderr);
    return status == EXIT_CLEAN ? EXIT_WRONG : status;
}

int main(int count, char *arguments[])
{
    struct arena *arena = arena_new();
    struct options options;
    struct fault fault = {0};
    int status = EXIT_CLEAN;
    if (options_read(arena, count, arguments, &options, &fault) != OK)
        status = complain(EXIT_USAGE, "", &fault);
    else if (options.help)
        printf("%s\n%s", options_usage, options_help);
    else if (options.version)
        printf("waymark-verify %s\n", WAYMARK_VERSION);
    else
        status = run(arena, &options);
    arena_free(arena);
    return finish(status);
}
