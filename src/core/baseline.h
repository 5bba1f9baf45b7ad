/* A baseline is the plan's days as they were at a moment: a copy that never changes, held against
 * the plan as it is now. The agency's own. */
#ifndef WAYMARK_CORE_BASELINE_H
#define WAYMARK_CORE_BASELINE_H

#include "core/work_plan.h"

#define KICKOFF_BASELINE "Kickoff" /* the name of the one that is taken then */

struct baseline_row {
    enum plan_node_kind kind;
    struct id id; /* of the milestone or the task */
    const char *code;
    const char *title;
    int32_t start_day;
    int32_t due_day; /* planned; of a milestone the last of its tasks', or its own */
    int32_t signed_due_day;
};
extern const struct shape baseline_row_shape;

enum { BASELINE_ROWS_LIMIT = 3000 }; /* LIST_LIMIT milestones and TASKS_LIMIT tasks */

struct baseline {
    struct id id;
    struct id engagement_id;
    const char *name; /* unique in the engagement */
    const char *note;
    int32_t taken_day;
    struct list rows; /* struct baseline_row */
    struct id taken_by;
    const char *taken_by_name;
    int64_t created_at;
};
extern const struct shape baseline_shape;

enum variance_change {
    VARIANCE_KEPT = 1, /* in both */
    VARIANCE_ADDED,    /* since */
    VARIANCE_DROPPED,  /* cancelled since */
};

/* How a row moved since, in calendar days: later is positive, none where a day is not planned. */
struct variance {
    enum variance_change change;
    enum plan_node_kind kind;
    struct id id;
    const char *code;
    const char *title;
    int32_t baseline_start_day;
    int32_t baseline_due_day;
    int32_t start_day;
    int32_t due_day;
    int64_t start_variance_days;
    int64_t variance_days;
};
extern const struct shape variance_shape;

/* What the plan says now of all that is not cancelled: milestones first, in the arena. */
struct list baseline_rows(struct arena *arena, const struct work_plan *plan);

/* Each row of either, in the baseline's order, what was added last; struct variance in the arena.
 */
struct list baseline_compare(struct arena *arena, const struct baseline *baseline,
                             const struct list *rows);

#endif
