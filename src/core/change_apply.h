/* What becomes of milestones when a change order is applied. */
#ifndef WAYMARK_CORE_CHANGE_APPLY_H
#define WAYMARK_CORE_CHANGE_APPLY_H

#include "core/change_order.h"
#include "core/milestone.h"

/* What applying does to rows; everything lives in the arena. */
struct change_result {
    struct list changed;      /* struct milestone that are there, as they will be */
    struct list added;        /* struct milestone, new */
    struct list rewired;      /* struct id of the milestones whose dependencies are replaced */
    struct list dependencies; /* struct milestone_dependency: what they come after from now on */
    struct list ready;        /* struct id of those that became ready */
    struct list cancelled;    /* struct id */
    struct list recurring;    /* struct milestone whose periods are other than before */
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
