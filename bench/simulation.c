/* How long a plan of 1,000 nodes takes: one pass of the critical path, and 10,000 simulated runs.
 */
#include <stdio.h>

#include "core/random_stream.h"
#include "core/simulation.h"
#include "platform/clock.h"

enum { NODES = 1000, MILESTONES = 50, EACH = NODES / MILESTONES, AFTER_EACH = 2, PASSES = 200 };

struct plan_of_nodes {
    struct schedule_node nodes[NODES];
    struct schedule_edge edges[NODES * AFTER_EACH];
    struct simulation_node points[NODES];
    struct simulation_group groups[MILESTONES];
};

static int64_t below(struct random_stream *random, uint64_t limit)
{
    return (int64_t)(random_next(random) % limit);
}

static void fill(struct arena *arena, struct plan_of_nodes *plan, struct schedule_network *network)
{
    struct random_stream random = random_stream_of(1, 1);
    for (size_t n = 0; n < NODES; n++) {
        int64_t least = 60 + below(&random, 900), likely = least + below(&random, 900);
        plan->nodes[n] = (struct schedule_node){arena_format(arena, "T%zu", n),
                                                (int32_t)(likely / 480), DAY_NONE};
        plan->points[n] = (struct simulation_node){least,       likely,       likely * 3,
                                                   least * 150, likely * 450, n / EACH};
        for (size_t i = 0; n > 0 && i < AFTER_EACH; i++)
            plan->edges[network->edge_count++] = (struct schedule_edge){
                n, n - 1 - (size_t)below(&random, n < 40 ? n : 40), (int32_t)below(&random, 2)};
    }
    for (size_t g = 0; g < MILESTONES; g++)
        plan->groups[g] = (struct simulation_group){g * EACH + EACH - 1, 20000 + (int32_t)g * 10};
    network->nodes = plan->nodes;
    network->node_count = NODES;
    network->edges = plan->edges;
    network->start_day = 20000;
    network->calendar.weekend = WEEKEND_SATURDAY_SUNDAY;
}

static void pass(const struct schedule_network *network)
{
    int64_t started = monotonic_ns();
    int32_t finish_day = DAY_NONE;
    for (int i = 0; i < PASSES; i++) {
        struct arena *arena = arena_new();
        struct schedule schedule;
        if (schedule_solve(arena, network, &schedule, NULL) == OK)
            finish_day = schedule.finish_day;
        arena_free(arena);
    }
    int64_t micros = (monotonic_ns() - started) / 1000 / PASSES;
    printf("critical path of %d nodes: %lld us, finish day %d\n", NODES, (long long)micros,
           finish_day);
}

int main(void)
{
    struct arena *arena = arena_new();
    struct plan_of_nodes *plan = arena_alloc(arena, sizeof *plan);
    struct schedule_network network = {0};
    struct simulation_result result;
    fill(arena, plan, &network);
    pass(&network);
    const struct simulation simulation = {
        .network = &network,
        .nodes = plan->points,
        .groups = plan->groups,
        .group_count = MILESTONES,
        .day_minutes = 480,
        .runs = SIMULATION_RUNS_MAX,
        .seed = 1,
    };
    int64_t started = monotonic_ns();
    if (simulation_run(arena, &simulation, &result, NULL) != OK)
        return 1;
    printf("%d runs of %d nodes: %lld ms; finish day %d at 50, %d at 95 percent\n",
           SIMULATION_RUNS_MAX, NODES, (long long)((monotonic_ns() - started) / 1000000),
           result.whole.finish_day[AT_50], result.whole.finish_day[AT_95]);
    arena_free(arena);
    return 0;
}
