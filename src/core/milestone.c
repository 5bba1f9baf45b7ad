#include "core/milestone.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/must.h"
#include "core/code.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/plan_check.h"

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
    FIELD(struct milestone, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct milestone, contract_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct milestone, number, INTEGER, .flags = FIXED, .minimum = 1, .maximum = LIST_LIMIT),
    FIELD(struct milestone, code, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
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
    FIELD(struct milestone, pricing, CHOICE, .flags = ADDED_LATER, .choices = &pricing_choices),
    FIELD(struct milestone, carried_criteria, TEXTS, .flags = ADDED_LATER,
          .limit = SHORT_LIST_LIMIT),
    FIELD(struct milestone, reduction_minor, MONEY, .flags = ADDED_LATER | NULLABLE, AMOUNT_RANGE),
    FIELD(struct milestone, reduction_reason, TEXT, .flags = ADDED_LATER),
    FIELD(struct milestone, planned_due_day, DAY, .flags = ADDED_LATER),
    FIELD(struct milestone, claimed_minor, MONEY, .flags = ADDED_LATER | NULLABLE, AMOUNT_RANGE),
    FIELD(struct milestone, claimed_ppm, INTEGER, .flags = ADDED_LATER | NULLABLE, RATE_RANGE),
};
const struct shape milestone_shape = SHAPE("milestone", struct milestone, milestone_fields);

