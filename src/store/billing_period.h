/* Periods of recurring milestones that were billed. */
#ifndef WAYMARK_STORE_BILLING_PERIOD_H
#define WAYMARK_STORE_BILLING_PERIOD_H

#include "core/billing_period.h"
#include "store/store.h"

/* Those of a milestone, in their order: struct billing_period. */
enum error list_billed_periods(struct store *store, struct id milestone_id, struct list *periods,
                               struct fault *fault) WARN_UNUSED;

/* Those of a contract, by milestone and number. */
enum error list_billed_periods_of(struct store *store, const struct contract *contract,
                                  struct list *periods, struct fault *fault) WARN_UNUSED;

/* The plans by which billing_periods_of tells the periods of a contract with the plan in force. */
enum error list_plans_of_periods(struct store *store, const struct contract *contract,
                                 struct list *plans, struct fault *fault) WARN_UNUSED;

/* Whether a milestone's period of that number was billed. */
enum error find_billed_period(struct store *store, struct id milestone_id, int64_t number,
                              bool *found, struct fault *fault) WARN_UNUSED;

#endif
