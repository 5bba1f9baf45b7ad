#include "store/turn.h"

#include "store/statements.h"

enum error list_turns(struct store *store, struct id engagement_id, int64_t limit,
                      struct list *turns, struct fault *fault)
{
    return store_list(store, &sql_turn_list,
                      PARAMS({"any_engagement", value_integer(id_is_none(engagement_id))},
                             {"engagement_id", value_id(&engagement_id)},
                             {"limit", value_integer(limit)}),
                      &turn_shape, turns, fault);
}
