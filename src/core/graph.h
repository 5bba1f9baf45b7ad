/* Which things come after which: order, cycles, readiness. Nodes are numbers from 0; their names
 * are the caller's. All of it takes time in proportion to nodes and edges, and no deep stack. */
#ifndef WAYMARK_CORE_GRAPH_H
#define WAYMARK_CORE_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

enum { GRAPH_NODE_LIMIT = 10000 };

/* node comes after the other one. */
struct graph_edge {
    size_t node;
    size_t after;
};

struct graph {
    size_t node_count; /* at most GRAPH_NODE_LIMIT */
    const struct graph_edge *edges;
    size_t edge_count;
};

/* A way round: each node comes after the one before it, and the first after the last. */
struct graph_cycle {
    const size_t *nodes; /* in the arena */
    size_t length;
};

/* Fills order (node_count places) so that every node stands behind those that it comes after. False
 * if there is a cycle, which *cycle then shows. */
bool graph_sort(struct arena *arena, const struct graph *graph, size_t *order,
                struct graph_cycle *cycle);

/* "S1 -> S2 -> S1"; the middle of a long cycle is left out. Text in the arena. */
const char *graph_cycle_text(struct arena *arena, const struct graph_cycle *cycle,
                             const char *const *names);

#endif
