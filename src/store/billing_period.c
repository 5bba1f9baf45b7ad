#include "store/billing_period.h"

#include "store/statements.h"

enum error list_billed_periods(struct store *store, struct id milestone_id, struct list *periods,
                               struct fault *fault)
{
    return store_list(store, &sql_billing_period_list,
                      PARAMS({"milestone_id", value_id(&milestone_id)}), &billing_period_shape,
                      periods, fault);
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
