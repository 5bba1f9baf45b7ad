/* Milestones and tasks as the nodes of one network, for core/work_plan.h alone. */
#ifndef WAYMARK_CORE_WORK_GRAPH_H
#define WAYMARK_CORE_WORK_GRAPH_H

#include "core/work_plan.h"

/* A node is a milestone or a task; ids of both are found by bisection. */
struct work_node {
    struct id id;
    struct milestone *milestone; /* or */
    struct task *task;
};

struct work_place {
    struct id id;
    size_t node;
};

struct work_graph {
    struct work_node *nodes;
    struct schedule_node *scheduled;
    size_t count;
    struct schedule_edge *edges;
    size_t edge_count;
    struct work_place *places;
};

/* DAY_NONE is before all. */
static inline int32_t later_day(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

/* Done, or accepted. */
bool work_node_is_settled(const struct work_node *node);

/* What is not cancelled, milestones first, and all that comes after what, in the arena. */
struct work_graph work_graph_of(struct arena *arena, const struct work_plan *plan);

/* Fills its scheduled nodes, and a network of them that begins with what was done first. In the
 * arena. ERROR_OUT_OF_RANGE for a task that has taken too long, errors of contract_terms_calendar
 * and working_days_make. */
enum error work_graph_network(struct arena *arena, const struct work_plan *plan,
                              struct work_graph *graph, struct schedule_network *network,
                              struct fault *fault) WARN_UNUSED;

#endif
