#include "store/change_order.h"

#include "core/milestone.h"
#include "core/signature.h"
#include "store/statements.h"

enum error list_change_orders_of(struct store *store, struct id contract_id, struct list *orders,
                                 struct fault *fault)
{
    return store_list(store, &sql_change_order_of_contract,
                      PARAMS({"contract_id", value_id(&contract_id)}), &change_order_shape, orders,
                      fault);
}

enum error load_change_order_plan(struct store *store, struct id id, struct plan **plan,
                                  struct fault *fault)
{
    struct change_order order;
    bool found;
    enum error error = store_find(store, &sql_change_order_plan, PARAMS({"id", value_id(&id)}),
                                  &change_order_shape, &order, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_INTERNAL, "based_on_id", "the change order is gone");
    if (!error)
        *plan = order.plan;
    return error;
}

enum error list_applied_orders(struct store *store, struct id contract_id, struct list *orders,
                               struct fault *fault)
{
    return store_list(store, &sql_change_order_with_plan,
                      PARAMS({"contract_id", value_id(&contract_id)}), &change_order_shape, orders,
                      fault);
}

enum error list_change_signatures(struct store *store, struct id change_order_id,
                                  struct list *signatures, struct fault *fault)
{
    return store_list(store, &sql_change_signature_of_order,
                      PARAMS({"change_order_id", value_id(&change_order_id)}),
                      &change_signature_shape, signatures, fault);
}

enum error list_change_billed(struct store *store, const struct contract *contract,
                              struct list *billed, struct fault *fault)
{
    return store_list(store, &sql_change_order_billed,
                      PARAMS({"contract_id", value_id(&contract->id)},
                             {"engagement_id", value_id(&contract->engagement_id)}),
                      &change_billed_shape, billed, fault);
}

enum error list_milestones_of(struct store *store, const struct contract *contract,
                              struct list *milestones, struct fault *fault)
{
    return store_list(store, &sql_milestone_of_contract,
                      PARAMS({"contract_id", value_id(&contract->id)},
                             {"engagement_id", value_id(&contract->engagement_id)}),
                      &milestone_shape, milestones, fault);
}

enum error delete_dependencies(struct store *store, struct id milestone_id, struct fault *fault)
{
    return store_change(store, &sql_milestone_dependency_delete,
                        PARAMS({"milestone_id", value_id(&milestone_id)}), NULL, NULL, DB_ANY,
                        fault);
}
