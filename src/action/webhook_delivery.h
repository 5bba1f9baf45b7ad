/* What was sent to webhook endpoints, and how it went. */
#ifndef WAYMARK_ACTION_WEBHOOK_DELIVERY_H
#define WAYMARK_ACTION_WEBHOOK_DELIVERY_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/outbox.h"
#include "store/list.h"

/* A message of the outbox of kind webhook, as its readers need it. */
extern const struct shape delivery_shape;

struct list_deliveries {
    struct page_query page;
    struct id endpoint_id;
    enum outbox_state state;
    const char *event;
    enum outbox_kind kind; /* webhook */
};

extern const struct operation list_deliveries_operation;

/* Sends it again, with the same id, so that the receiver can tell. */
extern const struct operation replay_delivery_operation;

#endif
