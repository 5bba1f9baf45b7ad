/* Earned value, explained: each milestone's budget, what is planned, earned and spent of it, and
 * what follows from these. */
#include <stddef.h>

#include "base/money.h"
#include "core/explanation_making.h"
#include "core/milestone.h"
#include "core/ratio.h"
#include "core/tracking.h"

enum { NUMBERS = 10 }; /* of each milestone, and of all */

struct valuing {
    struct making making;
    const struct value_facts *facts;
    struct list rows; /* struct earned_value */
    size_t next;      /* of the ground's milestones, those that count having a row each */
    struct earned_value total;
};

/* ---- a milestone of today ------------------------------------------------------------------ */

/* The milestone of the next row. */
static size_t take_place(struct valuing *of)
{
    while (!value_counts(of->facts->ground, of->next))
        of->next++;
    return of->next++;
}

static void explain_budget_of(struct valuing *of, const struct earned_value *value,
                              const struct milestone *milestone, const struct earning *earning)
{
    bool is_cost = of->facts->ground->estimates != NULL;
    struct explained_number *number = explanation_add_number(
        &of->making, "budget", value->budget_minor, is_cost ? RULE_ESTIMATED_COST : RULE_PRICE, 1);
    explanation_add_input(&of->making, number,
                          (struct explained_input){
                              is_cost ? INPUT_ESTIMATE : INPUT_MILESTONE,
                              .name = milestone->code,
                              .amount_minor = earning->budget_minor,
                              .subject_id = is_cost ? of->facts->estimate_id : milestone->id,
                          });
    explained_check_sum(number);
}

static const enum explained_rule planned_rules[] = {
    [EARNING_NOTHING] = RULE_PLANNED_NOTHING,
    [EARNING_HALF] = RULE_PLANNED_HALF,
    [EARNING_BY_DAYS] = RULE_PLANNED_BY_DAYS,
    [EARNING_WHOLE] = RULE_PLANNED_WHOLE,
};
static const enum explained_rule earned_rules[] = {
    [EARNING_NOTHING] = RULE_EARNED_NOTHING,
    [EARNING_HALF] = RULE_EARNED_HALF,
    [EARNING_BY_CRITERIA] = RULE_EARNED_BY_CRITERIA,
    [EARNING_BY_TASKS] = RULE_EARNED_BY_TASKS,
    [EARNING_WHOLE] = RULE_EARNED_WHOLE,
};

static void explain_share(struct valuing *of, const char *member, int64_t amount_minor,
                          enum explained_rule rule, struct earning_share share,
                          const struct milestone *milestone, int64_t budget_minor)
{
    struct explained_number *number =
        explanation_add_number(&of->making, member, amount_minor, rule, 1);
    int64_t share_minor = ratio_of(budget_minor, share.part, share.whole);
    bool is_rounded = share.part != 0 && share.part != share.whole;
    number->of_minor = budget_minor;
    if (is_rounded) {
        number->exact = explanation_quotient(&of->making, budget_minor, share.part, share.whole);
        explained_set_rounding(number, ROUNDED_ONCE);
    }
    explanation_add_input(&of->making, number,
                          (struct explained_input){INPUT_SHARE, .name = milestone->code,
                                                   .part = share.part, .whole = share.whole,
                                                   .amount_minor = share_minor,
                                                   .subject_id = milestone->id});
    explained_check_sum(number);
}

static const struct approved_time *time_of(const struct value_ground *ground, struct id id)
{
    for (size_t i = 0; i < ground->times->count; i++) {
        const struct approved_time *time = LIST_AT(struct approved_time, *ground->times, i);
        if (id_equal(time->milestone_id, id) && time->cost_minor != INTEGER_NONE)
            return time;
    }
    return NULL;
}

/* What the work costs is not known without an estimate. */
static void explain_actual(struct valuing *of, const struct earned_value *value,
                           const struct milestone *milestone)
{
    const struct value_ground *ground = of->facts->ground;
    const struct approved_time *time = time_of(ground, milestone->id);
    struct explained_number *number =
        explanation_add_number(&of->making, "actual", value->actual_minor, RULE_COST_OF_TIME, 1);
    if (!ground->estimates) {
        number->is_sound = value->actual_minor == INTEGER_NONE;
        return;
    }
    if (time)
        explanation_add_input(&of->making, number,
                              (struct explained_input){
                                  INPUT_TIME, .name = milestone->code, .minutes = time->minutes,
                                  .amount_minor = time->cost_minor, .subject_id = milestone->id});
    explained_check_sum(number);
}

