#include "core/outbox.h"

#include "core/fields.h"

static const char *const outbox_kinds[] = {
    [OUTBOX_MAIL] = "mail",
    [OUTBOX_WEBHOOK] = "webhook",
};
const struct choices outbox_kind_choices = CHOICES("outbox_kind", outbox_kinds);

static const char *const outbox_states[] = {
    [OUTBOX_PENDING] = "pending",
    [OUTBOX_DELIVERED] = "delivered",
    [OUTBOX_DEAD] = "dead",
};
const struct choices outbox_state_choices = CHOICES("outbox_state", outbox_states);

static const struct field outbox_fields[] = {
    ID_FIELD(struct outbox),
    FIELD(struct outbox, kind, CHOICE, .flags = REQUIRED, .choices = &outbox_kind_choices),
    FIELD(struct outbox, state, CHOICE, .flags = REQUIRED, .choices = &outbox_state_choices,
          .initial = OUTBOX_PENDING),
    FIELD(struct outbox, attempts, INTEGER, COUNT_RANGE),
    FIELD(struct outbox, next_at, MOMENT, OPTIONAL),
    FIELD(struct outbox, event, TEXT, .flags = REQUIRED, .limit = EVENT_LIMIT),
    FIELD(struct outbox, subject_id, ID, .flags = REQUIRED),
    FIELD(struct outbox, endpoint_id, ID, OPTIONAL),
    FIELD(struct outbox, recipient, TEXT, .flags = PERSONAL, .limit = EMAIL_LIMIT),
    FIELD(struct outbox, payload, TEXT, .flags = REQUIRED, .limit = DOCUMENT_LIMIT),
    FIELD(struct outbox, last_error, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct outbox, created_at, MOMENT, .flags = REQUIRED),
    FIELD(struct outbox, delivered_at, MOMENT, OPTIONAL),
};
const struct shape outbox_shape = SHAPE("outbox", struct outbox, outbox_fields);

enum error outbox_replay(struct outbox *message, int64_t now_ms, struct fault *fault)
{
    if (message->state == OUTBOX_PENDING)
        return refuse(fault, ERROR_WRONG_STATE, "state", "this delivery is in line already");
    message->state = OUTBOX_PENDING;
    message->attempts = 0;
    message->next_at = now_ms;
    message->last_error = NULL;
    message->delivered_at = 0;
    return OK;
}
