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

enum error count_open_milestones(struct store *store, struct id engagement_id, int64_t *count,
                                 struct fault *fault)
{
    return store_count(store, &sql_milestone_open_count,
                       PARAMS({"engagement_id", value_id(&engagement_id)}), count, fault);
}
