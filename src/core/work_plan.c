#include "core/work_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "core/code.h"
#include "core/contract_terms.h"
#include "core/estimate.h"
#include "core/fields.h"

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

/* ---- the graph ----------------------------------------------------------------------------- */

/* A node is a milestone or a task; ids of both are found by bisection. */
struct node {
    struct id id;
    const struct milestone *milestone; /* or */
    struct task *task;
};

struct place {
    struct id id;
    size_t node;
};

struct graph_of_work {
    struct node *nodes;
    struct schedule_node *scheduled;
    size_t count;
    struct schedule_edge *edges;
    size_t edge_count;
    struct place *places;
};

static int by_id(const void *left, const void *right)
{
    return memcmp(&((const struct place *)left)->id, &((const struct place *)right)->id,
                  sizeof(struct id));
}

/* The node of an id, or count if it is left out. */
static size_t node_of(const struct graph_of_work *graph, struct id id)
{
    struct place wanted = {.id = id};
    const struct place *found =
        graph->count > 0 ? bsearch(&wanted, graph->places, graph->count, sizeof wanted, by_id)
                         : NULL;
    return found ? found->node : graph->count;
}

static bool is_settled(const struct node *node)
{
    return node->task ? node->task->state == TASK_DONE : milestone_is_accepted(node->milestone);
}

/* Work that has begun does not wait any more. */
static bool waits(const struct node *node)
{
    return !is_settled(node) && !(node->task && node->task->state == TASK_IN_PROGRESS);
}

static void add_edge(struct graph_of_work *graph, size_t node, size_t after, int64_t lag_days)
{
    if (node < graph->count && after < graph->count)
        graph->edges[graph->edge_count++] = (struct schedule_edge){node, after, (int32_t)lag_days};
}

static void add_nodes(struct graph_of_work *graph, const struct work_plan *plan)
{
    for (size_t i = 0; i < plan->milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *plan->milestones, i);
        if (milestone->state != MILESTONE_CANCELLED)
            graph->nodes[graph->count++] =
                (struct node){.id = milestone->id, .milestone = milestone};
    }
    for (size_t i = 0; i < plan->tasks->count; i++) {
        struct task *task = LIST_AT(struct task, *plan->tasks, i);
        if (task->state != TASK_CANCELLED)
            graph->nodes[graph->count++] = (struct node){.id = task->id, .task = task};
    }
    for (size_t i = 0; i < graph->count; i++)
        graph->places[i] = (struct place){graph->nodes[i].id, i};
    if (graph->count > 0)
        qsort(graph->places, graph->count, sizeof *graph->places, by_id);
}

/* A milestone waits for its tasks and for the milestones before it, and its tasks for those. */
static void add_milestone_edges(struct graph_of_work *graph, const struct work_plan *plan)
{
    for (size_t i = 0; i < plan->milestone_dependencies->count; i++) {
        const struct milestone_dependency *dependency =
            LIST_AT(struct milestone_dependency, *plan->milestone_dependencies, i);
        size_t after = node_of(graph, dependency->after_id);
        add_edge(graph, node_of(graph, dependency->milestone_id), after, 0);
        for (size_t n = 0; n < graph->count; n++) {
            if (graph->nodes[n].task &&
                id_equal(graph->nodes[n].task->milestone_id, dependency->milestone_id))
                add_edge(graph, n, after, 0);
        }
    }
    for (size_t n = 0; n < graph->count; n++) {
        if (graph->nodes[n].task)
            add_edge(graph, node_of(graph, graph->nodes[n].task->milestone_id), n, 0);
    }
}

static void add_task_edges(struct graph_of_work *graph, const struct work_plan *plan)
{
    for (size_t i = 0; i < plan->task_dependencies->count; i++) {
        const struct task_dependency *dependency =
            LIST_AT(struct task_dependency, *plan->task_dependencies, i);
        struct id after = id_is_none(dependency->after_task_id) ? dependency->after_milestone_id
                                                                : dependency->after_task_id;
        if (!dependency->is_removed)
            add_edge(graph, node_of(graph, dependency->task_id), node_of(graph, after),
                     dependency->lag_days);
    }
}

