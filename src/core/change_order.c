#include "core/change_order.h"

#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "core/change_check.h"
#include "core/change_document.h"
#include "core/change_pricing.h"
#include "core/code.h"
#include "core/contract.h"
#include "core/contract_document.h"
#include "core/engagement.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/plan_check.h"
#include "core/plan_price.h"
#include "core/requirement.h"
#include "core/signature.h"

static const char *const change_order_states[] = {
    [CHANGE_ORDER_DRAFT] = "draft",
    [CHANGE_ORDER_PROPOSED] = "proposed",
    [CHANGE_ORDER_PARTLY_SIGNED] = "partly_signed",
    [CHANGE_ORDER_APPROVED] = "approved",
    [CHANGE_ORDER_APPLIED] = "applied",
    [CHANGE_ORDER_DECLINED] = "declined",
    [CHANGE_ORDER_WITHDRAWN] = "withdrawn",
    [CHANGE_ORDER_EXPIRED] = "expired",
    [CHANGE_ORDER_SUPERSEDED] = "superseded",
    [CHANGE_ORDER_LAPSED] = "lapsed",
};
const struct choices change_order_state_choices =
    CHOICES("change_order_state", change_order_states);

static const struct field change_credit_fields[] = {
    FIELD(struct change_credit, milestone, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct change_credit, invoice_id, ID, .flags = REQUIRED),
    FIELD(struct change_credit, net_minor, MONEY, .flags = REQUIRED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
};
const struct shape change_credit_shape =
    SHAPE("change_credit", struct change_credit, change_credit_fields);

static const struct field change_billed_fields[] = {
    FIELD(struct change_billed, id, ID, .flags = REQUIRED),
    FIELD(struct change_billed, number, TEXT, .limit = CODE_LIMIT),
    FIELD(struct change_billed, milestone_id, ID, OPTIONAL),
    FIELD(struct change_billed, net_minor, MONEY),
};
const struct shape change_billed_shape =
    SHAPE("change_billed", struct change_billed, change_billed_fields);

static const struct field change_order_fields[] = {
    ID_FIELD(struct change_order),
    VERSION_FIELD(struct change_order),
    FIELD(struct change_order, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct change_order, contract_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct change_order, number, INTEGER, .flags = FIXED, COUNT_RANGE, .initial = 1),
    FIELD(struct change_order, revision, INTEGER, .flags = FIXED, COUNT_RANGE, .initial = 1),
    FIELD(struct change_order, state, CHOICE, .flags = REQUIRED,
          .choices = &change_order_state_choices, .initial = CHANGE_ORDER_DRAFT),
    FIELD(struct change_order, based_on_id, ID, .flags = FIXED),
    FIELD(struct change_order, title, TEXT, .flags = REQUIRED),
    FIELD(struct change_order, purpose, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct change_order, plan, OBJECT, .flags = REQUIRED, .shape = &plan_shape),
    FIELD(struct change_order, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct change_order, sum_before_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct change_order, change_minor, MONEY, .flags = REQUIRED, .minimum = -AMOUNT_LIMIT,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct change_order, sum_after_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct change_order, credits, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &change_credit_shape),
    FIELD(struct change_order, start_day, DAY, OPTIONAL),
    FIELD(struct change_order, valid_until_day, DAY, .flags = REQUIRED),
    FIELD(struct change_order, document, TEXT, .limit = DOCUMENT_LIMIT),
    FIELD(struct change_order, document_hash, HASH, OPTIONAL),
    FIELD(struct change_order, proposed_at, MOMENT, OPTIONAL),
    FIELD(struct change_order, approved_at, MOMENT, OPTIONAL),
    FIELD(struct change_order, applied_at, MOMENT, OPTIONAL),
    FIELD(struct change_order, applied_number, INTEGER, COUNT_RANGE),
    FIELD(struct change_order, ended_at, MOMENT, OPTIONAL),
    FIELD(struct change_order, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct change_order, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct change_order, is_stale, BOOLEAN, .flags = NOT_STORED),
    FIELD(struct change_order, signatures, LIST, .flags = NOT_STORED, .limit = SIGNERS_LIMIT,
          .shape = &change_signature_shape),
};
const struct shape change_order_shape =
    SHAPE("change_order", struct change_order, change_order_fields);

/* ---- states -------------------------------------------------------------------------------- */

enum change_order_event {
    ORDER_EDIT = 1,
    ORDER_PROPOSE,
    ORDER_SIGN,
    ORDER_SIGN_LAST,
    ORDER_DECLINE,
    ORDER_WITHDRAW,
    ORDER_EXPIRE,
    ORDER_REVISE,
    ORDER_SUPERSEDE,
    ORDER_APPLY,
    ORDER_LAPSE,
    ORDER_EVENT_COUNT,
};

static const char *const change_order_verbs[] = {
    [ORDER_EDIT] = "edited",         [ORDER_PROPOSE] = "proposed",
    [ORDER_SIGN] = "signed",         [ORDER_SIGN_LAST] = "signed",
    [ORDER_DECLINE] = "declined",    [ORDER_WITHDRAW] = "withdrawn",
    [ORDER_EXPIRE] = "expired",      [ORDER_REVISE] = "revised",
    [ORDER_APPLY] = "applied",       [ORDER_SUPERSEDE] = "superseded",
    [ORDER_LAPSE] = "left to lapse",
};

#define IN_THEIR_HANDS                                                                             \
    [ORDER_SIGN] = CHANGE_ORDER_PARTLY_SIGNED, [ORDER_SIGN_LAST] = CHANGE_ORDER_APPROVED,          \
    [ORDER_DECLINE] = CHANGE_ORDER_DECLINED, [ORDER_WITHDRAW] = CHANGE_ORDER_WITHDRAWN,            \
    [ORDER_EXPIRE] = CHANGE_ORDER_EXPIRED, [ORDER_SUPERSEDE] = CHANGE_ORDER_SUPERSEDED

static const unsigned char change_order_steps[][ORDER_EVENT_COUNT] = {
    [CHANGE_ORDER_DRAFT] =
        {
            [ORDER_EDIT] = CHANGE_ORDER_DRAFT,
            [ORDER_PROPOSE] = CHANGE_ORDER_PROPOSED,
            [ORDER_WITHDRAW] = CHANGE_ORDER_WITHDRAWN,
            [ORDER_REVISE] = CHANGE_ORDER_DRAFT,
            [ORDER_SUPERSEDE] = CHANGE_ORDER_SUPERSEDED,
        },
    [CHANGE_ORDER_PROPOSED] = {IN_THEIR_HANDS, [ORDER_REVISE] = CHANGE_ORDER_PROPOSED},
    [CHANGE_ORDER_PARTLY_SIGNED] = {IN_THEIR_HANDS, [ORDER_REVISE] = CHANGE_ORDER_PARTLY_SIGNED},
    [CHANGE_ORDER_APPROVED] =
        {
            [ORDER_APPLY] = CHANGE_ORDER_APPLIED,
            [ORDER_LAPSE] = CHANGE_ORDER_LAPSED,
        },
    [CHANGE_ORDER_APPLIED] = {0},
    [CHANGE_ORDER_DECLINED] = {[ORDER_REVISE] = CHANGE_ORDER_DECLINED},
    [CHANGE_ORDER_WITHDRAWN] = {[ORDER_REVISE] = CHANGE_ORDER_WITHDRAWN},
    [CHANGE_ORDER_EXPIRED] = {[ORDER_REVISE] = CHANGE_ORDER_EXPIRED},
    [CHANGE_ORDER_SUPERSEDED] = {0},
    [CHANGE_ORDER_LAPSED] = {[ORDER_REVISE] = CHANGE_ORDER_LAPSED},
};

static const struct machine change_order_machine = MACHINE(
    "change order", "state", &change_order_state_choices, change_order_verbs, change_order_steps);

static enum error step(struct change_order *order, enum change_order_event event,
                       struct fault *fault)
{
    int state = (int)order->state;
    enum error error = machine_step(&change_order_machine, &state, (int)event, fault);
    order->state = (enum change_order_state)state;
    return error;
}

static enum error check_step(const struct change_order *order, enum change_order_event event,
                             struct fault *fault)
{
    int state = (int)order->state;
    return machine_step(&change_order_machine, &state, (int)event, fault);
}

static enum error end(struct change_order *order, enum change_order_event event, int64_t now_ms,
                      struct fault *fault)
{
    enum error error = step(order, event, fault);
    if (!error)
        order->ended_at = now_ms;
    return error;
}

bool change_order_is_open(const struct change_order *order)
{
    return order->state == CHANGE_ORDER_DRAFT || order->state == CHANGE_ORDER_PROPOSED ||
           order->state == CHANGE_ORDER_PARTLY_SIGNED;
}

const char *change_order_label(struct arena *arena, const struct change_order *order,
                               const char *contract_number)
{
    return arena_format(arena, "change order %lld to contract %s, revision %lld",
                        (long long)order->number, contract_number, (long long)order->revision);
}

/* ---- drafting ------------------------------------------------------------------------------ */

static enum error check_in_force(const struct change_basis *basis, struct fault *fault)
{
    if (basis->contract->state != CONTRACT_ACTIVE)
        return refuse(fault, ERROR_WRONG_STATE, "contract",
                      "the contract is %s, and only one in force can be changed",
                      choice_name(&contract_state_choices, (int)basis->contract->state));
    if (basis->engagement->state != ENGAGEMENT_ACTIVE)
        return refuse(fault, ERROR_WRONG_STATE, "contract", "the engagement is %s",
                      choice_name(&engagement_state_choices, (int)basis->engagement->state));
    return OK;
}

/* Rows of its own, since some may be marked. */
static struct list copy_milestones(struct arena *arena, const struct list *milestones)
{
    size_t size = milestones->count * sizeof(struct plan_milestone);
    return (struct list){size > 0 ? arena_copy(arena, milestones->rows, size) : NULL,
                         milestones->count};
}

struct plan *change_order_plan(struct arena *arena, const struct plan *typed,
                               const struct change_basis *basis)
{
    struct plan *plan = arena_copy(arena, typed, sizeof *plan);
    plan->milestones = copy_milestones(arena, &typed->milestones);
    plan->terms = arena_copy(arena, typed->terms, sizeof *plan->terms);
    for (size_t i = 0; i < contract_terms_shape.field_count; i++) {
        const struct field *field = &contract_terms_shape.fields[i];
        const struct shape single = {.fields = field, .field_count = 1};
        if ((field->flags & ADDED_LATER) && field_is_none(field, plan->terms))
            shape_copy(&single, basis->plan->terms, plan->terms);
    }
    bool says_day = typed->terms->billing_day != INTEGER_NONE;
    if (plan->terms->billing_mode != BILLING_MONTHLY && !says_day)
        plan->terms->billing_day = INTEGER_NONE; /* it goes with the month alone */
    change_settle_shares(plan, basis);
    return plan;
}

enum error change_order_edit(struct change_order *order, const struct change_order *form,
                             struct fault *fault)
{
    int64_t change_minor;
    enum error error = step(order, ORDER_EDIT, fault);
    if (!error)
        error =
            money_subtract(form->plan->total_minor, order->sum_before_minor, &change_minor, fault);
    if (error)
        return error;
    order->title = form->title;
    order->purpose = form->purpose;
    order->plan = form->plan;
    order->currency = form->plan->currency;
    order->sum_after_minor = form->plan->total_minor;
    order->change_minor = change_minor;
    order->credits = form->credits;
    order->start_day = form->start_day;
    order->valid_until_day = form->valid_until_day;
    return OK;
}

enum error change_order_draft(struct change_order *order, const struct change_basis *basis,
                              struct fault *fault)
{
    enum error error = check_in_force(basis, fault);
    if (error)
        return error;
    order->version = 1;
    order->engagement_id = basis->contract->engagement_id;
    order->contract_id = basis->contract->id;
    order->state = CHANGE_ORDER_DRAFT;
    order->based_on_id = basis->based_on_id;
    order->sum_before_minor = basis->plan->total_minor;
    return OK;
}

/* ---- whether it holds ---------------------------------------------------------------------- */

static enum error check_base(const struct change_order *order, const struct change_basis *basis,
                             struct fault *fault)
{
    if (!id_equal(order->based_on_id, basis->based_on_id))
        return refuse(fault, ERROR_STALE, "based_on_id",
                      "another change order was agreed since this one was composed: revise it");
    return OK;
}

static enum error check_start(const struct change_order *order, const struct change_basis *basis,
                              struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    if (basis->plan_start_day != DAY_NONE &&
        (order->start_day == DAY_NONE || order->start_day < basis->plan_start_day))
        return refuse(fault, ERROR_OUT_OF_RANGE, "start_day",
                      "the order that this one is based on takes effect on %s, and this one not "
                      "before",
                      day_format(basis->plan_start_day, day));
    return OK;
}

static bool is_same(const struct plan *a, const struct plan *b)
{
    bool same = true;
    for (size_t i = 0; same && i < plan_shape.field_count; i++)
        same = field_same(&plan_shape.fields[i], a, b);
    return same;
}

static enum error check_plan(struct arena *arena, const struct change_order *order,
                             const struct change_basis *basis, struct fault *fault)
{
    struct texts criteria = requirement_criteria(arena, basis->requirements);
    enum error error = plan_check(arena, order->plan, &criteria, fault);
    if (error)
        return error;
    if (strcmp(order->plan->currency, basis->plan->currency) != 0)
        return refuse(fault, ERROR_INVALID, "plan/currency", "the contract is in %s",
                      basis->plan->currency);
    if (is_same(basis->plan, order->plan))
        return refuse(fault, ERROR_INVALID, "plan", "it changes nothing");
    return OK;
}

/* What waits for the start of one of its days would begin on another. */
static enum error check_zone(const struct change_order *order, const struct change_basis *basis,
                             struct fault *fault)
{
    if (strcmp(order->plan->terms->time_zone, basis->plan->terms->time_zone) == 0)
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "plan/terms/time_zone",
                  "a contract in force keeps the time zone that its days are counted in: %s",
                  basis->plan->terms->time_zone);
}

