/* By when each milestone of a plan can be done, by what it comes after: the critical path method on
 * the days that the plan gives. A milestone lasts from its own start, or from the day of what it
 * comes after, to its due day. */
#ifndef WAYMARK_CORE_PLAN_DAYS_H
#define WAYMARK_CORE_PLAN_DAYS_H

#include "core/graph.h"
#include "core/plan.h"

/* Arrays have one element for each milestone, in the plan's order. */
struct plan_days {
    const struct plan *plan;
    struct plan_index index;
    struct graph graph; /* its edges stand by node */
    size_t *first_edge; /* of each node, and one more */
    size_t *order;
    int32_t *lasts;  /* days */
    int32_t *finish; /* the day by the graph */
    int32_t *latest; /* that it may be without moving the end */
    int32_t end;
};

/* The plan's dependencies hold (core/plan_check.h). Where it leaves a milestone's days as they were
 * before, that lasts as long as then; before may be NULL. In the arena. */
struct plan_days plan_days_of(struct arena *arena, const struct plan *plan,
                              const struct plan_days *before);

/* Where a milestone of the plan stands in it. */
size_t plan_days_place(const struct plan_days *days, const struct plan_milestone *milestone);

/* Whether the end moves when it does. */
bool plan_days_is_critical(const struct plan_days *days, size_t place);

/* The codes of those. */
struct texts plan_days_critical(struct arena *arena, const struct plan_days *days);

#endif
