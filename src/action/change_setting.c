#include "action/change_order.h"
#include "action/paper.h"
#include "base/day.h"
#include "core/plan_diff.h"
#include "store/billing_period.h"
#include "store/change_order.h"

/* ---- what is agreed ------------------------------------------------------------------------ */

static void find_applied(struct change_setting *setting)
{
    for (size_t i = 0; i < setting->orders.count; i++) {
        const struct change_order *order = LIST_AT(struct change_order, setting->orders, i);
        if (order->state != CHANGE_ORDER_APPLIED || order->applied_number <= setting->applied_count)
            continue;
        setting->applied_count = order->applied_number;
        setting->applied_id = order->id;
    }
}

/* The approved order that follows that one and waits for its day. */
static const struct change_order *find_next(const struct list *orders, struct id based_on_id)
{
    for (size_t i = 0; i < orders->count; i++) {
        const struct change_order *order = LIST_AT(struct change_order, *orders, i);
        if (order->state == CHANGE_ORDER_APPROVED && id_equal(order->based_on_id, based_on_id))
            return order;
    }
    return NULL;
}

enum error load_base_plan(struct call *call, const struct change_setting *setting,
                          struct id based_on_id, struct plan **plan, struct fault *fault)
{
    if (!id_is_none(based_on_id))
        return load_change_order_plan(&call->store, based_on_id, plan, fault);
    *plan = setting->contract.plan;
    return OK;
}

/* How many orders lead to that one, and itself; they are in ids from the last. */
static size_t orders_up_to(const struct list *orders, struct id id, struct id *ids)
{
    size_t count = 0;
    while (!id_is_none(id) && count < orders->count) {
        struct id based_on_id = {0};
        ids[count++] = id;
        for (size_t i = 0; i < orders->count; i++) {
            const struct change_order *order = LIST_AT(struct change_order, *orders, i);
            if (id_equal(order->id, id))
                based_on_id = order->based_on_id;
        }
        id = based_on_id;
    }
    return count;
}

static bool has_settled_periods(const struct plan *plan)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (LIST_AT(struct plan_milestone, plan->milestones, i)->settled_periods != INTEGER_NONE)
            return true;
    }
    return false;
}

/* The plans before it are read only where periods of theirs are settled in it. */
static enum error load_plans(struct call *call, const struct change_setting *setting,
                             struct id based_on_id, const struct plan *plan, struct list *plans,
                             struct fault *fault)
{
    enum error error = OK;
    struct id *ids = arena_array(call->arena, setting->orders.count, sizeof *ids);
    size_t count = has_settled_periods(plan) ? orders_up_to(&setting->orders, based_on_id, ids) : 0;
    const struct plan **rows = arena_array(call->arena, count + 1, sizeof *rows);
    rows[0] = count > 0 ? setting->contract.plan : plan;
    for (size_t i = 0; !error && i < count; i++) {
        struct plan *before;
        error = load_change_order_plan(&call->store, ids[count - 1 - i], &before, fault);
        rows[i + 1] = before;
    }
    *plans = (struct list){rows, count + 1};
    return error;
}

enum error use_base_plan(struct call *call, const struct change_setting *setting,
                         struct id based_on_id, struct change_basis *basis, struct fault *fault)
{
    struct plan *plan;
    enum error error = load_base_plan(call, setting, based_on_id, &plan, fault);
    if (error)
        return error;
    basis->plan = plan;
    return load_plans(call, setting, based_on_id, plan, &basis->plans, fault);
}

static enum error set_basis(struct call *call, struct change_setting *setting, struct id id,
                            int32_t start_day, struct fault *fault)
{
    setting->basis = (struct change_basis){
        .company = &setting->around.company,
        .client = &setting->around.client,
        .contract = &setting->contract,
        .engagement = &setting->around.engagement,
        .requirements = &setting->around.requirements,
        .based_on_id = id,
        .plan_start_day = start_day,
        .milestones = &setting->milestones,
        .billed = &setting->billed,
        .periods = &setting->periods,
        .today = call_today(call, setting->around.engagement.time_zone),
    };
    return use_base_plan(call, setting, id, &setting->basis, fault);
}

enum error use_applied_plan(struct call *call, struct change_setting *setting, struct fault *fault)
{
    return set_basis(call, setting, setting->applied_id, DAY_NONE, fault);
}

static enum error use_agreed_plan(struct call *call, struct change_setting *setting,
                                  struct fault *fault)
{
    struct id id = setting->applied_id;
    int32_t start_day = DAY_NONE;
    for (const struct change_order *next; (next = find_next(&setting->orders, id));) {
        id = next->id;
        start_day = next->start_day;
    }
    return set_basis(call, setting, id, start_day, fault);
}

enum error load_change_setting(struct call *call, struct id contract_id,
                               struct change_setting *setting, struct fault *fault)
{
    struct contract *contract = &setting->contract;
    *setting = (struct change_setting){0};
    enum error error = load_row(call, &contract_shape, contract_id, contract, fault);
    if (!error)
        error = load_contract_setting(call, contract->engagement_id, &setting->around, fault);
    if (!error)
        error = list_change_orders_of(&call->store, contract_id, &setting->orders, fault);
    if (!error)
        error = list_milestones_of(&call->store, contract, &setting->milestones, fault);
    if (!error)
        error = list_change_billed(&call->store, contract, &setting->billed, fault);
    if (!error)
        error = list_billed_periods_of(&call->store, contract, &setting->periods, fault);
    if (error)
        return error;
    find_applied(setting);
    return use_agreed_plan(call, setting, fault);
}

enum error load_change_order(struct call *call, struct id id, struct change_order *order,
                             struct change_setting *setting, struct fault *fault)
{
    enum error error = load_subject(call, &change_order_shape, id, order, fault);
    if (!error)
        error = list_change_signatures(&call->store, id, &order->signatures, fault);
    if (!error)
        error = load_change_setting(call, order->contract_id, setting, fault);
    if (!error)
        order->is_stale = change_order_is_open(order) &&
                          !id_equal(order->based_on_id, setting->basis.based_on_id);
    return error;
}

/* ---- its paper ----------------------------------------------------------------------------- */

enum error keep_change_order(struct call *call, const struct change_order *order,
                             struct change_setting *setting, struct list signatures,
                             struct fault *fault)
{
    struct change_order alone = *order;
    struct change_effect effect = {0};
    alone.signatures = (struct list){0};
    struct change_basis basis = setting->basis;
    enum error error = use_base_plan(call, setting, order->based_on_id, &basis, fault);
    if (!error)
        error = change_effect(call->arena, &alone, &basis, &effect, fault);
    if (error)
        return error;
    effect.problems = (struct list){0};
    struct change_paper paper = {
        .company = &setting->around.company,
        .client = &setting->around.client,
        .engagement = &setting->around.engagement,
        .contract_number = setting->contract.number,
        .order = &alone,
        .effect = &effect,
        .requirements = current_requirements(call, &setting->around.requirements),
        .signatures = signatures,
        .terms_before = basis.plan->terms,
    };
    return keep_change_paper(call, &paper, fault);
}
