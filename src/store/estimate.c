#include "store/estimate.h"

#include "store/statements.h"

enum error find_estimate(struct store *store, struct id proposal_id, struct estimate *estimate,
                         bool *found, struct fault *fault)
{
    return store_find(store, &sql_estimate_of_proposal,
                      PARAMS({"proposal_id", value_id(&proposal_id)}), &estimate_shape, estimate,
                      found, fault);
}

enum error find_frozen_estimate(struct store *store, struct id engagement_id,
                                struct estimate *estimate, bool *found, struct fault *fault)
{
    return store_find(store, &sql_estimate_frozen,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &estimate_shape,
                      estimate, found, fault);
}

enum error find_rate_card(struct store *store, struct id id, struct rate_card *card, bool *found,
                          struct fault *fault)
{
    return store_find(store, &sql_estimate_rate_card, PARAMS({"id", value_id(&id)}),
                      &rate_card_shape, card, found, fault);
}