static struct graph_of_work graph_of(struct arena *arena, const struct work_plan *plan)
{
    size_t most = plan->milestones->count + plan->tasks->count;
    struct graph_of_work graph = {
        .nodes = arena_array(arena, most, sizeof *graph.nodes),
        .scheduled = arena_array(arena, most, sizeof *graph.scheduled),
        .places = arena_array(arena, most, sizeof *graph.places),
    };
    size_t needed =
        plan->milestone_dependencies->count + plan->tasks->count + plan->task_dependencies->count;
    add_nodes(&graph, plan);
    for (size_t i = 0; i < plan->milestone_dependencies->count; i++) {
        const struct milestone_dependency *dependency =
            LIST_AT(struct milestone_dependency, *plan->milestone_dependencies, i);
        for (size_t t = 0; t < plan->tasks->count; t++)
            needed += id_equal(LIST_AT(struct task, *plan->tasks, t)->milestone_id,
                               dependency->milestone_id);
    }
    graph.edges = arena_array(arena, needed, sizeof *graph.edges);
    add_milestone_edges(&graph, plan);
    add_task_edges(&graph, plan);
    return graph;
}

/* ---- the schedule -------------------------------------------------------------------------- */

static bool has_tasks(const struct graph_of_work *graph, struct id milestone_id)
{
    for (size_t n = 0; n < graph->count; n++) {
        if (graph->nodes[n].task && id_equal(graph->nodes[n].task->milestone_id, milestone_id))
            return true;
    }
    return false;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b; /* DAY_NONE is before all */
}

static int32_t milestone_day(const struct graph_of_work *graph, const struct milestone *milestone)
{
    if (milestone_is_accepted(milestone))
        return time_day(milestone->accepted_at);
    return has_tasks(graph, milestone->id) ? DAY_NONE : milestone->due_day;
}

static enum error schedule_task(const struct working_days *days, const struct task *task,
                                int32_t today, struct schedule_node *node, struct fault *fault)
{
    node->code = task->code;
    if (task->state == TASK_DONE) {
        node->not_before_day = task->done_day;
        return OK;
    }
    node->duration_days = task_duration_days(task, WORKING_DAY_MINUTES);
    node->not_before_day = later(task->planned_start_day, today);
    if (task->state != TASK_IN_PROGRESS)
        return OK;
    node->not_before_day = task->started_day;
    int32_t so_far =
        working_day_number(days, today) + 1 - working_day_number(days, task->started_day);
    if (so_far > DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "started_day", "%s has taken too long",
                      task->code);
    node->duration_days = so_far > node->duration_days ? so_far : node->duration_days;
    return OK;
}

static int32_t first_day(const struct graph_of_work *graph, int32_t today)
{
    int32_t first = today;
    for (size_t n = 0; n < graph->count; n++) {
        const struct node *node = &graph->nodes[n];
        int32_t day = node->task ? node->task->started_day : DAY_NONE;
        if (node->task && node->task->state == TASK_DONE && node->task->done_day < first)
            first = node->task->done_day;
        if (node->milestone && milestone_is_accepted(node->milestone))
            day = time_day(node->milestone->accepted_at);
        if (day != DAY_NONE && day < first)
            first = day;
    }
    return first;
}

/* What has begun or is done waits for nothing. */
static void drop_settled_edges(struct graph_of_work *graph)
{
    size_t kept = 0;
    for (size_t e = 0; e < graph->edge_count; e++) {
        if (waits(&graph->nodes[graph->edges[e].node]))
            graph->edges[kept++] = graph->edges[e];
    }
    graph->edge_count = kept;
}

static enum error network_of(struct arena *arena, const struct work_plan *plan,
                             struct graph_of_work *graph, struct schedule_network *network,
                             struct fault *fault)
{
    struct working_days days;
    *network = (struct schedule_network){
        .nodes = graph->scheduled,
        .node_count = graph->count,
        .start_day = first_day(graph, plan->today),
        .calendar = {.weekend = WEEKEND_SATURDAY_SUNDAY},
    };
    enum error error = OK;
    if (plan->terms)
        error = contract_terms_calendar(arena, plan->terms, &network->calendar, fault);
    if (!error)
        error = working_days_make(arena, &network->calendar, network->start_day, &days, fault);
    for (size_t n = 0; !error && n < graph->count; n++) {
        const struct node *node = &graph->nodes[n];
        if (node->task)
            error = schedule_task(&days, node->task, plan->today, &graph->scheduled[n], fault);
        else
            graph->scheduled[n] = (struct schedule_node){node->milestone->code, 0,
                                                         milestone_day(graph, node->milestone)};
    }
    network->edges = graph->edges;
    network->edge_count = graph->edge_count;
    return error;
}

