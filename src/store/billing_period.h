/* Periods of recurring milestones that were billed. */
#ifndef WAYMARK_STORE_BILLING_PERIOD_H
#define WAYMARK_STORE_BILLING_PERIOD_H

#include "core/billing_period.h"
#include "store/store.h"

/* Those of a milestone, in their order: struct billing_period. */
enum error list_billed_periods(struct store *store, struct id milestone_id, struct list *periods,
                               struct fault *fault) WARN_UNUSED;

/* Whether a milestone's period of that number was billed. */
enum error find_billed_period(struct store *store, struct id milestone_id, int64_t number,
                              bool *found, struct fault *fault) WARN_UNUSED;

#endif
