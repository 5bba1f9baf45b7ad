/* Mail out of the house: to an SMTP server, or, where there is none yet, into a directory in which
 * a person can read it. */
#ifndef WAYMARK_GATEWAY_MAIL_H
#define WAYMARK_GATEWAY_MAIL_H

#include "base/error.h"
#include "gateway/delivery.h"
#include "gateway/message.h"

/* For smtp:// addresses; smtps:// is encrypted from the first byte. */
enum mail_tls {
    MAIL_TLS_REQUIRED,   /* STARTTLS, or nothing is sent */
    MAIL_TLS_IF_OFFERED, /* gives no protection against an attacker on the way */
    MAIL_TLS_NEVER,
};

/* The server's settings. */
struct mail_server {
    const char *url;      /* smtp://host:port or smtps://host:port; a path is the EHLO name */
    const char *user;     /* NULL for none */
    const char *password; /* NULL for none */
    enum mail_tls tls;
    struct mailbox from;
    int timeout_ms;      /* for one whole mail; more than 0 */
    const char *ca_file; /* PEM file of the certificates to trust; NULL for the system's */
};

/* For start-up. ERROR_INVALID names the field: "url", "user" (a user without a password, or a
 * password that would travel unencrypted), "from", "timeout_ms". */
enum error mail_check_server(const struct mail_server *server, struct fault *fault) WARN_UNUSED;

/* One attempt over a connection of its own; the server has passed mail_check_server. Blocks for
 * timeout_ms at most, and as long again if the server falls silent after the whole mail. Any
 * thread.
 *
 * DELIVERY_DONE: the SMTP server has taken responsibility. DELIVERY_REFUSED: it said 5xx to this
 * mail, or the mail is malformed. DELIVERY_RETRY: everything else, including a 5xx that our own
 * settings earned (sign-in, encryption), which the operator will mend. The text is the server's. */
struct delivery mail_send(const struct mail_server *server, const struct mail *mail);

/* Writes the mail to DIRECTORY/<date>T<time>Z-<message id>.eml, whole or not at all. Spooling a
 * mail again replaces the file. ERROR_INVALID and ERROR_TOO_LARGE as message_compose;
 * ERROR_STORAGE. */
enum error mail_spool_write(const char *directory, const struct mailbox *from,
                            const struct mail *mail, struct fault *fault) WARN_UNUSED;

#endif
