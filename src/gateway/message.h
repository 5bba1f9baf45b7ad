/* A mail as the bytes that travel: RFC 5322 headers, RFC 2047 encoded words, RFC 2045 parts. The
 * same mail always gives the same bytes, whether they are sent or spooled. Pure.
 *
 * Nothing that a user typed can add a header or a part: control characters are refused wherever a
 * line must not end, text and attachments are encoded, and addresses are held to a narrow syntax.
 */
#ifndef WAYMARK_GATEWAY_MESSAGE_H
#define WAYMARK_GATEWAY_MESSAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* Text is NUL-terminated UTF-8 throughout, and borrowed. */
struct mailbox {
    const char *address; /* see email_is_valid, base/email.h */
    const char *name;    /* of the person or company; NULL or "" if there is none */
};

struct mail_header {
    const char *name;  /* such as "Auto-Submitted", "Reply-To", "List-Unsubscribe" */
    const char *value; /* ASCII goes out as it is, anything else as encoded words */
};

/* Arrives byte for byte. */
struct mail_attachment {
    const char *name; /* of the file */
    const char *type; /* "application/pdf"; a text/ type is declared as UTF-8 */
    const void *bytes;
    size_t size;
};

struct mail {
    struct mailbox to;
    const char *subject;
    const char *text;       /* lines end in "\n" */
    const char *message_id; /* "unique@domain", without brackets; the same for every attempt */
    int64_t date_ms;
    const struct mail_header *headers; /* more of them, none that waymark writes itself */
    size_t header_count;
    const struct mail_attachment *attachments;
    size_t attachment_count;
};

/* Writes the mail to bytes, in arena. ERROR_INVALID names the field: "from", "to", "subject",
 * "text", "message_id", "headers" or "attachments"; ERROR_TOO_LARGE: over MAIL_LIMIT. */
enum error message_compose(const struct mailbox *from, const struct mail *mail, struct arena *arena,
                           const char **bytes, size_t *size, struct fault *fault) WARN_UNUSED;

#endif
