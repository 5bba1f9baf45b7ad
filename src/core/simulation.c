#include "core/simulation.h"

#include "base/must.h"
#include "base/shape.h"
#include "core/random_stream.h"

__extension__ typedef unsigned __int128 wide;

enum {
    ORDER = 5, /* uniform numbers of which a draw is one, by size */
    QUANTILE_BITS = 12,
    QUANTILES = 1 << QUANTILE_BITS,
    WAY_BITS = 16, /* how finely a way is measured */
    WAY = 1 << WAY_BITS,
    CHANCE_BITS = 20, /* of a draw: which of its two distributions */
    BATCH = 256,      /* runs that go through the network together; even */
    DURATION_MAX = 1 << 30,
};

static const unsigned percents[PERCENTILE_COUNT] = {[AT_50] = 50, [AT_80] = 80, [AT_95] = 95};

/* ---- distributions ------------------------------------------------------------------------- */

/* ways[k][i]: how far the (i + 1/2)/QUANTILES quantile of the (1 + k)-th smallest of five is. */
struct distributions {
    uint16_t ways[ORDER][QUANTILES];
};

/* The chance, of 2^80, that at least least of five numbers are below way: the sum over j of
 * C(5, j) way^j (WAY - way)^(5 - j). */
static wide chance_below(uint64_t way, int least)
{
    static const unsigned choose[ORDER + 1] = {1, 5, 10, 10, 5, 1};
    wide sum = 0;
    for (int j = least; j <= ORDER; j++) {
        wide product = choose[j];
        for (int i = 0; i < ORDER; i++)
            product *= i < j ? way : WAY - way;
        sum += product;
    }
    return sum;
}

static const struct distributions *make_distributions(struct arena *arena)
{
    struct distributions *made = arena_alloc(arena, sizeof *made);
    const wide whole = (wide)1 << (WAY_BITS * ORDER);
    for (int k = 0; k < ORDER; k++) {
        uint64_t low = 0;
        for (uint64_t i = 0; i < QUANTILES; i++) {
            wide wanted = whole / (2 * QUANTILES) * (2 * i + 1);
            uint64_t high = WAY - 1;
            while (low < high) {
                uint64_t middle = low + (high - low) / 2;
                if (chance_below(middle, k + 1) < wanted)
                    low = middle + 1;
                else
                    high = middle;
            }
            made->ways[k][i] = (uint16_t)low;
        }
    }
    return made;
}

/* What a node draws from. */
struct source {
    const uint16_t *lower;
    const uint16_t *upper;
    uint32_t chance_of_upper; /* of 2^CHANCE_BITS */
    uint64_t stream;
};

static uint64_t hash_of(const char *code)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (; *code; code++)
        hash = (hash ^ (unsigned char)*code) * UINT64_C(0x100000001b3);
    return hash;
}

static struct source source_of(const struct distributions *distributions,
                               const struct simulation_node *node, const char *code)
{
    int64_t way = node->pessimistic_minutes - node->optimistic_minutes;
    int64_t likely = (ORDER - 1) * (node->likely_minutes - node->optimistic_minutes);
    int64_t k = way > 0 ? likely / way : ORDER / 2;
    int64_t rest = way > 0 ? likely % way : 0;
    return (struct source){
        .lower = distributions->ways[k],
        .upper = distributions->ways[k < ORDER - 1 ? k + 1 : k],
        .chance_of_upper =
            way > 0 ? (uint32_t)(((uint64_t)rest << CHANCE_BITS) / (uint64_t)way) : 0,
        .stream = hash_of(code),
    };
}

static uint32_t way_of(const struct source *source, uint32_t drawn)
{
    uint32_t chance = drawn & ((1u << CHANCE_BITS) - 1);
    const uint16_t *ways = chance < source->chance_of_upper ? source->upper : source->lower;
    return ways[drawn >> CHANCE_BITS];
}

/* One number of the generator is two draws. */
static void draw(const struct source *source, struct random_stream *random, uint32_t *ways,
                 size_t count)
{
    must(count % 2 == 0);
    for (size_t i = 0; i < count; i += 2) {
        uint64_t drawn = random_next(random);
        ways[i] = way_of(source, (uint32_t)drawn);
        ways[i + 1] = way_of(source, (uint32_t)(drawn >> 32));
    }
}

/* ---- percentiles --------------------------------------------------------------------------- */

