#include "action/turn.h"

#include <stdlib.h>

#include "action/company.h"
#include "action/zoned_day.h"
#include "core/billing_month.h"
#include "core/contract.h"
#include "core/milestone.h"
#include "core/obligation.h"
#include "core/turn.h"
#include "store/review.h"
#include "store/task.h"
#include "store/turn.h"

enum { TURNS_MAX = 1000 };

static const struct field input_fields[] = {
    FIELD(struct list_turns_in, engagement_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_turns_in, side, CHOICE, .flags = FROM_QUERY, .choices = &side_choices),
};
static const struct shape input_shape = SHAPE("list_turns", struct list_turns_in, input_fields);

static const struct field output_fields[] = {
    FIELD(struct turns, day, DAY),
    FIELD(struct turns, items, LIST, .shape = &turn_shape),
};
static const struct shape output_shape = SHAPE("turns", struct turns, output_fields);

/* ---- what statements cannot tell ------------------------------------------------------------ */

/* When the month is billed that its acceptance falls into. Where nothing is collected by month it
 * was held back when it was accepted, and is billed by itself. */
static enum error tell_month(struct call *call, struct turn *turn, struct fault *fault)
{
    struct milestone milestone;
    struct contract contract;
    struct billing_month month;
    enum error error = load_row(call, &milestone_shape, turn->subject_id, &milestone, fault);
    if (!error)
        error = load_row(call, &contract_shape, milestone.contract_id, &contract, fault);
    if (!error)
        error = load_plan_in_force(&call->store, &contract, fault);
    if (error)
        return error;
    const struct contract_terms *terms = contract.plan->terms;
    if (terms->billing_mode != BILLING_MONTHLY) {
        turn->kind = TURN_BILL_MILESTONE;
        return OK;
    }
    error = billing_month_of(terms, zone_local_day(zone_of(terms), turn->since_at), &month, fault);
    turn->due_day = month.issue_day;
    return error;
}

static bool waits_for(const struct obligation *obligation, const struct list *tasks,
                      struct id milestone_id)
{
    for (size_t i = 0; i < obligation->milestones.count; i++) {
        const struct waiting_milestone *waiting =
            LIST_AT(struct waiting_milestone, obligation->milestones, i);
        if (id_equal(waiting->milestone_id, milestone_id))
            return true;
    }
    for (size_t i = 0; i < obligation->tasks.count; i++) {
        struct id task_id = LIST_AT(struct waiting_task, obligation->tasks, i)->task_id;
        for (size_t t = 0; t < tasks->count; t++) {
            const struct task *task = LIST_AT(struct task, *tasks, t);
            if (id_equal(task->id, task_id) && id_equal(task->milestone_id, milestone_id))
                return true;
        }
    }
    return false;
}

/* What its acceptance bills, while that is still to come. */
static int64_t still_to_bill(const struct milestone *milestone)
{
    bool is_to_come =
        milestone->state != MILESTONE_CANCELLED && !milestone_is_accepted(milestone) &&
        milestone->pricing != PRICING_RECURRING && milestone->pricing != PRICING_NON_BILLABLE;
    return is_to_come ? milestone_rest(milestone) : 0;
}

/* What the milestones bring that wait for it, themselves or with a task. */
static enum error tell_supply(struct call *call, struct turn *turn, struct fault *fault)
{
    struct obligation obligation;
    struct list milestones, tasks = {0};
    enum error error = load_row(call, &obligation_shape, turn->subject_id, &obligation, fault);
    if (!error && obligation.tasks.count > 0)
        error = list_tasks_of(&call->store, turn->engagement_id, &tasks, fault);
    if (!error)
        error = list_milestones_to_plan(&call->store, turn->engagement_id, &milestones, fault);
    turn->amount_minor = 0;
    for (size_t i = 0; !error && i < milestones.count; i++) {
        struct milestone milestone;
        struct id id = LIST_AT(struct milestone, milestones, i)->id;
        if (!waits_for(&obligation, &tasks, id))
            continue;
        error = load_row(call, &milestone_shape, id, &milestone, fault);
        if (!error)
            turn->amount_minor += still_to_bill(&milestone);
    }
    return error;
}

typedef enum error turn_teller(struct call *call, struct turn *turn, struct fault *fault);

static turn_teller *const tellers[] = {
    [TURN_SUPPLY] = tell_supply,
    [TURN_BILL_MONTH] = tell_month,
    [TURN_PAY_INVOICE] = NULL,
};

static enum error tell_rest(struct call *call, const struct list *turns, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < turns->count; i++) {
        struct turn *turn = LIST_AT(struct turn, *turns, i);
        if (tellers[turn->kind])
            error = tellers[turn->kind](call, turn, fault);
    }
    return error;
}

/* ---- the list ------------------------------------------------------------------------------ */

static void keep_side(struct list *turns, enum side side)
{
    size_t count = 0;
    for (size_t i = 0; i < turns->count; i++) {
        const struct turn *turn = LIST_AT(struct turn, *turns, i);
        if (side == 0 || turn->side == side)
            *LIST_AT(struct turn, *turns, count++) = *turn;
    }
    turns->count = count;
}

static enum error list_turns_run(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_turns_in *in = input;
    struct turns *out = output;
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = list_turns(&call->store, in->engagement_id, TURNS_MAX + 1, &out->items, fault);
    if (error)
        return error;
    if (out->items.count > TURNS_MAX)
        return refuse(fault, ERROR_TOO_LARGE, "engagement_id",
                      "more than %d things wait: ask for one engagement", TURNS_MAX);
    error = tell_rest(call, &out->items, fault);
    if (error)
        return error;
    out->day = call_today(call, company.time_zone);
    for (size_t i = 0; i < out->items.count; i++)
        turn_complete(call->arena, LIST_AT(struct turn, out->items, i), out->day, call->now_ms);
    keep_side(&out->items, in->side);
    if (out->items.count > 0)
        qsort(out->items.rows, out->items.count, sizeof(struct turn), turn_order);
    return OK;
}

const struct operation list_turns_operation = {
    .name = "list_turns",
    .permission = PERMIT_READ,
    .in = &input_shape,
    .out = &output_shape,
    .run = list_turns_run,
};
