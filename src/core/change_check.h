/* What a change order may do to milestones as they stand.
 *
 * planned, ready          everything may change; dropped ones are cancelled
 * in progress, rejected,  everything but that it waits for what is not accepted: it has begun;
 *   rework                dropped ones are cancelled
 * submitted               its days only; it is under review, by what was agreed
 * accepted                nothing, but for a lower price or none at all where credits for that
 *                         much of its invoice are listed; it stays accepted
 *
 * What is billed by periods may change how it recurs in each state, after those that are billed.
 *
 * Codes name milestones for good: that of one that was cancelled is not given again. */
#ifndef WAYMARK_CORE_CHANGE_CHECK_H
#define WAYMARK_CORE_CHANGE_CHECK_H

#include "core/change_order.h"
#include "core/milestone.h"

/* Whether the milestones allow it. ERROR_WRONG_STATE naming the milestone and the place
 * ("plan/milestones/2/price", "plan/milestones"), ERROR_CONFLICT for a code that is used up,
 * ERROR_INVALID or ERROR_OUT_OF_RANGE for "credits/1/invoice_id" and "credits/1/net",
 * ERROR_SUM_MISMATCH for "credits" where more or less is credited than the order takes away; errors
 * of change_check_pricing (core/change_pricing.h). */
enum error change_check(struct arena *arena, const struct change_order *order,
                        const struct change_basis *basis, struct fault *fault) WARN_UNUSED;

/* The credits that the order would have to list, struct change_credit, in the arena: none of those
 * whose invoice is gone. */
struct list change_credits_needed(struct arena *arena, const struct plan *plan,
                                  const struct change_basis *basis);

#endif