/* Puts the value of that rank where sorting would put it; those before it are not above it. */
#define DEFINE_SELECT(name, type)                                                                  \
    static type name(type *values, size_t count, size_t rank)                                      \
    {                                                                                              \
        size_t low = 0, high = count - 1;                                                          \
        while (low < high) {                                                                       \
            type pivot = values[low + (high - low) / 2];                                           \
            size_t i = low, j = high;                                                              \
            for (;;) {                                                                             \
                while (values[i] < pivot)                                                          \
                    i++;                                                                           \
                while (values[j] > pivot)                                                          \
                    j--;                                                                           \
                if (i >= j)                                                                        \
                    break;                                                                         \
                type value = values[i];                                                            \
                values[i++] = values[j];                                                           \
                values[j--] = value;                                                               \
            }                                                                                      \
            if (rank <= j)                                                                         \
                high = j;                                                                          \
            else                                                                                   \
                low = j + 1;                                                                       \
        }                                                                                          \
        return values[rank];                                                                       \
    }
DEFINE_SELECT(select_int32, int32_t)
DEFINE_SELECT(select_int64, int64_t)

static size_t rank_of(size_t runs, enum simulation_percentile at)
{
    return (runs * percents[at] + 99) / 100 - 1;
}

/* ---- the runs ------------------------------------------------------------------------------ */

struct running {
    const struct simulation *simulation;
    struct schedule_order order;
    size_t *place_of;              /* by node */
    const struct source *sources;  /* by node */
    struct random_stream *randoms; /* by node */
    size_t runs;
    int32_t (*finishes)[BATCH]; /* by place, of the batch */
    int32_t *whole_finishes;    /* by run */
    int32_t *group_finishes;    /* by group, then run */
    int64_t *costs;             /* by run, of one group */
    int64_t *whole_costs;       /* by run */
};

static void start_node(const struct running *running, size_t place, int32_t *finish)
{
    const struct schedule_order *order = &running->order;
    int32_t day_minutes = (int32_t)running->simulation->day_minutes;
    int32_t start = order->not_before[place] * day_minutes;
    for (size_t i = 0; i < BATCH; i++)
        finish[i] = start;
    for (uint32_t e = order->first_edge[place]; e < order->first_edge[place + 1]; e++) {
        const int32_t *before = running->finishes[order->after[e]];
        int32_t lag = order->lag_days[e] * day_minutes;
        for (size_t i = 0; i < BATCH; i++)
            finish[i] = before[i] + lag > finish[i] ? before[i] + lag : finish[i];
    }
}

static void run_node(struct running *running, size_t place)
{
    uint32_t ways[BATCH];
    size_t n = running->order.node[place];
    const struct simulation_node *node = &running->simulation->nodes[n];
    int32_t *finish = running->finishes[place];
    uint64_t span = (uint64_t)(node->pessimistic_minutes - node->optimistic_minutes);
    start_node(running, place, finish);
    if (span == 0) {
        for (size_t i = 0; i < BATCH; i++)
            finish[i] += (int32_t)node->optimistic_minutes;
        return;
    }
    draw(&running->sources[n], &running->randoms[n], ways, BATCH);
    for (size_t i = 0; i < BATCH; i++)
        finish[i] +=
            (int32_t)(node->optimistic_minutes + (int64_t)((span * ways[i] + WAY / 2) >> WAY_BITS));
}

static void keep_finishes(struct running *running, size_t from, size_t count)
{
    const struct simulation *simulation = running->simulation;
    for (size_t i = 0; i < count; i++)
        running->whole_finishes[from + i] = 0;
    for (size_t p = 0; p < running->order.count; p++) {
        const int32_t *finish = running->finishes[p];
        int32_t *whole = running->whole_finishes + from;
        for (size_t i = 0; i < count; i++)
            whole[i] = finish[i] > whole[i] ? finish[i] : whole[i];
    }
    for (size_t g = 0; g < simulation->group_count; g++) {
        size_t place = running->place_of[simulation->groups[g].finish_node];
        const int32_t *finish = running->finishes[place];
        for (size_t i = 0; i < count; i++)
            running->group_finishes[g * running->runs + from + i] = finish[i];
    }
}

static void run_all(struct running *running)
{
    for (size_t p = 0; p < running->order.count; p++)
        running->place_of[running->order.node[p]] = p;
    for (size_t from = 0; from < running->runs; from += BATCH) {
        size_t left = running->runs - from;
        for (size_t p = 0; p < running->order.count; p++)
            run_node(running, p);
        keep_finishes(running, from, left < BATCH ? left : BATCH);
    }
}

/* The same draws as before give the costs that went with the durations. */
static void add_costs(const struct running *running, size_t n)
{
    uint32_t ways[BATCH];
    const struct simulation_node *node = &running->simulation->nodes[n];
    struct random_stream random =
        random_stream_of((uint64_t)running->simulation->seed, running->sources[n].stream);
    uint64_t span = (uint64_t)(node->high_cost_minor - node->low_cost_minor);
    for (size_t from = 0; from < running->runs; from += BATCH) {
        size_t left = running->runs - from;
        draw(&running->sources[n], &random, ways, BATCH);
        for (size_t i = 0; i < (left < BATCH ? left : BATCH); i++)
            running->costs[from + i] +=
                node->low_cost_minor + (int64_t)(((wide)span * ways[i] + WAY / 2) >> WAY_BITS);
    }
}

