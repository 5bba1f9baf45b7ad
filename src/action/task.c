#include "action/task.h"

#include "base/limits.h"
#include "core/engagement.h"
#include "core/estimate.h"
#include "core/milestone.h"
#include "core/user.h"
#include "store/contract.h"
#include "store/review.h"
#include "store/task.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_tasks),
    FIELD(struct list_tasks, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_tasks, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_tasks, owner_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_tasks, state, CHOICE, .flags = FROM_QUERY, .choices = &task_state_choices),
};
static const struct shape list_shape = SHAPE("list_tasks", struct list_tasks, list_fields);

static const struct shape page_shape = PAGE_SHAPE("task_page", task_shape);

static const struct listing tasks = {
    .shape = &task_shape,
    .sorts = (const char *const[]){"code", "created_at", NULL},
};

static enum error list_tasks(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    const struct list_tasks *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &tasks, &list_shape, in, output, fault);
}

const struct operation list_tasks_operation = {
    .name = "list_tasks",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_tasks,
};

static const struct shape task_subject_shape = SUBJECT_SHAPE(task_id);

const struct operation show_task_operation = {
    .name = "show_task",
    .permission = PERMIT_READ_AGENCY,
    .in = &task_subject_shape,
    .out = &task_shape,
};

/* ---- the plan ------------------------------------------------------------------------------ */

static enum error load_terms(struct call *call, struct id engagement_id, struct work_plan *plan,
                             struct fault *fault)
{
    struct contract *contract = arena_alloc(call->arena, sizeof *contract);
    bool found;
    enum error error = find_standing_contract(&call->store, engagement_id, contract, &found, fault);
    if (error || !found)
        return error;
    error = load_plan_in_force(&call->store, contract, fault);
    plan->terms = contract->plan->terms;
    return error;
}

enum error load_work_plan(struct call *call, struct id engagement_id, struct plan_lists *lists,
                          struct fault *fault)
{
    struct store *store = &call->store;
    struct engagement engagement;
    *lists = (struct plan_lists){0};
    enum error error = load_row(call, &engagement_shape, engagement_id, &engagement, fault);
    if (!error)
        error = list_milestones_to_plan(store, engagement_id, &lists->milestones, fault);
    if (!error)
        error = list_milestone_dependencies_of(store, engagement_id, &lists->milestone_dependencies,
                                               fault);
    if (!error)
        error = list_tasks_of(store, engagement_id, &lists->tasks, fault);
    if (!error)
        error = list_task_dependencies_of(store, engagement_id, &lists->task_dependencies, fault);
    if (error)
        return error;
    lists->plan = (struct work_plan){
        .milestones = &lists->milestones,
        .milestone_dependencies = &lists->milestone_dependencies,
        .tasks = &lists->tasks,
        .task_dependencies = &lists->task_dependencies,
        .today = call_today(call, engagement.time_zone),
    };
    return load_terms(call, engagement_id, &lists->plan, fault);
}

/* ---- writing ------------------------------------------------------------------------------- */

static enum error check_owner(struct call *call, struct id owner_id, struct fault *fault)
{
    struct user user;
    if (id_is_none(owner_id))
        return OK;
    enum error error = load_row(call, &user_shape, owner_id, &user, fault);
    if (error == ERROR_NOT_FOUND || (!error && user.disabled_at))
        return refuse(fault, ERROR_INVALID, "owner_id", "there is no such user");
    return error;
}

static enum error check_work(struct call *call, struct id engagement_id, struct fault *fault)
{
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, engagement_id, &engagement, fault);
    return error ? error : engagement_check_work(&engagement, fault);
}

/* It may be written as it is beside all others. */
static enum error check_task(struct call *call, const struct task *task,
                             const struct plan_lists *lists, struct fault *fault)
{
    enum error error = task_check(task, &lists->tasks, &lists->milestones, fault);
    return error ? error : check_owner(call, task->owner_id, fault);
}

#define PLANNED_FIELDS                                                                             \
    FIELD(struct task, title, TEXT, .flags = REQUIRED),                                            \
        FIELD(struct task, description, TEXT, .limit = TEXT_LIMIT),                                \
        FIELD(struct task, owner_id, ID),                                                          \
        FIELD(struct task, estimate_minutes, INTEGER, .minimum = 0, .maximum = EFFORT_LIMIT),      \
        FIELD(struct task, planned_start_day, DAY), FIELD(struct task, planned_due_day, DAY)

static const struct field create_fields[] = {
    FIELD(struct task, milestone_id, ID, .flags = FROM_PATH),
    FIELD(struct task, code, TEXT, .limit = CODE_LIMIT),
    PLANNED_FIELDS,
};
static const struct shape create_shape = SHAPE("create_task", struct task, create_fields);

