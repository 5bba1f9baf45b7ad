#include "action/task.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "core/milestone.h"
#include "store/task.h"

/* ---- dependencies -------------------------------------------------------------------------- */

static const struct field dependencies_fields[] = {
    PAGE_QUERY_FIELDS(struct list_task_dependencies),
    FIELD(struct list_task_dependencies, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_task_dependencies, task_id, ID, .flags = FROM_QUERY),
};
static const struct shape dependencies_shape =
    SHAPE("list_task_dependencies", struct list_task_dependencies, dependencies_fields);

static const struct shape dependency_page_shape =
    PAGE_SHAPE("task_dependency_page", task_dependency_shape);

static const struct listing dependencies = {.shape = &task_dependency_shape};

static enum error list_task_dependencies(struct call *call, const void *input, void *output,
                                         struct fault *fault)
{
    const struct list_task_dependencies *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error
                 : store_page(&call->store, &dependencies, &dependencies_shape, in, output, fault);
}

const struct operation list_task_dependencies_operation = {
    .name = "list_task_dependencies",
    .permission = PERMIT_READ_AGENCY,
    .in = &dependencies_shape,
    .out = &dependency_page_shape,
    .run = list_task_dependencies,
};

static enum error check_work(struct call *call, struct id engagement_id, struct fault *fault)
{
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, engagement_id, &engagement, fault);
    return error ? error : engagement_check_work(&engagement, fault);
}

/* Whether the plan still has an order, now and when nothing of it had begun. */
static enum error check_order(struct call *call, const struct work_plan *plan, struct fault *fault)
{
    struct list rows;
    struct texts critical_path;
    int32_t finish_day;
    return work_plan_schedule(call->arena, plan, &rows, &critical_path, &finish_day, fault);
}

static bool has_task(const struct plan_lists *lists, struct id id)
{
    for (size_t i = 0; i < lists->tasks.count; i++) {
        if (id_equal(LIST_AT(struct task, lists->tasks, i)->id, id))
            return true;
    }
    return false;
}

static bool has_milestone(const struct plan_lists *lists, struct id id)
{
    for (size_t i = 0; i < lists->milestones.count; i++) {
        if (id_equal(LIST_AT(struct milestone, lists->milestones, i)->id, id))
            return true;
    }
    return false;
}

static enum error check_ends(const struct task_dependency *dependency,
                             const struct plan_lists *lists, struct fault *fault)
{
    bool is_task = !id_is_none(dependency->after_task_id);
    if (is_task != id_is_none(dependency->after_milestone_id))
        return refuse(fault, ERROR_INVALID, "after_task_id",
                      "name one task or one milestone that it comes after");
    if (is_task && !has_task(lists, dependency->after_task_id))
        return refuse(fault, ERROR_INVALID, "after_task_id",
                      "there is no such task in this engagement");
    if (!is_task && !has_milestone(lists, dependency->after_milestone_id))
        return refuse(fault, ERROR_INVALID, "after_milestone_id",
                      "there is no such milestone in this engagement");
    for (size_t i = 0; i < lists->task_dependencies.count; i++) {
        const struct task_dependency *other =
            LIST_AT(struct task_dependency, lists->task_dependencies, i);
        if (!other->is_removed && id_equal(other->task_id, dependency->task_id) &&
            id_equal(other->after_task_id, dependency->after_task_id) &&
            id_equal(other->after_milestone_id, dependency->after_milestone_id))
            return refuse(fault, ERROR_CONFLICT, "task_id", "it comes after that already");
    }
    return OK;
}

/* The plan with one dependency more. */
static void add_to_plan(struct call *call, struct plan_lists *lists,
                        const struct task_dependency *dependency)
{
    struct list *list = &lists->task_dependencies;
    struct task_dependency *more = arena_array(call->arena, list->count + 1, sizeof *more);
    for (size_t i = 0; i < list->count; i++)
        more[i] = *LIST_AT(struct task_dependency, *list, i);
    more[list->count] = *dependency;
    *list = (struct list){more, list->count + 1};
}

static const struct field add_fields[] = {
    FIELD(struct task_dependency, task_id, ID, .flags = FROM_PATH),
    FIELD(struct task_dependency, after_task_id, ID),
    FIELD(struct task_dependency, after_milestone_id, ID),
    FIELD(struct task_dependency, lag_days, INTEGER, .minimum = -DAYS_LIMIT, .maximum = DAYS_LIMIT),
};
static const struct shape add_shape =
    SHAPE("add_task_dependency", struct task_dependency, add_fields);

static enum error add_task_dependency(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct task_dependency *in = input;
    struct task_dependency *dependency = output;
    struct task task;
    struct plan_lists lists;
    enum error error = load_row(call, &task_shape, in->task_id, &task, fault);
    if (!error)
        error = check_work(call, task.engagement_id, fault);
    if (!error)
        error = load_work_plan(call, task.engagement_id, &lists, fault);
    if (error)
        return error;
    shape_copy(&add_shape, in, dependency);
    dependency->task_id = task.id;
    dependency->engagement_id = task.engagement_id;
    error = check_ends(dependency, &lists, fault);
    if (error)
        return error;
    dependency->id = call_id(call);
    dependency->created_at = call->now_ms;
    add_to_plan(call, &lists, dependency);
    error = check_order(call, &lists.plan, fault);
    if (error)
        return error;
    happened(call, "task.dependency_added", task.id, task.engagement_id);
    return insert_row(call, &task_dependency_shape, dependency, fault);
}

