#include "store/progress_approval.h"

#include "store/statements.h"

enum error list_progress_approvals_of(struct store *store, struct id progress_claim_id,
                                      struct list *approvals, struct fault *fault)
{
    return store_list(store, &sql_progress_approvals_of_claim,
                      PARAMS({"progress_claim_id", value_id(&progress_claim_id)}),
                      &progress_approval_shape, approvals, fault);
}