static const struct field milestone_dependency_fields[] = {
    FIELD(struct milestone_dependency, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct milestone_dependency, after_id, ID, .flags = REQUIRED),
    FIELD(struct milestone_dependency, engagement_id, ID, .flags = REQUIRED),
};
const struct shape milestone_dependency_shape =
    SHAPE("milestone_dependency", struct milestone_dependency, milestone_dependency_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const char *const milestone_verbs[] = {
    [MILESTONE_MAKE_READY] = "made ready", [MILESTONE_START] = "started",
    [MILESTONE_SUBMIT] = "submitted",      [MILESTONE_WITHDRAW] = "withdrawn from review",
    [MILESTONE_ACCEPT] = "accepted",       [MILESTONE_DEEM] = "deemed accepted",
    [MILESTONE_REJECT] = "rejected",       [MILESTONE_TAKE_BACK] = "taken back for rework",
    [MILESTONE_CANCEL] = "cancelled",      [MILESTONE_HOLD_BACK] = "held back",
};

static const unsigned char milestone_steps[][MILESTONE_EVENT_COUNT] = {
    [MILESTONE_PLANNED] =
        {
            [MILESTONE_MAKE_READY] = MILESTONE_READY,
            [MILESTONE_CANCEL] = MILESTONE_CANCELLED,
        },
    [MILESTONE_READY] =
        {
            [MILESTONE_START] = MILESTONE_IN_PROGRESS,
            [MILESTONE_CANCEL] = MILESTONE_CANCELLED,
            [MILESTONE_HOLD_BACK] = MILESTONE_PLANNED,
        },
    [MILESTONE_IN_PROGRESS] =
        {
            [MILESTONE_SUBMIT] = MILESTONE_SUBMITTED,
            [MILESTONE_CANCEL] = MILESTONE_CANCELLED,
        },
    [MILESTONE_SUBMITTED] =
        {
            [MILESTONE_WITHDRAW] = MILESTONE_IN_PROGRESS,
            [MILESTONE_ACCEPT] = MILESTONE_ACCEPTED,
            [MILESTONE_DEEM] = MILESTONE_DEEMED_ACCEPTED,
            [MILESTONE_REJECT] = MILESTONE_REJECTED,
        },
    [MILESTONE_REJECTED] =
        {
            [MILESTONE_TAKE_BACK] = MILESTONE_REWORK,
            [MILESTONE_CANCEL] = MILESTONE_CANCELLED,
        },
    [MILESTONE_REWORK] =
        {
            [MILESTONE_SUBMIT] = MILESTONE_SUBMITTED,
            [MILESTONE_CANCEL] = MILESTONE_CANCELLED,
        },
    [MILESTONE_ACCEPTED] = {0},
    [MILESTONE_DEEMED_ACCEPTED] = {0},
    [MILESTONE_CANCELLED] = {0},
};

static const struct machine milestone_machine =
    MACHINE("milestone", "state", &milestone_state_choices, milestone_verbs, milestone_steps);

static const char *const billing_verbs[] = {
    [BILLING_ALLOW] = "made billable",
    [BILLING_WAIVE] = "closed without an invoice",
    [BILLING_INVOICE] = "invoiced",
    [BILLING_SETTLE] = "settled",
    [BILLING_REOPEN] = "reopened",
    [BILLING_CREDIT] = "credited",
    [BILLING_RESTORE] = "made billable again",
};

static const unsigned char billing_steps[][BILLING_EVENT_COUNT] = {
    [BILLING_UNBILLED] =
        {
            [BILLING_ALLOW] = BILLING_BILLABLE,
            [BILLING_WAIVE] = BILLING_CLOSED,
        },
    [BILLING_BILLABLE] = {[BILLING_INVOICE] = BILLING_INVOICED},
    [BILLING_INVOICED] =
        {
            [BILLING_SETTLE] = BILLING_SETTLED,
            [BILLING_CREDIT] = BILLING_CREDITED,
        },
    [BILLING_SETTLED] =
        {
            [BILLING_REOPEN] = BILLING_INVOICED,
            [BILLING_CREDIT] = BILLING_CREDITED,
        },
    [BILLING_CREDITED] = {[BILLING_RESTORE] = BILLING_BILLABLE},
    [BILLING_CLOSED] = {0},
};

static const struct machine billing_machine =
    MACHINE("milestone", "billing", &milestone_billing_choices, billing_verbs, billing_steps);

enum error milestone_advance(struct milestone *milestone, enum milestone_event event,
                             struct fault *fault)
{
    int state = (int)milestone->state;
    enum error error = machine_step(&milestone_machine, &state, (int)event, fault);
    milestone->state = (enum milestone_state)state;
    return error;
}

enum error milestone_bill(struct milestone *milestone, enum billing_event event,
                          struct fault *fault)
{
    int billing = (int)milestone->billing;
    enum error error = machine_step(&billing_machine, &billing, (int)event, fault);
    milestone->billing = (enum milestone_billing)billing;
    return error;
}

/* ---- from the contract --------------------------------------------------------------------- */

static struct milestone milestone_of(const struct contract *contract, size_t i, struct id id)
{
    const struct plan_milestone *planned =
        LIST_AT(struct plan_milestone, contract->plan->milestones, i);
    return (struct milestone){
        .id = id,
        .version = 1,
        .engagement_id = contract->engagement_id,
        .contract_id = contract->id,
        .number = (int64_t)i + 1,
        .code = planned->code,
        .title = planned->title,
        .description = planned->description,
        .price_minor = planned->price_minor,
        .currency = contract->currency,
        .tax_category = planned->tax_category,
        .tax_rate_ppm = planned->tax_rate_ppm,
        .start_day = planned->start_day,
        .due_day = planned->due_day,
        .state = planned->after.count > 0 ? MILESTONE_PLANNED : MILESTONE_READY,
        .billing = BILLING_UNBILLED,
        .deliverables = planned->deliverables,
        .criteria = planned->criteria,
        .pricing = planned->pricing,
        .reduction_minor = INTEGER_NONE,
        .planned_due_day = DAY_NONE,
        .claimed_minor = INTEGER_NONE,
        .claimed_ppm = INTEGER_NONE,
    };
}

enum error milestones_of_contract(struct arena *arena, const struct contract *contract,
                                  const struct id *ids, struct list *milestones,
                                  struct list *dependencies, struct fault *fault)
{
    if (contract->state != CONTRACT_ACTIVE)
        return refuse(fault, ERROR_WRONG_STATE, "state", "the contract is not signed by all");
    size_t count = contract->plan->milestones.count;
    struct graph graph = plan_graph(arena, contract->plan);
    struct milestone *rows = arena_array(arena, count, sizeof *rows);
    struct milestone_dependency *edges = arena_array(arena, graph.edge_count, sizeof *edges);
    for (size_t i = 0; i < count; i++)
        rows[i] = milestone_of(contract, i, ids[i]);
    for (size_t i = 0; i < graph.edge_count; i++)
        edges[i] = (struct milestone_dependency){
            .milestone_id = ids[graph.edges[i].node],
            .after_id = ids[graph.edges[i].after],
            .engagement_id = contract->engagement_id,
        };
    *milestones = (struct list){rows, count};
    *dependencies = (struct list){edges, graph.edge_count};
    return OK;
}

/* ---- readiness and acceptance -------------------------------------------------------------- */

const struct milestone *milestone_among(const struct list *milestones, struct id id)
{
    size_t i = 0;
    while (i < milestones->count && !id_equal(LIST_AT(struct milestone, *milestones, i)->id, id))
        i++;
    must(i < milestones->count);
    return LIST_AT(struct milestone, *milestones, i);
}

int32_t milestone_planned_day(const struct milestone *milestone)
{
    return milestone->planned_due_day == DAY_NONE ? milestone->due_day : milestone->planned_due_day;
}

bool milestone_is_accepted(const struct milestone *milestone)
{
    return milestone->state == MILESTONE_ACCEPTED || milestone->state == MILESTONE_DEEMED_ACCEPTED;
}

static const struct milestone *first_unaccepted(const struct list *predecessors)
{
    for (size_t i = 0; i < predecessors->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *predecessors, i);
        if (!milestone_is_accepted(milestone))
            return milestone;
    }
    return NULL;
}

enum error milestone_make_ready(struct milestone *milestone, const struct list *predecessors,
                                struct fault *fault)
{
    const struct milestone *blocker = first_unaccepted(predecessors);
    if (blocker)
        return refuse(fault, ERROR_WRONG_STATE, "after", "%s comes first and is not accepted",
                      blocker->code);
    return milestone_advance(milestone, MILESTONE_MAKE_READY, fault);
}

