/* What a change order may do to milestones as they stand, and what becomes of them when it is
 * applied.
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
#ifndef WAYMARK_CORE_CHANGE_APPLY_H
#define WAYMARK_CORE_CHANGE_APPLY_H

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

/* What applying does to rows; everything lives in the arena. */
struct change_result {
    struct list changed;      /* struct milestone that are there, as they will be */
    struct list added;        /* struct milestone, new */
    struct list rewired;      /* struct id of the milestones whose dependencies are replaced */
    struct list dependencies; /* struct milestone_dependency: what they come after from now on */
    struct list ready;        /* struct id of those that became ready */
    struct list cancelled;    /* struct id */
    struct list recurring;    /* struct milestone whose periods are other than before */
    bool leaves_open;         /* there is still a milestone to be accepted */
};

/* The order has passed change_check on that basis. ids has one for each milestone of its plan. */
void change_apply(struct arena *arena, const struct change_order *order,
                  const struct change_basis *basis, const struct id *ids,
                  struct change_result *result);

/* Whether the milestones are those of the plan in force: each milestone of the plan is there as the
 * plan says, and every other one is cancelled, or accepted at no price. ERROR_CHECK_FAILED for
 * "milestones", naming the milestone. */
enum error milestones_follow_plan(struct arena *arena, const struct plan *plan,
                                  const struct list *milestones, struct fault *fault) WARN_UNUSED;

#endif