enum error change_order_check(struct arena *arena, const struct change_order *order,
                              const struct change_basis *basis, struct fault *fault)
{
    enum error error = check_in_force(basis, fault);
    if (!error)
        error = check_base(order, basis, fault);
    if (!error)
        error = check_plan(arena, order, basis, fault);
    if (!error)
        error = check_zone(order, basis, fault);
    if (!error)
        error = change_check(arena, order, basis, fault);
    return error ? error : check_start(order, basis, fault);
}

/* ---- proposing ----------------------------------------------------------------------------- */

static enum error check_day(const char *field, int32_t day, int32_t today, struct fault *fault)
{
    if (day < today)
        return refuse(fault, ERROR_INVALID, field, "must be today or later");
    if (day - today > DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "more than %d days ahead", DAYS_LIMIT);
    return OK;
}

enum error change_order_propose(struct arena *arena, struct change_order *order,
                                const struct change_basis *basis, const struct list *signatures,
                                int64_t now_ms, struct fault *fault)
{
    enum error error = check_step(order, ORDER_PROPOSE, fault);
    if (!error)
        error = change_order_check(arena, order, basis, fault);
    if (!error)
        error = check_day("valid_until_day", order->valid_until_day, basis->today, fault);
    if (!error && order->start_day != DAY_NONE)
        error = check_day("start_day", order->start_day, basis->today, fault);
    if (!error)
        error = signers_check(signatures, fault);
    if (!error)
        error = step(order, ORDER_PROPOSE, fault);
    if (error)
        return error;
    order->document = change_document_text(arena, order, basis, signatures);
    order->document_hash = hash_bytes(order->document, strlen(order->document));
    order->proposed_at = now_ms;
    return OK;
}