/* The whole graph is free of cycles, also where work has begun. */
static enum error check_cycle(struct arena *arena, const struct schedule_network *network,
                              struct fault *fault)
{
    struct schedule_order order;
    return schedule_prepare(arena, network, &order, fault);
}

static int32_t last_planned(const struct graph_of_work *graph, struct id milestone_id)
{
    int32_t last = DAY_NONE;
    for (size_t n = 0; n < graph->count; n++) {
        const struct task *task = graph->nodes[n].task;
        if (task && id_equal(task->milestone_id, milestone_id))
            last = later(last, task->planned_due_day);
    }
    return last;
}

static struct plan_row row_of(const struct graph_of_work *graph, size_t n,
                              const struct schedule_place *place)
{
    const struct node *node = &graph->nodes[n];
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
        .planned_due_day = task ? task->planned_due_day : last_planned(graph, node->id),
        .signed_due_day = task ? DAY_NONE : milestone->due_day,
        .early_start_day = place->early_start_day,
        .early_finish_day = place->early_finish_day,
        .late_start_day = place->late_start_day,
        .late_finish_day = place->late_finish_day,
        .slack_days = place->slack_days,
        .free_slack_days = place->free_slack_days,
        .is_critical = place->is_critical && !is_settled(node),
    };
    int32_t held_to = task ? task->planned_due_day : milestone->due_day;
    if (held_to != DAY_NONE && row.early_finish_day > held_to)
        row.days_late = row.early_finish_day - held_to;
    return row;
}

