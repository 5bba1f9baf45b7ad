/* Whether the settings that a server needs make sense, before it touches anything. */
#ifndef WAYMARK_MAIN_SETTINGS_H
#define WAYMARK_MAIN_SETTINGS_H

#include "base/error.h"
#include "gateway/mail.h"
#include "main/config.h"

/* ERROR_INVALID with the setting as field: "listen", "base_url", "log_name", "mail_from",
 * "smtp_url", "smtp_user". */
enum error settings_check(const struct config *config, struct fault *fault) WARN_UNUSED;

/* The mail server that the settings name; without smtp_url only its sender has a meaning. A
 * password never travels unencrypted: with one, smtp:// takes STARTTLS or sends nothing. */
struct mail_server settings_mail_server(const struct config *config);

#endif
