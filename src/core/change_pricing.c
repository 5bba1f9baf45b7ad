#include "core/change_pricing.h"

#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "core/billing_period.h"
#include "core/contract.h"
#include "core/milestone.h"
#include "core/plan_price.h"

static struct billing_period *period_at(const struct list *periods, size_t i)
{
    return LIST_AT(struct billing_period, *periods, i);
}

static int64_t settled_periods(const struct plan_milestone *planned)
{
    return planned->settled_periods == INTEGER_NONE ? 0 : planned->settled_periods;
}

static int64_t settled_minor(const struct plan_milestone *planned)
{
    return plan_is_settled(planned) ? planned->settled_minor : 0;
}

int64_t change_billed_periods(const struct change_basis *basis, struct id milestone_id)
{
    int64_t last = 0;
    for (size_t i = 0; basis->periods && i < basis->periods->count; i++) {
        const struct billing_period *period = period_at(basis->periods, i);
        if (id_equal(period->milestone_id, milestone_id) && period->number > last)
            last = period->number;
    }
    return last;
}

static int64_t billed_of(const struct change_basis *basis, const struct milestone *row)
{
    return row ? change_billed_periods(basis, row->id) : 0;
}

bool change_is_of_periods(const struct field *field, const struct plan_milestone *from)
{
    static const char *const names[] = {"price_minor", "recurrence", "period_price_minor",
                                        "settled_minor", "settled_periods"};
    bool is_one = false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        is_one = is_one || strcmp(field->name, names[i]) == 0;
    return is_one && from->pricing == PRICING_RECURRING;
}

/* Its price can no longer follow a new total. */
static bool is_decided(const struct milestone *row)
{
    return row && (milestone_is_accepted(row) || row->state == MILESTONE_SUBMITTED);
}

/* ---- restating percentages ----------------------------------------------------------------- */

void change_settle_shares(struct plan *plan, const struct change_basis *basis)
{
    if (plan->total_minor == basis->plan->total_minor)
        return;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        struct plan_milestone *to = planned_at(plan, i);
        if (to->pricing == PRICING_PERCENTAGE &&
            is_decided(milestone_by_code(basis->milestones, to->code)))
            to->settled_minor = to->price_minor;
    }
}

/* Takes what is too much off the accepted ones; what is under review stays. */
static void lower_settled(struct plan *plan, const struct change_basis *basis, int64_t excess_minor)
{
    for (size_t i = plan->milestones.count; i-- > 0 && excess_minor > 0;) {
        struct plan_milestone *to = planned_at(plan, i);
        const struct milestone *row = milestone_by_code(basis->milestones, to->code);
        if (to->pricing != PRICING_PERCENTAGE || !plan_is_settled(to) || !row ||
            !milestone_is_accepted(row))
            continue;
        int64_t most_minor = to->price_minor - milestone_reduction(row);
        int64_t cut_minor = excess_minor < most_minor ? excess_minor : most_minor;
        to->price_minor = to->settled_minor -= cut_minor;
        excess_minor -= cut_minor;
    }
}

static bool has_shares(const struct plan *plan)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (planned_at(plan, i)->pricing == PRICING_PERCENTAGE)
            return true;
    }
    return false;
}

static enum error restate_shares(struct arena *arena, struct plan *plan,
                                 const struct change_basis *basis, struct fault *fault)
{
    int64_t rest_minor;
    int64_t *parts_minor = arena_array(arena, plan->milestones.count, sizeof *parts_minor);
    if (!has_shares(plan))
        return OK;
    change_settle_shares(plan, basis);
    enum error error = plan_rest_of_shares(plan, &rest_minor, fault);
    if (!error && rest_minor < 0)
        lower_settled(plan, basis, -rest_minor);
    if (!error)
        error = plan_shares(plan, parts_minor, fault);
    for (size_t i = 0; !error && i < plan->milestones.count; i++) {
        if (planned_at(plan, i)->pricing == PRICING_PERCENTAGE)
            planned_at(plan, i)->price_minor = parts_minor[i];
    }
    return error;
}

/* ---- restating periods --------------------------------------------------------------------- */

static bool same_terms(const struct plan_milestone *a, const struct plan_milestone *b)
{
    static const char *const names[] = {"recurrence", "period_price_minor", "price_minor",
                                        "settled_minor", "settled_periods"};
    bool same = true;
    for (size_t i = 0; same && i < sizeof names / sizeof *names; i++)
        same = field_same(shape_field(&plan_milestone_shape, names[i], NULL), a, b);
    return same;
}

