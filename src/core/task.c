#include "core/task.h"

#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/estimate.h"
#include "core/fields.h"
#include "core/machine.h"
#include "core/milestone.h"

static const char *const task_states[] = {
    [TASK_PLANNED] = "planned", [TASK_READY] = "ready",         [TASK_IN_PROGRESS] = "in_progress",
    [TASK_DONE] = "done",       [TASK_CANCELLED] = "cancelled",
};
const struct choices task_state_choices = CHOICES("task_state", task_states);

static const struct field task_fields[] = {
    ID_FIELD(struct task),
    VERSION_FIELD(struct task),
    FIELD(struct task, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct task, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct task, code, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct task, title, TEXT, .flags = REQUIRED),
    FIELD(struct task, description, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct task, owner_id, ID, OPTIONAL),
    FIELD(struct task, estimate_minutes, INTEGER, .minimum = 0, .maximum = EFFORT_LIMIT),
    FIELD(struct task, planned_start_day, DAY, OPTIONAL),
    FIELD(struct task, planned_due_day, DAY, OPTIONAL),
    FIELD(struct task, state, CHOICE, .flags = REQUIRED, .choices = &task_state_choices,
          .initial = TASK_PLANNED),
    FIELD(struct task, started_day, DAY, OPTIONAL),
    FIELD(struct task, done_day, DAY, OPTIONAL),
    FIELD(struct task, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct task, slipped_due_day, DAY, .flags = ADDED_LATER),
};
const struct shape task_shape = SHAPE("task", struct task, task_fields);

static const struct field task_dependency_fields[] = {
    ID_FIELD(struct task_dependency),
    VERSION_FIELD(struct task_dependency),
    FIELD(struct task_dependency, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct task_dependency, task_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct task_dependency, after_task_id, ID, .flags = FIXED),
    FIELD(struct task_dependency, after_milestone_id, ID, .flags = FIXED),
    FIELD(struct task_dependency, lag_days, INTEGER, .minimum = -DAYS_LIMIT, .maximum = DAYS_LIMIT),
    FIELD(struct task_dependency, is_removed, BOOLEAN, OPTIONAL),
    FIELD(struct task_dependency, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape task_dependency_shape =
    SHAPE("task_dependency", struct task_dependency, task_dependency_fields);

static const struct field task_move_fields[] = {
    FIELD(struct task_move, task_id, ID, .flags = REQUIRED),
    FIELD(struct task_move, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct task_move, from_start_day, DAY, OPTIONAL),
    FIELD(struct task_move, from_due_day, DAY, OPTIONAL),
    FIELD(struct task_move, to_start_day, DAY, OPTIONAL),
    FIELD(struct task_move, to_due_day, DAY, OPTIONAL),
};
const struct shape task_move_shape = SHAPE("task_move", struct task_move, task_move_fields);

static const struct field task_slip_fields[] = {
    ID_FIELD(struct task_slip),
    FIELD(struct task_slip, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct task_slip, task_id, ID, .flags = REQUIRED),
    FIELD(struct task_slip, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct task_slip, moves, LIST, .limit = TASKS_LIMIT, .shape = &task_move_shape),
    FIELD(struct task_slip, recorded_by, ID, .flags = REQUIRED),
    FIELD(struct task_slip, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape task_slip_shape = SHAPE("task_slip", struct task_slip, task_slip_fields);

/* ---- states -------------------------------------------------------------------------------- */

static const unsigned char next_state[TASK_CANCELLED + 1][TASK_EVENT_COUNT] = {
    [TASK_PLANNED] = {[TASK_MAKE_READY] = TASK_READY,
                      [TASK_START] = TASK_IN_PROGRESS,
                      [TASK_CANCEL] = TASK_CANCELLED},
    [TASK_READY] = {[TASK_START] = TASK_IN_PROGRESS, [TASK_CANCEL] = TASK_CANCELLED},
    [TASK_IN_PROGRESS] = {[TASK_FINISH] = TASK_DONE, [TASK_CANCEL] = TASK_CANCELLED},
    [TASK_DONE] = {[TASK_REOPEN] = TASK_IN_PROGRESS},
};

static const char *const verbs[] = {
    [TASK_MAKE_READY] = "made ready", [TASK_START] = "started",    [TASK_FINISH] = "finished",
    [TASK_REOPEN] = "reopened",       [TASK_CANCEL] = "cancelled",
};

static const struct machine machine =
    MACHINE("task", "state", &task_state_choices, verbs, next_state);

enum error task_advance(struct task *task, enum task_event event, int32_t today,
                        struct fault *fault)
{
    int state = (int)task->state;
    enum error error = machine_step(&machine, &state, (int)event, fault);
    if (error)
        return error;
    task->state = (enum task_state)state;
    if (event == TASK_START)
        task->started_day = today;
    if (event == TASK_FINISH)
        task->done_day = today;
    if (event == TASK_REOPEN)
        task->done_day = DAY_NONE;
    return OK;
}

bool task_is_open(const struct task *task)
{
    return task->state != TASK_DONE && task->state != TASK_CANCELLED;
}

int32_t task_duration_days(const struct task *task, int64_t day_minutes)
{
    int64_t days = (task->estimate_minutes + day_minutes - 1) / day_minutes;
    return days > DAYS_LIMIT ? DAYS_LIMIT : (int32_t)days;
}

/* ---- checks -------------------------------------------------------------------------------- */

const char *task_next_code(struct arena *arena, const struct list *tasks)
{
    int64_t highest = 0;
    for (size_t i = 0; i < tasks->count; i++) {
        int64_t number = code_number(LIST_AT(struct task, *tasks, i)->code, "T");
        highest = number > highest ? number : highest;
    }
    return arena_format(arena, "T%lld", (long long)highest + 1);
}

static bool is_taken(const struct task *task, const struct list *tasks,
                     const struct list *milestones)
{
    for (size_t i = 0; i < tasks->count; i++) {
        const struct task *other = LIST_AT(struct task, *tasks, i);
        if (!id_equal(other->id, task->id) && strcmp(other->code, task->code) == 0)
            return true;
    }
    return milestone_by_code(milestones, task->code) != NULL;
}

enum error task_check(const struct task *task, const struct list *tasks,
                      const struct list *milestones, struct fault *fault)
{
    enum error error = code_check(task->code, "code", fault);
    if (!error)
        error = text_check(task->title, "title", fault);
    if (error)
        return error;
    if (is_taken(task, tasks, milestones))
        return refuse(fault, ERROR_CONFLICT, "code", "%s is taken", task->code);
    if (task->planned_start_day != DAY_NONE && task->planned_due_day != DAY_NONE &&
        task->planned_due_day < task->planned_start_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "planned_due_day",
                      "is before the task's planned start");
    if (tasks->count > TASKS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "tasks", "an engagement has at most %d",
                      TASKS_LIMIT);
    return OK;
}
