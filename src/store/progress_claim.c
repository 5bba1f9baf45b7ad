#include "store/progress_claim.h"

#include "store/statements.h"

enum error find_latest_claim(struct store *store, struct id milestone_id,
                             struct progress_claim *claim, bool *found, struct fault *fault)
{
    return store_find(store, &sql_progress_claim_latest,
                      PARAMS({"milestone_id", value_id(&milestone_id)}), &progress_claim_shape,
                      claim, found, fault);
}

enum error list_unbilled_claims(struct store *store, const struct contract *contract,
                                int64_t before_ms, struct list *claims, struct fault *fault)
{
    return store_list(
        store, &sql_progress_claim_unbilled,
        PARAMS({"contract_id", value_id(&contract->id)}, {"before", value_integer(before_ms)}),
        &progress_claim_shape, claims, fault);
}

enum error list_claims_of(struct store *store, const struct contract *contract, struct list *claims,
                          struct fault *fault)
{
    return store_list(store, &sql_progress_claim_of_contract,
                      PARAMS({"engagement_id", value_id(&contract->engagement_id)},
                             {"contract_id", value_id(&contract->id)}),
                      &progress_claim_shape, claims, fault);
}
