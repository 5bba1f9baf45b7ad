#include "core/work_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "core/contract_terms.h"
#include "core/estimate.h"

static int by_id(const void *left, const void *right)
{
    return memcmp(&((const struct work_place *)left)->id, &((const struct work_place *)right)->id,
                  sizeof(struct id));
}

/* The node of an id, or count if it is left out. */
static size_t node_of(const struct work_graph *graph, struct id id)
{
    struct work_place wanted = {.id = id};
    const struct work_place *found =
        graph->count > 0 ? bsearch(&wanted, graph->places, graph->count, sizeof wanted, by_id)
                         : NULL;
    return found ? found->node : graph->count;
}

bool work_node_is_settled(const struct work_node *node)
{
    return node->task ? node->task->state == TASK_DONE : milestone_is_accepted(node->milestone);
}

static void add_edge(struct work_graph *graph, size_t node, size_t after, int64_t lag_days)
{
    if (node < graph->count && after < graph->count)
        graph->edges[graph->edge_count++] = (struct schedule_edge){node, after, (int32_t)lag_days};
}

static void add_nodes(struct work_graph *graph, const struct work_plan *plan)
{
    for (size_t i = 0; i < plan->milestones->count; i++) {
        struct milestone *milestone = LIST_AT(struct milestone, *plan->milestones, i);
        if (milestone->state != MILESTONE_CANCELLED)
            graph->nodes[graph->count++] =
                (struct work_node){.id = milestone->id, .milestone = milestone};
    }
    for (size_t i = 0; i < plan->tasks->count; i++) {
        struct task *task = LIST_AT(struct task, *plan->tasks, i);
        if (task->state != TASK_CANCELLED)
            graph->nodes[graph->count++] = (struct work_node){.id = task->id, .task = task};
    }
    for (size_t i = 0; i < graph->count; i++)
        graph->places[i] = (struct work_place){graph->nodes[i].id, i};
    if (graph->count > 0)
        qsort(graph->places, graph->count, sizeof *graph->places, by_id);
}

/* A milestone waits for its tasks and for the milestones before it, and its tasks for those. */
static void add_milestone_edges(struct work_graph *graph, const struct work_plan *plan)
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

static void add_task_edges(struct work_graph *graph, const struct work_plan *plan)
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

struct work_graph work_graph_of(struct arena *arena, const struct work_plan *plan)
{
    size_t most = plan->milestones->count + plan->tasks->count;
    struct work_graph graph = {
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

/* ---- what is known of its nodes ------------------------------------------------------------ */

static bool has_tasks(const struct work_graph *graph, struct id milestone_id)
{
    for (size_t n = 0; n < graph->count; n++) {
        if (graph->nodes[n].task && id_equal(graph->nodes[n].task->milestone_id, milestone_id))
            return true;
    }
    return false;
}

static int32_t milestone_day(const struct work_graph *graph, const struct milestone *milestone)
{
    if (milestone_is_accepted(milestone))
        return time_day(milestone->accepted_at);
    return has_tasks(graph, milestone->id) ? DAY_NONE : milestone_planned_day(milestone);
}

/* Before which a task that slipped is not expected to be done. */
static int32_t expected_day(const struct task *task)
{
    return task->slipped_due_day < task->planned_due_day ? task->slipped_due_day
                                                         : task->planned_due_day;
}

/* From its start until today, and until the day to which it slipped, if that is longer. */
static enum error schedule_begun(const struct working_days *days, const struct task *task,
                                 int32_t today, struct schedule_node *node, struct fault *fault)
{
    int32_t last = working_day_number(days, later_day(today, expected_day(task)));
    int32_t needed = last + 1 - working_day_number(days, task->started_day);
    if (needed > DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "started_day", "%s has taken too long",
                      task->code);
    node->not_before_day = task->started_day;
    node->duration_days = needed > node->duration_days ? needed : node->duration_days;
    return OK;
}

/* So late that it ends on the day to which it slipped. */
static enum error hold_back(const struct working_days *days, const struct task *task,
                            struct schedule_node *node, struct fault *fault)
{
    if (expected_day(task) == DAY_NONE)
        return OK;
    int32_t start = working_day_number(days, node->not_before_day);
    int32_t length = node->duration_days > 1 ? node->duration_days : 1;
    int32_t latest = working_day_number(days, expected_day(task)) + 1 - length;
    return latest > start ? working_day_of(days, latest, &node->not_before_day, fault) : OK;
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
    if (task->state == TASK_IN_PROGRESS)
        return schedule_begun(days, task, today, node, fault);
    node->not_before_day = later_day(task->planned_start_day, today);
    return hold_back(days, task, node, fault);
}

static int32_t first_day(const struct work_graph *graph, int32_t today)
{
    int32_t first = today;
    for (size_t n = 0; n < graph->count; n++) {
        const struct work_node *node = &graph->nodes[n];
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

enum error work_graph_network(struct arena *arena, const struct work_plan *plan,
                              struct work_graph *graph, struct schedule_network *network,
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
        const struct work_node *node = &graph->nodes[n];
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
