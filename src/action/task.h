/* Tasks: the agency's plan of the work on milestones. They depend on each other and on milestones
 * in one graph without cycles, are scheduled on working days, and slip; signed days stay. */
#ifndef WAYMARK_ACTION_TASK_H
#define WAYMARK_ACTION_TASK_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/task.h"
#include "core/work_plan.h"
#include "store/list.h"

struct list_tasks {
    struct page_query page;
    struct id engagement_id;
    struct id milestone_id;
    struct id owner_id;
    enum task_state state;
};

extern const struct operation list_tasks_operation;
extern const struct operation show_task_operation; /* struct subject */

/* Take struct task: milestone_id or id; title, description, owner_id, estimate_minutes and planned
 * days; on creating also a code, unless the next "T<n>" will do. */
extern const struct operation create_task_operation;
extern const struct operation change_task_operation;

/* Take struct subject. A task is made ready or started when all that it comes after is done. */
extern const struct operation make_task_ready_operation;
extern const struct operation start_task_operation;
extern const struct operation finish_task_operation;
extern const struct operation reopen_task_operation;
extern const struct operation cancel_task_operation;

/* ---- dependencies and the schedule (task_schedule.c) ------------------------------------------
 */

struct list_task_dependencies {
    struct page_query page;
    struct id engagement_id;
    struct id task_id;
};

struct list_task_slips {
    struct page_query page;
    struct id engagement_id;
    struct id task_id;
};

struct slip_task {
    struct id id;
    int32_t planned_due_day;
    const char *reason;
    int32_t planned_start_day; /* DAY_NONE: as it is */
};

struct schedule_view {
    struct id engagement_id;
    int32_t today;
    int32_t finish_day;         /* when all is done, as planned */
    struct texts critical_path; /* codes */
    struct list rows;           /* struct plan_row */
};

extern const struct operation list_task_dependencies_operation;

/* Takes struct task_dependency: task_id, one of after_task_id and after_milestone_id, lag_days.
 * ERROR_CYCLE for "dependencies" with the way by codes, ERROR_CONFLICT if it is there. */
extern const struct operation add_task_dependency_operation;
extern const struct operation remove_task_dependency_operation; /* struct subject */

extern const struct operation show_schedule_operation; /* struct subject */
extern const struct operation slip_task_operation;     /* gives struct task_slip */
extern const struct operation list_task_slips_operation;

/* ---- shared by both ---------------------------------------------------------------------------
 */

/* All that is planned of an engagement, which the actor may see. Its lists are in lists. */
struct plan_lists {
    struct list milestones, milestone_dependencies, tasks, task_dependencies;
    struct work_plan plan; /* of the members above */
};
enum error load_work_plan(struct call *call, struct id engagement_id, struct plan_lists *lists,
                          struct fault *fault) WARN_UNUSED;

#endif