static bool same_period(const struct billing_period *a, const struct billing_period *b)
{
    return a->number == b->number && a->start_day == b->start_day && a->end_day == b->end_day &&
           a->bill_day == b->bill_day && a->net_minor == b->net_minor;
}

/* Whether the first count of both are the same. */
static bool same_periods(const struct list *a, const struct list *b, size_t count)
{
    bool same = count <= a->count && count <= b->count;
    for (size_t i = 0; same && i < count; i++)
        same = same_period(period_at(a, i), period_at(b, i));
    return same;
}

static int64_t sum_of(const struct list *periods, size_t count)
{
    int64_t sum_minor = 0; /* within the milestone's price */
    for (size_t i = 0; i < count; i++)
        sum_minor += period_at(periods, i)->net_minor;
    return sum_minor;
}

/* Where a period has a price, that of the milestone follows. */
static enum error set_sum(struct arena *arena, struct plan_milestone *to, struct fault *fault)
{
    struct list periods;
    if (to->period_price_minor == INTEGER_NONE)
        return OK;
    enum error error = billing_periods_planned(arena, to, &periods, fault);
    if (!error)
        to->price_minor = settled_minor(to) + sum_of(&periods, periods.count);
    return error;
}

/* Lets the first count of from's own periods stand and goes on by to's terms after them. */
static enum error go_on_after(struct arena *arena, const struct plan_milestone *from,
                              const struct list *periods, size_t count, struct plan_milestone *to,
                              struct fault *fault)
{
    struct recurrence *recurrence = arena_copy(arena, to->recurrence, sizeof *recurrence);
    int32_t last_day = period_at(periods, count - 1)->end_day;
    to->settled_periods = settled_periods(from) + (int64_t)count;
    to->settled_minor = settled_minor(from) + sum_of(periods, count);
    if (recurrence->end_day <= last_day) {
        to->recurrence = NULL;
        to->period_price_minor = INTEGER_NONE;
        to->price_minor = to->settled_minor;
        return OK;
    }
    if (recurrence->start_day <= last_day) {
        if (recurrence->anchor_day == DAY_NONE)
            recurrence->anchor_day = recurrence->start_day;
        recurrence->start_day = last_day + 1;
    }
    to->recurrence = recurrence;
    return set_sum(arena, to, fault);
}

/* Of from's own periods, those that are billed or begin before the day. */
static size_t standing(const struct list *periods, int64_t billed, int32_t day)
{
    size_t count = 0;
    while (count < periods->count && (period_at(periods, count)->number <= billed ||
                                      period_at(periods, count)->start_day < day))
        count++;
    return count;
}

static enum error restate_periods(struct arena *arena, const struct change_basis *basis,
                                  const struct plan_milestone *from, struct plan_milestone *to,
                                  int32_t day, struct fault *fault)
{
    struct list before, after;
    bool is_restated = settled_periods(to) != settled_periods(from);
    if (same_terms(from, to) || !to->recurrence)
        return OK;
    enum error error = billing_periods_planned(arena, from, &before, fault);
    if (!error)
        error = set_sum(arena, to, fault);
    if (!error)
        error = billing_periods_planned(arena, to, &after, fault);
    if (error)
        return error;
    size_t count =
        standing(&before, billed_of(basis, milestone_by_code(basis->milestones, to->code)), day);
    if (is_restated || count == 0 || same_periods(&before, &after, count))
        return OK;
    return go_on_after(arena, from, &before, count, to, fault);
}

enum error change_restate(struct arena *arena, struct plan *plan, const struct change_basis *basis,
                          int32_t start_day, struct fault *fault)
{
    enum error error = OK;
    struct plan_index before = plan_index(arena, basis->plan);
    int32_t day = start_day == DAY_NONE ? basis->today : start_day;
    for (size_t i = 0; !error && i < plan->milestones.count; i++) {
        struct plan_milestone *to = planned_at(plan, i);
        const struct plan_milestone *from = plan_find(&before, to->code);
        if (to->pricing != PRICING_RECURRING)
            continue;
        if (from && from->pricing == PRICING_RECURRING)
            error = restate_periods(arena, basis, from, to, day, fault);
        else if (to->recurrence)
            error = set_sum(arena, to, fault);
    }
    return error ? error : restate_shares(arena, plan, basis, fault);
}

/* ---- checking ------------------------------------------------------------------------------ */

