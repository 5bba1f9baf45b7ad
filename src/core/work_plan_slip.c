#include "core/code.h"
#include "core/work_graph.h"

/* By place: the number after the last planned working day, as it was and as it becomes; -1 where
 * nothing is planned. */
struct slipping {
    const struct work_graph *graph;
    struct schedule_order order;
    int32_t *before;
    int32_t *after;
    struct task_move *moves;
    size_t move_count;
};

static int32_t planned_end(const struct slipping *slipping, const struct task *task)
{
    int32_t day = task->state == TASK_DONE ? task->done_day : task->planned_due_day;
    return day == DAY_NONE ? -1 : working_day_number(&slipping->order.days, day) + 1;
}

/* When all that leads to it is finished, as it was or becomes; only what moved, if so asked. */
static int32_t end_of_predecessors(const struct slipping *slipping, size_t place,
                                   const int32_t *ends, bool moved_only)
{
    const struct schedule_order *order = &slipping->order;
    int32_t end = -1;
    for (uint32_t e = order->first_edge[place]; e < order->first_edge[place + 1]; e++) {
        uint32_t from = order->after[e];
        if (ends[from] < 0 || (moved_only && slipping->after[from] == slipping->before[from]))
            continue;
        end = later_day(end, ends[from] + order->lag_days[e]);
    }
    return end;
}

static enum error move_task(struct slipping *slipping, size_t place, struct task *task,
                            int32_t start, int32_t length, struct fault *fault)
{
    struct task_move *move = &slipping->moves[slipping->move_count++];
    const struct working_days *days = &slipping->order.days;
    *move = (struct task_move){
        .task_id = task->id,
        .code = task->code,
        .from_start_day = task->planned_start_day,
        .from_due_day = task->planned_due_day,
    };
    enum error error = working_day_of(days, start, &task->planned_start_day, fault);
    if (!error && task->planned_due_day != DAY_NONE) {
        error = working_day_of(days, start + length, &task->planned_due_day, fault);
        slipping->after[place] = start + length + 1;
    }
    move->to_start_day = task->planned_start_day;
    move->to_due_day = task->planned_due_day;
    return error;
}

static enum error push_task(struct slipping *slipping, size_t place, struct task *task,
                            struct fault *fault)
{
    const struct working_days *days = &slipping->order.days;
    int32_t free = end_of_predecessors(slipping, place, slipping->after, true);
    slipping->after[place] = slipping->before[place];
    if (free < 0 || task->planned_start_day == DAY_NONE || !task_is_open(task) ||
        task->state == TASK_IN_PROGRESS)
        return OK;
    int32_t start = working_day_number(days, task->planned_start_day);
    if (free <= start)
        return OK;
    int32_t length = slipping->before[place] - 1 - start;
    return move_task(slipping, place, task, free, length > 0 ? length : 0, fault);
}

static enum error push_all(struct slipping *slipping, const struct task *slipped,
                           struct fault *fault)
{
    enum error error = OK;
    for (size_t p = 0; !error && p < slipping->order.count; p++) {
        struct task *task = slipping->graph->nodes[slipping->order.node[p]].task;
        if (!task)
            slipping->after[p] = end_of_predecessors(slipping, p, slipping->after, false);
        else if (task == slipped)
            slipping->after[p] = planned_end(slipping, task);
        else
            error = push_task(slipping, p, task, fault);
    }
    return error;
}

static enum error start_slipping(struct arena *arena, const struct work_plan *plan,
                                 struct work_graph *graph, struct slipping *slipping,
                                 struct fault *fault)
{
    struct schedule_network network;
    int32_t first = plan->today;
    enum error error = work_graph_network(arena, plan, graph, &network, fault);
    for (size_t n = 0; n < graph->count; n++) {
        const struct task *task = graph->nodes[n].task;
        if (task && task->planned_start_day != DAY_NONE && task->planned_start_day < first)
            first = task->planned_start_day;
    }
    network.start_day = first;
    if (!error)
        error = schedule_prepare(arena, &network, &slipping->order, fault);
    if (error)
        return error;
    slipping->graph = graph;
    slipping->before = arena_array(arena, graph->count, sizeof *slipping->before);
    slipping->after = arena_array(arena, graph->count, sizeof *slipping->after);
    slipping->moves = arena_array(arena, graph->count, sizeof *slipping->moves);
    for (size_t p = 0; p < graph->count; p++) {
        const struct task *task = graph->nodes[slipping->order.node[p]].task;
        slipping->before[p] = task ? planned_end(slipping, task)
                                   : end_of_predecessors(slipping, p, slipping->before, false);
    }
    return OK;
}

static enum error check_slip(const struct task *task, int32_t planned_due_day, const char *reason,
                             struct fault *fault)
{
    enum error error = text_check(reason, "reason", fault);
    if (error)
        return error;
    if (!task_is_open(task))
        return refuse(fault, ERROR_WRONG_STATE, "state", "the task is %s and cannot slip",
                      choice_name(&task_state_choices, (int)task->state));
    if (task->planned_due_day == DAY_NONE || planned_due_day <= task->planned_due_day)
        return refuse(fault, ERROR_INVALID, "planned_due_day",
                      "a task slips to a later day than it is planned for");
    return OK;
}

enum error work_plan_slip(struct arena *arena, const struct work_plan *plan, struct task *task,
                          int32_t planned_due_day, const char *reason, struct list *moves,
                          struct fault *fault)
{
    struct work_graph graph = work_graph_of(arena, plan);
    struct slipping slipping = {0};
    enum error error = check_slip(task, planned_due_day, reason, fault);
    if (!error)
        error = start_slipping(arena, plan, &graph, &slipping, fault);
    if (error)
        return error;
    slipping.moves[slipping.move_count++] = (struct task_move){
        .task_id = task->id,
        .code = task->code,
        .from_start_day = task->planned_start_day,
        .from_due_day = task->planned_due_day,
        .to_start_day = task->planned_start_day,
        .to_due_day = planned_due_day,
    };
    task->planned_due_day = planned_due_day;
    error = push_all(&slipping, task, fault);
    *moves = (struct list){slipping.moves, slipping.move_count};
    return error;
}
