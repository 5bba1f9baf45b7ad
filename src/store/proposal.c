#include "store/proposal.h"

#include "store/statements.h"

enum error list_open_proposals(struct store *store, struct id engagement_id, struct list *proposals,
                               struct fault *fault)
{
    return store_list(store, &sql_proposal_open,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &proposal_shape,
                      proposals, fault);
}

enum error last_proposal_revision(struct store *store, struct id engagement_id, int64_t *revision,
                                  struct fault *fault)
{
    return store_count(store, &sql_proposal_last_revision,
                       PARAMS({"engagement_id", value_id(&engagement_id)}), revision, fault);
}

enum error find_accepted_proposal(struct store *store, struct id engagement_id,
                                  struct proposal *proposal, bool *found, struct fault *fault)
{
    return store_find(store, &sql_proposal_accepted,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &proposal_shape,
                      proposal, found, fault);
}

enum error find_proposal_before(struct store *store, struct id engagement_id, int64_t revision,
                                struct proposal *proposal, bool *found, struct fault *fault)
{
    return store_find(
        store, &sql_proposal_before,
        PARAMS({"engagement_id", value_id(&engagement_id)}, {"revision", value_integer(revision)}),
        &proposal_shape, proposal, found, fault);
}
