/* What an estimate comes to, explained: minutes, cost, contingency, prices and margin. */
#include <stddef.h>
#include <string.h>

#include "base/money.h"
#include "core/explanation_making.h"
#include "core/ratio.h"
#include "core/split.h"

/* What each milestone is explained from. */
struct estimating {
    struct making making;
    const struct estimate *estimate;
    const struct list *rates;
    struct list rows; /* struct estimate_figures */
    struct estimate_figures total;
    int64_t *parts_minor; /* of the contingency, split again */
};

enum { NUMBERS = 8 }; /* of each milestone, and of all */

/* The rates and efforts of an estimate that is checked are there. */
static const struct rate *rate_of(const struct list *rates, const char *role)
{
    size_t at = 0;
    while (strcmp(LIST_AT(struct rate, *rates, at)->role, role) != 0)
        at++;
    return LIST_AT(struct rate, *rates, at);
}

static struct list efforts_of(const struct estimate *estimate, const char *code)
{
    for (size_t i = 0; i < estimate->milestones.count; i++) {
        const struct estimated_milestone *milestone =
            LIST_AT(struct estimated_milestone, estimate->milestones, i);
        if (strcmp(milestone->code, code) == 0)
            return milestone->efforts;
    }
    return (struct list){0};
}

/* ---- of one milestone ---------------------------------------------------------------------- */

static struct explained_input input_of(const struct effort *effort)
{
    return (struct explained_input){
        INPUT_EFFORT,
        .name = effort->role,
        .minutes = effort_expected_minutes(effort),
        .optimistic_minutes = effort->optimistic_minutes,
        .likely_minutes = effort->likely_minutes,
        .pessimistic_minutes = effort->pessimistic_minutes,
        .amount_minor = INTEGER_NONE,
    };
}

static void explain_minutes(struct estimating *of, const struct estimate_figures *figures,
                            const struct list *efforts)
{
    int64_t sum = 0;
    struct explained_number *number = explanation_add_other(&of->making, "expected_minutes",
                                                            RULE_EXPECTED_MINUTES, efforts->count);
    number->minutes = figures->expected_minutes;
    explained_set_rounding(number, ROUNDED_EACH_MINUTE);
    for (size_t i = 0; i < efforts->count; i++) {
        const struct explained_input input = input_of(LIST_AT(struct effort, *efforts, i));
        sum += input.minutes;
        explanation_add_input(&of->making, number, input);
    }
    number->is_sound = sum == figures->expected_minutes;
}

/* Each role's minutes at one of its two rates. */
static enum error explain_effort(struct estimating *of, const char *member, int64_t amount_minor,
                                 enum explained_rule rule, const struct list *efforts,
                                 struct fault *fault)
{
    const char *currency = of->making.currency;
    struct explained_number *number =
        explanation_add_number(&of->making, member, amount_minor, rule, efforts->count);
    enum error error = OK;
    explained_set_rounding(number, ROUNDED_EACH_ROLE);
    for (size_t i = 0; !error && i < efforts->count; i++) {
        struct explained_input input = input_of(LIST_AT(struct effort, *efforts, i));
        const struct rate *role = rate_of(of->rates, input.name);
        int64_t rate;
        input.per_hour = rule == RULE_COST_OF_MINUTES ? role->cost_per_hour : role->price_per_hour;
        error = rate_read(input.per_hour, currency, "rates", &rate, fault);
        if (!error)
            error = rate_amount(input.minutes, rate, &input.amount_minor, fault);
        if (!error)
            input.exact =
                explanation_quotient(&of->making, rate, input.minutes, RATE_WHOLE_MINUTES);
        explanation_add_input(&of->making, number, input);
    }
    explained_check_sum(number);
    return error;
}

static void explain_contingency_share(struct estimating *of, size_t place)
{
    struct making *making = &of->making;
    const struct estimate_figures *figures = LIST_AT(struct estimate_figures, of->rows, place);
    struct explained_number *number = explanation_add_number(
        making, "contingency", figures->contingency_minor, RULE_CONTINGENCY_SHARE, 2);
    number->of_minor = of->total.contingency_minor;
    if (of->total.cost_minor != 0)
        number->exact = explanation_quotient(making, of->total.contingency_minor,
                                             figures->cost_minor, of->total.cost_minor);
    explained_set_rounding(number, ROUNDED_REMAINDERS);
    explanation_add_member(making, number, "cost", figures->cost_minor);
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_NUMBER, .name = "total/cost",
                                                   .amount_minor = of->total.cost_minor});
    number->is_sound = figures->contingency_minor == of->parts_minor[place];
}

static enum error split_again(struct estimating *of, struct fault *fault)
{
    size_t count = of->rows.count;
    struct arena *arena = of->making.arena;
    int64_t *costs = arena_array(arena, count, sizeof *costs);
    of->parts_minor = arena_array(arena, count, sizeof *of->parts_minor);
    memset(of->parts_minor, 0, count * sizeof *of->parts_minor);
    for (size_t i = 0; i < count; i++)
        costs[i] = LIST_AT(struct estimate_figures, of->rows, i)->cost_minor;
    if (of->total.cost_minor == 0)
        return OK;
    return split_by_remainder(arena, of->total.contingency_minor, costs, count, of->parts_minor,
                              fault);
}

static void explain_price(struct estimating *of, const struct estimate_figures *figures)
{
    struct explained_number *number =
        explanation_add_number(&of->making, "price", figures->price_minor, RULE_PROPOSED_PRICE, 1);
    explanation_add_input(&of->making, number,
                          (struct explained_input){INPUT_PROPOSAL, .name = figures->code,
                                                   .amount_minor = figures->price_minor,
                                                   .subject_id = of->estimate->proposal_id});
    explained_check_sum(number);
}

