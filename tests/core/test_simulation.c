#include "core/simulation.h"

#include "../check.h"
#include "core/estimate.h"
#include "core/random_stream.h"
#include "sample.h"

enum { NODES = 3, DAY_MINUTES = 480 };

/* Two days' work, then one that is uncertain, beside one of four days: all of one agency. */
struct scene {
    struct arena *arena;
    struct schedule_node nodes[NODES];
    struct schedule_edge edges[1];
    struct simulation_node points[NODES];
    struct simulation_group groups[NODES];
    struct schedule_network network;
    struct simulation simulation;
};

static struct simulation_node work(int64_t optimistic, int64_t likely, int64_t pessimistic,
                                   size_t group)
{
    return (struct simulation_node){optimistic,        likely, pessimistic, optimistic * 100,
                                    pessimistic * 100, group};
}

static void set(struct scene *scene)
{
    *scene = (struct scene){
        .arena = arena_new(),
        .nodes = {{"A", 2, DAY_NONE}, {"B", 3, DAY_NONE}, {"C", 4, DAY_NONE}},
        .edges = {{1, 0, 0}},
        .points = {work(960, 960, 960, 0), work(960, 1440, 3360, 1), work(1920, 1920, 1920, 2)},
        .groups = {{0, DAY_NONE}, {1, sample_day("2026-03-06")}, {2, sample_day("2026-03-05")}},
    };
    scene->network = (struct schedule_network){
        .nodes = scene->nodes,
        .node_count = NODES,
        .edges = scene->edges,
        .edge_count = 1,
        .start_day = sample_day("2026-03-02"),
        .calendar = {.weekend = WEEKEND_SATURDAY_SUNDAY},
    };
    scene->simulation = (struct simulation){
        .network = &scene->network,
        .nodes = scene->points,
        .groups = scene->groups,
        .group_count = NODES,
        .day_minutes = DAY_MINUTES,
        .runs = 10000,
        .seed = 7,
    };
}

static struct simulation_result run(struct scene *scene)
{
    struct simulation_result result;
    struct fault fault = {0};
    ALLOWED(simulation_run(scene->arena, &scene->simulation, &result, &fault));
    return result;
}

CASE(the_generator_gives_the_numbers_that_its_authors_published)
{
    static const uint64_t expected[] = {UINT64_C(11520),
                                        UINT64_C(0),
                                        UINT64_C(1509978240),
                                        UINT64_C(1215971899390074240),
                                        UINT64_C(1216172134540287360),
                                        UINT64_C(607988272756665600),
                                        UINT64_C(16172922978634559625),
                                        UINT64_C(8476171486693032832)};
    struct random_stream random = {{1, 2, 3, 4}};
    uint64_t mixing = 0;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_true(random_next(&random) == expected[i]);
    assert_true(random_mix(&mixing) == UINT64_C(0xe220a8397b1dcdaf));
    assert_true(random_mix(&mixing) == UINT64_C(0x6e789e6aa1b965f4));
}

CASE(without_doubt_every_percentile_is_the_critical_path)
{
    struct scene scene;
    struct schedule schedule;
    set(&scene);
    scene.points[1] = work(1440, 1440, 1440, 1);
    ALLOWED(schedule_solve(scene.arena, &scene.network, &schedule, NULL));
    struct simulation_result result = run(&scene);
    for (int at = 0; at < PERCENTILE_COUNT; at++) {
        for (size_t n = 0; n < NODES; n++)
            assert_int_equal(result.groups[n].finish_day[at], schedule.places[n].early_finish_day);
        assert_int_equal(result.whole.finish_day[at], schedule.finish_day);
        assert_int_equal(result.whole.cost_minor[at], (960 + 1440 + 1920) * 100);
    }
    arena_free(scene.arena);
}

CASE(the_same_seed_gives_the_same_result_everywhere)
{
    struct scene scene;
    set(&scene);
    struct simulation_result first = run(&scene), second = run(&scene);
    assert_memory_equal(&first.whole, &second.whole, sizeof first.whole);
    /* stated, so that another compiler or processor is held against these numbers */
    assert_int_equal(first.groups[1].finish_day[AT_50], sample_day("2026-03-09"));
    assert_int_equal(first.groups[1].finish_day[AT_95], sample_day("2026-03-11"));
    assert_int_equal(first.groups[1].cost_minor[AT_50], 161695);
    assert_int_equal(first.groups[1].cost_minor[AT_80], 205395);
    assert_int_equal(first.groups[1].cost_minor[AT_95], 247729);
    assert_int_equal(first.groups[1].on_time_ppm, 353300);
    scene.simulation.seed = 8;
    struct simulation_result other = run(&scene);
    assert_int_not_equal(first.whole.cost_minor[AT_50], other.whole.cost_minor[AT_50]);
    arena_free(scene.arena);
}

CASE(a_change_of_one_node_leaves_the_draws_of_the_others)
{
    struct scene scene;
    set(&scene);
    struct simulation_result before = run(&scene);
    scene.points[2] = work(100, 200, 900, 2);
    scene.edges[0] = (struct schedule_edge){1, 2, 0};
    struct simulation_result after = run(&scene);
    assert_memory_equal(before.groups[1].cost_minor, after.groups[1].cost_minor,
                        sizeof before.groups[1].cost_minor);
    arena_free(scene.arena);
}

