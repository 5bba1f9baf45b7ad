#include "verify/options.h"

#include <getopt.h>
#include <string.h>

#include "verify/file.h"

const char options_usage[] =
    "usage: waymark-verify BUNDLE.json --key KEY [--checkpoint FILE] [--files DIRECTORY]\n";

const char options_help[] =
    "Checks one exported evidence bundle, offline.\n"
    "\n"
    "  -k, --key KEY          trust this verifier key: name+id+base64 (may be repeated)\n"
    "  -K, --key-file FILE    trust the keys in this file, one a line\n"
    "  -c, --checkpoint FILE  the bundle must contain this checkpoint, which you already have\n"
    "  -f, --files DIRECTORY  hash the files of the bundle's documents in this directory\n"
    "  -h, --help             print this\n"
    "  -V, --version          print the version\n"
    "\n"
    "Get the key from the company itself, not from where the bundle came from.\n"
    "\n"
    "Exit status: 0 all holds, 1 something is wrong, 64 wrong usage, 65 no readable bundle.\n";

static const struct option long_options[] = {
    {"key", required_argument, NULL, 'k'},
    {"key-file", required_argument, NULL, 'K'},
    {"checkpoint", required_argument, NULL, 'c'},
    {"files", required_argument, NULL, 'f'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {0},
};

static enum error add_key(const char *text, struct options *options, struct fault *fault)
{
    if (options->key_count == OPTIONS_KEY_LIMIT)
        return refuse(fault, ERROR_USAGE, "key", "more than %d keys", OPTIONS_KEY_LIMIT);
    struct fault why;
    if (note_key_parse(text, &options->keys[options->key_count], &why) != OK)
        return refuse(fault, ERROR_USAGE, "key", "\"%.60s\": %s", text, why.detail);
    options->key_count++;
    return OK;
}

static enum error add_key_file(struct arena *arena, const char *path, struct options *options,
                               struct fault *fault)
{
    const char *bytes;
    size_t size;
    struct fault why;
    if (file_read(arena, path, NOTE_LIMIT, &bytes, &size, &why) != OK)
        return refuse(fault, ERROR_USAGE, "key-file", "%.100s: %s", path, why.detail);
    char *rest = arena_text(arena, bytes);
    enum error error = OK;
    for (char *line; error == OK && (line = strsep(&rest, "\n"));)
        if (*line != '\0')
            error = add_key(line, options, fault);
    return error;
}

enum error options_read(struct arena *arena, int count, char *arguments[], struct options *options,
                        struct fault *fault)
{
    *options = (struct options){0};
    enum error error = OK;
    opterr = 0;
    for (int option; error == OK && (option = getopt_long(count, arguments, "k:K:c:f:hV",
                                                          long_options, NULL)) != -1;) {
        switch (option) {
        case 'k':
            error = add_key(optarg, options, fault);
            break;
        case 'K':
            error = add_key_file(arena, optarg, options, fault);
            break;
        case 'c':
            options->checkpoint = optarg;
            break;
        case 'f':
            options->files = optarg;
            break;
        case 'h':
            options->help = true;
            return OK;
        case 'V':
            options->version = true;
            return OK;
        default:
            return refuse(fault, ERROR_USAGE, NULL, "%.100s is no option, or lacks its value",
                          arguments[optind - 1]);
        }
    }
    if (error == OK && optind != count - 1)
        return refuse(fault, ERROR_USAGE, NULL, "name one bundle");
    if (error == OK && options->key_count == 0)
        return refuse(fault, ERROR_USAGE, NULL, "name the key to trust with --key");
    options->bundle = arguments[optind];
    return error;
}