/* ---- outcomes ------------------------------------------------------------------------------ */

/* The day on which work of so many minutes since the start ends; a point that nothing drives stands
 * on its own not-before day. */
static enum error day_of(const struct running *running, int32_t minutes, int32_t not_before,
                         int32_t *day, struct fault *fault)
{
    int32_t number = (minutes - 1) / (int32_t)running->simulation->day_minutes;
    return working_day_of(&running->order.days, number > not_before ? number : not_before, day,
                          fault);
}

static int64_t count_on_time(const struct running *running, const int32_t *finishes,
                             int32_t due_day)
{
    const struct working_days *days = &running->order.days;
    if (due_day == DAY_NONE)
        return INTEGER_NONE;
    int64_t limit = due_day < days->start_day ? -1
                                              : (int64_t)working_day_number(days, due_day + 1) *
                                                    running->simulation->day_minutes;
    int64_t kept = 0;
    for (size_t i = 0; i < running->runs; i++)
        kept += finishes[i] <= limit;
    return kept * 1000000 / (int64_t)running->runs;
}

static enum error finish_outcome(const struct running *running, int32_t *finishes,
                                 int32_t not_before, struct simulation_outcome *outcome,
                                 struct fault *fault)
{
    size_t count = running->runs;
    enum error error = OK;
    for (int at = PERCENTILE_COUNT - 1; !error && at >= 0; at--) {
        size_t rank = rank_of(running->runs, (enum simulation_percentile)at);
        error = day_of(running, select_int32(finishes, count, rank), not_before,
                       &outcome->finish_day[at], fault);
        count = rank + 1;
    }
    return error;
}

static void cost_outcome(const struct running *running, int64_t *costs,
                         struct simulation_outcome *outcome)
{
    size_t count = running->runs;
    for (int at = PERCENTILE_COUNT - 1; at >= 0; at--) {
        size_t rank = rank_of(running->runs, (enum simulation_percentile)at);
        outcome->cost_minor[at] = select_int64(costs, count, rank);
        count = rank + 1;
    }
}

/* Nodes by group, so that each group needs one pass over its own. */
static const size_t *group_nodes(struct arena *arena, const struct simulation *simulation,
                                 size_t *first)
{
    size_t count = simulation->network->node_count;
    size_t *nodes = arena_array(arena, count, sizeof *nodes);
    size_t *fill = arena_array(arena, simulation->group_count + 1, sizeof *fill);
    for (size_t n = 0; n < count; n++) {
        must(simulation->nodes[n].group < simulation->group_count);
        first[simulation->nodes[n].group + 1]++;
    }
    for (size_t g = 0; g < simulation->group_count; g++) {
        first[g + 1] += first[g];
        fill[g] = first[g];
    }
    for (size_t n = 0; n < count; n++)
        nodes[fill[simulation->nodes[n].group]++] = n;
    return nodes;
}

static enum error group_outcome(const struct running *running, size_t group,
                                struct simulation_outcome *outcome, struct fault *fault)
{
    const struct simulation_group *of = &running->simulation->groups[group];
    int32_t *finishes = running->group_finishes + group * running->runs;
    outcome->on_time_ppm = count_on_time(running, finishes, of->due_day);
    return finish_outcome(running, finishes,
                          running->order.not_before[running->place_of[of->finish_node]], outcome,
                          fault);
}

static int32_t last_not_before(const struct running *running)
{
    int32_t last = 0;
    for (size_t p = 0; p < running->order.count; p++) {
        if (running->order.not_before[p] > last)
            last = running->order.not_before[p];
    }
    return last;
}

static enum error gather(struct arena *arena, struct running *running,
                         struct simulation_result *result, struct fault *fault)
{
    const struct simulation *simulation = running->simulation;
    size_t *first = arena_array(arena, simulation->group_count + 1, sizeof *first);
    const size_t *nodes = group_nodes(arena, simulation, first);
    struct simulation_outcome *groups = arena_array(arena, simulation->group_count, sizeof *groups);
    enum error error = OK;
    for (size_t g = 0; !error && g < simulation->group_count; g++) {
        for (size_t i = 0; i < running->runs; i++)
            running->costs[i] = 0;
        for (size_t i = first[g]; i < first[g + 1]; i++)
            add_costs(running, nodes[i]);
        for (size_t i = 0; i < running->runs; i++)
            running->whole_costs[i] += running->costs[i];
        cost_outcome(running, running->costs, &groups[g]);
        error = group_outcome(running, g, &groups[g], fault);
    }
    if (error)
        return error;
    cost_outcome(running, running->whole_costs, &result->whole);
    result->groups = groups;
    result->whole.on_time_ppm = INTEGER_NONE;
    return finish_outcome(running, running->whole_finishes, last_not_before(running),
                          &result->whole, fault);
}

