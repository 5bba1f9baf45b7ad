#include "core/plan_days.h"

#include "base/day.h"
#include "base/must.h"
#include "core/plan_check.h"

size_t plan_days_place(const struct plan_days *days, const struct plan_milestone *milestone)
{
    return (size_t)(milestone - planned_at(days->plan, 0));
}

/* When it can begin, its own start not being before what it comes after: by the days of the plan,
 * or by finish. */
static int32_t begin_of(const struct plan_days *days, size_t node, const int32_t *finish)
{
    int32_t begin = planned_at(days->plan, node)->start_day;
    for (size_t e = days->first_edge[node]; e < days->first_edge[node + 1]; e++) {
        size_t before = days->graph.edges[e].after;
        int32_t day = finish ? finish[before] : planned_at(days->plan, before)->due_day;
        begin = begin == DAY_NONE || day > begin ? day : begin;
    }
    return begin;
}

static int32_t lasts_of(const struct plan_days *days, size_t node)
{
    int32_t begin = begin_of(days, node, NULL), due = planned_at(days->plan, node)->due_day;
    return begin == DAY_NONE || begin > due ? 0 : due - begin;
}

/* One whose days are as they were lasts as it did. */
static void set_lengths(struct plan_days *days, const struct plan_days *before)
{
    for (size_t i = 0; i < days->graph.node_count; i++) {
        const struct plan_milestone *is = planned_at(days->plan, i);
        const struct plan_milestone *was = before ? plan_find(&before->index, is->code) : NULL;
        bool is_same = was && was->start_day == is->start_day && was->due_day == is->due_day;
        days->lasts[i] = is_same ? before->lasts[plan_days_place(before, was)] : lasts_of(days, i);
    }
}

static void go_forward(struct plan_days *days)
{
    for (size_t i = 0; i < days->graph.node_count; i++) {
        size_t node = days->order[i];
        int32_t begin = begin_of(days, node, days->finish);
        days->finish[node] =
            begin == DAY_NONE ? planned_at(days->plan, node)->due_day : begin + days->lasts[node];
        days->end = i == 0 || days->finish[node] > days->end ? days->finish[node] : days->end;
    }
}

static void go_back(struct plan_days *days)
{
    for (size_t i = 0; i < days->graph.node_count; i++)
        days->latest[i] = days->end;
    for (size_t i = days->graph.node_count; i-- > 0;) {
        size_t node = days->order[i];
        for (size_t e = days->first_edge[node]; e < days->first_edge[node + 1]; e++) {
            size_t before = days->graph.edges[e].after;
            int32_t day = days->latest[node] - days->lasts[node];
            days->latest[before] = day < days->latest[before] ? day : days->latest[before];
        }
    }
}

struct plan_days plan_days_of(struct arena *arena, const struct plan *plan,
                              const struct plan_days *before)
{
    size_t count = plan->milestones.count;
    struct graph_cycle cycle;
    struct plan_days days = {
        .plan = plan,
        .index = plan_index(arena, plan),
        .graph = plan_graph(arena, plan),
        .first_edge = arena_array(arena, count + 1, sizeof(size_t)),
        .order = arena_array(arena, count, sizeof(size_t)),
        .lasts = arena_array(arena, count, sizeof(int32_t)),
        .finish = arena_array(arena, count, sizeof(int32_t)),
        .latest = arena_array(arena, count, sizeof(int32_t)),
    };
    for (size_t i = 0; i < count; i++)
        days.first_edge[i + 1] = days.first_edge[i] + planned_at(plan, i)->after.count;
    bool is_sorted = graph_sort(arena, &days.graph, days.order, &cycle);
    must(is_sorted);
    set_lengths(&days, before);
    go_forward(&days);
    go_back(&days);
    return days;
}

bool plan_days_is_critical(const struct plan_days *days, size_t node)
{
    return days->latest[node] == days->finish[node];
}

struct texts plan_days_critical(struct arena *arena, const struct plan_days *days)
{
    struct texts codes = {arena_array(arena, days->graph.node_count, sizeof(char *)), 0};
    for (size_t i = 0; i < days->graph.node_count; i++) {
        if (plan_days_is_critical(days, i))
            codes.texts[codes.count++] = planned_at(days->plan, i)->code;
    }
    return codes;
}
