#include "core/change_dues.h"

#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "core/billing_period.h"
#include "core/change_effect.h"
#include "core/change_pricing.h"
#include "core/milestone.h"

static int by_day(const void *a, const void *b)
{
    int32_t x = ((const struct due_effect *)a)->day, y = ((const struct due_effect *)b)->day;
    return (x > y) - (x < y);
}

struct dues {
    struct arena *arena;
    const struct change_basis *basis;
    struct milestone_index milestones; /* as they stand */
    const struct plan *plan;
    struct list plans; /* up to this one */
    bool is_after;
    struct due_effect *rows;
    size_t count;
    size_t room;
};

static void make_room(struct dues *dues)
{
    if (dues->count < dues->room)
        return;
    size_t room = dues->room > 0 ? 2 * dues->room : 16;
    struct due_effect *rows = arena_array(dues->arena, room, sizeof *rows);
    if (dues->count > 0)
        memcpy(rows, dues->rows, dues->count * sizeof *rows);
    dues->rows = rows;
    dues->room = room;
}

static enum error add_due(struct dues *dues, const struct plan_milestone *milestone,
                          int64_t net_minor, int32_t day, struct fault *fault)
{
    int64_t tax_minor, gross_minor;
    enum error error = change_tax_of(milestone, net_minor, &tax_minor, fault);
    if (!error)
        error = money_add(net_minor, tax_minor, &gross_minor, fault);
    if (error)
        return error;
    make_room(dues);
    dues->rows[dues->count++] = (struct due_effect){
        .day = day + (int32_t)dues->plan->terms->payment_days,
        .before_minor = dues->is_after ? 0 : gross_minor,
        .after_minor = dues->is_after ? gross_minor : 0,
    };
    return OK;
}

/* Its periods that are not billed yet. A plan that is only typed may tell none. */
static enum error add_periods(struct dues *dues, const struct plan_milestone *planned,
                              struct fault *fault)
{
    const struct milestone *row = milestone_find(&dues->milestones, planned->code);
    const struct milestone added = {.code = planned->code};
    int64_t billed = row ? change_billed_periods(dues->basis, row->id) : 0;
    struct list periods = {0};
    enum error error = OK;
    if (billing_periods_of(dues->arena, &dues->plans, row ? row : &added, &periods, NULL) != OK)
        return OK;
    for (size_t i = (size_t)billed; !error && i < periods.count; i++) {
        const struct billing_period *period = LIST_AT(struct billing_period, periods, i);
        error = add_due(dues, planned, period->net_minor, period->bill_day, fault);
    }
    return error;
}

/* Its price, less the progress that is billed. A plan that is only typed may say less than that. */
static int64_t left_of(const struct dues *dues, const struct plan_milestone *planned)
{
    const struct milestone *row = milestone_find(&dues->milestones, planned->code);
    int64_t left_minor = planned->price_minor - (row ? milestone_claimed(row) : 0);
    return left_minor > 0 ? left_minor : 0;
}

/* Those of one plan, each a row of its own, in before or after. */
static enum error add_dues(struct dues *dues, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < dues->plan->milestones.count; i++) {
        const struct plan_milestone *milestone = planned_at(dues->plan, i);
        const struct milestone *row = milestone_find(&dues->milestones, milestone->code);
        if (milestone->pricing == PRICING_RECURRING)
            error = add_periods(dues, milestone, fault);
        else if (!(row && milestone_is_accepted(row)) && milestone->pricing != PRICING_NON_BILLABLE)
            error = add_due(dues, milestone, left_of(dues, milestone), milestone->due_day, fault);
    }
    return error; /* what is accepted is billed, or credited again: not planned any more */
}

static enum error merge_days(struct list *rows, struct fault *fault)
{
    size_t kept = 0;
    enum error error = OK;
    if (rows->count > 0)
        qsort(rows->rows, rows->count, sizeof(struct due_effect), by_day);
    for (size_t i = 0; !error && i < rows->count; i++) {
        const struct due_effect *row = LIST_AT(struct due_effect, *rows, i);
        struct due_effect *last = kept > 0 ? LIST_AT(struct due_effect, *rows, kept - 1) : NULL;
        if (!last || last->day != row->day) {
            *LIST_AT(struct due_effect, *rows, kept++) = *row;
            continue;
        }
        error = money_add(last->before_minor, row->before_minor, &last->before_minor, fault);
        if (!error)
            error = money_add(last->after_minor, row->after_minor, &last->after_minor, fault);
    }
    rows->count = kept;
    return error;
}

/* Those before the order, and its own. Where the basis names none, what is agreed now. */
static struct list plans_with(struct arena *arena, const struct change_basis *basis,
                              const struct plan *plan)
{
    size_t count = basis->plans.count;
    const struct plan **plans = arena_array(arena, count + 2, sizeof *plans);
    if (count > 0)
        memcpy(plans, basis->plans.rows, count * sizeof *plans);
    else
        plans[count++] = basis->plan;
    plans[count++] = plan;
    return (struct list){plans, count};
}

enum error change_dues(struct arena *arena, const struct plan *plan,
                       const struct change_basis *basis, struct list *rows, struct fault *fault)
{
    struct list plans = plans_with(arena, basis, plan);
    struct dues dues = {
        .arena = arena,
        .basis = basis,
        .milestones = milestone_index(arena, basis->milestones),
        .plan = basis->plan,
        .plans = {plans.rows, plans.count - 1},
    };
    enum error error = add_dues(&dues, fault);
    dues.plan = plan;
    dues.plans = plans;
    dues.is_after = true;
    if (!error)
        error = add_dues(&dues, fault);
    *rows = (struct list){dues.rows, dues.count};
    return error ? error : merge_days(rows, fault);
}
