#include "action/webhook_delivery.h"

#include "base/limits.h"
#include "core/webhook_endpoint.h"
#include "store/job.h"

static const struct field delivery_fields[] = {
    FIELD(struct outbox, id, ID),
    FIELD(struct outbox, endpoint_id, ID),
    FIELD(struct outbox, event, TEXT),
    FIELD(struct outbox, subject_id, ID),
    FIELD(struct outbox, payload, TEXT),
    FIELD(struct outbox, state, CHOICE, .choices = &outbox_state_choices),
    FIELD(struct outbox, attempts, INTEGER),
    FIELD(struct outbox, next_at, MOMENT),
    FIELD(struct outbox, last_error, TEXT),
    FIELD(struct outbox, created_at, MOMENT),
    FIELD(struct outbox, delivered_at, MOMENT),
};
const struct shape delivery_shape = SHAPE("delivery", struct outbox, delivery_fields);

/* ---- reading ------------------------------------------------------------------------------- */

#define QUERY_FIELDS                                                                               \
    PAGE_QUERY_FIELDS(struct list_deliveries),                                                     \
        FIELD(struct list_deliveries, endpoint_id, ID, .flags = FROM_QUERY),                       \
        FIELD(struct list_deliveries, state, CHOICE, .flags = FROM_QUERY,                          \
              .choices = &outbox_state_choices),                                                   \
        FIELD(struct list_deliveries, event, TEXT, .flags = FROM_QUERY, .limit = EVENT_LIMIT)

static const struct field list_fields[] = {QUERY_FIELDS};
static const struct shape list_shape =
    SHAPE("list_deliveries", struct list_deliveries, list_fields);

/* The same, with what the reader does not choose. */
static const struct field filter_fields[] = {
    QUERY_FIELDS,
    FIELD(struct list_deliveries, kind, CHOICE, .choices = &outbox_kind_choices),
};
static const struct shape filter_shape =
    SHAPE("delivery_filter", struct list_deliveries, filter_fields);

static const struct shape page_shape = PAGE_SHAPE("delivery_page", delivery_shape);

static const struct listing messages = {.shape = &outbox_shape};

static enum error list_deliveries(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    struct list_deliveries query = *(const struct list_deliveries *)input;
    query.kind = OUTBOX_WEBHOOK;
    return store_page(&call->store, &messages, &filter_shape, &query, output, fault);
}

const struct operation list_deliveries_operation = {
    .name = "list_deliveries",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_deliveries,
};

/* ---- sending again ------------------------------------------------------------------------- */

static const struct shape subject_shape = SUBJECT_SHAPE(delivery_id);

/* Nothing has happened that was not told before: no leaf. */
static enum error replay_delivery(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct subject *in = input;
    struct outbox *message = output;
    struct webhook_endpoint endpoint;
    enum error error = load_row(call, &outbox_shape, in->id, message, fault);
    if (!error && message->kind != OUTBOX_WEBHOOK)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such delivery");
    if (!error)
        error = load_row(call, &webhook_endpoint_shape, message->endpoint_id, &endpoint, fault);
    if (!error)
        error = webhook_endpoint_check_active(&endpoint, fault);
    if (!error)
        error = outbox_replay(message, call->now_ms, fault);
    return error ? error : save_delivery(&call->store, message, fault);
}

const struct operation replay_delivery_operation = {
    .name = "replay_delivery",
    .permission = PERMIT_MANAGE_WEBHOOKS,
    .writes = true,
    .in = &subject_shape,
    .out = &delivery_shape,
    .run = replay_delivery,
};
