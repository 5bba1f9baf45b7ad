#include "core/code.h"
#include "core/obligation.h"
#include "core/work_graph.h"

/* By place: the number after the last planned working day, as it was and as it becomes; -1 where
 * nothing is planned. */
struct slipping {
    const struct work_graph *graph;
    struct schedule_order order;
    int32_t *before;
    int32_t *after;
    int32_t *moved_day;   /* by place, where milestones move too; none: it stays */
    const int32_t *shift; /* by node: working days by which it has to move; NULL: none has to */
    struct task_move *moves;
    size_t move_count;
    struct milestone_move *milestone_moves;
    size_t milestone_move_count;
};

static int32_t shift_of(const struct slipping *slipping, size_t place)
{
    return slipping->shift ? slipping->shift[slipping->order.node[place]] : 0;
}

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

static struct task_move *begin_move(struct slipping *slipping, const struct task *task)
{
    struct task_move *move = &slipping->moves[slipping->move_count++];
    *move = (struct task_move){
        .task_id = task->id,
        .code = task->code,
        .from_start_day = task->planned_start_day,
        .from_due_day = task->planned_due_day,
        .to_start_day = task->planned_start_day,
        .to_due_day = task->planned_due_day,
    };
    return move;
}

static enum error move_task(struct slipping *slipping, size_t place, struct task *task,
                            int32_t start, int32_t length, struct fault *fault)
{
    struct task_move *move = begin_move(slipping, task);
    const struct working_days *days = &slipping->order.days;
    enum error error = working_day_of(days, start, &task->planned_start_day, fault);
    if (!error && task->planned_due_day != DAY_NONE) {
        error = working_day_of(days, start + length, &task->planned_due_day, fault);
        slipping->after[place] = start + length + 1;
    }
    move->to_start_day = task->planned_start_day;
    move->to_due_day = task->planned_due_day;
    return error;
}

/* What has begun keeps its start. */
static enum error move_end(struct slipping *slipping, size_t place, struct task *task,
                           struct fault *fault)
{
    int32_t end = slipping->before[place] + shift_of(slipping, place);
    if (end == slipping->before[place] || task->planned_due_day == DAY_NONE)
        return OK;
    struct task_move *move = begin_move(slipping, task);
    slipping->after[place] = end;
    enum error error =
        working_day_of(&slipping->order.days, end - 1, &task->planned_due_day, fault);
    move->to_due_day = task->slipped_due_day = task->planned_due_day;
    return error;
}

static enum error push_task(struct slipping *slipping, size_t place, struct task *task,
                            struct fault *fault)
{
    const struct working_days *days = &slipping->order.days;
    int32_t free = end_of_predecessors(slipping, place, slipping->after, true);
    slipping->after[place] = slipping->before[place];
    if (!task_is_open(task))
        return OK;
    if (task->planned_start_day == DAY_NONE || task->state == TASK_IN_PROGRESS)
        return move_end(slipping, place, task, fault);
    int32_t start = working_day_number(days, task->planned_start_day);
    free = later_day(free, start + shift_of(slipping, place));
    if (free <= start)
        return OK;
    int32_t length = slipping->before[place] - 1 - start;
    return move_task(slipping, place, task, free, length > 0 ? length : 0, fault);
}

/* The number after the planned day of a milestone that no planned task leads to. */
static int32_t own_end(const struct slipping *slipping, const struct work_node *node)
{
    if (work_node_is_settled(node))
        return -1;
    for (size_t n = 0; n < slipping->graph->count; n++) {
        const struct task *task = slipping->graph->nodes[n].task;
        if (task && id_equal(task->milestone_id, node->id) && task->planned_due_day != DAY_NONE)
            return -1;
    }
    return working_day_number(&slipping->order.days, milestone_planned_day(node->milestone)) + 1;
}

/* As it was, or with what it has to move by. */
static int32_t end_of_milestone(const struct slipping *slipping, size_t place, const int32_t *ends)
{
    const struct work_node *node = &slipping->graph->nodes[slipping->order.node[place]];
    int32_t own = own_end(slipping, node);
    if (own >= 0 && ends == slipping->after)
        own += shift_of(slipping, place);
    return later_day(own, end_of_predecessors(slipping, place, ends, false));
}

static enum error push_all(struct slipping *slipping, const struct task *slipped,
                           struct fault *fault)
{
    enum error error = OK;
    for (size_t p = 0; !error && p < slipping->order.count; p++) {
        struct task *task = slipping->graph->nodes[slipping->order.node[p]].task;
        if (!task)
            slipping->after[p] = end_of_milestone(slipping, p, slipping->after);
        else if (task == slipped)
            slipping->after[p] = planned_end(slipping, task);
        else
            error = push_task(slipping, p, task, fault);
    }
    return error;
}

static int32_t earliest_day(const struct task *task)
{
    return task->planned_start_day == DAY_NONE ? task->planned_due_day : task->planned_start_day;
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
        int32_t day = task ? earliest_day(task) : milestone_planned_day(graph->nodes[n].milestone);
        if (day != DAY_NONE && day < first)
            first = day;
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
        slipping->before[p] =
            task ? planned_end(slipping, task) : end_of_milestone(slipping, p, slipping->before);
    }
    return OK;
}

static enum error check_start(const struct task *task, const struct later_days *to,
                              struct fault *fault)
{
    if (to->planned_start_day == DAY_NONE || to->planned_start_day == task->planned_start_day)
        return OK;
    if (task->state == TASK_IN_PROGRESS)
        return refuse(fault, ERROR_WRONG_STATE, "planned_start_day",
                      "the task has begun: its start stays");
    if (to->planned_start_day > to->planned_due_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "planned_start_day",
                      "is after the day on which the task is due");
    if (task->planned_start_day != DAY_NONE && to->planned_start_day < task->planned_start_day)
        return refuse(fault, ERROR_INVALID, "planned_start_day",
                      "a task that slips does not start earlier than it is planned for");
    return OK;
}