/* ---- signing ------------------------------------------------------------------------------- */

static struct signed_text text_of(struct arena *arena, const struct change_order *order,
                                  const char *contract_number)
{
    return (struct signed_text){
        .label = change_order_label(arena, order, contract_number),
        .document = order->document,
        .document_hash = order->document_hash,
        .sent_at = order->proposed_at,
    };
}

static enum error check_in_time(const struct change_order *order, int32_t today,
                                struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    if (today > order->valid_until_day)
        return refuse(fault, ERROR_EXPIRED, "valid_until_day", "it could be signed until %s",
                      day_format(order->valid_until_day, day));
    return OK;
}

enum error change_order_sign(struct arena *arena, struct change_order *order,
                             const struct change_basis *basis, struct list *signatures,
                             struct id signature_id, const struct signing *signing, int64_t now_ms,
                             struct fault *fault)
{
    bool is_last;
    struct signature *signature = NULL, signed_one;
    struct change_order changed = *order;
    struct signed_text text = text_of(arena, order, basis->contract->number);
    enum error error =
        signature_turn(signatures, signature_id, &signature, &signed_one, &is_last, fault);
    if (!error)
        error = step(&changed, is_last ? ORDER_SIGN_LAST : ORDER_SIGN, fault);
    if (!error)
        error = check_in_time(order, basis->today, fault);
    if (!error)
        error = change_order_check(arena, order, basis, fault);
    if (!error)
        error = signature_give(&text, &signed_one, signing, now_ms, fault);
    if (error)
        return error;
    if (is_last)
        changed.approved_at = now_ms;
    *signature = signed_one;
    *order = changed;
    return OK;
}