static enum error check_milestone_open(const struct milestone *milestone, struct fault *fault)
{
    if (milestone_is_accepted(milestone) || milestone->state == MILESTONE_CANCELLED)
        return refuse(fault, ERROR_WRONG_STATE, "state", "%s is %s: nothing is left to do on it",
                      milestone->code,
                      choice_name(&milestone_state_choices, (int)milestone->state));
    return OK;
}

static enum error create_task(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct task *in = input;
    struct task *task = output;
    struct milestone milestone;
    struct plan_lists lists;
    enum error error = load_row(call, &milestone_shape, in->milestone_id, &milestone, fault);
    if (!error)
        error = check_work(call, milestone.engagement_id, fault);
    if (!error)
        error = check_milestone_open(&milestone, fault);
    if (!error)
        error = load_work_plan(call, milestone.engagement_id, &lists, fault);
    if (error)
        return error;
    shape_init(&task_shape, task);
    shape_copy(&create_shape, in, task);
    task->id = call_id(call);
    task->engagement_id = milestone.engagement_id;
    task->milestone_id = milestone.id;
    task->created_at = call->now_ms;
    if (!task->code)
        task->code = task_next_code(call->arena, &lists.tasks);
    error = check_task(call, task, &lists, fault);
    if (error)
        return error;
    happened(call, "task.created", task->id, task->engagement_id);
    return insert_row(call, &task_shape, task, fault);
}

const struct operation create_task_operation = {
    .name = "create_task",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &create_shape,
    .out = &task_shape,
    .run = create_task,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct task, task_id),
    PLANNED_FIELDS,
};
static const struct shape change_shape = SHAPE("change_task", struct task, change_fields);

static enum error change_task(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct task *in = input;
    struct task *task = output;
    struct plan_lists lists;
    enum error error = load_subject(call, &task_shape, in->id, task, fault);
    if (!error)
        error = check_work(call, task->engagement_id, fault);
    if (!error && !task_is_open(task))
        error = refuse(fault, ERROR_WRONG_STATE, "state", "the task is %s",
                       choice_name(&task_state_choices, (int)task->state));
    if (!error)
        error = load_work_plan(call, task->engagement_id, &lists, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, task);
    error = check_task(call, task, &lists, fault);
    if (error)
        return error;
    happened(call, "task.changed", task->id, task->engagement_id);
    return save_row(call, &task_shape, task, fault);
}

const struct operation change_task_operation = {
    .name = "change_task",
    .permission = PERMIT_PLAN,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &task_shape,
    .run = change_task,
};

/* ---- its course ---------------------------------------------------------------------------- */

struct step {
    enum task_event event;
    const char *name; /* of the event in the log */
    bool needs_ready; /* what it comes after must be done */
};

static enum error take_step(struct call *call, const struct step *step, struct id id,
                            struct task *task, struct fault *fault)
{
    struct plan_lists lists;
    enum error error = load_subject(call, &task_shape, id, task, fault);
    if (!error)
        error = check_work(call, task->engagement_id, fault);
    if (!error)
        error = load_work_plan(call, task->engagement_id, &lists, fault);
    if (!error)
        error = task_advance(task, step->event, lists.plan.today, fault);
    if (!error && step->needs_ready)
        error = work_plan_check_ready(&lists.plan, task, fault);
    if (error)
        return error;
    happened(call, step->name, task->id, task->engagement_id);
    return save_row(call, &task_shape, task, fault);
}

static enum error make_task_ready(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    static const struct step step = {TASK_MAKE_READY, "task.ready", true};
    return take_step(call, &step, ((const struct subject *)input)->id, output, fault);
}

static enum error start_task(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    static const struct step step = {TASK_START, "task.started", true};
    return take_step(call, &step, ((const struct subject *)input)->id, output, fault);
}

static enum error finish_task(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    static const struct step step = {TASK_FINISH, "task.finished", false};
    return take_step(call, &step, ((const struct subject *)input)->id, output, fault);
}

static enum error reopen_task(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    static const struct step step = {TASK_REOPEN, "task.reopened", false};
    return take_step(call, &step, ((const struct subject *)input)->id, output, fault);
}

static enum error cancel_task(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    static const struct step step = {TASK_CANCEL, "task.cancelled", false};
    return take_step(call, &step, ((const struct subject *)input)->id, output, fault);
}

#define STEP(function)                                                                             \
    {                                                                                              \
        .name = #function, .permission = PERMIT_PLAN, .writes = true, .in = &task_subject_shape,   \
        .out = &task_shape, .run = function                                                        \
    }
const struct operation make_task_ready_operation = STEP(make_task_ready);
const struct operation start_task_operation = STEP(start_task);
const struct operation finish_task_operation = STEP(finish_task);
const struct operation reopen_task_operation = STEP(reopen_task);
const struct operation cancel_task_operation = STEP(cancel_task);
