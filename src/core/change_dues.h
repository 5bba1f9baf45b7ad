/* What falls due on which day before a change order and after it, of what is not billed yet. */
#ifndef WAYMARK_CORE_CHANGE_DUES_H
#define WAYMARK_CORE_CHANGE_DUES_H

#include "core/change_order.h"

/* struct due_effect by day, gross, with the plan of the order. In the arena. ERROR_OUT_OF_RANGE for
 * sums that are too large. */
enum error change_dues(struct arena *arena, const struct plan *plan,
                       const struct change_basis *basis, struct list *rows,
                       struct fault *fault) WARN_UNUSED;

#endif
