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
enum error command_company_list(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_company_show(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_user_list(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_user_add(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_user_password(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_user_disable(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_user_enable(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_token_list(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_token_add(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_token_revoke(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_link(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_engagement_export(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_engagement_import(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_enter(struct command_call *call, struct fault *fault) WARN_UNUSED;
enum error command_call_operation(struct command_call *call, struct fault *fault) WARN_UNUSED;

#endif
