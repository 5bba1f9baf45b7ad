/* The prices of a plan: each comes from where it says, and they sum to the total.
 *
 * Milestones that are a percentage of the total follow each other in the order of the plan, and
 * each is round(total * percentages up to it) - round(total * percentages before it), rounded half
 * up. So 30% and 70% of 145.05 are 43.52 and 101.53, and any percentages that make 100% sum to the
 * total. The price stands in the plan beside the percentage, because it is what is signed and
 * billed. */
#ifndef WAYMARK_CORE_PLAN_PRICE_H
#define WAYMARK_CORE_PLAN_PRICE_H

#include "base/arena.h"
#include "base/error.h"
#include "core/plan.h"

/* The plan's head and milestones were checked. Faults name the place
 * ("plan/milestones/2/percent_ppm"):
 * - ERROR_INVALID: a percentage, recurrence or price of a period that is missing or does not go
 * with the pricing, and a price on what is not billable; errors of recurrence_periods;
 * - ERROR_OUT_OF_RANGE: percentages above 100%;
 * - ERROR_SUM_MISMATCH: a price that is not its percentage of the total, or not the sum of its
 *   periods, and says what it would be;
 *   percentages alone that do not make 100%, for "plan/milestones"; prices that do not sum to
 *   "plan/total", and says by how much. */
enum error plan_check_prices(struct arena *arena, const struct plan *plan,
                             struct fault *fault) WARN_UNUSED;

/* Puts the difference between the total and the sum of prices on the milestone of that code.
 * ERROR_NOT_FOUND for "code", ERROR_INVALID unless it has a fixed price, ERROR_OUT_OF_RANGE if its
 * price would leave its limits. */
enum error plan_put_difference(struct plan *plan, const char *code,
                               struct fault *fault) WARN_UNUSED;

#endif
