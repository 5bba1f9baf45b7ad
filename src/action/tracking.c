#include "action/tracking.h"

#include "action/zoned_day.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/proposal.h"
#include "store/estimate.h"
#include "store/task.h"
#include "store/tracking.h"

enum error load_estimated(struct call *call, struct id engagement_id, struct list *figures,
                          bool *found, struct fault *fault)
{
    struct estimate estimate;
    struct proposal proposal;
    struct estimate_figures total;
    enum error error = find_frozen_estimate(&call->store, engagement_id, &estimate, found, fault);
    if (error || !*found)
        return error;
    error = load_row(call, &proposal_shape, estimate.proposal_id, &proposal, fault);
    return error ? error
                 : estimate_reckon(call->arena, &estimate, proposal.plan, &estimate.rates, figures,
                                   &total, fault);
}

/* What only the agency sees. */
struct effort_ground {
    struct list times;
    struct list estimates;
    bool has_estimate;
};

static enum error load_effort(struct call *call, struct id engagement_id,
                              struct effort_ground *effort, struct fault *fault)
{
    *effort = (struct effort_ground){0};
    if (!call->store.viewer.is_agency)
        return OK;
    enum error error =
        load_estimated(call, engagement_id, &effort->estimates, &effort->has_estimate, fault);
    return error ? error
                 : sum_approved_time(&call->store, engagement_id, DAY_MAX, INT64_MAX,
                                     &effort->times, fault);
}

static const int32_t *submitted_days(struct call *call, const struct list *submissions,
                                     const char *zone_name)
{
    int32_t *days = arena_array(call->arena, submissions->count, sizeof *days);
    for (size_t i = 0; i < submissions->count; i++) {
        int64_t at = LIST_AT(struct submission, *submissions, i)->submitted_at;
        days[i] = zoned_day(zone_name, at);
    }
    return days;
}

enum error reckon_tracking(struct call *call, const struct engagement *engagement, int32_t today,
                           struct tracking_view *view, struct fault *fault)
{
    struct list milestones, tasks, submissions;
    struct effort_ground effort;
    struct id id = engagement->id;
    enum error error = list_milestones_to_plan(&call->store, id, &milestones, fault);
    if (!error)
        error = list_tasks_of(&call->store, id, &tasks, fault);
    if (!error)
        error = list_rounds_of(&call->store, id, &submissions, fault);
    if (!error)
        error = load_effort(call, id, &effort, fault);
    if (error)
        return error;
    const struct tracking_ground ground = {
        .milestones = &milestones,
        .tasks = &tasks,
        .submissions = &submissions,
        .submitted_days = submitted_days(call, &submissions, engagement->time_zone),
        .times = &effort.times,
        .estimates = effort.has_estimate ? &effort.estimates : NULL,
        .currency = engagement->currency,
        .today = today,
    };
    view->engagement_id = id;
    view->today = today;
    view->total = arena_alloc(call->arena, sizeof *view->total);
    tracking_reckon(call->arena, &ground, &view->milestones, view->total);
    return OK;
}

static enum error show_tracking(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->id, &engagement, fault);
    return error ? error
                 : reckon_tracking(call, &engagement, call_today(call, engagement.time_zone),
                                   output, fault);
}

static const struct shape subject_shape = SUBJECT_SHAPE(engagement_id);

static const struct field view_fields[] = {
    FIELD(struct tracking_view, engagement_id, ID),
    FIELD(struct tracking_view, today, DAY),
    FIELD(struct tracking_view, total, OBJECT, .shape = &tracking_shape),
    FIELD(struct tracking_view, milestones, LIST, .limit = LIST_LIMIT, .shape = &tracking_shape),
};
static const struct shape view_shape = SHAPE("tracking_view", struct tracking_view, view_fields);

const struct operation show_tracking_operation = {
    .name = "show_tracking",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &view_shape,
    .run = show_tracking,
};
