#include "core/tracking.h"

#include <string.h>

#include "base/day.h"
#include "core/estimate.h"
#include "core/fields.h"
#include "core/ratio.h"

static const struct field approved_time_fields[] = {
    FIELD(struct approved_time, milestone_id, ID),
    FIELD(struct approved_time, minutes, INTEGER),
    FIELD(struct approved_time, cost_minor, MONEY, .flags = NULLABLE),
};
const struct shape approved_time_shape =
    SHAPE("approved_time", struct approved_time, approved_time_fields);

static const struct field tracking_fields[] = {
    FIELD(struct tracking, code, TEXT),
    FIELD(struct tracking, title, TEXT),
    FIELD(struct tracking, state, CHOICE, .choices = &milestone_state_choices),
    FIELD(struct tracking, due_day, DAY),
    FIELD(struct tracking, tasks, INTEGER),
    FIELD(struct tracking, tasks_done, INTEGER),
    FIELD(struct tracking, task_completion_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct tracking, deadlines, INTEGER),
    FIELD(struct tracking, deadlines_kept, INTEGER),
    FIELD(struct tracking, deadline_adherence_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct tracking, first_decisions, INTEGER),
    FIELD(struct tracking, first_acceptances, INTEGER),
    FIELD(struct tracking, first_pass_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct tracking, minor_defects, INTEGER),
    FIELD(struct tracking, major_defects, INTEGER),
    FIELD(struct tracking, critical_defects, INTEGER),
    FIELD(struct tracking, planned_minutes, INTEGER, .flags = AGENCY_ONLY),
    FIELD(struct tracking, estimated_minutes, INTEGER, .flags = NULLABLE | AGENCY_ONLY),
    FIELD(struct tracking, approved_minutes, INTEGER, .flags = AGENCY_ONLY),
    FIELD(struct tracking, currency, TEXT),
    FIELD(struct tracking, estimated_cost_minor, MONEY, .flags = NULLABLE | AGENCY_ONLY),
    FIELD(struct tracking, approved_cost_minor, MONEY, .flags = NULLABLE | AGENCY_ONLY),
};
const struct shape tracking_shape = SHAPE("tracking", struct tracking, tracking_fields);

/* ---- of one milestone ---------------------------------------------------------------------- */

static void add_tasks(const struct tracking_ground *ground, struct id milestone_id,
                      struct tracking *row)
{
    for (size_t i = 0; i < ground->tasks->count; i++) {
        const struct task *task = LIST_AT(struct task, *ground->tasks, i);
        if (!id_equal(task->milestone_id, milestone_id) || task->state == TASK_CANCELLED)
            continue;
        row->tasks++;
        row->tasks_done += task->state == TASK_DONE;
        row->planned_minutes += task->estimate_minutes;
    }
}

/* The first and the last round of a milestone that was not withdrawn; NULL if there is none. */
struct rounds {
    const struct submission *first;
    const struct submission *last;
    int32_t last_day; /* on which that was handed over */
};

static struct rounds rounds_of(const struct tracking_ground *ground, struct id milestone_id)
{
    struct rounds rounds = {0};
    for (size_t i = 0; i < ground->submissions->count; i++) {
        const struct submission *round = LIST_AT(struct submission, *ground->submissions, i);
        if (!id_equal(round->milestone_id, milestone_id) || round->state == SUBMISSION_WITHDRAWN)
            continue;
        rounds.first = rounds.first ? rounds.first : round;
        rounds.last = round;
        rounds.last_day = ground->submitted_days[i];
    }
    return rounds;
}

static bool is_accepted(const struct submission *round)
{
    return round->state == SUBMISSION_ACCEPTED || round->state == SUBMISSION_DEEMED_ACCEPTED;
}

static void judge_deadline(const struct tracking_ground *ground, const struct milestone *milestone,
                           const struct rounds *rounds, struct tracking *row)
{
    bool in_time = rounds->last && rounds->last_day <= milestone->due_day;
    bool is_open = in_time && rounds->last->state == SUBMISSION_SUBMITTED;
    if (!milestone_is_accepted(milestone) && (ground->today <= milestone->due_day || is_open))
        return;
    row->deadlines = 1;
    row->deadlines_kept = milestone_is_accepted(milestone) && in_time;
}

static void judge_first_pass(const struct rounds *rounds, struct tracking *row)
{
    if (!rounds->first || rounds->first->state == SUBMISSION_SUBMITTED)
        return;
    row->first_decisions = 1;
    row->first_acceptances = is_accepted(rounds->first);
}

