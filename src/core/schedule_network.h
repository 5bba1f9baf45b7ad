/* The critical path method over milestones and tasks: when each can start and end at the earliest,
 * when it must at the latest, and what may not slip.
 *
 * Time is counted in working days of one calendar, durations and lags alike. A node with a duration
 * works on whole days, from its start day to its finish day, both counted. A node without one is a
 * point: it stands at the end of the day on which what it waits for is done, or on its not-before
 * day, also where nobody works on that. */
#ifndef WAYMARK_CORE_SCHEDULE_NETWORK_H
#define WAYMARK_CORE_SCHEDULE_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/graph.h"
#include "core/working_days.h"

struct schedule_node {
    const char *code;
    int32_t duration_days;  /* working days, 0 to DAYS_LIMIT */
    int32_t not_before_day; /* DAY_NONE: from the start of the network */
};

/* node starts when after is finished and lag_days more have passed; a negative lag lets it start
 * before that. */
struct schedule_edge {
    size_t node;
    size_t after;
    int32_t lag_days; /* -DAYS_LIMIT to DAYS_LIMIT */
};

struct schedule_network {
    const struct schedule_node *nodes;
    size_t node_count;
    const struct schedule_edge *edges;
    size_t edge_count;
    int32_t start_day; /* nothing starts before it */
    struct day_calendar calendar;
};

/* A network made ready to be passed through many times: places are positions in an order in which
 * each node stands behind those that it comes after. */
struct schedule_order {
    size_t count;
    struct working_days days;
    const uint32_t *node;       /* by place: which node of the network */
    const int32_t *not_before;  /* by place: working day number */
    const uint32_t *first_edge; /* by place, and one more: the edges that lead to it */
    const uint32_t *after;      /* by edge: place of what comes first */
    const int32_t *lag_days;    /* by edge */
};

/* In the arena. ERROR_CYCLE for "dependencies" with the way ("T1 -> M2 -> T1"); ERROR_OUT_OF_RANGE
 * for "nodes", "duration_days" or "lag_days" outside their limits; errors of working_days_make. */
enum error schedule_prepare(struct arena *arena, const struct schedule_network *network,
                            struct schedule_order *order, struct fault *fault) WARN_UNUSED;

struct schedule_place {
    int32_t early_start_day;
    int32_t early_finish_day;
    int32_t late_start_day;
    int32_t late_finish_day;
    int32_t slack_days;      /* how far it may slip and the whole still ends as early */
    int32_t free_slack_days; /* how far it may slip and nothing else moves */
    bool is_critical;        /* no slack */
};

struct schedule {
    const struct schedule_place *places; /* by node */
    int32_t finish_day;                  /* of the whole; DAY_NONE without nodes */
    const size_t *critical_path;         /* nodes, from the first to the one that ends last */
    size_t critical_length;
};

/* In the arena. Errors of schedule_prepare, and ERROR_OUT_OF_RANGE past the year 9999. */
enum error schedule_solve(struct arena *arena, const struct schedule_network *network,
                          struct schedule *schedule, struct fault *fault) WARN_UNUSED;

#endif