static enum error check_slip(const struct task *task, const struct later_days *to,
                             struct fault *fault)
{
    enum error error = text_check(to->reason, "reason", fault);
    if (error)
        return error;
    if (!task_is_open(task))
        return refuse(fault, ERROR_WRONG_STATE, "state", "the task is %s and cannot slip",
                      choice_name(&task_state_choices, (int)task->state));
    if (task->planned_due_day == DAY_NONE || to->planned_due_day <= task->planned_due_day)
        return refuse(fault, ERROR_INVALID, "planned_due_day",
                      "a task slips to a later day than it is planned for");
    return check_start(task, to, fault);
}

enum error work_plan_slip(struct arena *arena, const struct work_plan *plan, struct task *task,
                          const struct later_days *to, struct list *moves, struct fault *fault)
{
    struct work_graph graph = work_graph_of(arena, plan);
    struct slipping slipping = {0};
    enum error error = check_slip(task, to, fault);
    if (!error)
        error = start_slipping(arena, plan, &graph, &slipping, fault);
    if (error)
        return error;
    struct task_move *move = begin_move(&slipping, task);
    move->to_due_day = task->slipped_due_day = task->planned_due_day = to->planned_due_day;
    if (to->planned_start_day != DAY_NONE)
        move->to_start_day = task->planned_start_day = to->planned_start_day;
    error = push_all(&slipping, task, fault);
    *moves = (struct list){slipping.moves, slipping.move_count};
    return error;
}

/* ---- what waits for something that is late ----------------------------------------------------
 */

static bool is_among(const struct list *ids, struct id id)
{
    for (size_t i = 0; i < ids->count; i++) {
        if (id_equal(*LIST_AT(struct id, *ids, i), id))
            return true;
    }
    return false;
}

/* The tasks of a milestone wait with it. */
static const int32_t *shifts_of(struct arena *arena, const struct work_graph *graph,
                                const struct list *waiting, int32_t days)
{
    int32_t *shift = arena_array(arena, graph->count, sizeof *shift);
    for (size_t n = 0; n < graph->count; n++) {
        const struct work_node *node = &graph->nodes[n];
        bool waits = is_among(waiting, node->id) ||
                     (node->task && is_among(waiting, node->task->milestone_id));
        shift[n] = waits ? days : 0;
    }
    return shift;
}

/* Handed over is handed over. */
static bool can_move(const struct milestone *milestone)
{
    return !milestone_is_accepted(milestone) && milestone->state != MILESTONE_SUBMITTED;
}

/* Of its tasks, and of the milestones that it comes after, which have been visited. */
static int32_t last_of_moved(const struct slipping *slipping, size_t place)
{
    const struct schedule_order *order = &slipping->order;
    int32_t last = DAY_NONE;
    for (uint32_t e = order->first_edge[place]; e < order->first_edge[place + 1]; e++)
        last = later_day(last, slipping->moved_day[order->after[e]]);
    return last;
}

static enum error move_milestone(struct slipping *slipping, size_t place,
                                 struct milestone *milestone, struct fault *fault)
{
    const struct working_days *days = &slipping->order.days;
    int32_t planned = milestone_planned_day(milestone), moved = planned;
    int32_t shift = shift_of(slipping, place);
    if (!can_move(milestone))
        return OK;
    if (shift > 0) {
        enum error error =
            working_day_of(days, (int64_t)working_day_number(days, planned) + shift, &moved, fault);
        if (error)
            return error;
    }
    moved = later_day(moved, last_of_moved(slipping, place));
    if (moved <= planned)
        return OK;
    milestone->planned_due_day = slipping->moved_day[place] = moved;
    slipping->milestone_moves[slipping->milestone_move_count++] =
        (struct milestone_move){milestone->id, milestone->code, milestone->due_day, planned, moved};
    return OK;
}

enum error work_plan_delay(struct arena *arena, const struct work_plan *plan,
                           const struct list *waiting, int32_t days, struct list *task_moves,
                           struct list *milestone_moves, struct fault *fault)
{
    struct work_graph graph = work_graph_of(arena, plan);
    struct slipping slipping = {0};
    enum error error = start_slipping(arena, plan, &graph, &slipping, fault);
    if (error)
        return error;
    slipping.shift = shifts_of(arena, &graph, waiting, days);
    slipping.milestone_moves = arena_array(arena, graph.count, sizeof *slipping.milestone_moves);
    slipping.moved_day = arena_array(arena, graph.count, sizeof *slipping.moved_day);
    error = push_all(&slipping, NULL, fault);
    for (size_t p = 0; p < slipping.order.count; p++) {
        const struct task *task = graph.nodes[slipping.order.node[p]].task;
        bool has_moved = task && slipping.after[p] != slipping.before[p];
        slipping.moved_day[p] = has_moved ? task->planned_due_day : DAY_NONE;
    }
    for (size_t p = 0; !error && p < slipping.order.count; p++) {
        struct milestone *milestone = graph.nodes[slipping.order.node[p]].milestone;
        if (milestone)
            error = move_milestone(&slipping, p, milestone, fault);
    }
    *task_moves = (struct list){slipping.moves, slipping.move_count};
    *milestone_moves = (struct list){slipping.milestone_moves, slipping.milestone_move_count};
    return error;
}
