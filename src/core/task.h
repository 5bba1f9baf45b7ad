/* A task is a piece of the work on a milestone, for the agency's own planning. Its days are planned
 * ones: they slip, and the milestone's signed days do not. */
#ifndef WAYMARK_CORE_TASK_H
#define WAYMARK_CORE_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

enum task_state {
    TASK_PLANNED = 1,
    TASK_READY, /* all that it comes after is done */
    TASK_IN_PROGRESS,
    TASK_DONE,
    TASK_CANCELLED,
};
extern const struct choices task_state_choices;

enum { TASKS_LIMIT = 2000 /* of one engagement */ };

struct task {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id milestone_id;
    const char *code; /* "T1", unique in the engagement, milestones included */
    const char *title;
    const char *description;
    struct id owner_id; /* user; none: nobody yet */
    int64_t estimate_minutes;
    int32_t planned_start_day;
    int32_t planned_due_day;
    enum task_state state;
    int32_t started_day;
    int32_t done_day;
    int64_t created_at;
    int32_t slipped_due_day; /* to which a slip moved its end; DAY_NONE: it did not slip */
};
extern const struct shape task_shape;

/* The task comes after one other thing: a task, or a milestone's acceptance. */
struct task_dependency {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id task_id;
    struct id after_task_id; /* one of the two */
    struct id after_milestone_id;
    int64_t lag_days; /* working days; a negative one lets it start before that is done */
    bool is_removed;
    int64_t created_at;
};
extern const struct shape task_dependency_shape;

/* What a slip moved, with its reason. */
struct task_move {
    struct id task_id;
    const char *code;
    int32_t from_start_day;
    int32_t from_due_day;
    int32_t to_start_day;
    int32_t to_due_day;
};
extern const struct shape task_move_shape;

struct task_slip {
    struct id id;
    struct id engagement_id;
    struct id task_id; /* the one that slipped; its own move is the first */
    const char *reason;
    struct list moves; /* struct task_move */
    struct id recorded_by;
    int64_t created_at;
};
extern const struct shape task_slip_shape;

/* ---- rules --------------------------------------------------------------------------------- */

enum task_event {
    TASK_MAKE_READY = 1,
    TASK_START,
    TASK_FINISH,
    TASK_REOPEN,
    TASK_CANCEL,
    TASK_EVENT_COUNT,
};

/* ERROR_WRONG_STATE for "state". Starting and finishing keep the day, reopening forgets it. */
enum error task_advance(struct task *task, enum task_event event, int32_t today,
                        struct fault *fault) WARN_UNUSED;

/* Whether it still has to be done. */
bool task_is_open(const struct task *task);

/* Working days that it takes, of day_minutes each, the last counted whole. */
int32_t task_duration_days(const struct task *task, int64_t day_minutes);

/* The next free code "T1", "T2", … of the engagement's tasks. */
const char *task_next_code(struct arena *arena, const struct list *tasks);

/* Whether a task can stand beside the others (struct task) and the milestones. ERROR_INVALID for
 * "code" or "title"; ERROR_CONFLICT for a code that is taken; ERROR_OUT_OF_RANGE for
 * "planned_due_day" before the start, "tasks" if there are too many. */
enum error task_check(const struct task *task, const struct list *tasks,
                      const struct list *milestones, struct fault *fault) WARN_UNUSED;

#endif
