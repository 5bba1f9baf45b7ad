#include "core/engagement.h"

#include "core/fields.h"

static const char *const engagement_states[] = {
    [ENGAGEMENT_CONSULTATION] = "consultation", [ENGAGEMENT_PROPOSAL] = "proposal",
    [ENGAGEMENT_CONTRACTING] = "contracting",   [ENGAGEMENT_ACTIVE] = "active",
    [ENGAGEMENT_SUSPENDED] = "suspended",       [ENGAGEMENT_COMPLETED] = "completed",
    [ENGAGEMENT_TERMINATED] = "terminated",
};
const struct choices engagement_state_choices = CHOICES("engagement_state", engagement_states);

static const struct field engagement_fields[] = {
    ID_FIELD(struct engagement),
    VERSION_FIELD(struct engagement),
    FIELD(struct engagement, client_id, ID, .flags = REQUIRED),
    FIELD(struct engagement, title, TEXT, .flags = REQUIRED),
    FIELD(struct engagement, reference, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct engagement, state, CHOICE, .flags = REQUIRED, .choices = &engagement_state_choices,
          .initial = ENGAGEMENT_CONSULTATION),
    FIELD(struct engagement, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct engagement, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
    FIELD(struct engagement, summary, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct engagement, kickoff_day, DAY, OPTIONAL),
    FIELD(struct engagement, kickoff_note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct engagement, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape engagement_shape = SHAPE("engagement", struct engagement, engagement_fields);
