#include "store/billing_period.h"

#include "core/change_order.h"
#include "core/contract.h"
#include "store/change_order.h"
#include "store/statements.h"

enum error list_billed_periods(struct store *store, struct id milestone_id, struct list *periods,
                               struct fault *fault)
{
    return store_list(store, &sql_billing_period_list,
                      PARAMS({"milestone_id", value_id(&milestone_id)}), &billing_period_shape,
                      periods, fault);
}

enum error list_billed_periods_of(struct store *store, const struct contract *contract,
                                  struct list *periods, struct fault *fault)
{
    return store_list(store, &sql_billing_period_of_contract,
                      PARAMS({"engagement_id", value_id(&contract->engagement_id)},
                             {"contract_id", value_id(&contract->id)}),
                      &billing_period_shape, periods, fault);
}

static bool has_settled_periods(const struct plan *plan)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (LIST_AT(struct plan_milestone, plan->milestones, i)->settled_periods != INTEGER_NONE)
            return true;
    }
    return false;
}

enum error list_plans_of_periods(struct store *store, const struct contract *contract,
                                 struct list *plans, struct fault *fault)
{
    struct contract own = {.plan = contract->plan};
    struct list orders = {0};
    enum error error = OK;
    bool is_restated = has_settled_periods(contract->plan);
    if (is_restated)
        error = store_load(store, &contract_shape, contract->id, &own, fault);
    if (!error && is_restated)
        error = list_applied_orders(store, contract->id, &orders, fault);
    if (error)
        return error;
    const struct plan **rows = arena_array(store->arena, orders.count + 1, sizeof *rows);
    rows[0] = own.plan;
    for (size_t i = 0; i < orders.count; i++)
        rows[i + 1] = LIST_AT(struct change_order, orders, i)->plan;
    *plans = (struct list){rows, orders.count + 1};
    return OK;
}

enum error find_billed_period(struct store *store, struct id milestone_id, int64_t number,
                              bool *found, struct fault *fault)
{
    int64_t count = 0;
    enum error error = store_count(
        store, &sql_billing_period_count,
        PARAMS({"milestone_id", value_id(&milestone_id)}, {"number", value_integer(number)}),
        &count, fault);
    *found = count > 0;
    return error;
}
