#include "action/baseline.h"

#include "action/task.h"
#include "base/limits.h"
#include "core/code.h"
#include "core/engagement.h"
#include "store/baseline.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_baselines),
    FIELD(struct list_baselines, engagement_id, ID, .flags = FROM_PATH),
};
static const struct shape list_shape = SHAPE("list_baselines", struct list_baselines, list_fields);

static const struct field summary_fields[] = {
    FIELD(struct baseline, id, ID),
    FIELD(struct baseline, engagement_id, ID),
    FIELD(struct baseline, name, TEXT),
    FIELD(struct baseline, note, TEXT),
    FIELD(struct baseline, taken_day, DAY),
    FIELD(struct baseline, taken_by, ID),
    FIELD(struct baseline, taken_by_name, TEXT),
    FIELD(struct baseline, created_at, MOMENT),
};
static const struct shape summary_shape =
    SHAPE("baseline_summary", struct baseline, summary_fields);

static const struct shape page_shape = PAGE_SHAPE("baseline_page", summary_shape);

static const struct listing baselines = {
    .shape = &baseline_shape,
    .sorts = (const char *const[]){"name", "taken_day", NULL},
};

static enum error list_baselines(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_baselines *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &baselines, &list_shape, in, output, fault);
}

const struct operation list_baselines_operation = {
    .name = "list_baselines",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_baselines,
};

static const struct shape subject_shape = SUBJECT_SHAPE(baseline_id);

const struct operation show_baseline_operation = {
    .name = "show_baseline",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &baseline_shape,
};

/* ---- taking -------------------------------------------------------------------------------- */

/* Of the plan as it is, whatever its name. */
static enum error make_baseline(struct call *call, struct id engagement_id, const char *name,
                                struct baseline *baseline, struct fault *fault)
{
    struct plan_lists lists;
    enum error error = load_work_plan(call, engagement_id, &lists, fault);
    if (error)
        return error;
    *baseline = (struct baseline){
        .id = call_id(call),
        .engagement_id = engagement_id,
        .name = name,
        .taken_day = lists.plan.today,
        .rows = baseline_rows(call->arena, &lists.plan),
        .taken_by = call->actor.id,
        .taken_by_name = call->actor.name,
        .created_at = call->now_ms,
    };
    return OK;
}

enum error make_kickoff_baseline(struct call *call, struct id engagement_id,
                                 struct baseline *baseline, struct fault *fault)
{
    int64_t count;
    *baseline = (struct baseline){0};
    enum error error =
        count_baselines_named(&call->store, engagement_id, KICKOFF_BASELINE, &count, fault);
    if (error || count > 0)
        return error;
    return make_baseline(call, engagement_id, KICKOFF_BASELINE, baseline, fault);
}

enum error keep_baseline(struct call *call, struct baseline *baseline, struct fault *fault)
{
    if (id_is_none(baseline->id))
        return OK;
    happened(call, "baseline.taken", baseline->id, baseline->engagement_id);
    return insert_row(call, &baseline_shape, baseline, fault);
}

static const struct field take_fields[] = {
    FIELD(struct baseline, engagement_id, ID, .flags = FROM_PATH),
    FIELD(struct baseline, name, TEXT, .flags = REQUIRED),
    FIELD(struct baseline, note, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape take_shape = SHAPE("take_baseline", struct baseline, take_fields);

static enum error take_baseline(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct baseline *in = input;
    struct baseline *baseline = output;
    struct engagement engagement;
    int64_t count = 0;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    if (!error)
        error = engagement_check_work(&engagement, fault);
    if (!error)
        error = text_check(in->name, "name", fault);
    if (!error)
        error = count_baselines_named(&call->store, engagement.id, in->name, &count, fault);
    if (!error && count > 0)
        error = refuse(fault, ERROR_CONFLICT, "name", "there is a baseline of this name");
    if (!error)
        error = make_baseline(call, engagement.id, in->name, baseline, fault);
    if (error)
        return error;
    baseline->note = in->note;
    return keep_baseline(call, baseline, fault);
}

const struct operation take_baseline_operation = {
    .name = "take_baseline",
    .permission = PERMIT_PLAN,
    .writes = true,
    .in = &take_shape,
    .out = &baseline_shape,
    .run = take_baseline,
};

/* ---- comparing ----------------------------------------------------------------------------- */

static const struct field variance_fields[] = {
    FIELD(struct baseline_variance, baseline_id, ID),
    FIELD(struct baseline_variance, name, TEXT),
    FIELD(struct baseline_variance, taken_day, DAY),
    FIELD(struct baseline_variance, today, DAY),
    FIELD(struct baseline_variance, rows, LIST, .limit = 2 * BASELINE_ROWS_LIMIT,
          .shape = &variance_shape),
};
static const struct shape out_shape =
    SHAPE("baseline_variance", struct baseline_variance, variance_fields);

static enum error compare_baseline(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct subject *in = input;
    struct baseline_variance *out = output;
    struct baseline baseline;
    struct plan_lists lists;
    enum error error = load_row(call, &baseline_shape, in->id, &baseline, fault);
    if (!error)
        error = load_work_plan(call, baseline.engagement_id, &lists, fault);
    if (error)
        return error;
    struct list rows = baseline_rows(call->arena, &lists.plan);
    *out = (struct baseline_variance){
        .baseline_id = baseline.id,
        .name = baseline.name,
        .taken_day = baseline.taken_day,
        .today = lists.plan.today,
        .rows = baseline_compare(call->arena, &baseline, &rows),
    };
    return OK;
}

const struct operation compare_baseline_operation = {
    .name = "compare_baseline",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &out_shape,
    .run = compare_baseline,
};