/* What is carried to another milestone is no defect of this one (core/defect.h). */
static void add_defects_of(const struct submission *round, struct tracking *row)
{
    for (size_t i = 0; i < round->decisions.count; i++) {
        const struct decision *decision = LIST_AT(struct decision, round->decisions, i);
        if (decision->met || decision->remedy == REMEDY_CARRY)
            continue;
        row->minor_defects += decision->severity == SEVERITY_MINOR;
        row->major_defects += decision->severity == SEVERITY_MAJOR;
        row->critical_defects += decision->severity == SEVERITY_CRITICAL;
    }
}

static void add_defects(const struct tracking_ground *ground, struct id milestone_id,
                        struct tracking *row)
{
    for (size_t i = 0; i < ground->submissions->count; i++) {
        const struct submission *round = LIST_AT(struct submission, *ground->submissions, i);
        if (id_equal(round->milestone_id, milestone_id))
            add_defects_of(round, row);
    }
}

static void set_effort(const struct tracking_ground *ground, const struct milestone *milestone,
                       struct tracking *row)
{
    bool has_estimate = ground->estimates != NULL;
    row->estimated_minutes = has_estimate ? 0 : INTEGER_NONE;
    row->estimated_cost_minor = has_estimate ? 0 : INTEGER_NONE;
    row->approved_cost_minor = has_estimate ? 0 : INTEGER_NONE;
    for (size_t i = 0; has_estimate && i < ground->estimates->count; i++) {
        const struct estimate_figures *figures =
            LIST_AT(struct estimate_figures, *ground->estimates, i);
        if (strcmp(figures->code, milestone->code) != 0)
            continue;
        row->estimated_minutes = figures->expected_minutes;
        row->estimated_cost_minor = figures->cost_minor;
    }
    for (size_t i = 0; i < ground->times->count; i++) {
        const struct approved_time *time = LIST_AT(struct approved_time, *ground->times, i);
        if (!id_equal(time->milestone_id, milestone->id))
            continue;
        row->approved_minutes += time->minutes;
        if (has_estimate && time->cost_minor != INTEGER_NONE)
            row->approved_cost_minor += time->cost_minor;
    }
}

static void set_rates(struct tracking *row)
{
    row->task_completion_ppm = ratio_ppm(row->tasks_done, row->tasks);
    row->deadline_adherence_ppm = ratio_ppm(row->deadlines_kept, row->deadlines);
    row->first_pass_ppm = ratio_ppm(row->first_acceptances, row->first_decisions);
}

static struct tracking reckon_one(const struct tracking_ground *ground,
                                  const struct milestone *milestone)
{
    struct tracking row = {.code = milestone->code,
                           .title = milestone->title,
                           .state = milestone->state,
                           .due_day = milestone->due_day,
                           .currency = ground->currency};
    struct rounds rounds = rounds_of(ground, milestone->id);
    if (milestone->state != MILESTONE_CANCELLED) {
        add_tasks(ground, milestone->id, &row);
        judge_deadline(ground, milestone, &rounds, &row);
        judge_first_pass(&rounds, &row);
        add_defects(ground, milestone->id, &row);
    }
    set_effort(ground, milestone, &row);
    set_rates(&row);
    return row;
}

/* ---- of all -------------------------------------------------------------------------------- */

static const size_t summed[] = {
    offsetof(struct tracking, tasks),
    offsetof(struct tracking, tasks_done),
    offsetof(struct tracking, deadlines),
    offsetof(struct tracking, deadlines_kept),
    offsetof(struct tracking, first_decisions),
    offsetof(struct tracking, first_acceptances),
    offsetof(struct tracking, minor_defects),
    offsetof(struct tracking, major_defects),
    offsetof(struct tracking, critical_defects),
    offsetof(struct tracking, planned_minutes),
    offsetof(struct tracking, estimated_minutes),
    offsetof(struct tracking, approved_minutes),
    offsetof(struct tracking, estimated_cost_minor),
    offsetof(struct tracking, approved_cost_minor),
};

/* What one of the rows has none of, the sum has none of. */
static void add_row(struct tracking *total, const struct tracking *row)
{
    for (size_t i = 0; i < sizeof summed / sizeof *summed; i++) {
        int64_t *sum = (int64_t *)(void *)((char *)total + summed[i]);
        int64_t part = *(const int64_t *)(const void *)((const char *)row + summed[i]);
        bool is_none = *sum == INTEGER_NONE || part == INTEGER_NONE;
        *sum = is_none ? INTEGER_NONE : *sum + part;
    }
}

void tracking_reckon(struct arena *arena, const struct tracking_ground *ground, struct list *rows,
                     struct tracking *total)
{
    size_t count = ground->milestones->count;
    struct tracking *made = arena_array(arena, count, sizeof *made);
    *total = (struct tracking){.due_day = DAY_NONE, .currency = ground->currency};
    for (size_t i = 0; i < count; i++) {
        made[i] = reckon_one(ground, LIST_AT(struct milestone, *ground->milestones, i));
        add_row(total, &made[i]);
    }
    set_rates(total);
    *rows = (struct list){made, count};
}
