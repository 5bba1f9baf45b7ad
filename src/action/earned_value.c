#include "action/earned_value.h"

#include "action/job.h"
#include "action/tracking.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/engagement.h"
#include "core/milestone.h"
#include "core/submission.h"
#include "core/task.h"
#include "store/task.h"
#include "store/tracking.h"
#include "store/value_snapshot.h"

/* ---- days of moments, where the engagement is ---------------------------------------------- */

static int32_t day_at(const char *zone_name, int64_t time_ms)
{
    return time_ms ? zoned_day(zone_name, time_ms) : DAY_NONE;
}

int64_t value_day_end(const char *zone_name, int32_t day)
{
    return zoned_day_start(zone_name, day + 1);
}

static int32_t earlier(int32_t a, int32_t b)
{
    if (a == DAY_NONE || b == DAY_NONE)
        return a == DAY_NONE ? b : a;
    return a < b ? a : b;
}

/* ---- the ground ---------------------------------------------------------------------------- */

struct ground_lists {
    struct list milestones, tasks, submissions, starts, times, estimates, choices;
    bool has_estimate;
};

static enum error load_lists(struct call *call, const struct engagement *engagement, int32_t day,
                             struct ground_lists *lists, struct fault *fault)
{
    struct store *store = &call->store;
    struct id id = engagement->id;
    enum error error = list_milestones_to_value(store, id, &lists->milestones, fault);
    if (!error)
        error = list_tasks_of(store, id, &lists->tasks, fault);
    if (!error)
        error = list_rounds_of(store, id, &lists->submissions, fault);
    if (!error)
        error = list_milestone_starts(store, id, &lists->starts, fault);
    if (!error)
        error = list_earning_choices(store, id, &lists->choices, fault);
    if (!error)
        error = sum_approved_time(store, id, day, value_day_end(engagement->time_zone, day),
                                  &lists->times, fault);
    return error ? error : load_estimated(call, id, &lists->estimates, &lists->has_estimate, fault);
}

/* The first day on which something was done on a milestone: it was said to begin, a task of it
 * began, or a round of it was handed over. */
static int32_t started_day(const struct ground_lists *lists, struct id milestone_id,
                           const char *zone)
{
    int32_t day = DAY_NONE;
    for (size_t i = 0; i < lists->starts.count; i++) {
        const struct milestone_start *start = LIST_AT(struct milestone_start, lists->starts, i);
        if (id_equal(start->milestone_id, milestone_id))
            day = earlier(day, day_at(zone, start->at));
    }
    for (size_t i = 0; i < lists->tasks.count; i++) {
        const struct task *task = LIST_AT(struct task, lists->tasks, i);
        if (id_equal(task->milestone_id, milestone_id))
            day = earlier(day, task->started_day);
    }
    for (size_t i = 0; i < lists->submissions.count; i++) {
        const struct submission *round = LIST_AT(struct submission, lists->submissions, i);
        if (id_equal(round->milestone_id, milestone_id))
            day = earlier(day, day_at(zone, round->submitted_at));
    }
    return day;
}

static void set_days(struct arena *arena, const struct ground_lists *lists, const char *zone,
                     struct value_ground *ground)
{
    int32_t *accepted = arena_array(arena, lists->milestones.count, sizeof *accepted);
    int32_t *started = arena_array(arena, lists->milestones.count, sizeof *started);
    int32_t *created = arena_array(arena, lists->tasks.count, sizeof *created);
    int32_t *decided = arena_array(arena, lists->submissions.count, sizeof *decided);
    for (size_t i = 0; i < lists->milestones.count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, lists->milestones, i);
        accepted[i] = day_at(zone, milestone->accepted_at);
        started[i] = started_day(lists, milestone->id, zone);
    }
    for (size_t i = 0; i < lists->tasks.count; i++)
        created[i] = day_at(zone, LIST_AT(struct task, lists->tasks, i)->created_at);
    for (size_t i = 0; i < lists->submissions.count; i++)
        decided[i] = day_at(zone, LIST_AT(struct submission, lists->submissions, i)->decided_at);
    ground->accepted_days = accepted;
    ground->started_days = started;
    ground->created_days = created;
    ground->decided_days = decided;
}

