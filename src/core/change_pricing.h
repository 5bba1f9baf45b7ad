/* What a change order may do to prices that follow from something: a percentage of the contract
 * sum, or periods. What is accepted, under review or billed is settled (core/plan.h) and stays; the
 * rest falls on what is not. */
#ifndef WAYMARK_CORE_CHANGE_PRICING_H
#define WAYMARK_CORE_CHANGE_PRICING_H

#include "core/change_order.h"

/* Marks in the plan, whose total is restated, the percentages that are accepted or under review as
 * settled, so that they keep their prices. What is typed as settled stays. */
void change_settle_shares(struct plan *plan, const struct change_basis *basis);

/* Restates the prices of a plan to what they come to by its total and its terms:
 * - percentages that are accepted or under review are settled; where they are more than all come
 * to, the accepted ones are lowered, the last first, never below what was taken off them;
 * - a recurring milestone whose terms or price differ keeps the periods that are billed and those
 *   that begin before start_day (none: today), and goes on by the new terms after them;
 * - the other percentages come to their shares of the rest.
 * Errors of plan_shares and of recurrence_periods. */
enum error change_restate(struct arena *arena, struct plan *plan, const struct change_basis *basis,
                          int32_t start_day, struct fault *fault) WARN_UNUSED;

/* Whether what is settled in the order's plan is what was agreed and billed before:
 * - ERROR_WRONG_STATE for "plan/milestones/2/settled" of a percentage that is neither accepted nor
 *   under review, for "plan/milestones/2/settled_periods", "…/recurrence" and "…/pricing" where
 *   periods are billed that would change, and for "plan/milestones" where one of them is dropped;
 * - ERROR_SUM_MISMATCH for "…/settled" that is not the sum of the settled periods, ERROR_INVALID
 *   where nothing can be settled, ERROR_OUT_OF_RANGE for "…/settled_periods" that there are not and
 *   a "…/recurrence/start_day" before their end. */
enum error change_check_pricing(struct arena *arena, const struct change_order *order,
                                const struct change_basis *basis, struct fault *fault) WARN_UNUSED;

/* Whether what is settled in each plan is what the plan before it says: of a percentage no more
 * than its price, of periods the sum of so many. plans: const struct plan *, as they came into
 * force. ERROR_CHECK_FAILED for "settled", naming the milestone. */
enum error change_settled_holds(struct arena *arena, const struct list *plans,
                                struct fault *fault) WARN_UNUSED;

/* Whether the periods that are billed (struct billing_period of these milestones) are those that
 * the plans tell. ERROR_CHECK_FAILED for "periods". */
enum error change_periods_hold(struct arena *arena, const struct list *plans,
                               const struct list *milestones, const struct list *periods,
                               struct fault *fault) WARN_UNUSED;

/* Whether the field tells how a recurring milestone is billed. Its acceptance bills nothing, so
 * that can change after it. */
bool change_is_of_periods(const struct field *field, const struct plan_milestone *from);

/* How many periods of a milestone are billed. */
int64_t change_billed_periods(const struct change_basis *basis, struct id milestone_id);

/* What the milestone's price comes to by its pricing, none for one of its own amount. */
int64_t change_comes_to(struct arena *arena, const struct plan *plan,
                        const struct plan_milestone *milestone, const int64_t *parts_minor);

#endif