static void explain_today(struct valuing *of, const struct earned_value *value)
{
    const struct value_ground *ground = of->facts->ground;
    size_t place = take_place(of);
    const struct milestone *milestone = LIST_AT(struct milestone, *ground->milestones, place);
    const struct earning earning = value_earning(ground, place);
    const struct earning_share planned = earning_planned_share(&earning, ground->day);
    const struct earning_share earned = earning_earned_share(&earning);
    explain_budget_of(of, value, milestone, &earning);
    explain_share(of, "planned", value->planned_minor, planned_rules[planned.reason], planned,
                  milestone, earning.budget_minor);
    explain_share(of, "earned", value->earned_minor, earned_rules[earned.reason], earned, milestone,
                  earning.budget_minor);
    explain_actual(of, value, milestone);
}

/* ---- of a day that is over, and of all ----------------------------------------------------- */

static const struct {
    const char *name;
    size_t member;
} kept[] = {
    {"budget", offsetof(struct earned_value, budget_minor)},
    {"planned", offsetof(struct earned_value, planned_minor)},
    {"earned", offsetof(struct earned_value, earned_minor)},
    {"actual", offsetof(struct earned_value, actual_minor)},
};
enum { KEPT = sizeof kept / sizeof *kept };

static int64_t amount_of(const struct earned_value *value, size_t i)
{
    return *(const int64_t *)(const void *)((const char *)value + kept[i].member);
}

static void explain_kept(struct valuing *of, const struct earned_value *value, size_t place)
{
    const struct value_snapshot *snapshot = of->facts->snapshot;
    const struct earned_value *row = LIST_AT(struct earned_value, snapshot->milestones, place);
    for (size_t i = 0; i < KEPT; i++) {
        struct explained_number *number =
            explanation_add_number(&of->making, kept[i].name, amount_of(value, i), RULE_AS_KEPT, 1);
        number->is_sound = amount_of(row, i) == amount_of(value, i);
        explanation_add_input(&of->making, number,
                              (struct explained_input){INPUT_SNAPSHOT, .name = value->code,
                                                       .day = snapshot->day,
                                                       .amount_minor = amount_of(row, i)});
    }
}

static void explain_totals(struct valuing *of)
{
    for (size_t i = 0; i < KEPT; i++) {
        int64_t whole_minor = amount_of(&of->total, i);
        bool is_known = whole_minor != INTEGER_NONE;
        struct explained_number *number = explanation_add_number(
            &of->making, kept[i].name, whole_minor, RULE_SUM, of->rows.count);
        number->is_sound = !is_known;
        for (size_t row = 0; is_known && row < of->rows.count; row++) {
            const struct earned_value *value = LIST_AT(struct earned_value, of->rows, row);
            explanation_add_input(&of->making, number,
                                  (struct explained_input){INPUT_MILESTONE, .name = value->code,
                                                           .amount_minor = amount_of(value, i)});
        }
        if (is_known)
            explained_check_sum(number);
    }
}

/* ---- what follows from them ---------------------------------------------------------------- */

/* Not known where one of both is not. */
static void explain_variance(struct valuing *of, const char *name, int64_t variance_minor,
                             const struct earned_value *value, const char *other,
                             int64_t other_minor)
{
    struct explained_number *number =
        explanation_add_number(&of->making, name, variance_minor, RULE_DIFFERENCE, 2);
    number->is_sound = variance_minor == INTEGER_NONE && other_minor == INTEGER_NONE;
    if (other_minor == INTEGER_NONE)
        return;
    explanation_add_member(&of->making, number, "earned", value->earned_minor);
    explanation_add_member(&of->making, number, other, -other_minor);
    explained_check_sum(number);
}

