/* The prices of a plan: each comes from where it says, and they sum to the total.
 *
 * Milestones that are a percentage of the total follow each other in the order of the plan, and
 * each is round(total * percentages up to it) - round(total * percentages before it), rounded half
 * up. So 30% and 70% of 145.05 are 43.52 and 101.53, and any percentages that make 100% sum to the
 * total. The price stands in the plan beside the percentage, because it is what is signed and
 * billed.
 *
 * A change order restates the total when some of them are accepted already. Those are settled:
 * their prices stay. What the percentages together come to of the new total, less what is settled,
 * is the rest, and it is split over the others by their percentages, in steps that meet: so all of
 * them still sum to what they come to, exactly. Of a recurring milestone the periods up to some day
 * are settled, and the price is their sum and that of the periods after. */
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

bool plan_is_settled(const struct plan_milestone *milestone);

/* Whether nothing is settled, as in every plan that changes none. ERROR_INVALID. */
enum error plan_check_first(struct arena *arena, const struct plan *plan,
                            struct fault *fault) WARN_UNUSED;

/* What the percentages come to of the total, less what is settled of them; below 0 where that is
 * more. They are each above 0 and no more than the whole together. */
enum error plan_rest_of_shares(const struct plan *plan, int64_t *rest_minor,
                               struct fault *fault) WARN_UNUSED;

/* What each milestone that is a percentage comes to, at its place in parts_minor; others are left
 * alone. ERROR_SUM_MISMATCH for "plan/total" where more is settled than that. */
enum error plan_shares(const struct plan *plan, int64_t *parts_minor,
                       struct fault *fault) WARN_UNUSED;

/* Puts the difference between the total and the sum of prices on the milestone of that code.
 * ERROR_NOT_FOUND for "code", ERROR_INVALID unless it has a fixed price, ERROR_OUT_OF_RANGE if its
 * price would leave its limits. */
enum error plan_put_difference(struct plan *plan, const char *code,
                               struct fault *fault) WARN_UNUSED;

#endif
