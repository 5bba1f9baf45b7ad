/* Messages that wait to be delivered, and how their attempts ended. Delivering itself is done
 * outside of any transaction (main/deliver.c). */
#ifndef WAYMARK_ACTION_OUTBOX_H
#define WAYMARK_ACTION_OUTBOX_H

#include "action/operation.h"
#include "core/document_row.h"
#include "core/locale.h"
#include "core/outbox.h"
#include "core/webhook_endpoint.h"

/* What a mail's payload says. */
struct mail_payload {
    const char *name; /* of the recipient, or NULL */
    const char *subject;
    const char *body;
    enum locale locale;       /* of what is added to it; none: English */
    enum document_kind paper; /* of its subject, to be attached; 0: none */
};
extern const struct shape mail_payload_shape;

/* All that delivering a message needs, read in one snapshot. */
struct delivery_order {
    struct outbox message;
    struct mail_payload mail;         /* of a mail */
    const char *sender;               /* of a mail: the company's name */
    const char *answer_to;            /* its address; NULL for none */
    struct webhook_endpoint endpoint; /* of a webhook */
    const char *checkpoint; /* of a mail: the log's head, signed; NULL while it is empty */
    int64_t checkpoint_size;
};

/* Fills an order whose message is given. */
enum error load_delivery_order(struct call *call, struct delivery_order *order,
                               struct fault *fault) WARN_UNUSED;

/* What is to be stored after an attempt. */
struct delivery_report {
    struct outbox message;  /* as it is now */
    bool endpoint_is_gone;  /* it asked never to be called again: it is disabled */
    int64_t defer_until;    /* what else waits for the endpoint waits until then; 0: no longer */
    const char *checkpoint; /* what was handed out with it; NULL: nothing */
    int64_t checkpoint_size;
};
extern const struct operation report_delivery_operation;

#endif