struct checking {
    struct arena *arena;
    const struct change_basis *basis;
    struct fault *fault;
};

static const char *place(const struct checking *checking, size_t i, const char *member)
{
    return arena_format(checking->arena, "plan/milestones/%zu/%s", i, member);
}

static enum error check_share(const struct checking *checking, size_t i,
                              const struct plan_milestone *from, const struct plan_milestone *to)
{
    bool stands = from && from->pricing == PRICING_PERCENTAGE && plan_is_settled(from) &&
                  from->price_minor == to->price_minor;
    if (!plan_is_settled(to) || stands)
        return OK;
    if (from && is_decided(milestone_by_code(checking->basis->milestones, to->code)))
        return OK;
    return refuse(checking->fault, ERROR_WRONG_STATE, place(checking, i, "settled"),
                  "%s is not accepted: its price follows its percentage of the total", to->code);
}

/* from's own periods that are settled now are just so many, of just so much. */
static enum error check_newly_settled(const struct checking *checking, size_t i,
                                      const struct plan_milestone *from, const struct list *before,
                                      const struct plan_milestone *to)
{
    char amount[MONEY_TEXT_SIZE], day[DAY_TEXT_SIZE];
    int64_t count = settled_periods(to) - settled_periods(from);
    if (count < 0 || (uint64_t)count > before->count)
        return refuse(checking->fault, ERROR_OUT_OF_RANGE, place(checking, i, "settled_periods"),
                      "must be from %lld to %lld", (long long)settled_periods(from),
                      (long long)settled_periods(from) + (long long)before->count);
    int64_t sum_minor = settled_minor(from) + sum_of(before, (size_t)count);
    if (settled_minor(to) != sum_minor)
        return refuse(checking->fault, ERROR_SUM_MISMATCH, place(checking, i, "settled"),
                      "its first %lld periods come to %s %s", (long long)settled_periods(to),
                      money_format(sum_minor, checking->basis->plan->currency, amount),
                      checking->basis->plan->currency);
    if (count == 0 || !to->recurrence)
        return OK;
    int32_t last_day = period_at(before, (size_t)count - 1)->end_day;
    if (to->recurrence->start_day > last_day)
        return OK;
    return refuse(checking->fault, ERROR_OUT_OF_RANGE, place(checking, i, "recurrence/start_day"),
                  "its first %lld periods last until %s", (long long)settled_periods(to),
                  day_format(last_day, day));
}

static enum error check_periods(const struct checking *checking, size_t i,
                                const struct plan_milestone *from, const struct plan_milestone *to)
{
    struct list before, after;
    int64_t billed =
        billed_of(checking->basis, milestone_by_code(checking->basis->milestones, to->code));
    if (same_terms(from, to))
        return OK;
    enum error error = billing_periods_planned(checking->arena, from, &before, checking->fault);
    if (!error)
        error = billing_periods_planned(checking->arena, to, &after, checking->fault);
    if (!error)
        error = check_newly_settled(checking, i, from, &before, to);
    if (error || billed <= settled_periods(to))
        return error;
    bool is_same = settled_periods(from) == settled_periods(to) &&
                   same_periods(&before, &after, (size_t)(billed - settled_periods(to)));
    if (is_same)
        return OK;
    bool is_restated = settled_periods(to) > 0;
    return refuse(checking->fault, ERROR_WRONG_STATE,
                  place(checking, i, is_restated ? "settled_periods" : "recurrence"),
                  "%lld of its periods are billed and stay: settle them", (long long)billed);
}

static enum error check_one(const struct checking *checking, size_t i,
                            const struct plan_milestone *from, const struct plan_milestone *to)
{
    bool recurred = from && from->pricing == PRICING_RECURRING;
    if (to->pricing == PRICING_PERCENTAGE)
        return check_share(checking, i, from, to);
    if (recurred && to->pricing == PRICING_RECURRING)
        return check_periods(checking, i, from, to);
    if (plan_is_settled(to))
        return refuse(checking->fault, ERROR_INVALID, place(checking, i, "settled"),
                      "nothing of %s is settled", to->code);
    return OK;
}

/* One of which periods are billed goes on being billed by periods, or ends with them. */
static enum error check_stays(const struct checking *checking, const struct plan *plan,
                              const struct plan_index *after, const struct plan_milestone *from)
{
    const struct plan_milestone *to = plan_find(after, from->code);
    if (from->pricing != PRICING_RECURRING || (to && to->pricing == PRICING_RECURRING))
        return OK;
    int64_t billed =
        billed_of(checking->basis, milestone_by_code(checking->basis->milestones, from->code));
    if (billed == 0)
        return OK;
    return refuse(
        checking->fault, ERROR_WRONG_STATE,
        to ? place(checking, (size_t)(to - planned_at(plan, 0)), "pricing") : "plan/milestones",
        "%lld periods of %s are billed: let it end with them", (long long)billed, from->code);
}

