#include "core/change_apply.h"

#include <string.h>

#include "base/day.h"
#include "base/must.h"
#include "core/change_pricing.h"

/* ---- applying ------------------------------------------------------------------------------ */

struct applying {
    const struct change_basis *basis;
    const struct change_order *order;
    struct milestone_index rows; /* of the copies; in the end of the new ones, too */
    struct milestone *copies;    /* and behind them the new ones */
    struct change_result *result;
};

static void put_id(struct list *ids, struct id id)
{
    *LIST_AT(struct id, *ids, ids->count++) = id;
}

static void no_reduction(struct milestone *row)
{
    row->reduction_minor = INTEGER_NONE;
    row->reduction_reason = NULL;
}

static bool is_fixed(enum pricing pricing)
{
    return pricing == 0 || pricing == PRICING_FIXED;
}

/* A new price is the whole price: both have signed it after what they took off the old one. Of what
 * is accepted the reduction stays, as it was billed. */
static void take_plan(struct milestone *row, const struct plan_milestone *to)
{
    if (row->price_minor != to->price_minor && !milestone_is_accepted(row))
        no_reduction(row);
    row->title = to->title;
    row->description = to->description;
    row->price_minor = to->price_minor;
    row->tax_category = to->tax_category;
    row->tax_rate_ppm = to->tax_rate_ppm;
    row->start_day = to->start_day;
    if (row->due_day != to->due_day)
        row->planned_due_day = DAY_NONE;
    row->due_day = to->due_day;
    row->deliverables = to->deliverables;
    row->criteria = to->criteria;
    if (!is_fixed(row->pricing) || !is_fixed(to->pricing))
        row->pricing = to->pricing;
}

static struct milestone new_milestone(const struct applying *applying,
                                      const struct plan_milestone *to, struct id id, int64_t number)
{
    struct milestone row = {
        .id = id,
        .version = 1,
        .engagement_id = applying->order->engagement_id,
        .contract_id = applying->order->contract_id,
        .number = number,
        .code = to->code,
        .currency = applying->order->currency,
        .state = MILESTONE_PLANNED,
        .billing = BILLING_UNBILLED,
        .reduction_minor = INTEGER_NONE,
        .planned_due_day = DAY_NONE,
        .claimed_minor = INTEGER_NONE,
        .claimed_ppm = INTEGER_NONE,
    };
    take_plan(&row, to);
    return row;
}

/* Whether rows differ in what a plan says, in state or in price. */
static bool is_changed(const struct milestone *before, const struct milestone *after)
{
    for (size_t i = 0; i < milestone_shape.field_count; i++) {
        if (!field_same(&milestone_shape.fields[i], before, after))
            return true;
    }
    return false;
}

static void drop(const struct applying *applying, struct milestone *row)
{
    if (milestone_is_accepted(row)) {
        row->price_minor = 0;
        no_reduction(row);
        return;
    }
    enum error error = milestone_advance(row, MILESTONE_CANCEL, NULL);
    must(error == OK);
    put_id(&applying->result->cancelled, row->id);
    put_id(&applying->result->rewired, row->id);
}

static int64_t last_number(const struct list *milestones)
{
    int64_t last = 0;
    for (size_t i = 0; i < milestones->count; i++) {
        int64_t number = LIST_AT(struct milestone, *milestones, i)->number;
        last = number > last ? number : last;
    }
    return last;
}

/* Sets each milestone of the plan, and drops those that are no longer in it. */
static void set_milestones(struct arena *arena, struct applying *applying, const struct id *ids)
{
    const struct plan *plan = applying->order->plan;
    struct plan_index before = plan_index(arena, applying->basis->plan);
    struct plan_index after = plan_index(arena, plan);
    struct list *added = &applying->result->added;
    int64_t number = last_number(applying->basis->milestones);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        struct milestone *row = milestone_find(&applying->rows, to->code);
        if (row)
            take_plan(row, to);
        else
            *LIST_AT(struct milestone, *added, added->count++) =
                new_milestone(applying, to, ids[i], ++number);
    }
    for (size_t i = 0; i < applying->basis->plan->milestones.count; i++) {
        const char *code = planned_at(applying->basis->plan, i)->code;
        if (plan_find(&before, code) && !plan_find(&after, code))
            drop(applying, milestone_find(&applying->rows, code));
    }
}

/* Ready where all that it comes after is accepted, planned where not; neither for one that has
 * begun. */
static void set_readiness(const struct applying *applying, struct milestone *row,
                          const struct plan_milestone *to)
{
    bool is_ready = true;
    if (row->state != MILESTONE_PLANNED && row->state != MILESTONE_READY)
        return;
    for (size_t a = 0; is_ready && a < to->after.count; a++)
        is_ready = milestone_is_accepted(milestone_find(&applying->rows, to->after.texts[a]));
    enum milestone_event event = is_ready ? MILESTONE_MAKE_READY : MILESTONE_HOLD_BACK;
    if ((row->state == MILESTONE_READY) == is_ready)
        return;
    enum error error = milestone_advance(row, event, NULL);
    must(error == OK);
    if (is_ready)
        put_id(&applying->result->ready, row->id);
}

