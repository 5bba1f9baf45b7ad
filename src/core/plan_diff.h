/* What changed between two plans, as people talk about it: milestone by milestone, in money, dates
 * and scope. "S3: price 27000.00 USD -> 28200.00 USD (+1200.00 USD)". */
#ifndef WAYMARK_CORE_PLAN_DIFF_H
#define WAYMARK_CORE_PLAN_DIFF_H

#include "base/arena.h"
#include "core/plan.h"

struct plan_change {
    const char *milestone;  /* its code; none for the plan as a whole and its terms */
    const char *field;      /* "price", "due_day", "terms/payment_days" */
    const char *from;       /* in words; none: it was not there */
    const char *to;         /* none: it is no longer there */
    const char *difference; /* of money and days: "+1200.00 USD", "-9 days"; else none */
};
extern const struct shape plan_change_shape;

/* The struct plan_changes in the arena: first of the plan and its terms, then of milestones in the
 * order of the later plan, then of those that were dropped. Milestones are the same if their codes
 * are. A milestone that was added or dropped shows all that it has. */
struct list plan_diff(struct arena *arena, const struct plan *from, const struct plan *to);

#endif
