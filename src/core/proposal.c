#include "core/proposal.h"

#include "core/fields.h"

static const char *const proposal_states[] = {
    [PROPOSAL_DRAFT] = "draft",           [PROPOSAL_SENT] = "sent",
    [PROPOSAL_VIEWED] = "viewed",         [PROPOSAL_ACCEPTED] = "accepted",
    [PROPOSAL_DECLINED] = "declined",     [PROPOSAL_CHANGE_REQUESTED] = "change_requested",
    [PROPOSAL_SUPERSEDED] = "superseded", [PROPOSAL_EXPIRED] = "expired",
    [PROPOSAL_WITHDRAWN] = "withdrawn",
};
const struct choices proposal_state_choices = CHOICES("proposal_state", proposal_states);

static const struct field proposal_fields[] = {
    ID_FIELD(struct proposal),
    VERSION_FIELD(struct proposal),
    FIELD(struct proposal, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct proposal, revision, INTEGER, COUNT_RANGE, .initial = 1),
    FIELD(struct proposal, state, CHOICE, .flags = REQUIRED, .choices = &proposal_state_choices,
          .initial = PROPOSAL_DRAFT),
    FIELD(struct proposal, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct proposal, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct proposal, total_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct proposal, valid_until_day, DAY, .flags = REQUIRED),
    FIELD(struct proposal, sent_at, MOMENT, OPTIONAL),
    FIELD(struct proposal, viewed_at, MOMENT, OPTIONAL),
    FIELD(struct proposal, decided_at, MOMENT, OPTIONAL),
    FIELD(struct proposal, decided_by, ID, OPTIONAL),
    FIELD(struct proposal, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct proposal, proof, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct proposal, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape proposal_shape = SHAPE("proposal", struct proposal, proposal_fields);
