/* What a plan may come to: its network run through many times, each time with other durations.
 *
 * A node's duration has three points. It is drawn from a distribution whose mean is that of PERT,
 * (optimistic + 4 likely + pessimistic) / 6: on its way from optimistic to pessimistic a draw goes
 * as far as the (1 + k)-th smallest of five uniform numbers, where k is 4 times likely's share of
 * that way; where that is no whole number, one of the two next to it, by chance. A node's cost goes
 * the same way between its two ends, so what takes longer costs more.
 *
 * All in integers: the same seed gives the same result on every machine. Each node draws from a
 * stream of its own, named by its code, so that a change of one node leaves the draws of all others
 * as they were. Percentiles are by nearest rank: the value that at least so many of the runs do not
 * exceed. */
#ifndef WAYMARK_CORE_SIMULATION_H
#define WAYMARK_CORE_SIMULATION_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/schedule_network.h"

enum {
    SIMULATION_RUNS_MIN = 100,
    SIMULATION_RUNS_MAX = 10 * 1000,
    SEED_LIMIT = INT32_MAX,
    SIMULATION_WORK_MAX = 20 * 1000 * 1000, /* nodes times runs */
};

/* Belongs to the network's node of the same place, whose own duration_days does not count here. */
struct simulation_node {
    int64_t optimistic_minutes; /* of working time: a working day has day_minutes */
    int64_t likely_minutes;
    int64_t pessimistic_minutes;
    int64_t low_cost_minor;  /* when all goes well */
    int64_t high_cost_minor; /* when nothing does; not less */
    size_t group;            /* the milestone that it belongs to */
};

struct simulation_group {
    size_t finish_node; /* whose finish is the group's */
    int32_t due_day;    /* to count the runs that keep it; DAY_NONE: none */
};

struct simulation {
    const struct schedule_network *network;
    const struct simulation_node *nodes;
    const struct simulation_group *groups;
    size_t group_count;
    int64_t day_minutes; /* 1 to 1440 */
    int64_t runs;
    int64_t seed;
};

enum simulation_percentile { AT_50, AT_80, AT_95, PERCENTILE_COUNT };

struct simulation_outcome {
    int32_t finish_day[PERCENTILE_COUNT];
    int64_t cost_minor[PERCENTILE_COUNT];
    int64_t on_time_ppm; /* share of runs that finish by the due day; INTEGER_NONE without one */
};

struct simulation_result {
    const struct simulation_outcome *groups; /* by group */
    struct simulation_outcome whole;         /* no due day */
};

/* In the arena. Errors of schedule_prepare; ERROR_OUT_OF_RANGE for "runs", for "nodes" if nodes
 * times runs are too many, for "estimate" if points are negative or out of order, or if the plan
 * is too long to be reckoned. */
enum error simulation_run(struct arena *arena, const struct simulation *simulation,
                          struct simulation_result *result, struct fault *fault) WARN_UNUSED;

#endif
