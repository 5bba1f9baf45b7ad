#include "core/value_snapshot.h"

#include <string.h>

#include "base/day.h"
#include "core/estimate.h"
#include "core/fields.h"
#include "core/milestone.h"
#include "core/submission.h"
#include "core/task.h"
#include "core/tracking.h"

static const struct field earning_choice_fields[] = {
    ID_FIELD(struct earning_choice),
    VERSION_FIELD(struct earning_choice),
    FIELD(struct earning_choice, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct earning_choice, rule, CHOICE, .flags = REQUIRED, .choices = &earning_rule_choices),
    FIELD(struct earning_choice, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape earning_choice_shape =
    SHAPE("earning_choice", struct earning_choice, earning_choice_fields);

static const char *const value_bases[] = {
    [VALUE_BY_COST] = "cost",
    [VALUE_BY_PRICE] = "price",
};
const struct choices value_basis_choices = CHOICES("value_basis", value_bases);

static const struct field value_snapshot_fields[] = {
    ID_FIELD(struct value_snapshot),
    FIELD(struct value_snapshot, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct value_snapshot, day, DAY, .flags = REQUIRED),
    FIELD(struct value_snapshot, basis, CHOICE, .flags = REQUIRED, .choices = &value_basis_choices),
    FIELD(struct value_snapshot, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct value_snapshot, milestones, LIST, .limit = LIST_LIMIT, .shape = &kept_value_shape),
    FIELD(struct value_snapshot, taken_at, MOMENT, .flags = REQUIRED),
};
const struct shape value_snapshot_shape =
    SHAPE("value_snapshot", struct value_snapshot, value_snapshot_fields);

/* ---- what a milestone has reached ---------------------------------------------------------- */

static bool is_by(int32_t day, int32_t by)
{
    return day != DAY_NONE && day <= by;
}

static enum earning_rule rule_of(const struct value_ground *ground, struct id milestone_id)
{
    for (size_t i = 0; i < ground->choices->count; i++) {
        const struct earning_choice *choice = LIST_AT(struct earning_choice, *ground->choices, i);
        if (id_equal(choice->id, milestone_id))
            return choice->rule;
    }
    return EARN_ON_ACCEPTANCE;
}

static int64_t criteria_met(const struct submission *round)
{
    int64_t met = 0;
    for (size_t i = 0; i < round->decisions.count; i++)
        met += LIST_AT(struct decision, round->decisions, i)->met;
    return met;
}

static void reach_criteria(const struct value_ground *ground, const struct milestone *milestone,
                           struct earning *earning)
{
    earning->whole = (int64_t)milestone->criteria.count;
    for (size_t i = 0; i < ground->submissions->count; i++) {
        const struct submission *round = LIST_AT(struct submission, *ground->submissions, i);
        if (!id_equal(round->milestone_id, milestone->id) || round->state == SUBMISSION_WITHDRAWN ||
            !is_by(ground->decided_days[i], ground->day))
            continue;
        int64_t met = criteria_met(round);
        earning->reached = met < earning->whole ? met : earning->whole;
    }
}

static void reach_tasks(const struct value_ground *ground, struct id milestone_id,
                        struct earning *earning)
{
    for (size_t i = 0; i < ground->tasks->count; i++) {
        const struct task *task = LIST_AT(struct task, *ground->tasks, i);
        if (!id_equal(task->milestone_id, milestone_id) || task->state == TASK_CANCELLED ||
            ground->created_days[i] > ground->day)
            continue;
        earning->whole += task->estimate_minutes;
        if (is_by(task->done_day, ground->day))
            earning->reached += task->estimate_minutes;
    }
}

/* ---- money --------------------------------------------------------------------------------- */

static int64_t budget_of(const struct value_ground *ground, const struct milestone *milestone)
{
    if (milestone->state == MILESTONE_CANCELLED)
        return 0;
    if (!ground->estimates)
        return milestone->price_minor;
    for (size_t i = 0; i < ground->estimates->count; i++) {
        const struct estimate_figures *figures =
            LIST_AT(struct estimate_figures, *ground->estimates, i);
        if (strcmp(figures->code, milestone->code) == 0)
            return figures->cost_minor;
    }
    return 0;
}

static int64_t actual_of(const struct value_ground *ground, struct id milestone_id)
{
    if (!ground->estimates)
        return INTEGER_NONE;
    for (size_t i = 0; i < ground->times->count; i++) {
        const struct approved_time *time = LIST_AT(struct approved_time, *ground->times, i);
        if (id_equal(time->milestone_id, milestone_id) && time->cost_minor != INTEGER_NONE)
            return time->cost_minor;
    }
    return 0;
}

struct earning value_earning(const struct value_ground *ground, size_t i)
{
    const struct milestone *milestone = LIST_AT(struct milestone, *ground->milestones, i);
    struct earning earning = {
        .budget_minor = budget_of(ground, milestone),
        .rule = rule_of(ground, milestone->id),
        .start_day = milestone->start_day,
        .due_day = milestone->due_day,
        .is_started = is_by(ground->started_days[i], ground->day),
        .is_accepted = is_by(ground->accepted_days[i], ground->day),
    };
    if (earning.rule == EARN_BY_CRITERIA)
        reach_criteria(ground, milestone, &earning);
    if (earning.rule == EARN_BY_TASKS)
        reach_tasks(ground, milestone->id, &earning);
    return earning;
}

static struct earned_value value_of(const struct value_ground *ground, size_t i)
{
    const struct milestone *milestone = LIST_AT(struct milestone, *ground->milestones, i);
    const struct earning earning = value_earning(ground, i);
    return (struct earned_value){
        .code = milestone->code,
        .rule = earning.rule,
        .budget_minor = earning.budget_minor,
        .planned_minor = earning_planned(&earning, ground->day),
        .earned_minor = earning_earned(&earning),
        .actual_minor = actual_of(ground, milestone->id),
    };
}

bool value_counts(const struct value_ground *ground, size_t i)
{
    const struct milestone *milestone = LIST_AT(struct milestone, *ground->milestones, i);
    int64_t actual_minor = actual_of(ground, milestone->id);
    bool has_cost = actual_minor != INTEGER_NONE && actual_minor != 0;
    return milestone->state != MILESTONE_CANCELLED || has_cost;
}

void value_reckon(struct arena *arena, const struct value_ground *ground,
                  struct value_snapshot *snapshot)
{
    size_t count = 0;
    struct earned_value *rows = arena_array(arena, ground->milestones->count, sizeof *rows);
    for (size_t i = 0; i < ground->milestones->count; i++) {
        if (value_counts(ground, i))
            rows[count++] = value_of(ground, i);
    }
    snapshot->day = ground->day;
    snapshot->basis = ground->estimates ? VALUE_BY_COST : VALUE_BY_PRICE;
    snapshot->milestones = (struct list){rows, count};
}

void value_show(struct arena *arena, const struct value_snapshot *snapshot, struct list *milestones,
                struct earned_value *total)
{
    size_t count = snapshot->milestones.count;
    struct earned_value *rows = arena_array(arena, count, sizeof *rows);
    bool has_cost = snapshot->basis == VALUE_BY_COST;
    *total = (struct earned_value){.currency = snapshot->currency,
                                   .actual_minor = has_cost ? 0 : INTEGER_NONE};
    for (size_t i = 0; i < count; i++) {
        rows[i] = *LIST_AT(struct earned_value, snapshot->milestones, i);
        rows[i].currency = snapshot->currency;
        earned_value_reckon(&rows[i]);
        total->budget_minor += rows[i].budget_minor;
        total->planned_minor += rows[i].planned_minor;
        total->earned_minor += rows[i].earned_minor;
        if (has_cost)
            total->actual_minor += rows[i].actual_minor;
    }
    earned_value_reckon(total);
    *milestones = (struct list){rows, count};
}