const struct operation add_task_dependency_operation = {
    .name = "add_task_dependency",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &add_shape,
    .out = &task_dependency_shape,
    .run = add_task_dependency,
};

static const struct shape remove_shape = SUBJECT_SHAPE(task_dependency_id);

static enum error remove_task_dependency(struct call *call, const void *input, void *output,
                                         struct fault *fault)
{
    const struct subject *in = input;
    struct task_dependency *dependency = output;
    enum error error = load_subject(call, &task_dependency_shape, in->id, dependency, fault);
    if (!error)
        error = check_work(call, dependency->engagement_id, fault);
    if (!error && dependency->is_removed)
        error = refuse(fault, ERROR_WRONG_STATE, "is_removed", "it is removed already");
    if (error)
        return error;
    dependency->is_removed = true;
    happened(call, "task.dependency_removed", dependency->task_id, dependency->engagement_id);
    return save_row(call, &task_dependency_shape, dependency, fault);
}

const struct operation remove_task_dependency_operation = {
    .name = "remove_task_dependency",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &remove_shape,
    .out = &task_dependency_shape,
    .run = remove_task_dependency,
};

/* ---- the schedule -------------------------------------------------------------------------- */

static const struct field view_fields[] = {
    FIELD(struct schedule_view, engagement_id, ID),
    FIELD(struct schedule_view, today, DAY),
    FIELD(struct schedule_view, finish_day, DAY),
    FIELD(struct schedule_view, critical_path, TEXTS),
    FIELD(struct schedule_view, rows, LIST, .shape = &plan_row_shape),
};
static const struct shape view_shape = SHAPE("schedule", struct schedule_view, view_fields);

static const struct shape schedule_subject_shape = SUBJECT_SHAPE(engagement_id);

static enum error show_schedule(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct schedule_view *view = output;
    struct plan_lists lists;
    enum error error = load_work_plan(call, in->id, &lists, fault);
    if (error)
        return error;
    view->engagement_id = in->id;
    view->today = lists.plan.today;
    return work_plan_schedule(call->arena, &lists.plan, &view->rows, &view->critical_path,
                              &view->finish_day, fault);
}

const struct operation show_schedule_operation = {
    .name = "show_schedule",
    .permission = PERMIT_READ_AGENCY,
    .in = &schedule_subject_shape,
    .out = &view_shape,
    .run = show_schedule,
};

/* ---- slipping ------------------------------------------------------------------------------ */

static struct task *task_in(struct plan_lists *lists, struct id id)
{
    struct task *found = NULL;
    for (size_t i = 0; i < lists->tasks.count; i++) {
        struct task *task = LIST_AT(struct task, lists->tasks, i);
        found = id_equal(task->id, id) ? task : found;
    }
    return found;
}

static const struct field slip_fields[] = {
    ID_FROM_PATH(struct slip_task, task_id),
    FIELD(struct slip_task, planned_start_day, DAY),
    FIELD(struct slip_task, planned_due_day, DAY, .flags = REQUIRED),
    FIELD(struct slip_task, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape slip_shape = SHAPE("slip_task", struct slip_task, slip_fields);

static enum error save_moved(struct call *call, struct plan_lists *lists, const struct list *moves,
                             struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < moves->count; i++) {
        struct task *task = task_in(lists, LIST_AT(struct task_move, *moves, i)->task_id);
        error = save_row(call, &task_shape, task, fault);
    }
    return error;
}

static enum error slip_task(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct slip_task *in = input;
    struct task_slip *slip = output;
    struct task subject;
    struct plan_lists lists;
    const struct later_days to = {in->planned_start_day, in->planned_due_day, in->reason};
    enum error error = load_subject(call, &task_shape, in->id, &subject, fault);
    if (!error)
        error = check_work(call, subject.engagement_id, fault);
    if (!error)
        error = load_work_plan(call, subject.engagement_id, &lists, fault);
    if (!error)
        error = work_plan_slip(call->arena, &lists.plan, task_in(&lists, in->id), &to, &slip->moves,
                               fault);
    if (error)
        return error;
    slip->id = call_id(call);
    slip->engagement_id = subject.engagement_id;
    slip->task_id = subject.id;
    slip->reason = in->reason;
    slip->recorded_by = call->actor.id;
    slip->created_at = call->now_ms;
    happened(call, "task.slipped", subject.id, subject.engagement_id);
    error = save_moved(call, &lists, &slip->moves, fault);
    return error ? error : insert_row(call, &task_slip_shape, slip, fault);
}

const struct operation slip_task_operation = {
    .name = "slip_task",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &slip_shape,
    .out = &task_slip_shape,
    .run = slip_task,
};

static const struct field slips_fields[] = {
    PAGE_QUERY_FIELDS(struct list_task_slips),
    FIELD(struct list_task_slips, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct list_task_slips, task_id, ID, .flags = FROM_QUERY),
};
static const struct shape slips_shape =
    SHAPE("list_task_slips", struct list_task_slips, slips_fields);

static const struct shape slip_page_shape = PAGE_SHAPE("task_slip_page", task_slip_shape);

static const struct listing slips = {.shape = &task_slip_shape};

static enum error list_task_slips(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct list_task_slips *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &slips, &slips_shape, in, output, fault);
}

const struct operation list_task_slips_operation = {
    .name = "list_task_slips",
    .permission = PERMIT_READ_AGENCY,
    .in = &slips_shape,
    .out = &slip_page_shape,
    .run = list_task_slips,
};
