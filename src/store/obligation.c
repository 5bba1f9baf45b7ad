#include "store/obligation.h"

#include "store/statements.h"

enum error list_obligations_of(struct store *store, struct id engagement_id,
                               struct list *obligations, struct fault *fault)
{
    return store_list(store, &sql_obligation_of_engagement,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &obligation_shape,
                      obligations, fault);
}