/* ---- of one and of all --------------------------------------------------------------------- */

static void explain_margin(struct estimating *of, const struct estimate_figures *figures)
{
    struct making *making = &of->making;
    struct explained_number *number =
        explanation_add_number(making, "margin", figures->margin_minor, RULE_DIFFERENCE, 2);
    explanation_add_member(making, number, "price", figures->price_minor);
    explanation_add_member(making, number, "cost", -figures->cost_minor);
    explained_check_sum(number);

    number = explanation_add_other(making, "margin_ppm", RULE_QUOTIENT, 2);
    number->ratio_ppm = figures->margin_ppm;
    explained_set_rounding(number, ROUNDED_MILLIONTH);
    explanation_add_member(making, number, "margin", figures->margin_minor);
    explanation_add_member(making, number, "price", figures->price_minor);
    number->is_sound =
        number->ratio_ppm == (figures->price_minor > 0
                                  ? ratio_ppm(figures->margin_minor, figures->price_minor)
                                  : INTEGER_NONE);

    number = explanation_add_number(making, "margin_after_contingency",
                                    figures->margin_after_contingency_minor, RULE_DIFFERENCE, 2);
    explanation_add_member(making, number, "margin", figures->margin_minor);
    explanation_add_member(making, number, "contingency", -figures->contingency_minor);
    explained_check_sum(number);
}

static enum error explain_row(struct estimating *of, size_t place, struct fault *fault)
{
    const struct estimate_figures *figures = LIST_AT(struct estimate_figures, of->rows, place);
    const struct list efforts = efforts_of(of->estimate, figures->code);
    explanation_begin_row(&of->making, "milestones", place, figures->code);
    explain_minutes(of, figures, &efforts);
    enum error error =
        explain_effort(of, "cost", figures->cost_minor, RULE_COST_OF_MINUTES, &efforts, fault);
    if (!error)
        error = explain_effort(of, "rate_price", figures->rate_price_minor, RULE_PRICE_OF_MINUTES,
                               &efforts, fault);
    if (error)
        return error;
    explain_contingency_share(of, place);
    explain_price(of, figures);
    explain_margin(of, figures);
    return OK;
}

/* ---- of all -------------------------------------------------------------------------------- */

static int64_t amount_of(const struct estimate_figures *figures, size_t member)
{
    return *(const int64_t *)(const void *)((const char *)figures + member);
}

/* A sum over the milestones, of minutes or money. */
static void explain_total(struct estimating *of, const char *name, size_t member, bool is_minutes)
{
    struct explained_number *number =
        explanation_add_other(&of->making, name, RULE_SUM, of->rows.count);
    int64_t whole = amount_of(&of->total, member), sum = 0;
    *(is_minutes ? &number->minutes : &number->amount_minor) = whole;
    for (size_t i = 0; i < of->rows.count; i++) {
        const struct estimate_figures *row = LIST_AT(struct estimate_figures, of->rows, i);
        int64_t amount = amount_of(row, member);
        sum += amount; /* as estimate_reckon did within its limits */
        explanation_add_input(&of->making, number,
                              (struct explained_input){
                                  is_minutes ? INPUT_TIME : INPUT_MILESTONE,
                                  .name = row->code,
                                  .minutes = amount,
                                  .amount_minor = is_minutes ? INTEGER_NONE : amount,
                              });
    }
    number->is_sound = sum == whole;
}

static void explain_contingency(struct estimating *of)
{
    struct making *making = &of->making;
    const struct estimate_figures *total = &of->total;
    int64_t again_minor = 0;
    struct explained_number *number = explanation_add_number(
        making, "contingency", total->contingency_minor, RULE_CONTINGENCY, 1);
    number->rate_ppm = of->estimate->contingency_ppm;
    number->of_minor = total->cost_minor;
    number->rule = arena_format(making->arena, "%s of the cost of %s",
                                explanation_percent(making->arena, number->rate_ppm),
                                explanation_money(making, total->cost_minor));
    number->exact = explanation_product(making, total->cost_minor, number->rate_ppm);
    explained_set_rounding(number, ROUNDED_ONCE);
    explanation_add_member(making, number, "cost", total->cost_minor);
    number->is_sound = money_ratio(total->cost_minor, number->rate_ppm, PPM, ROUND_HALF_UP,
                                   &again_minor, NULL) == OK &&
                       again_minor == total->contingency_minor;
}

enum error explain_estimate(struct arena *arena, const struct estimate *estimate,
                            const struct plan *plan, const struct list *rates,
                            struct explanation *explanation, struct fault *fault)
{
    struct estimating of = {.estimate = estimate, .rates = rates};
    enum error error = estimate_reckon(arena, estimate, plan, rates, &of.rows, &of.total, fault);
    if (error)
        return error;
    of.making = explanation_begin(arena, explanation, estimate->id, plan->currency,
                                  (of.rows.count + 1) * NUMBERS);
    error = split_again(&of, fault);
    for (size_t i = 0; !error && i < of.rows.count; i++)
        error = explain_row(&of, i, fault);
    explanation_begin_object(&of.making, "total");
    explain_total(&of, "expected_minutes", offsetof(struct estimate_figures, expected_minutes),
                  true);
    explain_total(&of, "cost", offsetof(struct estimate_figures, cost_minor), false);
    explain_total(&of, "rate_price", offsetof(struct estimate_figures, rate_price_minor), false);
    explain_contingency(&of);
    explain_total(&of, "price", offsetof(struct estimate_figures, price_minor), false);
    explain_margin(&of, &of.total);
    return error;
}
