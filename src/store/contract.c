#include "store/contract.h"

#include "store/statements.h"

enum error find_standing_contract(struct store *store, struct id engagement_id,
                                  struct contract *contract, bool *found, struct fault *fault)
{
    return store_find(store, &sql_contract_standing,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &contract_shape,
                      contract, found, fault);
}

enum error list_signatures(struct store *store, struct id contract_id, struct list *signatures,
                           struct fault *fault)
{
    return store_list(store, &sql_signature_of_contract,
                      PARAMS({"contract_id", value_id(&contract_id)}), &signature_shape, signatures,
                      fault);
}

static const struct field unfinished_fields[] = {
    FIELD(struct unfinished, milestones, INTEGER),
    FIELD(struct unfinished, recurring, INTEGER),
    FIELD(struct unfinished, change_orders, INTEGER),
};
static const struct shape unfinished_shape =
    SHAPE("unfinished", struct unfinished, unfinished_fields);

enum error find_unfinished(struct store *store, struct id engagement_id,
                           struct unfinished *unfinished, struct fault *fault)
{
    bool found;
    return store_find(store, &sql_engagement_unfinished,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &unfinished_shape,
                      unfinished, &found, fault);
}