enum error change_check_pricing(struct arena *arena, const struct change_order *order,
                                const struct change_basis *basis, struct fault *fault)
{
    const struct checking checking = {arena, basis, fault};
    struct plan_index before = plan_index(arena, basis->plan);
    struct plan_index after = plan_index(arena, order->plan);
    enum error error = OK;
    for (size_t i = 0; !error && i < order->plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(order->plan, i);
        const struct plan_milestone *from = plan_find(&before, to->code);
        error = check_one(&checking, i, from, to);
    }
    for (size_t i = 0; !error && i < basis->plan->milestones.count; i++)
        error = check_stays(&checking, order->plan, &after, planned_at(basis->plan, i));
    return error;
}

/* ---- proof --------------------------------------------------------------------------------- */

static bool settled_holds(struct arena *arena, const struct plan *plan,
                          const struct plan_milestone *from, const struct plan_milestone *to)
{
    struct list before;
    const struct change_basis basis = {.plan = plan};
    const struct checking checking = {arena, &basis, NULL};
    if (!plan_is_settled(to))
        return true;
    if (!from || from->pricing != to->pricing)
        return false;
    if (to->pricing == PRICING_PERCENTAGE)
        return to->price_minor <= from->price_minor;
    return billing_periods_planned(arena, from, &before, NULL) == OK &&
           check_newly_settled(&checking, 0, from, &before, to) == OK;
}

enum error change_settled_holds(struct arena *arena, const struct list *plans, struct fault *fault)
{
    for (size_t p = 1; p < plans->count; p++) {
        const struct plan *from = *LIST_AT(const struct plan *, *plans, p - 1);
        const struct plan *plan = *LIST_AT(const struct plan *, *plans, p);
        struct plan_index before = plan_index(arena, from);
        for (size_t i = 0; i < plan->milestones.count; i++) {
            const struct plan_milestone *to = planned_at(plan, i);
            if (!settled_holds(arena, from, plan_find(&before, to->code), to))
                return refuse(fault, ERROR_CHECK_FAILED, "settled",
                              "what is settled of %s is not what was agreed before", to->code);
        }
    }
    return OK;
}

static bool is_told(const struct billing_period *billed, const struct list *told)
{
    return billed->number >= 1 && (uint64_t)billed->number <= told->count &&
           same_period(billed, period_at(told, (size_t)billed->number - 1));
}

enum error change_periods_hold(struct arena *arena, const struct list *plans,
                               const struct list *milestones, const struct list *periods,
                               struct fault *fault)
{
    for (size_t i = 0, next = 0; i < periods->count; i = next) {
        const struct billing_period *first = period_at(periods, i);
        const struct milestone *row = NULL;
        struct list told = {0};
        for (size_t m = 0; !row && m < milestones->count; m++) {
            const struct milestone *other = LIST_AT(struct milestone, *milestones, m);
            row = id_equal(other->id, first->milestone_id) ? other : NULL;
        }
        bool holds = row && billing_periods_of(arena, plans, row, &told, NULL) == OK;
        for (next = i; next < periods->count &&
                       id_equal(period_at(periods, next)->milestone_id, first->milestone_id);
             next++)
            holds = holds && is_told(period_at(periods, next), &told);
        if (!holds)
            return refuse(fault, ERROR_CHECK_FAILED, "periods",
                          "billed periods of %s are not those that were agreed",
                          row ? row->code : "a milestone that is gone");
    }
    return OK;
}

/* ---- what it comes to ---------------------------------------------------------------------- */

int64_t change_comes_to(struct arena *arena, const struct plan *plan,
                        const struct plan_milestone *milestone, const int64_t *parts_minor)
{
    struct plan_milestone summed = *milestone;
    if (milestone->pricing == PRICING_PERCENTAGE)
        return parts_minor ? parts_minor[milestone - planned_at(plan, 0)] : INTEGER_NONE;
    if (milestone->pricing != PRICING_RECURRING)
        return INTEGER_NONE;
    return set_sum(arena, &summed, NULL) == OK ? summed.price_minor : INTEGER_NONE;
}
