/* Progress claims of a milestone, as rows. */
#ifndef WAYMARK_STORE_PROGRESS_CLAIM_H
#define WAYMARK_STORE_PROGRESS_CLAIM_H

#include "core/progress_claim.h"
#include "store/store.h"

/* The milestone's latest one, or *found false; only that one can be open. Does not ask who looks:
 * load the milestone first. */
enum error find_latest_claim(struct store *store, struct id milestone_id,
                             struct progress_claim *claim, bool *found,
                             struct fault *fault) WARN_UNUSED;

/* Those of a contract that were accepted before a moment and are on no invoice yet, in the order of
 * their acceptance: struct progress_claim. */
enum error list_unbilled_claims(struct store *store, const struct contract *contract,
                                int64_t before_ms, struct list *claims,
                                struct fault *fault) WARN_UNUSED;

/* Those of a contract, by milestone and number: struct progress_claim. */
enum error list_claims_of(struct store *store, const struct contract *contract, struct list *claims,
                          struct fault *fault) WARN_UNUSED;

#endif
