#include "core/graph.h"

#include <string.h>

#include "base/must.h"
#include "base/text.h"

/* The edges by the node that has to come first: those of node n are next[first[n]] …
 * next[first[n+1]
 * - 1]. */
struct followers {
    size_t *first;
    size_t *next;
};

static struct followers followers_of(struct arena *arena, const struct graph *graph)
{
    struct followers followers = {
        .first = arena_array(arena, graph->node_count + 1, sizeof(size_t)),
        .next = arena_array(arena, graph->edge_count, sizeof(size_t)),
    };
    size_t *fill = arena_array(arena, graph->node_count + 1, sizeof(size_t));
    for (size_t i = 0; i < graph->edge_count; i++) {
        must(graph->edges[i].node < graph->node_count && graph->edges[i].after < graph->node_count);
        followers.first[graph->edges[i].after + 1]++;
    }
    for (size_t n = 0; n < graph->node_count; n++) {
        followers.first[n + 1] += followers.first[n];
        fill[n] = followers.first[n];
    }
    for (size_t i = 0; i < graph->edge_count; i++)
        followers.next[fill[graph->edges[i].after]++] = graph->edges[i].node;
    return followers;
}

/* Turns a way that was walked backwards, and starts it at its lowest node. */
static struct graph_cycle forwards(struct arena *arena, const size_t *path, size_t length)
{
    size_t *nodes = arena_array(arena, length, sizeof(size_t));
    size_t lowest = 0;
    for (size_t i = 1; i < length; i++) {
        if (path[i] < path[lowest])
            lowest = i;
    }
    for (size_t i = 0; i < length; i++)
        nodes[i] = path[(lowest + length - i) % length];
    return (struct graph_cycle){nodes, length};
}

/* What is left after sorting has for each node another one that it comes after: going back from any
 * of them must come round. */
static struct graph_cycle find_cycle(struct arena *arena, const struct graph *graph,
                                     const size_t *waiting)
{
    size_t *before = arena_array(arena, graph->node_count, sizeof(size_t));
    size_t *seen_at = arena_array(arena, graph->node_count, sizeof(size_t));
    size_t *path = arena_array(arena, graph->node_count + 1, sizeof(size_t));
    size_t node = graph->node_count;
    for (size_t i = 0; i < graph->edge_count; i++) {
        const struct graph_edge *edge = &graph->edges[i];
        if (waiting[edge->node] == 0 || waiting[edge->after] == 0)
            continue;
        before[edge->node] = edge->after;
        node = edge->node;
    }
    must(node < graph->node_count);
    size_t length = 0;
    for (; seen_at[node] == 0; node = before[node]) {
        path[length] = node;
        seen_at[node] = ++length;
    }
    size_t start = seen_at[node] - 1;
    return forwards(arena, path + start, length - start);
}

bool graph_sort(struct arena *arena, const struct graph *graph, size_t *order,
                struct graph_cycle *cycle)
{
    must(graph->node_count <= GRAPH_NODE_LIMIT);
    struct followers followers = followers_of(arena, graph);
    size_t *waiting = arena_array(arena, graph->node_count, sizeof(size_t));
    size_t sorted = 0;
    for (size_t i = 0; i < graph->edge_count; i++)
        waiting[graph->edges[i].node]++;
    for (size_t n = 0; n < graph->node_count; n++) {
        if (waiting[n] == 0)
            order[sorted++] = n;
    }
    for (size_t done = 0; done < sorted; done++) {
        size_t node = order[done];
        for (size_t i = followers.first[node]; i < followers.first[node + 1]; i++) {
            if (--waiting[followers.next[i]] == 0)
                order[sorted++] = followers.next[i];
        }
    }
    if (sorted == graph->node_count)
        return true;
    *cycle = find_cycle(arena, graph, waiting);
    return false;
}

const char *graph_cycle_text(struct arena *arena, const struct graph_cycle *cycle,
                             const char *const *names)
{
    enum { SHOWN = 6, AT_END = 2 };
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < cycle->length; i++) {
        if (cycle->length <= SHOWN || i < SHOWN - AT_END || i >= cycle->length - AT_END)
            text_printf(&text, "%s -> ", names[cycle->nodes[i]]);
        else if (i == SHOWN - AT_END)
            text_put_text(&text, "… -> ");
    }
    text_put_text(&text, names[cycle->nodes[0]]);
    return text.bytes;
}