/* How the engagement stands at the end of a day. In the arena. */
static enum error load_ground(struct call *call, const struct engagement *engagement, int32_t day,
                              struct value_ground *ground, struct fault *fault)
{
    struct ground_lists *lists = arena_alloc(call->arena, sizeof *lists);
    *lists = (struct ground_lists){0};
    enum error error = load_lists(call, engagement, day, lists, fault);
    if (error)
        return error;
    *ground = (struct value_ground){
        .milestones = &lists->milestones,
        .tasks = &lists->tasks,
        .submissions = &lists->submissions,
        .times = &lists->times,
        .estimates = lists->has_estimate ? &lists->estimates : NULL,
        .choices = &lists->choices,
        .day = day,
    };
    set_days(call->arena, lists, engagement->time_zone, ground);
    return OK;
}

/* The engagement's value at the end of a day, not kept. */
static enum error reckon(struct call *call, const struct engagement *engagement, int32_t day,
                         struct value_ground *ground, struct value_snapshot *snapshot,
                         struct fault *fault)
{
    enum error error = load_ground(call, engagement, day, ground, fault);
    if (error)
        return error;
    *snapshot =
        (struct value_snapshot){.engagement_id = engagement->id, .currency = engagement->currency};
    value_reckon(call->arena, ground, snapshot);
    return OK;
}

/* ---- reading ------------------------------------------------------------------------------- */

enum error load_value(struct call *call, const struct engagement *engagement, int32_t day,
                      struct value_day *value, struct fault *fault)
{
    bool found;
    int32_t today = call_today(call, engagement->time_zone);
    value->is_today = day == DAY_NONE || day == today;
    if (value->is_today)
        return reckon(call, engagement, today, &value->ground, &value->snapshot, fault);
    if (day > today)
        return refuse(fault, ERROR_OUT_OF_RANGE, "day", "is in the future");
    enum error error =
        find_snapshot(&call->store, engagement->id, day, &value->snapshot, &found, fault);
    if (!error && !found)
        error = refuse(fault, ERROR_NOT_FOUND, "day", "no value was kept of that day");
    return error;
}

static enum error show_earned_value(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct show_earned_value *in = input;
    struct earned_value_view *view = output;
    struct engagement engagement;
    struct value_day value;
    const struct value_snapshot *snapshot = &value.snapshot;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = load_value(call, &engagement, in->day, &value, fault);
    if (error)
        return error;
    view->engagement_id = engagement.id;
    view->day = snapshot->day;
    view->basis = snapshot->basis;
    view->taken_at = snapshot->taken_at;
    view->total = arena_alloc(call->arena, sizeof *view->total);
    value_show(call->arena, snapshot, &view->milestones, view->total);
    return OK;
}

static const struct field show_fields[] = {
    FIELD(struct show_earned_value, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct show_earned_value, day, DAY, .flags = FROM_QUERY),
};
const struct shape show_earned_value_shape =
    SHAPE("show_earned_value", struct show_earned_value, show_fields);

static const struct field view_fields[] = {
    FIELD(struct earned_value_view, engagement_id, ID),
    FIELD(struct earned_value_view, day, DAY),
    FIELD(struct earned_value_view, basis, CHOICE, .choices = &value_basis_choices),
    FIELD(struct earned_value_view, taken_at, MOMENT),
    FIELD(struct earned_value_view, total, OBJECT, .flags = AGENCY_ONLY,
          .shape = &earned_value_shape),
    FIELD(struct earned_value_view, milestones, LIST, .flags = AGENCY_ONLY, .limit = LIST_LIMIT,
          .shape = &earned_value_shape),
};
static const struct shape view_shape =
    SHAPE("earned_value_view", struct earned_value_view, view_fields);

const struct operation show_earned_value_operation = {
    .name = "show_earned_value",
    .permission = PERMIT_READ_AGENCY,
    .in = &show_earned_value_shape,
    .out = &view_shape,
    .run = show_earned_value,
};

/* ---- choosing how a milestone earns -------------------------------------------------------- */

