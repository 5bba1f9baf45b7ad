#include "core/plan.h"

#include <stdlib.h>
#include <string.h>

#include "core/fields.h"

static const char *const deliverable_kinds[] = {
    [DELIVERABLE_FILE] = "file",
    [DELIVERABLE_LINK] = "link",
};
const struct choices deliverable_kind_choices = CHOICES("deliverable_kind", deliverable_kinds);

static const char *const pricings[] = {
    [PRICING_FIXED] = "fixed",
    [PRICING_PERCENTAGE] = "percentage",
    [PRICING_NON_BILLABLE] = "non_billable",
    [PRICING_RECURRING] = "recurring",
    [PRICING_PROGRESS] = "progress",
};
const struct choices pricing_choices = CHOICES("pricing", pricings);

static const char *const day_kinds[] = {
    [DAYS_CALENDAR] = "calendar",
    [DAYS_BUSINESS] = "business",
};
static const struct choices day_kind_choices = CHOICES("day_kind", day_kinds);

static const char *const silences[] = {
    [SILENCE_NONE] = "none",
    [SILENCE_DEEMED] = "deemed",
};
static const struct choices silence_choices = CHOICES("silence", silences);

static const char *const refusals_from[] = {
    [REFUSAL_FROM_MINOR] = "minor",
    [REFUSAL_FROM_MAJOR] = "major",
    [REFUSAL_FROM_CRITICAL] = "critical",
};
static const struct choices refusal_from_choices = CHOICES("refusal_from", refusals_from);

static const char *const partial_acceptances[] = {
    [PARTIAL_ACCEPTANCE_NONE] = "none",
    [PARTIAL_ACCEPTANCE_BY_CRITERION] = "by_criterion",
};
static const struct choices partial_acceptance_choices =
    CHOICES("partial_acceptance", partial_acceptances);

static const char *const billing_modes[] = {
    [BILLING_PER_ACCEPTANCE] = "per_acceptance",
    [BILLING_MONTHLY] = "monthly",
};
static const struct choices billing_mode_choices = CHOICES("billing_mode", billing_modes);

static const struct field deliverable_fields[] = {
    FIELD(struct deliverable, title, TEXT, .flags = REQUIRED),
    FIELD(struct deliverable, kind, CHOICE, .flags = REQUIRED, .choices = &deliverable_kind_choices,
          .initial = DELIVERABLE_FILE),
    FIELD(struct deliverable, description, TEXT, .limit = TEXT_LIMIT),
};
const struct shape deliverable_shape = SHAPE("deliverable", struct deliverable, deliverable_fields);

static const struct field plan_milestone_fields[] = {
    FIELD(struct plan_milestone, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct plan_milestone, title, TEXT, .flags = REQUIRED),
    FIELD(struct plan_milestone, description, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct plan_milestone, price_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct plan_milestone, tax_category, CHOICE, .flags = REQUIRED,
          .choices = &tax_category_choices),
    FIELD(struct plan_milestone, tax_rate_ppm, INTEGER, RATE_RANGE),
    FIELD(struct plan_milestone, start_day, DAY, OPTIONAL),
    FIELD(struct plan_milestone, due_day, DAY, .flags = REQUIRED),
    FIELD(struct plan_milestone, deliverables, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &deliverable_shape),
    FIELD(struct plan_milestone, after, TEXTS, .limit = SHORT_LIST_LIMIT),
    FIELD(struct plan_milestone, criteria, TEXTS, .limit = SHORT_LIST_LIMIT),
    FIELD(struct plan_milestone, pricing, CHOICE, .flags = ADDED_LATER,
          .choices = &pricing_choices),
    FIELD(struct plan_milestone, percent_ppm, INTEGER, .flags = ADDED_LATER | NULLABLE, RATE_RANGE),
    FIELD(struct plan_milestone, recurrence, OBJECT, .flags = ADDED_LATER,
          .shape = &recurrence_shape),
    FIELD(struct plan_milestone, period_price_minor, MONEY, .flags = ADDED_LATER | NULLABLE,
          AMOUNT_RANGE),
    FIELD(struct plan_milestone, settled_minor, MONEY, .flags = ADDED_LATER | NULLABLE,
          AMOUNT_RANGE),
    FIELD(struct plan_milestone, settled_periods, INTEGER, .flags = ADDED_LATER | NULLABLE,
          .minimum = 1, .maximum = LIST_LIMIT),
};
const struct shape plan_milestone_shape =
    SHAPE("plan_milestone", struct plan_milestone, plan_milestone_fields);

static const struct field reminder_fields[] = {
    FIELD(struct reminder, days_before, INTEGER, .flags = REQUIRED, .minimum = 1,
          .maximum = DAYS_LIMIT),
};
const struct shape reminder_shape = SHAPE("reminder", struct reminder, reminder_fields);

