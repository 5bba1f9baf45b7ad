#include "core/baseline.h"

#include "base/day.h"
#include "core/fields.h"

static const struct field baseline_row_fields[] = {
    FIELD(struct baseline_row, kind, CHOICE, .flags = REQUIRED, .choices = &plan_node_kind_choices),
    FIELD(struct baseline_row, id, ID, .flags = REQUIRED),
    FIELD(struct baseline_row, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct baseline_row, title, TEXT, .flags = REQUIRED),
    FIELD(struct baseline_row, start_day, DAY, OPTIONAL),
    FIELD(struct baseline_row, due_day, DAY, OPTIONAL),
    FIELD(struct baseline_row, signed_due_day, DAY, OPTIONAL),
};
const struct shape baseline_row_shape =
    SHAPE("baseline_row", struct baseline_row, baseline_row_fields);

static const struct field baseline_fields[] = {
    ID_FIELD(struct baseline),
    FIELD(struct baseline, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct baseline, name, TEXT, .flags = REQUIRED),
    FIELD(struct baseline, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct baseline, taken_day, DAY, .flags = REQUIRED),
    FIELD(struct baseline, rows, LIST, .limit = BASELINE_ROWS_LIMIT, .shape = &baseline_row_shape),
    FIELD(struct baseline, taken_by, ID, .flags = REQUIRED),
    FIELD(struct baseline, taken_by_name, TEXT, .flags = REQUIRED),
    FIELD(struct baseline, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape baseline_shape = SHAPE("baseline", struct baseline, baseline_fields);

static const char *const variance_changes[] = {
    [VARIANCE_KEPT] = "kept",
    [VARIANCE_ADDED] = "added",
    [VARIANCE_DROPPED] = "dropped",
};
static const struct choices variance_change_choices = CHOICES("variance_change", variance_changes);

static const struct field variance_fields[] = {
    FIELD(struct variance, change, CHOICE, .choices = &variance_change_choices),
    FIELD(struct variance, kind, CHOICE, .choices = &plan_node_kind_choices),
    FIELD(struct variance, id, ID),
    FIELD(struct variance, code, TEXT),
    FIELD(struct variance, title, TEXT),
    FIELD(struct variance, baseline_start_day, DAY),
    FIELD(struct variance, baseline_due_day, DAY),
    FIELD(struct variance, start_day, DAY),
    FIELD(struct variance, due_day, DAY),
    FIELD(struct variance, start_variance_days, INTEGER, .flags = NULLABLE),
    FIELD(struct variance, variance_days, INTEGER, .flags = NULLABLE),
};
const struct shape variance_shape = SHAPE("variance", struct variance, variance_fields);

/* ---- taking -------------------------------------------------------------------------------- */

static int32_t planned_due(const struct work_plan *plan, const struct milestone *milestone)
{
    int32_t last = DAY_NONE;
    for (size_t i = 0; i < plan->tasks->count; i++) {
        const struct task *task = LIST_AT(struct task, *plan->tasks, i);
        if (task->state != TASK_CANCELLED && id_equal(task->milestone_id, milestone->id) &&
            task->planned_due_day > last)
            last = task->planned_due_day;
    }
    return last == DAY_NONE ? milestone_planned_day(milestone) : last;
}

struct list baseline_rows(struct arena *arena, const struct work_plan *plan)
{
    size_t count = 0;
    struct baseline_row *rows =
        arena_array(arena, plan->milestones->count + plan->tasks->count, sizeof *rows);
    for (size_t i = 0; i < plan->milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *plan->milestones, i);
        if (milestone->state != MILESTONE_CANCELLED)
            rows[count++] = (struct baseline_row){
                PLAN_MILESTONE,    milestone->id,        milestone->code,
                milestone->title,  milestone->start_day, planned_due(plan, milestone),
                milestone->due_day};
    }
    for (size_t i = 0; i < plan->tasks->count; i++) {
        const struct task *task = LIST_AT(struct task, *plan->tasks, i);
        if (task->state != TASK_CANCELLED)
            rows[count++] = (struct baseline_row){PLAN_TASK,
                                                  task->id,
                                                  task->code,
                                                  task->title,
                                                  task->planned_start_day,
                                                  task->planned_due_day,
                                                  DAY_NONE};
    }
    return (struct list){rows, count};
}

/* ---- comparing ----------------------------------------------------------------------------- */

static const struct baseline_row *row_in(const struct list *rows, struct id id)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct baseline_row *row = LIST_AT(struct baseline_row, *rows, i);
        if (id_equal(row->id, id))
            return row;
    }
    return NULL;
}

static int64_t days_between(int32_t from, int32_t to)
{
    return from == DAY_NONE || to == DAY_NONE ? INTEGER_NONE : (int64_t)to - from;
}

/* Either may be NULL, not both. */
static struct variance variance_of(const struct baseline_row *was, const struct baseline_row *is)
{
    const struct baseline_row *either = is ? is : was;
    struct variance variance = {
        .change = was && is ? VARIANCE_KEPT
                  : is      ? VARIANCE_ADDED
                            : VARIANCE_DROPPED,
        .kind = either->kind,
        .id = either->id,
        .code = either->code,
        .title = either->title,
        .baseline_start_day = was ? was->start_day : DAY_NONE,
        .baseline_due_day = was ? was->due_day : DAY_NONE,
        .start_day = is ? is->start_day : DAY_NONE,
        .due_day = is ? is->due_day : DAY_NONE,
    };
    variance.start_variance_days = days_between(variance.baseline_start_day, variance.start_day);
    variance.variance_days = days_between(variance.baseline_due_day, variance.due_day);
    return variance;
}

struct list baseline_compare(struct arena *arena, const struct baseline *baseline,
                             const struct list *rows)
{
    size_t count = 0;
    struct variance *variances =
        arena_array(arena, baseline->rows.count + rows->count, sizeof *variances);
    for (size_t i = 0; i < baseline->rows.count; i++) {
        const struct baseline_row *was = LIST_AT(struct baseline_row, baseline->rows, i);
        variances[count++] = variance_of(was, row_in(rows, was->id));
    }
    for (size_t i = 0; i < rows->count; i++) {
        const struct baseline_row *is = LIST_AT(struct baseline_row, *rows, i);
        if (!row_in(&baseline->rows, is->id))
            variances[count++] = variance_of(NULL, is);
    }
    return (struct list){variances, count};
}
