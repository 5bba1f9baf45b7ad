/* The command line of waymark-verify. */
#ifndef WAYMARK_VERIFY_OPTIONS_H
#define WAYMARK_VERIFY_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "core/note.h"

enum { OPTIONS_KEY_LIMIT = 16 };

struct options {
    bool help, version;
    const char *bundle;
    struct note_key keys[OPTIONS_KEY_LIMIT];
    size_t key_count;
    const char *checkpoint; /* a file, or NULL */
    const char *files;      /* a directory, or NULL */
};

/* Reads the command line and the key files it names. What it points to is in the arena or in
 * arguments. ERROR_USAGE says what is wrong with it. */
enum error options_read(struct arena *arena, int count, char *arguments[], struct options *options,
                        struct fault *fault) WARN_UNUSED;

/* What --help prints, and the short form for a usage error. */
extern const char options_help[];
extern const char options_usage[];

#endif
