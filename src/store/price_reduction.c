#include "store/price_reduction.h"

#include "store/statements.h"

enum error find_price_reduction(struct store *store, struct id milestone_id,
                                enum reduction_state state, struct price_reduction *reduction,
                                bool *found, struct fault *fault)
{
    const char *name = choice_name(&reduction_state_choices, (int)state);
    return store_find(
        store, &sql_price_reduction_standing,
        PARAMS({"milestone_id", value_id(&milestone_id)}, {"state", value_text(name)}),
        &price_reduction_shape, reduction, found, fault);
}
