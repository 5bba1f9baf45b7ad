/* Commands of the waymark program: one table of them, in main.c. */
#ifndef WAYMARK_MAIN_COMMAND_H
#define WAYMARK_MAIN_COMMAND_H

#include "main/config.h"

/* What a command is given. Texts live in the arena. */
struct command_call {
    struct arena *arena;
    const struct config *config;
    int count; /* arguments after the command's name */
    char **arguments;
};

struct command {
    const char *name;
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

#endif
