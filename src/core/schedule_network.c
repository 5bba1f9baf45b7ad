#include "core/schedule_network.h"

#include "base/limits.h"
#include "base/must.h"

/* ---- the order ----------------------------------------------------------------------------- */

static enum error check_limits(const struct schedule_network *network, struct fault *fault)
{
    if (network->node_count > GRAPH_NODE_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "nodes", "a plan has at most %d nodes",
                      GRAPH_NODE_LIMIT);
    for (size_t i = 0; i < network->node_count; i++) {
        const struct schedule_node *node = &network->nodes[i];
        if (node->duration_days < 0 || node->duration_days > DAYS_LIMIT)
            return refuse(fault, ERROR_OUT_OF_RANGE, "duration_days",
                          "%s takes from 0 to %d working days", node->code, DAYS_LIMIT);
    }
    for (size_t i = 0; i < network->edge_count; i++) {
        const struct schedule_edge *edge = &network->edges[i];
        must(edge->node < network->node_count && edge->after < network->node_count);
        if (edge->lag_days < -DAYS_LIMIT || edge->lag_days > DAYS_LIMIT)
            return refuse(fault, ERROR_OUT_OF_RANGE, "lag_days",
                          "%s follows %s within %d working days", network->nodes[edge->node].code,
                          network->nodes[edge->after].code, DAYS_LIMIT);
    }
    return OK;
}

static enum error refuse_cycle(struct arena *arena, const struct schedule_network *network,
                               const struct graph_cycle *cycle, struct fault *fault)
{
    const char **names = arena_array(arena, network->node_count, sizeof *names);
    for (size_t i = 0; i < network->node_count; i++)
        names[i] = network->nodes[i].code;
    return refuse(fault, ERROR_CYCLE, "dependencies", "%s", graph_cycle_text(arena, cycle, names));
}

static enum error sort(struct arena *arena, const struct schedule_network *network, size_t *sorted,
                       struct fault *fault)
{
    struct graph_edge *edges = arena_array(arena, network->edge_count, sizeof *edges);
    struct graph graph = {network->node_count, edges, network->edge_count};
    struct graph_cycle cycle;
    for (size_t i = 0; i < network->edge_count; i++)
        edges[i] = (struct graph_edge){network->edges[i].node, network->edges[i].after};
    if (graph_sort(arena, &graph, sorted, &cycle))
        return OK;
    return refuse_cycle(arena, network, &cycle, fault);
}

/* Edges by the place that they lead to, each with the place that it comes from. */
static void place_edges(struct arena *arena, const struct schedule_network *network,
                        const uint32_t *place, struct schedule_order *order)
{
    uint32_t *first = arena_array(arena, order->count + 1, sizeof *first);
    uint32_t *fill = arena_array(arena, order->count + 1, sizeof *fill);
    uint32_t *after = arena_array(arena, network->edge_count, sizeof *after);
    int32_t *lag_days = arena_array(arena, network->edge_count, sizeof *lag_days);
    for (size_t i = 0; i < network->edge_count; i++)
        first[place[network->edges[i].node] + 1]++;
    for (size_t p = 0; p < order->count; p++)
        first[p + 1] += first[p];
    for (size_t p = 0; p < order->count; p++)
        fill[p] = first[p];
    for (size_t i = 0; i < network->edge_count; i++) {
        const struct schedule_edge *edge = &network->edges[i];
        uint32_t at = fill[place[edge->node]]++;
        after[at] = place[edge->after];
        lag_days[at] = edge->lag_days;
    }
    order->first_edge = first;
    order->after = after;
    order->lag_days = lag_days;
}

enum error schedule_prepare(struct arena *arena, const struct schedule_network *network,
                            struct schedule_order *order, struct fault *fault)
{
    size_t count = network->node_count;
    size_t *sorted = arena_array(arena, count, sizeof *sorted);
    uint32_t *node = arena_array(arena, count, sizeof *node);
    uint32_t *place = arena_array(arena, count, sizeof *place);
    int32_t *not_before = arena_array(arena, count, sizeof *not_before);
    *order = (struct schedule_order){.count = count, .node = node, .not_before = not_before};
    enum error error = check_limits(network, fault);
    if (!error)
        error =
            working_days_make(arena, &network->calendar, network->start_day, &order->days, fault);
    if (!error)
        error = sort(arena, network, sorted, fault);
    if (error)
        return error;
    for (size_t p = 0; p < count; p++) {
        int32_t day = network->nodes[sorted[p]].not_before_day;
        node[p] = (uint32_t)sorted[p];
        place[sorted[p]] = (uint32_t)p;
        not_before[p] = day == DAY_NONE ? 0 : working_day_number(&order->days, day);
    }
    place_edges(arena, network, place, order);
    return OK;
}

/* ---- the passes ---------------------------------------------------------------------------- */

/* By place, in working day numbers. A finish is the number after the last day of work. */
struct pass {
    const struct schedule_order *order;
    const struct schedule_node *nodes;
    int32_t *start;
    int32_t *finish;
    int32_t *late_finish;
    int32_t *free_slack;
    uint32_t *driver; /* edge that sets the start; the place's end of edges if none does */
    int32_t end;      /* of the whole */
};

static int32_t duration_at(const struct pass *pass, size_t place)
{
    return pass->nodes[pass->order->node[place]].duration_days;
}

