/* Commands of the waymark program: one table of them, and how they read their arguments. */
#ifndef WAYMARK_MAIN_COMMAND_H
#define WAYMARK_MAIN_COMMAND_H

#include <stdbool.h>

#include "base/shape.h"
#include "main/config.h"

/* What a command is given. Texts live in the arena. */
struct command_call {
    struct arena *arena;
    const struct config *config;
    int count; /* arguments after the command's name */
    char **arguments;
};

struct command {
    const char *name;  /* one word, or two: "user add" */
    const char *usage; /* "waymark user add COMPANY EMAIL --role ROLE" */
    const char *summary;
    const char *help; /* the rest of --help; lines end in a newline */
    enum error (*run)(struct command_call *call, struct fault *fault);
};

/* Ends with a NULL name. */
extern const struct command all_commands[];

/* ERROR_USAGE unless the call has from least to most arguments. */
enum error command_arguments(const struct command_call *call, int least, int most,
                             struct fault *fault) WARN_UNUSED;

/* The value of a flag "--name VALUE" or "--name=VALUE", which is taken out of the arguments;
 * NULL if it was not given. */
const char *command_flag(struct command_call *call, const char *name);

/* Whether "--name" was given, which is taken out. */
bool command_switch(struct command_call *call, const char *name);

/* Reads a flag's text into the member that shape names so, with the limits that hold for it in the
 * API. A NULL text leaves the member as it is; ERROR_USAGE if the member is REQUIRED. */
enum error command_member(const struct command_call *call, const struct shape *shape,
                          const char *name, const char *text, void *row,
                          struct fault *fault) WARN_UNUSED;

/* One line from standard input; a terminal is asked and does not show it. "" for an empty line.
 * ERROR_USAGE when there is none. */
enum error command_password(const struct command_call *call, const char **password,
                            struct fault *fault) WARN_UNUSED;

#endif