/* None where there is nothing to divide by (core/ratio.h). */
static struct explained_number *add_ratio(struct valuing *of, const char *name, int64_t ratio)
{
    struct explained_number *number = explanation_add_other(&of->making, name, RULE_QUOTIENT, 2);
    number->ratio_ppm = ratio;
    explained_set_rounding(number, ROUNDED_MILLIONTH);
    return number;
}

static void explain_index(struct valuing *of, const char *name, int64_t index_ppm,
                          const struct earned_value *value, const char *other, int64_t other_minor)
{
    struct explained_number *number = add_ratio(of, name, index_ppm);
    number->is_sound = index_ppm == INTEGER_NONE && other_minor == INTEGER_NONE;
    if (other_minor == INTEGER_NONE)
        return;
    explanation_add_member(&of->making, number, "earned", value->earned_minor);
    explanation_add_member(&of->making, number, other, other_minor);
    number->is_sound = index_ppm == ratio_ppm(value->earned_minor, other_minor);
}

static void explain_expected_cost(struct valuing *of, const struct earned_value *value)
{
    struct making *making = &of->making;
    struct explained_number *number = explanation_add_number(
        making, "expected_cost", value->expected_cost_minor, RULE_EXPECTED_COST, 3);
    number->is_sound = value->expected_cost_minor == INTEGER_NONE;
    if (value->actual_minor == INTEGER_NONE)
        return;
    explanation_add_member(making, number, "budget", value->budget_minor);
    explanation_add_member(making, number, "actual", value->actual_minor);
    explanation_add_member(making, number, "earned", value->earned_minor);
    explained_set_rounding(number, ROUNDED_ONCE);
    if (value->expected_cost_minor == INTEGER_NONE || value->earned_minor == 0)
        return;
    number->exact =
        explanation_quotient(making, value->budget_minor, value->actual_minor, value->earned_minor);
    number->is_sound = value->expected_cost_minor ==
                       ratio_of(value->budget_minor, value->actual_minor, value->earned_minor);
}

static void explain_to_complete(struct valuing *of, const struct earned_value *value)
{
    struct making *making = &of->making;
    struct explained_number *number =
        add_ratio(of, "to_complete_index_ppm", value->to_complete_index_ppm);
    number->is_sound = value->to_complete_index_ppm == INTEGER_NONE;
    if (value->actual_minor == INTEGER_NONE)
        return;
    int64_t earn_minor = value->budget_minor - value->earned_minor;
    int64_t spend_minor = value->budget_minor - value->actual_minor;
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_LEFT_TO_EARN, .amount_minor = earn_minor});
    explanation_add_input(
        making, number, (struct explained_input){INPUT_LEFT_TO_SPEND, .amount_minor = spend_minor});
    if (spend_minor > 0)
        number->is_sound = value->to_complete_index_ppm == ratio_ppm(earn_minor, spend_minor);
}

static void explain_figures(struct valuing *of, const struct earned_value *value)
{
    explain_variance(of, "schedule_variance", value->schedule_variance_minor, value, "planned",
                     value->planned_minor);
    explain_variance(of, "cost_variance", value->cost_variance_minor, value, "actual",
                     value->actual_minor);
    explain_index(of, "schedule_index_ppm", value->schedule_index_ppm, value, "planned",
                  value->planned_minor);
    explain_index(of, "cost_index_ppm", value->cost_index_ppm, value, "actual",
                  value->actual_minor);
    explain_expected_cost(of, value);
    explain_to_complete(of, value);
}

void explain_value(struct arena *arena, const struct value_facts *facts,
                   struct explanation *explanation)
{
    const struct value_snapshot *snapshot = facts->snapshot;
    struct valuing of = {.facts = facts};
    value_show(arena, snapshot, &of.rows, &of.total);
    of.making = explanation_begin(arena, explanation, snapshot->engagement_id, snapshot->currency,
                                  (of.rows.count + 1) * NUMBERS);
    for (size_t i = 0; i < of.rows.count; i++) {
        const struct earned_value *value = LIST_AT(struct earned_value, of.rows, i);
        explanation_begin_row(&of.making, "milestones", i, value->code);
        if (facts->ground)
            explain_today(&of, value);
        else
            explain_kept(&of, value, i);
        explain_figures(&of, value);
    }
    explanation_begin_object(&of.making, "total");
    explain_totals(&of);
    explain_figures(&of, &of.total);
}
