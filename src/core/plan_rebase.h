/* Carrying changes over to another plan: what was changed in a plan, on the plan as others have
 * changed it since. */
#ifndef WAYMARK_CORE_PLAN_REBASE_H
#define WAYMARK_CORE_PLAN_REBASE_H

#include "base/arena.h"
#include "base/error.h"
#include "core/plan.h"

/* onto, with all that differs between from and mine: members of the plan, its terms and its
 * milestones that mine changed are mine, milestones that it added are added and those that it
 * dropped are left out, and the total moves by as much as it did. Where both changed the same, mine
 * holds. It need not hold together: check it (core/plan_check.h). In the arena.
 * ERROR_OUT_OF_RANGE for "plan/total". */
enum error plan_rebase(struct arena *arena, const struct plan *from, const struct plan *mine,
                       const struct plan *onto, struct plan **rebased,
                       struct fault *fault) WARN_UNUSED;

#endif
