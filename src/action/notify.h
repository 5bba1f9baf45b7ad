/* Telling others: mail and webhooks are queued as rows in the same transaction as what they tell
 * of, and delivered afterwards (main/deliver.c). */
#ifndef WAYMARK_ACTION_NOTIFY_H
#define WAYMARK_ACTION_NOTIFY_H

#include "action/call.h"
#include "core/document_row.h"
#include "core/locale.h"
#include "core/outbox.h"

/* Queues the event for every active endpoint of the company that wants it. */
enum error queue_webhooks(struct call *call, const struct event *event,
                          struct fault *fault) WARN_UNUSED;

/* Queues the event for one endpoint, whatever that asks for; *message is the row. */
enum error queue_webhook(struct call *call, const struct event *event, struct id endpoint_id,
                         struct outbox *message, struct fault *fault) WARN_UNUSED;

/* A mail to one person. */
struct letter {
    const char *name;
    const char *address;
    const char *subject;
    const char *body;
    enum locale locale;       /* of what is added on the way; none: English */
    enum document_kind paper; /* of the letter's subject, to be attached; 0: none */
};

/* Queues a mail as a message of that id. It will carry the log's checkpoint. */
enum error queue_letter(struct call *call, struct id message_id, const struct letter *letter,
                        struct id subject_id, struct fault *fault) WARN_UNUSED;

#endif