enum error work_plan_schedule(struct arena *arena, const struct work_plan *plan, struct list *rows,
                              struct texts *critical_path, int32_t *finish_day, struct fault *fault)
{
    struct graph_of_work graph = graph_of(arena, plan);
    struct schedule_network network;
    struct schedule schedule;
    enum error error = network_of(arena, plan, &graph, &network, fault);
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

/* ---- slipping ------------------------------------------------------------------------------ */

/* By place: the number after the last planned working day, as it was and as it becomes; -1 where
 * nothing is planned. */
struct slipping {
    const struct graph_of_work *graph;
    struct schedule_order order;
    int32_t *before;
    int32_t *after;
    struct task_move *moves;
    size_t move_count;
};

static int32_t planned_end(const struct slipping *slipping, const struct task *task)
{
    int32_t day = task->state == TASK_DONE ? task->done_day : task->planned_due_day;
    return day == DAY_NONE ? -1 : working_day_number(&slipping->order.days, day) + 1;
}

/* When all that leads to it is finished, as it was or becomes; only what moved, if so asked. */
static int32_t end_of_predecessors(const struct slipping *slipping, size_t place,
                                   const int32_t *ends, bool moved_only)
{
    const struct schedule_order *order = &slipping->order;
    int32_t end = -1;
    for (uint32_t e = order->first_edge[place]; e < order->first_edge[place + 1]; e++) {
        uint32_t from = order->after[e];
        if (ends[from] < 0 || (moved_only && slipping->after[from] == slipping->before[from]))
            continue;
        end = later(end, ends[from] + order->lag_days[e]);
    }
    return end;
}

static enum error move_task(struct slipping *slipping, size_t place, struct task *task,
                            int32_t start, int32_t length, struct fault *fault)
{
    struct task_move *move = &slipping->moves[slipping->move_count++];
    const struct working_days *days = &slipping->order.days;
    *move = (struct task_move){
        .task_id = task->id,
        .code = task->code,
        .from_start_day = task->planned_start_day,
        .from_due_day = task->planned_due_day,
    };
    enum error error = working_day_of(days, start, &task->planned_start_day, fault);
    if (!error && task->planned_due_day != DAY_NONE) {
        error = working_day_of(days, start + length, &task->planned_due_day, fault);
        slipping->after[place] = start + length + 1;
    }
    move->to_start_day = task->planned_start_day;
    move->to_due_day = task->planned_due_day;
    return error;
}

static enum error push_task(struct slipping *slipping, size_t place, struct task *task,
                            struct fault *fault)
{
    const struct working_days *days = &slipping->order.days;
    int32_t free = end_of_predecessors(slipping, place, slipping->after, true);
    slipping->after[place] = slipping->before[place];
    if (free < 0 || task->planned_start_day == DAY_NONE || !task_is_open(task) ||
        task->state == TASK_IN_PROGRESS)
        return OK;
    int32_t start = working_day_number(days, task->planned_start_day);
    if (free <= start)
        return OK;
    int32_t length = slipping->before[place] - 1 - start;
    return move_task(slipping, place, task, free, length > 0 ? length : 0, fault);
}

static enum error push_all(struct slipping *slipping, const struct task *slipped,
                           struct fault *fault)
{
    enum error error = OK;
    for (size_t p = 0; !error && p < slipping->order.count; p++) {
        struct task *task = slipping->graph->nodes[slipping->order.node[p]].task;
        if (!task)
            slipping->after[p] = end_of_predecessors(slipping, p, slipping->after, false);
        else if (task == slipped)
            slipping->after[p] = planned_end(slipping, task);
        else
            error = push_task(slipping, p, task, fault);
    }
    return error;
}

static enum error start_slipping(struct arena *arena, const struct work_plan *plan,
                                 struct graph_of_work *graph, struct slipping *slipping,
                                 struct fault *fault)
{
    struct schedule_network network;
    int32_t first = plan->today;
    enum error error = network_of(arena, plan, graph, &network, fault);
    for (size_t n = 0; n < graph->count; n++) {
        const struct task *task = graph->nodes[n].task;
        if (task && task->planned_start_day != DAY_NONE && task->planned_start_day < first)
            first = task->planned_start_day;
    }
    network.start_day = first;
    if (!error)
        error = schedule_prepare(arena, &network, &slipping->order, fault);
    if (error)
        return error;
    slipping->graph = graph;
    slipping->before = arena_array(arena, graph->count, sizeof *slipping->before);
    slipping->after = arena_array(arena, graph->count, sizeof *slipping->after);
    slipping->moves = arena_array(arena, graph->count, sizeof *slipping->moves);
    for (size_t p = 0; p < graph->count; p++) {
        const struct task *task = graph->nodes[slipping->order.node[p]].task;
        slipping->before[p] = task ? planned_end(slipping, task)
                                   : end_of_predecessors(slipping, p, slipping->before, false);
    }
    return OK;
}

static enum error check_slip(const struct task *task, int32_t planned_due_day, const char *reason,
                             struct fault *fault)
{
    enum error error = text_check(reason, "reason", fault);
    if (error)
        return error;
    if (!task_is_open(task))
        return refuse(fault, ERROR_WRONG_STATE, "state", "the task is %s and cannot slip",
                      choice_name(&task_state_choices, (int)task->state));
    if (task->planned_due_day == DAY_NONE || planned_due_day <= task->planned_due_day)
        return refuse(fault, ERROR_INVALID, "planned_due_day",
                      "a task slips to a later day than it is planned for");
    return OK;
}

enum error work_plan_slip(struct arena *arena, const struct work_plan *plan, struct task *task,
                          int32_t planned_due_day, const char *reason, struct list *moves,
                          struct fault *fault)
{
    struct graph_of_work graph = graph_of(arena, plan);
    struct slipping slipping = {0};
    enum error error = check_slip(task, planned_due_day, reason, fault);
    if (!error)
        error = start_slipping(arena, plan, &graph, &slipping, fault);
    if (error)
        return error;
    slipping.moves[slipping.move_count++] = (struct task_move){
        .task_id = task->id,
        .code = task->code,
        .from_start_day = task->planned_start_day,
        .from_due_day = task->planned_due_day,
        .to_start_day = task->planned_start_day,
        .to_due_day = planned_due_day,
    };
    task->planned_due_day = planned_due_day;
    error = push_all(&slipping, task, fault);
    *moves = (struct list){slipping.moves, slipping.move_count};
    return error;
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
