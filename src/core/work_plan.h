/* The plan of an engagement's work: its milestones and tasks as one graph, scheduled on the working
 * days of the contract.
 *
 * A milestone is a point that comes after its own tasks and after the milestones that the contract
 * puts first; those come before its tasks too. Without tasks it stands on its signed day, or that
 * to which lateness of the client has moved it. What is done stands on the day when it was,
 * whatever comes before it; what is cancelled is left out. Open tasks do not start before their
 * planned start, nor before today; one that is in progress lasts at least until today. One that
 * slipped is not done before the day to which it did, unless it is planned to be done earlier since
 * then. */
#ifndef WAYMARK_CORE_WORK_PLAN_H
#define WAYMARK_CORE_WORK_PLAN_H

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/milestone.h"
#include "core/schedule_network.h"
#include "core/task.h"

struct work_plan {
    const struct list *milestones;             /* struct milestone */
    const struct list *milestone_dependencies; /* struct milestone_dependency */
    const struct list *tasks;                  /* struct task */
    const struct list *task_dependencies;      /* struct task_dependency */
    const struct contract_terms *terms;
    int32_t today;
};

enum plan_node_kind {
    PLAN_MILESTONE = 1,
    PLAN_TASK,
};
extern const struct choices plan_node_kind_choices;

/* One row of the schedule; days_late is how far its early finish is after the day that it is held
 * to, in calendar days: a milestone's signed day, a task's planned one. */
struct plan_row {
    enum plan_node_kind kind;
    struct id id;
    const char *code;
    const char *title;
    const char *state; /* of its own kind */
    int32_t planned_start_day;
    int32_t planned_due_day; /* of a milestone: the last of its tasks', or its own */
    int32_t signed_due_day;  /* of a milestone */
    int32_t early_start_day;
    int32_t early_finish_day;
    int32_t late_start_day;
    int32_t late_finish_day;
    int64_t slack_days;
    int64_t free_slack_days;
    bool is_critical;
    int64_t days_late;
};
extern const struct shape plan_row_shape;

/* Milestones first, both in the order of their lists; cancelled ones are left out. Also the codes
 * of the critical path and the day when all is done. ERROR_CYCLE for "dependencies", with the way
 * by codes. */
enum error work_plan_schedule(struct arena *arena, const struct work_plan *plan, struct list *rows,
                              struct texts *critical_path, int32_t *finish_day,
                              struct fault *fault) WARN_UNUSED;

/* To which days a task slips, and why. */
struct later_days {
    int32_t planned_start_day; /* DAY_NONE: as it is */
    int32_t planned_due_day;
    const char *reason;
};

/* Moves a task's planned days and, only so far as they would start before what they come after is
 * finished, those of the open tasks behind it; each keeps its length. No signed day moves. The
 * tasks of the plan's list are changed, moves tells which and how, the task first. ERROR_INVALID
 * for "reason" without one, "planned_due_day" unless it is later than planned, "planned_start_day"
 * if it is earlier; ERROR_OUT_OF_RANGE for "planned_start_day" after the due day;
 * ERROR_WRONG_STATE for "state" unless the task is open, for "planned_start_day" of one that is in
 * progress. */
enum error work_plan_slip(struct arena *arena, const struct work_plan *plan, struct task *task,
                          const struct later_days *to, struct list *moves,
                          struct fault *fault) WARN_UNUSED;

/* Moves the planned days of what waits for something that is late by that many working days:
 * waiting tasks (of one in progress only the due day), the tasks of waiting milestones, and these.
 * Open tasks behind them move as with a slip, open milestones behind them only so far as their
 * planned day would come before that of their tasks that moved or of a milestone that they come
 * after. No signed day moves. waiting has struct id; the tasks and milestones of the plan's lists
 * are changed, task_moves (struct task_move) and milestone_moves (struct milestone_move) tell how.
 */
enum error work_plan_delay(struct arena *arena, const struct work_plan *plan,
                           const struct list *waiting, int32_t days, struct list *task_moves,
                           struct list *milestone_moves, struct fault *fault) WARN_UNUSED;

/* Whether all that a planned task comes after is done. ERROR_WRONG_STATE for "after", naming the
 * first that is not; a dependency with a negative lag holds nobody back. */
enum error work_plan_check_ready(const struct work_plan *plan, const struct task *task,
                                 struct fault *fault) WARN_UNUSED;

#endif
