/* Change orders: their texts and signatures, and whether contracts and milestones are what the
 * signed contract and the applied orders make of them. */
#include <string.h>

#include "audit/check.h"
#include "base/money.h"
#include "core/change_apply.h"
#include "core/change_pricing.h"
#include "core/plan_price.h"
#include "store/billing_period.h"
#include "store/change_order.h"
#include "store/walk.h"

/* ---- each order ---------------------------------------------------------------------------- */

/* The sum of the plan that it is based on. */
static enum error base_sum(struct audit *audit, const struct change_order *order,
                           const struct contract *contract, int64_t *sum_minor, struct fault *fault)
{
    struct change_order base;
    *sum_minor = contract->sum_minor;
    if (id_is_none(order->based_on_id))
        return OK;
    enum error error =
        store_load(&audit->call->store, &change_order_shape, order->based_on_id, &base, fault);
    if (!error)
        *sum_minor = base.sum_after_minor;
    return error;
}

static enum error check_order(struct audit *audit, const struct change_order *order,
                              struct fault *fault)
{
    struct contract contract;
    struct list signatures;
    int64_t sum_minor;
    struct store *store = &audit->call->store;
    enum error error = store_load(store, &contract_shape, order->contract_id, &contract, fault);
    if (!error)
        error = base_sum(audit, order, &contract, &sum_minor, fault);
    if (!error)
        error = list_change_signatures(store, order->id, &signatures, fault);
    if (!error)
        error = change_order_holds(audit->call->arena, order, contract.number, sum_minor,
                                   &signatures, fault);
    return error;
}

static enum error check_orders(struct audit *audit, const struct list *rows, void *context,
                               struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++) {
        const struct change_order *order = LIST_AT(struct change_order, *rows, i);
        error = check_order(audit, order, fault);
        if (error != ERROR_CHECK_FAILED && error != ERROR_NOT_FOUND && error != ERROR_INTERNAL)
            continue;
        report_wrong_row(audit->report, "change_order", order->id, "%s", fault->detail);
        error = OK;
    }
    report_checked(audit->report, (int64_t)rows->count);
    return error;
}

/* ---- each contract ------------------------------------------------------------------------- */

static int64_t credited_for(const struct list *orders, const struct milestone *milestone)
{
    int64_t sum_minor = 0;
    for (size_t i = 0; i < orders->count; i++) {
        const struct list *credits = &LIST_AT(struct change_order, *orders, i)->credits;
        for (size_t j = 0; j < credits->count; j++) {
            const struct change_credit *credit = LIST_AT(struct change_credit, *credits, j);
            if (strcmp(credit->milestone, milestone->code) == 0)
                sum_minor += credit->net_minor;
        }
    }
    return sum_minor;
}

/* What is billed above a price must be listed as credits by the orders that lowered it. */
static void check_billed(struct audit *audit, const struct list *orders,
                         const struct milestone *milestone, const struct list *billed)
{
    int64_t sum_minor = 0;
    for (size_t i = 0; i < billed->count; i++) {
        const struct change_billed *invoice = LIST_AT(struct change_billed, *billed, i);
        if (id_equal(invoice->milestone_id, milestone->id))
            sum_minor += invoice->net_minor;
    }
    if (sum_minor >
        milestone->price_minor - milestone_reduction(milestone) + credited_for(orders, milestone))
        report_wrong_row(audit->report, "milestone", milestone->id,
                         "%s: more is billed than its price and the credits of change orders",
                         milestone->code);
}

/* The contract's own plan and those of the orders, as they came into force. */
static struct list plans_of(struct audit *audit, const struct contract *contract,
                            const struct list *orders)
{
    const struct plan **plans = arena_array(audit->call->arena, orders->count + 1, sizeof *plans);
    plans[0] = contract->plan;
    for (size_t i = 0; i < orders->count; i++)
        plans[i + 1] = LIST_AT(struct change_order, *orders, i)->plan;
    return (struct list){plans, orders->count + 1};
}

/* Prices follow from percentages and periods, and what is settled and billed from the plans. */
static enum error check_pricing(struct audit *audit, const struct contract *contract,
                                const struct list *orders, const struct list *milestones,
                                struct fault *fault)
{
    struct list periods;
    struct fault why = {0};
    struct arena *arena = audit->call->arena;
    struct list plans = plans_of(audit, contract, orders);
    enum error error = list_billed_periods_of(&audit->call->store, contract, &periods, fault);
    if (error)
        return error;
    if (plan_check_prices(arena, contract->plan, &why) != OK)
        return refuse(fault, ERROR_CHECK_FAILED, "plan", "its prices do not add up: %s: %s",
                      why.field, why.detail);
    error = change_settled_holds(arena, &plans, fault);
    return error ? error : change_periods_hold(arena, &plans, milestones, &periods, fault);
}

static enum error check_contract(struct audit *audit, const struct contract *contract,
                                 struct fault *fault)
{
    struct list orders, milestones, billed;
    struct store *store = &audit->call->store;
    enum error error = list_applied_orders(store, contract->id, &orders, fault);
    if (!error)
        error = list_milestones_of(store, contract, &milestones, fault);
    if (!error)
        error = list_change_billed(store, contract, &billed, fault);
    if (error)
        return error;
    const struct plan *plan = orders.count > 0
                                  ? LIST_AT(struct change_order, orders, orders.count - 1)->plan
                                  : contract->plan;
    for (size_t i = 0; i < milestones.count && orders.count > 0; i++)
        check_billed(audit, &orders, LIST_AT(struct milestone, milestones, i), &billed);
    error = milestones_follow_plan(audit->call->arena, plan, &milestones, fault);
    return error ? error : check_pricing(audit, contract, &orders, &milestones, fault);
}

static enum error check_contracts(struct audit *audit, const struct list *rows, void *context,
                                  struct fault *fault)
{
    enum error error = OK;
    (void)context;
    for (size_t i = 0; !error && i < rows->count; i++) {
        const struct contract *contract = LIST_AT(struct contract, *rows, i);
        if (contract->active_at == 0)
            continue;
        error = check_contract(audit, contract, fault);
        if (error != ERROR_CHECK_FAILED && error != ERROR_INTERNAL)
            continue;
        report_wrong_row(audit->report, "contract", contract->id, "%s: %s", contract->number,
                         fault->detail);
        error = OK;
    }
    report_checked(audit->report, (int64_t)rows->count);
    return error;
}

enum error audit_changes(struct audit *audit, struct fault *fault)
{
    const struct audit_walk orders = {.shape = &change_order_shape, .visit = check_orders};
    const struct audit_walk contracts = {.shape = &contract_shape, .visit = check_contracts};
    report_begin(audit->report, "change orders and their signatures");
    enum error error = audit_walk(audit, &orders, fault);
    if (error)
        return error;
    report_end(audit->report);
    report_begin(audit->report, "milestones as contract and applied change orders say");
    error = audit_walk(audit, &contracts, fault);
    if (!error)
        report_end(audit->report);
    return error;
}
