/* Estimates and their rates, whoever acts: show nothing of them to a client. */
#ifndef WAYMARK_STORE_ESTIMATE_H
#define WAYMARK_STORE_ESTIMATE_H

#include "core/estimate.h"
#include "store/store.h"

enum error find_estimate(struct store *store, struct id proposal_id, struct estimate *estimate,
                         bool *found, struct fault *fault) WARN_UNUSED;

/* The one by which the engagement's work is reckoned: frozen when its contract was signed, whatever
 * became of that since. */
enum error find_frozen_estimate(struct store *store, struct id engagement_id,
                                struct estimate *estimate, bool *found,
                                struct fault *fault) WARN_UNUSED;

enum error find_rate_card(struct store *store, struct id id, struct rate_card *card, bool *found,
                          struct fault *fault) WARN_UNUSED;

#endif
