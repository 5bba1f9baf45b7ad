#include "core/webhook_endpoint.h"

#include "core/fields.h"

static const char *const webhook_endpoint_states[] = {
    [WEBHOOK_ACTIVE] = "active",
    [WEBHOOK_DISABLED] = "disabled",
};
const struct choices webhook_endpoint_state_choices =
    CHOICES("webhook_endpoint_state", webhook_endpoint_states);

static const struct field webhook_endpoint_fields[] = {
    ID_FIELD(struct webhook_endpoint),
    VERSION_FIELD(struct webhook_endpoint),
    FIELD(struct webhook_endpoint, url, TEXT, .flags = REQUIRED, .limit = URL_LIMIT),
    FIELD(struct webhook_endpoint, secret, TEXT, .flags = REQUIRED | SECRET),
    FIELD(struct webhook_endpoint, events, TEXTS, .limit = SHORT_LIST_LIMIT),
    FIELD(struct webhook_endpoint, state, CHOICE, .flags = REQUIRED,
          .choices = &webhook_endpoint_state_choices, .initial = WEBHOOK_ACTIVE),
    FIELD(struct webhook_endpoint, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape webhook_endpoint_shape =
    SHAPE("webhook_endpoint", struct webhook_endpoint, webhook_endpoint_fields);