/* ---- checks -------------------------------------------------------------------------------- */

static enum error check_node(const struct simulation *simulation, size_t n, struct fault *fault)
{
    const struct simulation_node *node = &simulation->nodes[n];
    bool is_ordered = node->optimistic_minutes >= 0 &&
                      node->optimistic_minutes <= node->likely_minutes &&
                      node->likely_minutes <= node->pessimistic_minutes &&
                      node->pessimistic_minutes <= DURATION_MAX;
    bool is_cost = node->low_cost_minor >= 0 && node->low_cost_minor <= node->high_cost_minor &&
                   node->high_cost_minor <= INT64_MAX / GRAPH_NODE_LIMIT;
    if (is_ordered && is_cost)
        return OK;
    return refuse(fault, ERROR_OUT_OF_RANGE, "estimate",
                  "%s needs points that rise from optimistic to pessimistic",
                  simulation->network->nodes[n].code);
}

static enum error check(const struct simulation *simulation, struct fault *fault)
{
    int64_t count = (int64_t)simulation->network->node_count;
    must(simulation->day_minutes >= 1 && simulation->day_minutes <= 1440);
    if (simulation->runs < SIMULATION_RUNS_MIN || simulation->runs > SIMULATION_RUNS_MAX)
        return refuse(fault, ERROR_OUT_OF_RANGE, "runs", "from %d to %d runs", SIMULATION_RUNS_MIN,
                      SIMULATION_RUNS_MAX);
    if (count * simulation->runs > SIMULATION_WORK_MAX)
        return refuse(fault, ERROR_OUT_OF_RANGE, "nodes", "%d nodes times runs at most",
                      SIMULATION_WORK_MAX);
    enum error error = OK;
    for (size_t n = 0; !error && n < simulation->network->node_count; n++)
        error = check_node(simulation, n, fault);
    return error;
}

/* Whether the latest moment that any run can come to can be counted. */
static enum error check_length(const struct running *running, struct fault *fault)
{
    const struct simulation *simulation = running->simulation;
    const struct schedule_order *order = &running->order;
    int64_t latest = last_not_before(running), lags = 0;
    for (size_t e = 0; e < order->first_edge[order->count]; e++)
        lags += order->lag_days[e] > 0 ? order->lag_days[e] : 0;
    latest = (latest + lags) * simulation->day_minutes;
    for (size_t n = 0; n < order->count; n++)
        latest += simulation->nodes[n].pessimistic_minutes;
    if (latest > INT32_MAX / 2)
        return refuse(fault, ERROR_OUT_OF_RANGE, "estimate", "the plan is too long to be run");
    return OK;
}

static struct running new_running(struct arena *arena, const struct simulation *simulation)
{
    size_t runs = (size_t)simulation->runs, count = simulation->network->node_count;
    const struct distributions *distributions = make_distributions(arena);
    struct source *sources = arena_array(arena, count, sizeof *sources);
    struct random_stream *randoms = arena_array(arena, count, sizeof *randoms);
    for (size_t n = 0; n < count; n++) {
        sources[n] =
            source_of(distributions, &simulation->nodes[n], simulation->network->nodes[n].code);
        randoms[n] = random_stream_of((uint64_t)simulation->seed, sources[n].stream);
    }
    return (struct running){
        .simulation = simulation,
        .place_of = arena_array(arena, count, sizeof(size_t)),
        .sources = sources,
        .randoms = randoms,
        .runs = runs,
        .finishes = arena_array(arena, count, sizeof(int32_t[BATCH])),
        .whole_finishes = arena_array(arena, runs, sizeof(int32_t)),
        .group_finishes = arena_array(arena, runs * simulation->group_count, sizeof(int32_t)),
        .costs = arena_array(arena, runs, sizeof(int64_t)),
        .whole_costs = arena_array(arena, runs, sizeof(int64_t)),
    };
}

enum error simulation_run(struct arena *arena, const struct simulation *simulation,
                          struct simulation_result *result, struct fault *fault)
{
    struct schedule_order order;
    *result = (struct simulation_result){0};
    enum error error = check(simulation, fault);
    if (!error)
        error = schedule_prepare(arena, simulation->network, &order, fault);
    if (error)
        return error;
    struct running running = new_running(arena, simulation);
    running.order = order;
    error = check_length(&running, fault);
    if (error)
        return error;
    run_all(&running);
    return gather(arena, &running, result, fault);
}