/* Durations are measured through costs, a hundred minor units a minute: with one node that is all
 * of its group, the percentiles of a symmetric one lie evenly, and its middle is the likely. */
CASE(draws_keep_to_their_three_points_and_to_the_mean_of_pert)
{
    struct scene scene;
    set(&scene);
    scene.points[1] = work(0, 5000, 10000, 1);
    struct simulation_result result = run(&scene);
    assert_in_range(result.groups[1].cost_minor[AT_50], 490000, 510000);
    /* Beta(3, 3): quantiles .80 and .95 are 0.6641 and 0.8107 of the way */
    assert_in_range(result.groups[1].cost_minor[AT_80], 655000, 673000);
    assert_in_range(result.groups[1].cost_minor[AT_95], 800000, 821000);
    scene.points[1] = work(0, 0, 10000, 1);
    result = run(&scene);
    /* Beta(1, 5): 1 - 0.5^(1/5) and 1 - 0.05^(1/5) */
    assert_in_range(result.groups[1].cost_minor[AT_50], 124000, 135000);
    assert_in_range(result.groups[1].cost_minor[AT_95], 440000, 461000);
    scene.points[1] = work(0, 10000, 10000, 1);
    result = run(&scene);
    assert_in_range(result.groups[1].cost_minor[AT_50], 865000, 876000);
    arena_free(scene.arena);
}

CASE(the_share_of_runs_that_keep_the_due_day_is_counted)
{
    struct scene scene;
    set(&scene);
    struct simulation_result result = run(&scene);
    assert_int_equal(result.groups[0].on_time_ppm, INTEGER_NONE);
    assert_int_equal(result.groups[2].on_time_ppm, 1000000);
    scene.groups[2].due_day = sample_day("2026-03-04");
    assert_int_equal(run(&scene).groups[2].on_time_ppm, 0);
    arena_free(scene.arena);
}

CASE(a_milestone_costs_what_all_its_nodes_cost)
{
    struct scene scene;
    set(&scene);
    scene.points[1] = work(500, 500, 500, 0);
    struct simulation_result result = run(&scene);
    assert_int_equal(result.groups[0].cost_minor[AT_50], (960 + 500) * 100);
    assert_int_equal(result.groups[1].cost_minor[AT_50], 0);
    arena_free(scene.arena);
}

CASE(a_point_that_nothing_drives_stands_on_its_own_day)
{
    struct scene scene;
    set(&scene);
    scene.nodes[2].not_before_day = sample_day("2026-03-12");
    scene.points[2] = work(0, 0, 0, 2);
    struct simulation_result result = run(&scene);
    assert_int_equal(result.groups[2].finish_day[AT_95], sample_day("2026-03-12"));
    assert_int_equal(result.whole.finish_day[AT_50], sample_day("2026-03-12"));
    arena_free(scene.arena);
}

CASE(too_few_or_too_many_runs_are_out_of_range)
{
    struct scene scene;
    struct simulation_result result;
    struct fault fault = {0};
    set(&scene);
    scene.simulation.runs = SIMULATION_RUNS_MIN - 1;
    REFUSED(simulation_run(scene.arena, &scene.simulation, &result, &fault), ERROR_OUT_OF_RANGE,
            "runs");
    scene.simulation.runs = SIMULATION_RUNS_MAX + 1;
    REFUSED(simulation_run(scene.arena, &scene.simulation, &result, &fault), ERROR_OUT_OF_RANGE,
            "runs");
    scene.simulation.runs = SIMULATION_RUNS_MIN;
    ALLOWED(simulation_run(scene.arena, &scene.simulation, &result, &fault));
    arena_free(scene.arena);
}

CASE(points_that_do_not_rise_are_out_of_range)
{
    struct scene scene;
    struct simulation_result result;
    struct fault fault = {0};
    set(&scene);
    scene.points[1].likely_minutes = 1;
    REFUSED(simulation_run(scene.arena, &scene.simulation, &result, &fault), ERROR_OUT_OF_RANGE,
            "estimate");
    arena_free(scene.arena);
    set(&scene);
    scene.edges[0] = (struct schedule_edge){1, 1, 0};
    REFUSED(simulation_run(scene.arena, &scene.simulation, &result, &fault), ERROR_CYCLE,
            "dependencies");
    arena_free(scene.arena);
}

RUN(T(the_generator_gives_the_numbers_that_its_authors_published),
    T(without_doubt_every_percentile_is_the_critical_path),
    T(the_same_seed_gives_the_same_result_everywhere),
    T(a_change_of_one_node_leaves_the_draws_of_the_others),
    T(draws_keep_to_their_three_points_and_to_the_mean_of_pert),
    T(the_share_of_runs_that_keep_the_due_day_is_counted),
    T(a_milestone_costs_what_all_its_nodes_cost),
    T(a_point_that_nothing_drives_stands_on_its_own_day),
    T(too_few_or_too_many_runs_are_out_of_range), T(points_that_do_not_rise_are_out_of_range))