enum error change_order_decline(struct change_order *order, struct list *signatures,
                                struct id signature_id, const char *reason, int64_t now_ms,
                                struct fault *fault)
{
    struct signature *signature = NULL, declined;
    enum error error =
        signature_refuse(signatures, signature_id, reason, &signature, &declined, fault);
    if (!error)
        error = text_check(reason, "reason", fault);
    if (!error)
        error = end(order, ORDER_DECLINE, now_ms, fault);
    if (error)
        return error;
    order->reason = reason;
    *signature = declined;
    return OK;
}

/* ---- ends ---------------------------------------------------------------------------------- */

enum error change_order_withdraw(struct change_order *order, int64_t now_ms, struct fault *fault)
{
    return end(order, ORDER_WITHDRAW, now_ms, fault);
}

enum error change_order_expire(struct change_order *order, int32_t today, int64_t now_ms,
                               struct fault *fault)
{
    enum error error = check_step(order, ORDER_EXPIRE, fault);
    if (error)
        return error;
    if (today <= order->valid_until_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "valid_until_day", "it can still be signed");
    return end(order, ORDER_EXPIRE, now_ms, fault);
}

enum error change_order_check_revise(const struct change_order *order, struct fault *fault)
{
    return check_step(order, ORDER_REVISE, fault);
}