static void pass_forward(struct pass *pass)
{
    const struct schedule_order *order = pass->order;
    for (size_t p = 0; p < order->count; p++) {
        int32_t start = order->not_before[p];
        pass->driver[p] = order->first_edge[p + 1];
        for (uint32_t e = order->first_edge[p]; e < order->first_edge[p + 1]; e++) {
            int32_t from = pass->finish[order->after[e]] + order->lag_days[e];
            if (from < start || (from == start && pass->driver[p] != order->first_edge[p + 1]))
                continue;
            start = from;
            pass->driver[p] = e;
        }
        pass->start[p] = start;
        pass->finish[p] = start + duration_at(pass, p);
        if (pass->finish[p] > pass->end)
            pass->end = pass->finish[p];
    }
}

static void pass_backward(struct pass *pass)
{
    const struct schedule_order *order = pass->order;
    for (size_t p = 0; p < order->count; p++) {
        pass->late_finish[p] = pass->end;
        pass->free_slack[p] = pass->end - pass->finish[p];
    }
    for (size_t p = order->count; p-- > 0;) {
        int32_t late_start = pass->late_finish[p] - duration_at(pass, p);
        for (uint32_t e = order->first_edge[p]; e < order->first_edge[p + 1]; e++) {
            uint32_t before = order->after[e];
            int32_t late = late_start - order->lag_days[e];
            int32_t free = pass->start[p] - order->lag_days[e] - pass->finish[before];
            if (late < pass->late_finish[before])
                pass->late_finish[before] = late;
            if (free < pass->free_slack[before])
                pass->free_slack[before] = free;
        }
    }
}

/* Back from what ends last, along the edges that set the starts. */
static void follow_critical(struct arena *arena, const struct pass *pass, struct schedule *schedule)
{
    const struct schedule_order *order = pass->order;
    size_t *path = arena_array(arena, order->count, sizeof *path);
    size_t length = 0;
    size_t p = order->count;
    for (size_t i = 0; i < order->count; i++)
        p = pass->finish[i] == pass->end ? i : p;
    while (p < order->count) {
        path[length++] = order->node[p];
        uint32_t driver = pass->driver[p];
        p = driver < order->first_edge[p + 1] ? order->after[driver] : order->count;
    }
    for (size_t i = 0; i < length / 2; i++) {
        size_t node = path[i];
        path[i] = path[length - 1 - i];
        path[length - 1 - i] = node;
    }
    schedule->critical_path = path;
    schedule->critical_length = length;
}

/* ---- days ---------------------------------------------------------------------------------- */

/* Whether a point stands on its own day: nothing leads it on to a later one. */
static bool is_on_its_day(const struct pass *pass, size_t place, int32_t start)
{
    const struct schedule_order *order = pass->order;
    return start == order->not_before[place] &&
           pass->nodes[order->node[place]].not_before_day >= order->days.start_day;
}

/* The days of something that starts at a number: a point stands at the end of the day before,
 * unless that day is before its own, which need not be a working day. */
static enum error days_at(const struct pass *pass, size_t place, int32_t start, int32_t *start_day,
                          int32_t *finish_day, struct fault *fault)
{
    int32_t duration = duration_at(pass, place);
    int32_t last = start + duration - 1;
    if (duration == 0 && is_on_its_day(pass, place, start)) {
        *start_day = *finish_day = pass->nodes[pass->order->node[place]].not_before_day;
        return OK;
    }
    if (duration == 0)
        start = last = start > pass->order->not_before[place] ? start - 1 : start;
    enum error error = working_day_of(&pass->order->days, start, start_day, fault);
    return error ? error : working_day_of(&pass->order->days, last, finish_day, fault);
}

static enum error fill_place(const struct pass *pass, size_t p, struct schedule_place *place,
                             struct fault *fault)
{
    int32_t late_start = pass->late_finish[p] - duration_at(pass, p);
    place->slack_days = late_start - pass->start[p];
    place->free_slack_days = pass->free_slack[p];
    place->is_critical = place->slack_days == 0;
    enum error error =
        days_at(pass, p, pass->start[p], &place->early_start_day, &place->early_finish_day, fault);
    if (!error)
        error =
            days_at(pass, p, late_start, &place->late_start_day, &place->late_finish_day, fault);
    return error;
}

static struct pass new_pass(struct arena *arena, const struct schedule_network *network,
                            const struct schedule_order *order)
{
    return (struct pass){
        .order = order,
        .nodes = network->nodes,
        .start = arena_array(arena, order->count, sizeof(int32_t)),
        .finish = arena_array(arena, order->count, sizeof(int32_t)),
        .late_finish = arena_array(arena, order->count, sizeof(int32_t)),
        .free_slack = arena_array(arena, order->count, sizeof(int32_t)),
        .driver = arena_array(arena, order->count, sizeof(uint32_t)),
    };
}

enum error schedule_solve(struct arena *arena, const struct schedule_network *network,
                          struct schedule *schedule, struct fault *fault)
{
    struct schedule_order order;
    struct schedule_place *places = arena_array(arena, network->node_count, sizeof *places);
    *schedule = (struct schedule){.places = places, .finish_day = DAY_NONE};
    enum error error = schedule_prepare(arena, network, &order, fault);
    if (error)
        return error;
    struct pass pass = new_pass(arena, network, &order);
    pass_forward(&pass);
    pass_backward(&pass);
    for (size_t p = 0; !error && p < order.count; p++) {
        struct schedule_place *place = &places[order.node[p]];
        error = fill_place(&pass, p, place, fault);
        if (!error && place->early_finish_day > schedule->finish_day)
            schedule->finish_day = place->early_finish_day;
    }
    follow_critical(arena, &pass, schedule);
    return error;
}
