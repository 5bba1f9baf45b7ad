/* Approvals of a progress claim, as rows. */
#ifndef WAYMARK_STORE_PROGRESS_APPROVAL_H
#define WAYMARK_STORE_PROGRESS_APPROVAL_H

#include "core/progress_approval.h"
#include "store/store.h"

/* Those of a claim, in their order. Does not ask who looks: load the claim first. */
enum error list_progress_approvals_of(struct store *store, struct id progress_claim_id,
                                      struct list *approvals, struct fault *fault) WARN_UNUSED;

#endif