enum error change_order_supersede(struct change_order *order, int64_t now_ms, struct fault *fault)
{
    return end(order, ORDER_SUPERSEDE, now_ms, fault);
}

enum error change_order_apply(struct change_order *order, int64_t number, int64_t now_ms,
                              struct fault *fault)
{
    enum error error = step(order, ORDER_APPLY, fault);
    if (error)
        return error;
    order->applied_at = now_ms;
    order->applied_number = number;
    return OK;
}

enum error change_order_lapse(struct change_order *order, const char *reason, int64_t now_ms,
                              struct fault *fault)
{
    enum error error = end(order, ORDER_LAPSE, now_ms, fault);
    if (!error)
        order->reason = reason;
    return error;
}

/* ---- proof --------------------------------------------------------------------------------- */

/* How far the signatures may be in each state, and the one before it ended. */
enum { NONE = 1, SOME = 2, ALL = 4 };
static const unsigned char signed_in_state[] = {
    [CHANGE_ORDER_PROPOSED] = NONE,        [CHANGE_ORDER_PARTLY_SIGNED] = SOME,
    [CHANGE_ORDER_APPROVED] = ALL,         [CHANGE_ORDER_APPLIED] = ALL,
    [CHANGE_ORDER_DECLINED] = NONE | SOME, [CHANGE_ORDER_WITHDRAWN] = NONE | SOME,
    [CHANGE_ORDER_EXPIRED] = NONE | SOME,  [CHANGE_ORDER_SUPERSEDED] = NONE | SOME,
    [CHANGE_ORDER_LAPSED] = ALL,
};

static enum error check_sums(const struct change_order *order, const char *label,
                             int64_t base_sum_minor, struct fault *fault)
{
    int64_t change_minor;
    if (money_subtract(order->plan->total_minor, base_sum_minor, &change_minor, NULL) != OK ||
        order->sum_before_minor != base_sum_minor || order->change_minor != change_minor ||
        order->sum_after_minor != order->plan->total_minor)
        return refuse(fault, ERROR_CHECK_FAILED, "change",
                      "%s: its sums are not those of the plans before and after", label);
    return OK;
}

enum error change_order_holds(struct arena *arena, const struct change_order *order,
                              const char *contract_number, int64_t base_sum_minor,
                              const struct list *signatures, struct fault *fault)
{
    size_t count;
    struct fault why = {0};
    struct signed_text text = text_of(arena, order, contract_number);
    enum error error = check_sums(order, text.label, base_sum_minor, fault);
    if (error || (!order->document && order->proposed_at == 0))
        return error;
    error = signatures_hold(&text, signatures, &count, fault);
    if (error)
        return error;
    if (!contract_document_states_plan(arena, order->document, order->plan))
        return refuse(fault, ERROR_CHECK_FAILED, "plan", "%s: the plan is not the one in its text",
                      text.label);
    if (plan_check_prices(arena, order->plan, &why) != OK)
        return refuse(fault, ERROR_CHECK_FAILED, "plan", "%s: its prices do not add up: %s: %s",
                      text.label, why.field, why.detail);
    unsigned progress = count == 0 ? NONE : count < signatures->count ? SOME : ALL;
    if (!(signed_in_state[order->state] & progress) ||
        (order->approved_at != 0) != (progress == ALL) ||
        (order->applied_number > 0) != (order->state == CHANGE_ORDER_APPLIED))
        return refuse(fault, ERROR_CHECK_FAILED, "state",
                      "%s: %zu of %zu signatures do not fit its state", text.label, count,
                      signatures->count);
    return OK;
}
