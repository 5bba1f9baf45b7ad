#include "core/milestone.h"

#include "core/fields.h"

static const char *const milestone_states[] = {
    [MILESTONE_PLANNED] = "planned",         [MILESTONE_READY] = "ready",
    [MILESTONE_IN_PROGRESS] = "in_progress", [MILESTONE_SUBMITTED] = "submitted",
    [MILESTONE_ACCEPTED] = "accepted",       [MILESTONE_DEEMED_ACCEPTED] = "deemed_accepted",
    [MILESTONE_REJECTED] = "rejected",       [MILESTONE_REWORK] = "rework",
    [MILESTONE_CANCELLED] = "cancelled",
};
const struct choices milestone_state_choices = CHOICES("milestone_state", milestone_states);

static const char *const milestone_billings[] = {
    [BILLING_UNBILLED] = "unbilled", [BILLING_BILLABLE] = "billable",
    [BILLING_INVOICED] = "invoiced", [BILLING_SETTLED] = "settled",
    [BILLING_CLOSED] = "closed",     [BILLING_CREDITED] = "credited",
};
const struct choices milestone_billing_choices = CHOICES("milestone_billing", milestone_billings);

static const struct field milestone_fields[] = {
    ID_FIELD(struct milestone),
    VERSION_FIELD(struct milestone),
    FIELD(struct milestone, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct milestone, contract_id, ID, .flags = REQUIRED),
    FIELD(struct milestone, number, INTEGER, .minimum = 1, .maximum = LIST_LIMIT),
    FIELD(struct milestone, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct milestone, title, TEXT, .flags = REQUIRED),
    FIELD(struct milestone, description, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct milestone, price_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct milestone, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct milestone, tax_category, CHOICE, .flags = REQUIRED,
          .choices = &tax_category_choices),
    FIELD(struct milestone, tax_rate_ppm, INTEGER, RATE_RANGE),
    FIELD(struct milestone, start_day, DAY, OPTIONAL),
    FIELD(struct milestone, due_day, DAY, .flags = REQUIRED),
    FIELD(struct milestone, state, CHOICE, .flags = REQUIRED, .choices = &milestone_state_choices,
          .initial = MILESTONE_PLANNED),
    FIELD(struct milestone, billing, CHOICE, .flags = REQUIRED,
          .choices = &milestone_billing_choices, .initial = BILLING_UNBILLED),
    FIELD(struct milestone, round, INTEGER, COUNT_RANGE),
    FIELD(struct milestone, deliverables, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &deliverable_shape),
    FIELD(struct milestone, criteria, TEXTS, .limit = SHORT_LIST_LIMIT),
    FIELD(struct milestone, accepted_at, MOMENT, OPTIONAL),
    FIELD(struct milestone, certificate_id, ID, OPTIONAL),
    FIELD(struct milestone, invoice_id, ID, OPTIONAL),
};
const struct shape milestone_shape = SHAPE("milestone", struct milestone, milestone_fields);

static const struct field milestone_dependency_fields[] = {
    FIELD(struct milestone_dependency, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct milestone_dependency, after_id, ID, .flags = REQUIRED),
    FIELD(struct milestone_dependency, engagement_id, ID, .flags = REQUIRED),
};
const struct shape milestone_dependency_shape =
    SHAPE("milestone_dependency", struct milestone_dependency, milestone_dependency_fields);
