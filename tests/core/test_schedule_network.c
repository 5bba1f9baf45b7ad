#include "core/schedule_network.h"

#include "../random.h"
#include "base/limits.h"
#include "sample.h"

#define EDGES(...)                                                                                 \
    .edges = (const struct schedule_edge[]){__VA_ARGS__},                                          \
    .edge_count =                                                                                  \
        sizeof((const struct schedule_edge[]){__VA_ARGS__}) / sizeof(struct schedule_edge)

static struct schedule solved(struct arena *arena, struct schedule_network *network)
{
    struct schedule schedule;
    struct fault fault = {0};
    network->calendar.weekend = WEEKEND_SATURDAY_SUNDAY;
    assert_int_equal(schedule_solve(arena, network, &schedule, &fault), OK);
    return schedule;
}

static enum error refused(struct schedule_network *network, struct fault *fault)
{
    struct arena *arena = arena_new();
    struct schedule schedule;
    *fault = (struct fault){0};
    network->calendar.weekend = WEEKEND_SATURDAY_SUNDAY;
    enum error error = schedule_solve(arena, network, &schedule, fault);
    arena_free(arena);
    return error;
}

#define assert_day(day_, text) assert_int_equal(day_, sample_day(text))

/* Monday 2026-03-02; design 3 days, then two tasks of 4 and 2 days, then a release. */
static const struct schedule_node diamond[] = {{"design", 3, DAY_NONE},
                                               {"build", 4, DAY_NONE},
                                               {"texts", 2, DAY_NONE},
                                               {"release", 0, DAY_NONE}};
#define DIAMOND .nodes = diamond, .node_count = 4, EDGES({1, 0, 0}, {2, 0, 0}, {3, 1, 0}, {3, 2, 0})

CASE(work_follows_work_over_the_weekend)
{
    struct arena *arena = arena_new();
    struct schedule_network network = {DIAMOND, .start_day = sample_day("2026-03-02")};
    struct schedule schedule = solved(arena, &network);
    assert_day(schedule.places[0].early_start_day, "2026-03-02");
    assert_day(schedule.places[0].early_finish_day, "2026-03-04");
    assert_day(schedule.places[1].early_start_day, "2026-03-05");
    assert_day(schedule.places[1].early_finish_day, "2026-03-10");
    assert_day(schedule.places[2].early_finish_day, "2026-03-06");
    assert_day(schedule.places[2].late_start_day, "2026-03-09");
    assert_day(schedule.places[2].late_finish_day, "2026-03-10");
    assert_day(schedule.finish_day, "2026-03-10");
    arena_free(arena);
}

CASE(slack_is_what_a_node_may_slip_before_the_whole_does)
{
    struct arena *arena = arena_new();
    struct schedule_network network = {DIAMOND, .start_day = sample_day("2026-03-02")};
    struct schedule schedule = solved(arena, &network);
    assert_int_equal(schedule.places[0].slack_days, 0);
    assert_true(schedule.places[1].is_critical);
    assert_int_equal(schedule.places[2].slack_days, 2);
    assert_int_equal(schedule.places[2].free_slack_days, 2);
    assert_false(schedule.places[2].is_critical);
    arena_free(arena);
}

CASE(the_critical_path_leads_from_the_first_to_what_ends_last)
{
    struct arena *arena = arena_new();
    struct schedule_network network = {DIAMOND, .start_day = sample_day("2026-03-02")};
    struct schedule schedule = solved(arena, &network);
    const size_t expected[] = {0, 1, 3};
    assert_int_equal(schedule.critical_length, 2 + 1);
    assert_memory_equal(schedule.critical_path, expected, sizeof expected);
    arena_free(arena);
}

CASE(a_point_stands_at_the_end_of_the_day_that_it_waits_for)
{
    struct arena *arena = arena_new();
    struct schedule_node nodes[] = {
        {"T1", 5, DAY_NONE}, {"M1", 0, DAY_NONE}, {"M2", 0, sample_day("2026-03-14")}};
    struct schedule_network network = {
        .nodes = nodes, .node_count = 3, EDGES({1, 0, 0}), .start_day = sample_day("2026-03-02")};
    struct schedule schedule = solved(arena, &network);
    assert_day(schedule.places[1].early_start_day,
               "2026-03-06"); /* the Friday, not the Monday after */
    assert_day(schedule.places[1].early_finish_day, "2026-03-06");
    assert_day(schedule.places[2].early_finish_day, "2026-03-14"); /* its own day, a Saturday */
    arena_free(arena);
}

CASE(lag_counts_working_days_and_may_be_negative)
{
    struct arena *arena = arena_new();
    struct schedule_node nodes[] = {
        {"A", 5, DAY_NONE}, {"B", 1, DAY_NONE}, {"C", 1, DAY_NONE}, {"D", 1, DAY_NONE}};
    struct schedule_network network = {.nodes = nodes,
                                       .node_count = 4,
                                       EDGES({1, 0, 2}, {2, 0, -2}, {3, 0, -100}),
                                       .start_day = sample_day("2026-03-02")};
    struct schedule schedule = solved(arena, &network);
    assert_day(schedule.places[1].early_start_day, "2026-03-11");
    assert_day(schedule.places[2].early_start_day, "2026-03-05");
    assert_day(schedule.places[3].early_start_day, "2026-03-02"); /* never before the start */
    arena_free(arena);
}

