/* What each command does; the table in command.c says how it is called. */
#ifndef WAYMARK_MAIN_COMMANDS_H
#define WAYMARK_MAIN_COMMANDS_H

#include "main/command.h"

enum error command_serve(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_run(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_init(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_migrate(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_backup(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_restore(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_verify(struct command_call *call, struct fault *fault) WARN_UNUSED;

#endif
