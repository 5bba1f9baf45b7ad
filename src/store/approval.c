#include "store/approval.h"

#include "store/statements.h"

enum error list_approvals_of(struct store *store, struct id submission_id, struct list *approvals,
                             struct fault *fault)
{
    return store_list(store, &sql_approvals_of_submission,
                      PARAMS({"submission_id", value_id(&submission_id)}), &approval_shape,
                      approvals, fault);
}
