#include "core/work_plan.h"

#include "core/fields.h"
#include "core/work_graph.h"

static const char *const plan_node_kinds[] = {
    [PLAN_MILESTONE] = "milestone",
    [PLAN_TASK] = "task",
};
const struct choices plan_node_kind_choices = CHOICES("plan_node_kind", plan_node_kinds);

static const struct field plan_row_fields[] = {
    FIELD(struct plan_row, kind, CHOICE, .choices = &plan_node_kind_choices),
    FIELD(struct plan_row, id, ID),
    FIELD(struct plan_row, code, TEXT),
    FIELD(struct plan_row, title, TEXT),
    FIELD(struct plan_row, state, TEXT),
    FIELD(struct plan_row, planned_start_day, DAY),
    FIELD(struct plan_row, planned_due_day, DAY),
    FIELD(struct plan_row, signed_due_day, DAY),
    FIELD(struct plan_row, early_start_day, DAY),
    FIELD(struct plan_row, early_finish_day, DAY),
    FIELD(struct plan_row, late_start_day, DAY),
    FIELD(struct plan_row, late_finish_day, DAY),
    FIELD(struct plan_row, slack_days, INTEGER),
    FIELD(struct plan_row, free_slack_days, INTEGER),
    FIELD(struct plan_row, is_critical, BOOLEAN),
    FIELD(struct plan_row, days_late, INTEGER),
};
const struct shape plan_row_shape = SHAPE("plan_row", struct plan_row, plan_row_fields);

/* ---- the schedule ---------------------------------------------------------------------------- */

/* Work that has begun does not wait any more. */
static bool waits(const struct work_node *node)
{
    return !work_node_is_settled(node) && !(node->task && node->task->state == TASK_IN_PROGRESS);
}

/* What has begun or is done waits for nothing. */
static void drop_settled_edges(struct work_graph *graph)
{
    size_t kept = 0;
    for (size_t e = 0; e < graph->edge_count; e++) {
        if (waits(&graph->nodes[graph->edges[e].node]))
            graph->edges[kept++] = graph->edges[e];
    }
    graph->edge_count = kept;
}

/* The whole graph is free of cycles, also where work has begun. */
static enum error check_cycle(struct arena *arena, const struct schedule_network *network,
                              struct fault *fault)
{
    struct schedule_order order;
    return schedule_prepare(arena, network, &order, fault);
}

static int32_t last_planned(const struct work_graph *graph, struct id milestone_id)
{
    int32_t last = DAY_NONE;
    for (size_t n = 0; n < graph->count; n++) {
        const struct task *task = graph->nodes[n].task;
        if (task && id_equal(task->milestone_id, milestone_id))
            last = later_day(last, task->planned_due_day);
    }
    return last;
}

/* The last of its tasks' days; without any the one to which a late obligation moved it. */
static int32_t planned_for(const struct work_graph *graph, const struct milestone *milestone)
{
    int32_t last = last_planned(graph, milestone->id);
    return last == DAY_NONE ? milestone->planned_due_day : last;
}

static struct plan_row row_of(const struct work_graph *graph, size_t n,
                              const struct schedule_place *place)
{
    const struct work_node *node = &graph->nodes[n];
    const struct task *task = node->task;
    const struct milestone *milestone = node->milestone;
    struct plan_row row = {
        .kind = task ? PLAN_TASK : PLAN_MILESTONE,
        .id = node->id,
        .code = task ? task->code : milestone->code,
        .title = task ? task->title : milestone->title,
        .state = task ? choice_name(&task_state_choices, (int)task->state)
                      : choice_name(&milestone_state_choices, (int)milestone->state),
        .planned_start_day = task ? task->planned_start_day : DAY_NONE,
        .planned_due_day = task ? task->planned_due_day : planned_for(graph, milestone),
        .signed_due_day = task ? DAY_NONE : milestone->due_day,
        .early_start_day = place->early_start_day,
        .early_finish_day = place->early_finish_day,
        .late_start_day = place->late_start_day,
        .late_finish_day = place->late_finish_day,
        .slack_days = place->slack_days,
        .free_slack_days = place->free_slack_days,
        .is_critical = place->is_critical && !work_node_is_settled(node),
    };
    int32_t held_to = task ? task->planned_due_day : milestone->due_day;
    if (held_to != DAY_NONE && row.early_finish_day > held_to)
        row.days_late = row.early_finish_day - held_to;
    return row;
}

enum error work_plan_schedule(struct arena *arena, const struct work_plan *plan, struct list *rows,
                              struct texts *critical_path, int32_t *finish_day, struct fault *fault)
{
    struct work_graph graph = work_graph_of(arena, plan);
    struct schedule_network network;
    struct schedule schedule;
    enum error error = work_graph_network(arena, plan, &graph, &network, fault);
    if (!error)
        error = check_cycle(arena, &network, fault);
    if (error)
        return error;
    drop_settled_edges(&graph);
    network.edge_count = graph.edge_count;
    error = schedule_solve(arena, &network, &schedule, fault);
    if (error)
        return error;
    struct plan_row *made = arena_array(arena, graph.count, sizeof *made);
    for (size_t n = 0; n < graph.count; n++)
        made[n] = row_of(&graph, n, &schedule.places[n]);
    *rows = (struct list){made, graph.count};
    critical_path->texts = arena_array(arena, schedule.critical_length, sizeof(char *));
    critical_path->count = schedule.critical_length;
    for (size_t i = 0; i < schedule.critical_length; i++)
        critical_path->texts[i] = made[schedule.critical_path[i]].code;
    *finish_day = schedule.finish_day;
    return OK;
}

/* ---- readiness ----------------------------------------------------------------------------- */

static enum error check_after(const struct work_plan *plan,
                              const struct task_dependency *dependency, struct fault *fault)
{
    for (size_t i = 0; i < plan->tasks->count; i++) {
        const struct task *other = LIST_AT(struct task, *plan->tasks, i);
        if (id_equal(other->id, dependency->after_task_id) && task_is_open(other))
            return refuse(fault, ERROR_WRONG_STATE, "after", "%s comes first and is not done",
                          other->code);
    }
    for (size_t i = 0; i < plan->milestones->count; i++) {
        const struct milestone *other = LIST_AT(struct milestone, *plan->milestones, i);
        if (id_equal(other->id, dependency->after_milestone_id) &&
            other->state != MILESTONE_CANCELLED && !milestone_is_accepted(other))
            return refuse(fault, ERROR_WRONG_STATE, "after", "%s comes first and is not accepted",
                          other->code);
    }
    return OK;
}

enum error work_plan_check_ready(const struct work_plan *plan, const struct task *task,
                                 struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < plan->milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *plan->milestones, i);
        if (id_equal(milestone->id, task->milestone_id) && milestone->state == MILESTONE_PLANNED)
            return refuse(fault, ERROR_WRONG_STATE, "after",
                          "%s waits for a milestone that is not accepted", milestone->code);
    }
    for (size_t i = 0; !error && i < plan->task_dependencies->count; i++) {
        const struct task_dependency *dependency =
            LIST_AT(struct task_dependency, *plan->task_dependencies, i);
        if (!dependency->is_removed && dependency->lag_days >= 0 &&
            id_equal(dependency->task_id, task->id))
            error = check_after(plan, dependency, fault);
    }
    return error;
}