static const struct field approver_limit_fields[] = {
    FIELD(struct approver_limit, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct approver_limit, amount_minor, MONEY, .flags = REQUIRED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
};
const struct shape approver_limit_shape =
    SHAPE("approver_limit", struct approver_limit, approver_limit_fields);

static const struct field contract_terms_fields[] = {
    FIELD(struct contract_terms, payment_days, INTEGER, DAYS_RANGE, .initial = 30),
    FIELD(struct contract_terms, acceptance_days, INTEGER, DAYS_RANGE),
    FIELD(struct contract_terms, acceptance_day_kind, CHOICE, .flags = REQUIRED,
          .choices = &day_kind_choices, .initial = DAYS_CALENDAR),
    FIELD(struct contract_terms, silence, CHOICE, .flags = REQUIRED, .choices = &silence_choices,
          .initial = SILENCE_NONE),
    FIELD(struct contract_terms, reminders, LIST, .limit = REMINDERS_LIMIT,
          .shape = &reminder_shape),
    FIELD(struct contract_terms, holidays, TEXTS, .limit = LIST_LIMIT),
    FIELD(struct contract_terms, time_zone, TEXT, .flags = REQUIRED, .limit = ZONE_LIMIT),
    FIELD(struct contract_terms, notice_text, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct contract_terms, consumer_client, BOOLEAN, .initial = false),
    FIELD(struct contract_terms, tax_note, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct contract_terms, jurisdiction, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct contract_terms, prose, TEXT, .limit = LONG_TEXT_LIMIT),
    FIELD(struct contract_terms, tax_rounding, CHOICE, .flags = ADDED_LATER,
          .choices = &tax_scope_choices),
    FIELD(struct contract_terms, refusal_from, CHOICE, .flags = ADDED_LATER,
          .choices = &refusal_from_choices),
    FIELD(struct contract_terms, billing_mode, CHOICE, .flags = ADDED_LATER,
          .choices = &billing_mode_choices),
    FIELD(struct contract_terms, billing_day, INTEGER, .flags = ADDED_LATER | NULLABLE,
          .minimum = 1, .maximum = 31),
    FIELD(struct contract_terms, partial_acceptance, CHOICE, .flags = ADDED_LATER,
          .choices = &partial_acceptance_choices),
    FIELD(struct contract_terms, approvers_needed, INTEGER, .flags = ADDED_LATER | NULLABLE,
          .minimum = 1, .maximum = APPROVERS_LIMIT),
    FIELD(struct contract_terms, one_approver_limit, OBJECT, .flags = ADDED_LATER,
          .shape = &approver_limit_shape),
    FIELD(struct contract_terms, objection_days, INTEGER, .flags = ADDED_LATER | NULLABLE,
          .minimum = 0, .maximum = OBJECTION_DAYS_LIMIT),
    FIELD(struct contract_terms, dispute_answer_days, INTEGER, .flags = ADDED_LATER | NULLABLE,
          .minimum = 0, .maximum = DISPUTE_ANSWER_DAYS_LIMIT),
};
const struct shape contract_terms_shape =
    SHAPE("contract_terms", struct contract_terms, contract_terms_fields);

static const struct field plan_fields[] = {
    FIELD(struct plan, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct plan, total_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct plan, summary, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct plan, milestones, LIST, .flags = REQUIRED, .limit = LIST_LIMIT,
          .shape = &plan_milestone_shape),
    FIELD(struct plan, terms, OBJECT, .flags = REQUIRED, .shape = &contract_terms_shape),
};
const struct shape plan_shape = SHAPE("plan", struct plan, plan_fields);

/* ---- finding ------------------------------------------------------------------------------- */

/* A milestone of a draft may have no code. */
static int compare_codes(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

const struct plan_milestone *plan_milestone_of(const struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *milestone =
            LIST_AT(struct plan_milestone, plan->milestones, i);
        if (compare_codes(milestone->code, code) == 0)
            return milestone;
    }
    return NULL;
}

struct plan_milestone *planned_at(const struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

static int by_code(const void *a, const void *b)
{
    const struct plan_milestone *x = *(const struct plan_milestone *const *)a;
    const struct plan_milestone *y = *(const struct plan_milestone *const *)b;
    int order = compare_codes(x->code, y->code);
    return order ? order : (x > y) - (x < y);
}

struct plan_index plan_index(struct arena *arena, const struct plan *plan)
{
    size_t count = plan->milestones.count;
    struct plan_index index = {arena_array(arena, count, sizeof *index.milestones), count};
    for (size_t i = 0; i < count; i++)
        index.milestones[i] = LIST_AT(struct plan_milestone, plan->milestones, i);
    if (count > 0)
        qsort(index.milestones, count, sizeof *index.milestones, by_code);
    return index;
}

struct plan_milestone *plan_find(const struct plan_index *index, const char *code)
{
    size_t low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_codes(index->milestones[middle]->code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == index->count || compare_codes(index->milestones[low]->code, code) != 0)
        return NULL;
    return (struct plan_milestone *)index->milestones[low];
}
