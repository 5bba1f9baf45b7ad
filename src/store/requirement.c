#include "store/requirement.h"

#include "store/statements.h"

enum error list_requirements_of(struct store *store, struct id engagement_id,
                                struct list *requirements, struct fault *fault)
{
    return store_list(store, &sql_requirement_of_engagement,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &requirement_shape,
                      requirements, fault);
}

enum error find_confirmation(struct store *store, struct id engagement_id,
                             struct requirement_confirmation *confirmation, bool *found,
                             struct fault *fault)
{
    return store_find(store, &sql_requirement_confirmation_latest,
                      PARAMS({"engagement_id", value_id(&engagement_id)}),
                      &requirement_confirmation_shape, confirmation, found, fault);
}
