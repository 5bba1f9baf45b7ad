#include "core/requirement.h"

#include "core/fields.h"

static const char *const priorities[] = {
    [PRIORITY_MUST] = "must",
    [PRIORITY_SHOULD] = "should",
    [PRIORITY_COULD] = "could",
    [PRIORITY_OUT_OF_SCOPE] = "out_of_scope",
};
const struct choices priority_choices = CHOICES("priority", priorities);

static const char *const requirement_states[] = {
    [REQUIREMENT_CURRENT] = "current",
    [REQUIREMENT_SUPERSEDED] = "superseded",
    [REQUIREMENT_WITHDRAWN] = "withdrawn",
};
const struct choices requirement_state_choices = CHOICES("requirement_state", requirement_states);

static const struct field criterion_fields[] = {
    FIELD(struct criterion, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct criterion, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct criterion, measure, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct criterion, checked_by, TEXT, .limit = SHORT_TEXT_LIMIT),
};
const struct shape criterion_shape = SHAPE("criterion", struct criterion, criterion_fields);

static const struct field requirement_fields[] = {
    ID_FIELD(struct requirement),
    VERSION_FIELD(struct requirement),
    FIELD(struct requirement, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct requirement, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct requirement, revision, INTEGER, COUNT_RANGE, .initial = 1),
    FIELD(struct requirement, text, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct requirement, priority, CHOICE, .flags = REQUIRED, .choices = &priority_choices),
    FIELD(struct requirement, state, CHOICE, .flags = REQUIRED,
          .choices = &requirement_state_choices, .initial = REQUIREMENT_CURRENT),
    FIELD(struct requirement, criteria, LIST, .limit = SHORT_LIST_LIMIT, .shape = &criterion_shape),
    FIELD(struct requirement, confirmed_at, MOMENT, OPTIONAL),
    FIELD(struct requirement, confirmed_by, ID, OPTIONAL),
    FIELD(struct requirement, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape requirement_shape = SHAPE("requirement", struct requirement, requirement_fields);

static const struct field requirement_confirmation_fields[] = {
    ID_FIELD(struct requirement_confirmation),
    FIELD(struct requirement_confirmation, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct requirement_confirmation, contact_id, ID, .flags = REQUIRED),
    FIELD(struct requirement_confirmation, set_hash, HASH, .flags = REQUIRED),
    FIELD(struct requirement_confirmation, requirement_count, INTEGER, COUNT_RANGE),
    FIELD(struct requirement_confirmation, confirmed_at, MOMENT, .flags = REQUIRED),
};
const struct shape requirement_confirmation_shape = SHAPE(
    "requirement_confirmation", struct requirement_confirmation, requirement_confirmation_fields);