static enum error check_open(struct call *call, const struct milestone *milestone,
                             struct fault *fault)
{
    struct engagement engagement;
    enum error error =
        load_row(call, &engagement_shape, milestone->engagement_id, &engagement, fault);
    if (!error)
        error = engagement_check_decision(&engagement, fault);
    if (!error && (milestone_is_accepted(milestone) || milestone->state == MILESTONE_CANCELLED))
        error =
            refuse(fault, ERROR_WRONG_STATE, "state", "%s is %s: it earns nothing more",
                   milestone->code, choice_name(&milestone_state_choices, (int)milestone->state));
    return error;
}

static enum error choose_earning_rule(struct call *call, const void *input, void *output,
                                      struct fault *fault)
{
    const struct choose_earning_rule *in = input;
    struct earning_choice *choice = output;
    struct milestone milestone;
    bool found;
    enum error error = load_row(call, &milestone_shape, in->milestone_id, &milestone, fault);
    if (!error)
        error = find_earning_choice(&call->store, milestone.id, choice, &found, fault);
    if (!error && !found)
        *choice = (struct earning_choice){0}; /* a version that nothing has yet */
    if (!error)
        error = check_version(call, &earning_choice_shape, choice, fault);
    if (!error)
        error = check_open(call, &milestone, fault);
    if (error)
        return error;
    happened(call, "milestone.earning_rule_chosen", milestone.id, milestone.engagement_id);
    if (found) {
        choice->rule = in->rule;
        return save_row(call, &earning_choice_shape, choice, fault);
    }
    *choice = (struct earning_choice){.id = milestone.id,
                                      .engagement_id = milestone.engagement_id,
                                      .rule = in->rule,
                                      .created_at = call->now_ms};
    return insert_row(call, &earning_choice_shape, choice, fault);
}

static const struct field choose_fields[] = {
    FIELD(struct choose_earning_rule, milestone_id, ID, .flags = FROM_PATH),
    FIELD(struct choose_earning_rule, rule, CHOICE, .flags = REQUIRED,
          .choices = &earning_rule_choices),
};
static const struct shape choose_shape =
    SHAPE("choose_earning_rule", struct choose_earning_rule, choose_fields);

const struct operation choose_earning_rule_operation = {
    .name = "choose_earning_rule",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &choose_shape,
    .out = &earning_choice_shape,
    .run = choose_earning_rule,
};

/* ---- keeping days -------------------------------------------------------------------------- */

/* The job that keeps a day. */
static enum error wait_for_end(struct call *call, const struct engagement *engagement, int32_t day,
                               struct fault *fault)
{
    return schedule_job(call, JOB_TAKE_SNAPSHOT, engagement->id, engagement->id,
                        value_day_end(engagement->time_zone, day), fault);
}

enum error start_snapshots(struct call *call, const struct engagement *engagement,
                           struct fault *fault)
{
    return wait_for_end(call, engagement, call_today(call, engagement->time_zone), fault);
}

static enum error keep_day(struct call *call, const struct engagement *engagement, int32_t day,
                           struct fault *fault)
{
    struct value_snapshot snapshot;
    struct value_ground ground;
    bool found;
    enum error error = find_snapshot(&call->store, engagement->id, day, &snapshot, &found, fault);
    if (error || found)
        return error;
    error = reckon(call, engagement, day, &ground, &snapshot, fault);
    if (error)
        return error;
    snapshot.id = call_id(call);
    snapshot.taken_at = call->now_ms;
    return insert_row(call, &value_snapshot_shape, &snapshot, fault);
}

enum error take_snapshot(struct call *call, const struct job *job, struct fault *fault)
{
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, job->subject_id, &engagement, fault);
    if (error)
        return error;
    int32_t day = zoned_day(engagement.time_zone, job->due_at) - 1;
    error = keep_day(call, &engagement, day, fault);
    bool goes_on =
        engagement.state == ENGAGEMENT_ACTIVE || engagement.state == ENGAGEMENT_SUSPENDED;
    return error || !goes_on ? error : wait_for_end(call, &engagement, day + 1, fault);
}