int64_t milestone_reduction(const struct milestone *milestone)
{
    return milestone->reduction_minor == INTEGER_NONE ? 0 : milestone->reduction_minor;
}

int64_t milestone_claimed(const struct milestone *milestone)
{
    return milestone->claimed_minor == INTEGER_NONE ? 0 : milestone->claimed_minor;
}

int64_t milestone_claimed_ppm(const struct milestone *milestone)
{
    return milestone->claimed_ppm == INTEGER_NONE ? 0 : milestone->claimed_ppm;
}

int64_t milestone_rest(const struct milestone *milestone)
{
    int64_t rest_minor = milestone_billed_minor(milestone) - milestone_claimed(milestone);
    must(rest_minor >= 0); /* claims and agreements see to it */
    return rest_minor;
}

int64_t milestone_billed_minor(const struct milestone *milestone)
{
    int64_t billed_minor = milestone->price_minor - milestone_reduction(milestone);
    must(billed_minor >= 0); /* agreements and change orders see to it */
    return billed_minor;
}

/* What recurs is billed by its periods, and where nothing is left there is no invoice. */
static bool is_billed_at_once(const struct milestone *milestone)
{
    return milestone_rest(milestone) > 0 && milestone->pricing != PRICING_RECURRING;
}

enum error milestone_accept(struct milestone *milestone, bool is_deemed, struct id certificate_id,
                            int64_t now_ms, struct fault *fault)
{
    struct milestone accepted = *milestone;
    enum error error =
        milestone_advance(&accepted, is_deemed ? MILESTONE_DEEM : MILESTONE_ACCEPT, fault);
    if (!error)
        error = milestone_bill(&accepted,
                               is_billed_at_once(&accepted) ? BILLING_ALLOW : BILLING_WAIVE, fault);
    if (error)
        return error;
    accepted.accepted_at = now_ms;
    accepted.certificate_id = certificate_id;
    *milestone = accepted;
    return OK;
}

/* ---- criteria ------------------------------------------------------------------------------ */

size_t milestone_criterion_count(const struct milestone *milestone)
{
    return milestone->criteria.count + milestone->carried_criteria.count;
}

const char *milestone_criterion(const struct milestone *milestone, size_t i)
{
    size_t planned = milestone->criteria.count;
    return i < planned ? milestone->criteria.texts[i]
                       : milestone->carried_criteria.texts[i - planned];
}

bool milestone_asks(const struct milestone *milestone, const char *criterion)
{
    return texts_hold(&milestone->criteria, criterion) ||
           texts_hold(&milestone->carried_criteria, criterion);
}

enum error milestone_carry(struct arena *arena, const struct milestone *from, struct milestone *to,
                           const char *criterion, const char *field, struct fault *fault)
{
    struct texts *carried = &to->carried_criteria;
    if (!id_equal(to->contract_id, from->contract_id) || to->number <= from->number)
        return refuse(fault, ERROR_INVALID, field, "%s is not a later milestone of the contract",
                      to->code);
    if (to->state != MILESTONE_PLANNED && to->state != MILESTONE_READY &&
        to->state != MILESTONE_IN_PROGRESS)
        return refuse(fault, ERROR_WRONG_STATE, field, "%s is %s and takes no further criterion",
                      to->code, choice_name(&milestone_state_choices, (int)to->state));
    if (milestone_asks(to, criterion))
        return OK;
    if (milestone_criterion_count(to) >= SHORT_LIST_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "%s has as many criteria as it can have",
                      to->code);
    const char **texts = arena_array(arena, carried->count + 1, sizeof *texts);
    for (size_t i = 0; i < carried->count; i++)
        texts[i] = carried->texts[i];
    texts[carried->count] = criterion;
    *carried = (struct texts){texts, carried->count + 1};
    return OK;
}

/* ---- by code ------------------------------------------------------------------------------- */

struct milestone *milestone_by_code(const struct list *milestones, const char *code)
{
    for (size_t i = 0; code && i < milestones->count; i++) {
        struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (strcmp(milestone->code, code) == 0)
            return milestone;
    }
    return NULL;
}

static int by_code(const void *a, const void *b)
{
    return strcmp((*(struct milestone *const *)a)->code, (*(struct milestone *const *)b)->code);
}

struct milestone_index milestone_index(struct arena *arena, const struct list *milestones)
{
    struct milestone_index index = {arena_array(arena, milestones->count, sizeof *index.sorted),
                                    milestones->count};
    for (size_t i = 0; i < index.count; i++)
        index.sorted[i] = LIST_AT(struct milestone, *milestones, i);
    if (index.count > 0)
        qsort(index.sorted, index.count, sizeof *index.sorted, by_code);
    return index;
}

struct milestone *milestone_find(const struct milestone_index *index, const char *code)
{
    const struct milestone key_row = {.code = code};
    const struct milestone *key = &key_row;
    struct milestone **found = code && index->count > 0 ? bsearch(&key, index->sorted, index->count,
                                                                  sizeof *index->sorted, by_code)
                                                        : NULL;
    return found ? *found : NULL;
}
