#include "core/graph.h"

#include "../check.h"

#define EDGES(...)                                                                                 \
    .edges = (const struct graph_edge[]){__VA_ARGS__},                                             \
    .edge_count = sizeof((const struct graph_edge[]){__VA_ARGS__}) / sizeof(struct graph_edge)

static size_t place(const size_t *order, size_t node)
{
    size_t i = 0;
    while (order[i] != node)
        i++;
    return i;
}

static const char *cycle_of(struct arena *arena, const struct graph *graph)
{
    static const char *const names[] = {"S0", "S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"};
    size_t order[9];
    struct graph_cycle cycle;
    assert_false(graph_sort(arena, graph, order, &cycle));
    return graph_cycle_text(arena, &cycle, names);
}

CASE(every_node_stands_behind_those_it_comes_after)
{
    struct arena *arena = arena_new();
    struct graph graph = {.node_count = 5, EDGES({0, 4}, {4, 3}, {1, 3}, {0, 1}, {0, 1})};
    size_t order[5];
    struct graph_cycle cycle;
    assert_true(graph_sort(arena, &graph, order, &cycle));
    for (size_t i = 0; i < graph.edge_count; i++)
        assert_true(place(order, graph.edges[i].after) < place(order, graph.edges[i].node));
    assert_int_equal(order[0], 2); /* free ones keep their order */
    assert_int_equal(order[1], 3);
    arena_free(arena);
}

CASE(a_graph_of_nothing_is_sorted)
{
    struct arena *arena = arena_new();
    struct graph_cycle cycle;
    assert_true(graph_sort(arena, &(struct graph){0}, NULL, &cycle));
    arena_free(arena);
}

CASE(a_cycle_is_named_from_its_lowest_node)
{
    struct arena *arena = arena_new();
    struct graph pair = {.node_count = 3, EDGES({1, 2}, {2, 1})};
    assert_string_equal(cycle_of(arena, &pair), "S1 -> S2 -> S1");
    struct graph self = {.node_count = 2, EDGES({1, 1}, {1, 0})};
    assert_string_equal(cycle_of(arena, &self), "S1 -> S1");
    /* what leads into it and out of it is not part of it */
    struct graph three = {.node_count = 6,
                          EDGES({1, 0}, {2, 1}, {3, 2}, {4, 3}, {2, 4}, {5, 4}, {5, 2})};
    assert_string_equal(cycle_of(arena, &three), "S2 -> S3 -> S4 -> S2");
    arena_free(arena);
}

CASE(the_middle_of_a_long_cycle_is_left_out)
{
    struct arena *arena = arena_new();
    struct graph_edge edges[9];
    for (size_t i = 0; i < 9; i++)
        edges[i] = (struct graph_edge){(i + 1) % 9, i};
    struct graph graph = {.node_count = 9, .edges = edges, .edge_count = 9};
    assert_string_equal(cycle_of(arena, &graph), "S0 -> S1 -> S2 -> S3 -> … -> S7 -> S8 -> S0");
    graph.node_count = graph.edge_count = 6;
    edges[5].node = 0;
    assert_string_equal(cycle_of(arena, &graph), "S0 -> S1 -> S2 -> S3 -> S4 -> S5 -> S0");
    arena_free(arena);
}

CASE(ten_thousand_nodes_in_a_row_need_no_deep_stack)
{
    struct arena *arena = arena_new();
    struct graph_edge *edges = arena_array(arena, GRAPH_NODE_LIMIT, sizeof *edges);
    size_t *order = arena_array(arena, GRAPH_NODE_LIMIT, sizeof *order);
    struct graph_cycle cycle;
    for (size_t i = 0; i + 1 < GRAPH_NODE_LIMIT; i++)
        edges[i] = (struct graph_edge){i, i + 1};
    struct graph graph = {GRAPH_NODE_LIMIT, edges, GRAPH_NODE_LIMIT - 1};
    assert_true(graph_sort(arena, &graph, order, &cycle));
    assert_int_equal(order[0], GRAPH_NODE_LIMIT - 1);
    edges[GRAPH_NODE_LIMIT - 1] = (struct graph_edge){GRAPH_NODE_LIMIT - 1, 0};
    graph.edge_count = GRAPH_NODE_LIMIT;
    assert_false(graph_sort(arena, &graph, order, &cycle));
    assert_int_equal(cycle.length, GRAPH_NODE_LIMIT);
    arena_free(arena);
}

RUN(T(every_node_stands_behind_those_it_comes_after), T(a_graph_of_nothing_is_sorted),
    T(a_cycle_is_named_from_its_lowest_node), T(the_middle_of_a_long_cycle_is_left_out),
    T(ten_thousand_nodes_in_a_row_need_no_deep_stack))