static void wire(const struct applying *applying, const struct milestone *row,
                 const struct plan_milestone *to)
{
    struct list *dependencies = &applying->result->dependencies;
    put_id(&applying->result->rewired, row->id);
    for (size_t a = 0; a < to->after.count; a++)
        *LIST_AT(struct milestone_dependency, *dependencies, dependencies->count++) =
            (struct milestone_dependency){
                .milestone_id = row->id,
                .after_id = milestone_find(&applying->rows, to->after.texts[a])->id,
                .engagement_id = row->engagement_id,
            };
}

static void set_graph(struct arena *arena, const struct applying *applying)
{
    static const char after_name[] = "after";
    const struct field *after = shape_field(&plan_milestone_shape, after_name, NULL);
    struct plan_index before = plan_index(arena, applying->basis->plan);
    const struct plan *plan = applying->order->plan;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        const struct plan_milestone *from = plan_find(&before, to->code);
        struct milestone *row = milestone_find(&applying->rows, to->code);
        set_readiness(applying, row, to);
        if (!from || !field_same(after, from, to))
            wire(applying, row, to);
    }
}

static struct list room_for(struct arena *arena, size_t count, size_t size)
{
    return (struct list){arena_array(arena, count, size), 0};
}

static void make_room(struct arena *arena, struct applying *applying)
{
    struct change_result *result = applying->result;
    const struct plan *plan = applying->order->plan;
    size_t there = applying->basis->milestones->count, planned = plan->milestones.count;
    size_t edges = 0;
    for (size_t i = 0; i < planned; i++)
        edges += planned_at(plan, i)->after.count;
    applying->copies = arena_array(arena, there + planned, sizeof *applying->copies);
    if (there > 0)
        memcpy(applying->copies, applying->basis->milestones->rows,
               there * sizeof *applying->copies);
    *result = (struct change_result){
        .changed = room_for(arena, there, sizeof(struct milestone)),
        .added = {applying->copies + there, 0},
        .rewired = room_for(arena, there + planned, sizeof(struct id)),
        .dependencies = room_for(arena, edges, sizeof(struct milestone_dependency)),
        .ready = room_for(arena, planned, sizeof(struct id)),
        .cancelled = room_for(arena, there, sizeof(struct id)),
        .recurring = room_for(arena, planned, sizeof(struct milestone)),
    };
}

static bool has_same_periods(const struct plan_milestone *from, const struct plan_milestone *to)
{
    bool same = from && from->pricing == to->pricing;
    for (size_t i = 0; same && i < plan_milestone_shape.field_count; i++) {
        const struct field *field = &plan_milestone_shape.fields[i];
        same = !change_is_of_periods(field, from) || field_same(field, from, to);
    }
    return same;
}

static void set_recurring(struct arena *arena, const struct applying *applying)
{
    struct list *recurring = &applying->result->recurring;
    const struct plan *plan = applying->order->plan;
    struct plan_index before = plan_index(arena, applying->basis->plan);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        if (to->pricing == PRICING_RECURRING && !has_same_periods(plan_find(&before, to->code), to))
            *LIST_AT(struct milestone, *recurring, recurring->count++) =
                *milestone_find(&applying->rows, to->code);
    }
}

void change_apply(struct arena *arena, const struct change_order *order,
                  const struct change_basis *basis, const struct id *ids,
                  struct change_result *result)
{
    struct applying applying = {.basis = basis, .order = order, .result = result};
    size_t there = basis->milestones->count;
    make_room(arena, &applying);
    applying.rows = milestone_index(arena, &(struct list){applying.copies, there});
    set_milestones(arena, &applying, ids);
    applying.rows =
        milestone_index(arena, &(struct list){applying.copies, there + result->added.count});
    set_graph(arena, &applying);
    for (size_t i = 0; i < there; i++) {
        const struct milestone *before = LIST_AT(struct milestone, *basis->milestones, i);
        if (is_changed(before, &applying.copies[i]))
            *LIST_AT(struct milestone, result->changed, result->changed.count++) =
                applying.copies[i];
    }
    set_recurring(arena, &applying);
}

/* ---- proof --------------------------------------------------------------------------------- */

static bool follows(const struct milestone *row, const struct plan_milestone *to)
{
    struct milestone same = *row;
    take_plan(&same, to);
    return row->state != MILESTONE_CANCELLED && !is_changed(row, &same);
}

enum error milestones_follow_plan(struct arena *arena, const struct plan *plan,
                                  const struct list *milestones, struct fault *fault)
{
    struct milestone_index rows = milestone_index(arena, milestones);
    struct plan_index index = plan_index(arena, plan);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *to = planned_at(plan, i);
        const struct milestone *row = milestone_find(&rows, to->code);
        if (!row || !follows(row, to))
            return refuse(fault, ERROR_CHECK_FAILED, "milestones",
                          "milestone %s is not as the contract and its applied orders say",
                          to->code);
    }
    for (size_t i = 0; i < rows.count; i++) {
        const struct milestone *row = rows.sorted[i];
        bool is_gone = row->state == MILESTONE_CANCELLED ||
                       (milestone_is_accepted(row) && row->price_minor == 0);
        if (!is_gone && !plan_find(&index, row->code))
            return refuse(fault, ERROR_CHECK_FAILED, "milestones",
                          "milestone %s is in neither the contract nor an applied order",
                          row->code);
    }
    return OK;
}
