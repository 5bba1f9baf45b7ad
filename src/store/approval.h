/* Approvals of a submission, as rows. */
#ifndef WAYMARK_STORE_APPROVAL_H
#define WAYMARK_STORE_APPROVAL_H

#include "core/approval.h"
#include "store/store.h"

/* Those of a submission, in their order. Does not ask who looks: load the submission first. */
enum error list_approvals_of(struct store *store, struct id submission_id, struct list *approvals,
                             struct fault *fault) WARN_UNUSED;

#endif
