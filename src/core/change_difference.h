/* What changed between two revisions of a change order, as people talk about it: of the order
 * itself, then of its plan (core/plan_diff.h). */
#ifndef WAYMARK_CORE_CHANGE_DIFFERENCE_H
#define WAYMARK_CORE_CHANGE_DIFFERENCE_H

#include "base/arena.h"
#include "core/change_order.h"

/* The struct plan_changes in the arena; those of the order itself ("title", "purpose", "start_day",
 * "valid_until_day") name no milestone. */
struct list change_difference(struct arena *arena, const struct change_order *from,
                              const struct change_order *to);

#endif