CASE(holidays_and_not_before_days_hold_work_back)
{
    struct arena *arena = arena_new();
    int32_t holidays[] = {sample_day("2026-03-04")};
    struct schedule_node nodes[] = {{"A", 3, DAY_NONE}, {"B", 2, sample_day("2026-03-12")}};
    struct schedule_network network = {.nodes = nodes,
                                       .node_count = 2,
                                       EDGES({1, 0, 0}),
                                       .start_day = sample_day("2026-03-01"),
                                       .calendar = {.holidays = holidays, .holiday_count = 1}};
    struct schedule schedule = solved(arena, &network);
    assert_day(schedule.places[0].early_start_day, "2026-03-02");
    assert_day(schedule.places[0].early_finish_day, "2026-03-05");
    assert_day(schedule.places[1].early_start_day, "2026-03-12");
    assert_int_equal(schedule.places[0].slack_days, 4);
    assert_int_equal(schedule.critical_length, 1); /* its own day holds B, not A */
    assert_int_equal(schedule.critical_path[0], 1);
    arena_free(arena);
}

CASE(a_cycle_is_refused_and_named_by_codes)
{
    struct fault fault;
    struct schedule_network network = {
        .nodes = diamond, .node_count = 4, EDGES({1, 0, 0}, {0, 3, 0}, {3, 1, 0}, {2, 0, 0})};
    assert_int_equal(refused(&network, &fault), ERROR_CYCLE);
    assert_string_equal(fault.field, "dependencies");
    assert_string_equal(fault.detail, "design -> build -> release -> design");
}

CASE(durations_and_lags_have_limits)
{
    struct fault fault;
    struct schedule_node nodes[] = {{"A", -1, DAY_NONE}, {"B", 1, DAY_NONE}};
    struct schedule_network network = {
        .nodes = nodes, .node_count = 2, EDGES({1, 0, DAYS_LIMIT + 1})};
    assert_int_equal(refused(&network, &fault), ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "duration_days");
    nodes[0].duration_days = 1;
    assert_int_equal(refused(&network, &fault), ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "lag_days");
}

CASE(a_plan_past_the_year_9999_is_out_of_range)
{
    struct fault fault;
    struct schedule_node nodes[] = {{"A", DAYS_LIMIT, DAY_NONE}};
    struct schedule_network network = {.nodes = nodes, .node_count = 1, .start_day = DAY_MAX - 100};
    assert_int_equal(refused(&network, &fault), ERROR_OUT_OF_RANGE);
}

CASE(a_plan_of_nothing_has_no_end)
{
    struct arena *arena = arena_new();
    struct schedule_network network = {.start_day = sample_day("2026-03-02")};
    struct schedule schedule = solved(arena, &network);
    assert_int_equal(schedule.finish_day, DAY_NONE);
    assert_int_equal(schedule.critical_length, 0);
    arena_free(arena);
}

/* What holds of every schedule, tried on many: work starts when all before it is done, on no day
 * earlier than it must, and a node that slips by its slack leaves the end where it was, by one day
 * more does not. */
CASE(slipping_by_the_slack_moves_nothing_and_by_a_day_more_moves_the_end)
{
    struct arena *arena = arena_new();
    struct random random = {20260302};
    for (int round = 0; round < 200; round++) {
        struct schedule_node nodes[12];
        struct schedule_edge edges[20];
        struct schedule_network network = {.nodes = nodes,
                                           .node_count = 12,
                                           .edges = edges,
                                           .edge_count = 20,
                                           .start_day = sample_day("2026-03-02")};
        for (size_t i = 0; i < 12; i++)
            nodes[i] =
                (struct schedule_node){"N", (int32_t)random_between(&random, 1, 6), DAY_NONE};
        for (size_t i = 0; i < 20; i++) {
            size_t node = (size_t)random_between(&random, 1, 11);
            edges[i] =
                (struct schedule_edge){node, (size_t)random_between(&random, 0, (int64_t)node - 1),
                                       (int32_t)random_between(&random, -1, 3)};
        }
        struct schedule schedule = solved(arena, &network);
        size_t slipped = (size_t)random_between(&random, 0, 11);
        int32_t slack = schedule.places[slipped].slack_days;
        nodes[slipped].duration_days += slack;
        assert_int_equal(solved(arena, &network).finish_day, schedule.finish_day);
        nodes[slipped].duration_days += 1;
        assert_true(solved(arena, &network).finish_day > schedule.finish_day);
    }
    arena_free(arena);
}

RUN(T(work_follows_work_over_the_weekend), T(slack_is_what_a_node_may_slip_before_the_whole_does),
    T(the_critical_path_leads_from_the_first_to_what_ends_last),
    T(a_point_stands_at_the_end_of_the_day_that_it_waits_for),
    T(lag_counts_working_days_and_may_be_negative), T(holidays_and_not_before_days_hold_work_back),
    T(a_cycle_is_refused_and_named_by_codes), T(durations_and_lags_have_limits),
    T(a_plan_past_the_year_9999_is_out_of_range), T(a_plan_of_nothing_has_no_end),
    T(slipping_by_the_slack_moves_nothing_and_by_a_day_more_moves_the_end))
