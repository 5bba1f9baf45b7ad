#include "core/estimate.h"

#include "base/money.h"
#include "sample.h"

static struct rate rates[] = {{"lead", "95.00", "140.00"}, {"developer", "61.3333", "105.00"}};
#define RATES                                                                                      \
    (struct list)                                                                                  \
    {                                                                                              \
        rates, 2                                                                                   \
    }

static struct effort sprint_effort[] = {{"lead", 60, 90, 240}, {"developer", 4800, 6000, 9600}};

static struct rate_card card(void)
{
    return (struct rate_card){.name = "2016", .currency = "USD", .rates = RATES};
}

/* Of two of the sample's five sprints. */
static struct estimate estimate(struct arena *arena)
{
    struct estimated_milestone *milestones = arena_array(arena, 2, sizeof *milestones);
    milestones[0] = (struct estimated_milestone){"S1", 1, {sprint_effort, 2}};
    milestones[1] = (struct estimated_milestone){"S3", 2, {sprint_effort, 1}};
    return (struct estimate){.currency = "USD",
                             .day_minutes = WORKING_DAY_MINUTES,
                             .contingency_ppm = 100000,
                             .milestones = {milestones, 2}};
}

static struct estimate_figures reckoned(struct arena *arena, const struct estimate *estimate,
                                        const struct plan *plan, struct list *rows)
{
    struct estimate_figures total;
    struct list rate_list = RATES;
    ALLOWED(estimate_reckon(arena, estimate, plan, &rate_list, rows, &total, NULL));
    return total;
}

CASE(expected_effort_weighs_the_likely_four_times_and_rounds_half_up)
{
    assert_int_equal(effort_expected_minutes(&(struct effort){"r", 60, 90, 240}), 110);
    assert_int_equal(effort_expected_minutes(&(struct effort){"r", 0, 0, 3}), 1); /* 0.5 */
    assert_int_equal(effort_expected_minutes(&(struct effort){"r", 0, 0, 2}), 0); /* 0.33 */
    assert_int_equal(effort_expected_minutes(&(struct effort){"r", 7, 7, 7}), 7);
}

CASE(a_rate_may_have_four_decimals_more_than_its_currency)
{
    int64_t rate, amount;
    struct fault fault = {0};
    ALLOWED(rate_read("61.333333", "USD", "rate", &rate, &fault));
    assert_int_equal(rate, 61333333);
    ALLOWED(rate_read("0.125", "JPY", "rate", &rate, &fault));
    assert_int_equal(rate, 1250);
    ALLOWED(rate_amount(60 * 1000, rate, &amount, &fault)); /* a thousand hours */
    assert_int_equal(amount, 125);
    REFUSED(rate_read("61.3333333", "USD", "rate", &rate, &fault), ERROR_INVALID, "rate");
    REFUSED(rate_read("-1", "USD", "rate", &rate, &fault), ERROR_OUT_OF_RANGE, "rate");
    REFUSED(rate_read("ten", "USD", "rate", &rate, &fault), ERROR_INVALID, "rate");
    REFUSED(rate_read(NULL, "USD", "rate", &rate, &fault), ERROR_INVALID, "rate");
}

CASE(a_line_costs_its_minutes_at_the_rate_rounded_once)
{
    int64_t rate, amount;
    ALLOWED(rate_read("61.3333", "USD", "rate", &rate, NULL));
    ALLOWED(rate_amount(110, rate, &amount, NULL));
    assert_int_equal(amount, 11244); /* 112.444383 */
    ALLOWED(rate_amount(1, 300000, &amount, NULL));
    assert_int_equal(amount, 1); /* half a cent */
}

CASE(figures_of_milestones_sum_to_the_total)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list rows;
    struct estimate_figures total = reckoned(arena, &of, plan, &rows), sum = {0};
    assert_int_equal(rows.count, plan->milestones.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct estimate_figures *row = LIST_AT(struct estimate_figures, rows, i);
        sum.expected_minutes += row->expected_minutes;
        sum.cost_minor += row->cost_minor;
        sum.contingency_minor += row->contingency_minor;
        sum.rate_price_minor += row->rate_price_minor;
        sum.price_minor += row->price_minor;
        sum.margin_minor += row->margin_minor;
        sum.margin_after_contingency_minor += row->margin_after_contingency_minor;
    }
    assert_int_equal(sum.expected_minutes, total.expected_minutes);
    assert_int_equal(sum.cost_minor, total.cost_minor);
    assert_int_equal(sum.contingency_minor, total.contingency_minor);
    assert_int_equal(sum.rate_price_minor, total.rate_price_minor);
    assert_int_equal(sum.price_minor, plan->total_minor);
    assert_int_equal(sum.margin_minor, total.margin_minor);
    assert_int_equal(sum.margin_after_contingency_minor, total.margin_after_contingency_minor);
    arena_free(arena);
}

CASE(margin_is_what_the_price_leaves_over_cost_and_then_over_contingency)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list rows;
    struct estimate_figures total = reckoned(arena, &of, plan, &rows);
    const struct estimate_figures *sprint = LIST_AT(struct estimate_figures, rows, 1);
    /* 110 min at 95.00 = 174.17; 6400 min at 61.3333 = 6542.22 */
    assert_int_equal(sprint->expected_minutes, 110 + 6400);
    assert_int_equal(sprint->cost_minor, 17417 + 654222);
    assert_int_equal(sprint->rate_price_minor, 25667 + 1120000);
    assert_int_equal(sprint->margin_minor, 2700000 - 671639);
    assert_int_equal(sprint->margin_ppm, 751245);
    /* ten percent of 6890.56, of which 17.42 for the other sprint */
    assert_int_equal(total.contingency_minor, 68906);
    assert_int_equal(sprint->contingency_minor, 67164);
    assert_int_equal(sprint->margin_after_contingency_minor, 2700000 - 671639 - 67164);
    arena_free(arena);
}

CASE(a_milestone_without_a_price_has_no_margin_rate)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list rows;
    sprint(plan, 1)->price_minor = 0;
    reckoned(arena, &of, plan, &rows);
    assert_int_equal(LIST_AT(struct estimate_figures, rows, 1)->margin_ppm, INTEGER_NONE);
    assert_int_equal(LIST_AT(struct estimate_figures, rows, 1)->margin_minor, -671639);
    arena_free(arena);
}

CASE(a_card_needs_a_currency_roles_and_rates)
{
    struct arena *arena = arena_new();
    struct rate_card bad = card();
    struct fault fault = {0};
    ALLOWED(rate_card_check(arena, &bad, &fault));
    bad.currency = "XXX";
    REFUSED(rate_card_check(arena, &bad, &fault), ERROR_INVALID, "currency");
    bad = card();
    bad.rates.count = 0;
    REFUSED(rate_card_check(arena, &bad, &fault), ERROR_INVALID, "rates");
    struct rate twice[] = {rates[0], rates[0]};
    bad.rates = (struct list){twice, 2};
    REFUSED(rate_card_check(arena, &bad, &fault), ERROR_CONFLICT, "rates/1/role");
    twice[1] = (struct rate){"other", "1.00", "1,00"};
    REFUSED(rate_card_check(arena, &bad, &fault), ERROR_INVALID, "rates/1/price_per_hour");
    arena_free(arena);
}

CASE(an_estimate_names_milestones_and_roles_that_are_there_once)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list known = RATES;
    struct fault fault = {0};
    struct estimated_milestone *milestone = of.milestones.rows;
    ALLOWED(estimate_check(&of, plan, &known, &fault));
    milestone[1].code = "S9";
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_INVALID, "milestones/1/code");
    milestone[1].code = "S1";
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_CONFLICT, "milestones/1/code");
    milestone[1].code = "S3";
    milestone[1].people = 0;
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_OUT_OF_RANGE, "milestones/1/people");
    milestone[1].people = 1;
    struct effort efforts[] = {{"lead", 1, 2, 3}, {"lead", 1, 2, 3}};
    milestone[1].efforts = (struct list){efforts, 2};
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_CONFLICT,
            "milestones/1/efforts/1/role");
    efforts[1].role = "pilot";
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_INVALID,
            "milestones/1/efforts/1/role");
    of.currency = "EUR";
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_INVALID, "currency");
    arena_free(arena);
}

CASE(three_points_rise_from_optimistic_to_pessimistic)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list known = RATES;
    struct fault fault = {0};
    struct effort effort = {"lead", 3, 2, 4};
    LIST_AT(struct estimated_milestone, of.milestones, 0)->efforts = (struct list){&effort, 1};
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_OUT_OF_RANGE,
            "milestones/0/efforts/0/likely_minutes");
    effort = (struct effort){"lead", 1, 4, 3};
    REFUSED(estimate_check(&of, plan, &known, &fault), ERROR_OUT_OF_RANGE,
            "milestones/0/efforts/0/pessimistic_minutes");
    arena_free(arena);
}

CASE(a_frozen_estimate_keeps_the_rates_that_it_was_signed_with)
{
    struct arena *arena = arena_new();
    struct estimate of = estimate(arena);
    struct list known = RATES, none = {0};
    struct fault fault = {0};
    ALLOWED(estimate_check_open(&of, &fault));
    estimate_freeze(&of, &known, SAMPLE_NOON);
    estimate_freeze(&of, &none, SAMPLE_NOON + 1);
    assert_int_equal(of.rates.count, 2);
    assert_int_equal(of.frozen_at, SAMPLE_NOON);
    REFUSED(estimate_check_open(&of, &fault), ERROR_WRONG_STATE, "frozen_at");
    arena_free(arena);
}

CASE(a_plan_is_simulated_with_its_own_order_days_and_people)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list known = RATES;
    struct simulation simulation;
    struct simulation_result result;
    static struct effort sure[] = {{"lead", 960, 960, 960}};
    struct estimated_milestone *milestone = of.milestones.rows;
    plan->terms->holidays = TEXTS("2016-07-04");
    milestone[0].efforts = milestone[1].efforts = (struct list){sure, 1};
    ALLOWED(
        estimate_simulation(arena, &of, plan, &known, sample_day("2016-06-30"), &simulation, NULL));
    simulation.runs = 100;
    ALLOWED(simulation_run(arena, &simulation, &result, NULL));
    /* two days from Thursday; S3 then takes two people one day, after the fourth of July */
    assert_int_equal(result.groups[1].finish_day[AT_50], sample_day("2016-07-01"));
    assert_int_equal(result.groups[1].on_time_ppm, 0);
    assert_int_equal(result.groups[3].finish_day[AT_50], sample_day("2016-07-05"));
    assert_int_equal(result.groups[3].on_time_ppm, 1000000);
    assert_int_equal(result.whole.cost_minor[AT_95], 2 * 16 * 9500);
    arena_free(arena);
}

CASE(a_draft_whose_order_does_not_hold_together_is_not_simulated)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct estimate of = estimate(arena);
    struct list known = RATES;
    struct simulation simulation;
    struct simulation_result result;
    struct fault fault = {0};
    sprint(plan, 1)->after = TEXTS("S9");
    REFUSED(estimate_simulation(arena, &of, plan, &known, 0, &simulation, &fault), ERROR_INVALID,
            "plan/milestones/1/after/0");
    sprint(plan, 1)->after = TEXTS("S2");
    ALLOWED(estimate_simulation(arena, &of, plan, &known, 0, &simulation, &fault));
    simulation.runs = 100;
    REFUSED(simulation_run(arena, &simulation, &result, &fault), ERROR_CYCLE, "dependencies");
    assert_string_equal(fault.detail, "S1 -> S2 -> S1");
    arena_free(arena);
}

CASE(a_role_stays_on_its_card)
{
    struct rate_card now = card();
    struct list before = RATES;
    struct fault fault = {0};
    ALLOWED(rate_card_check_kept(&now, &before, &fault));
    now.rates.count = 1;
    REFUSED(rate_card_check_kept(&now, &before, &fault), ERROR_CONFLICT, "rates");
}

RUN(T(a_draft_whose_order_does_not_hold_together_is_not_simulated), T(a_role_stays_on_its_card),
    T(expected_effort_weighs_the_likely_four_times_and_rounds_half_up),
    T(a_rate_may_have_four_decimals_more_than_its_currency),
    T(a_line_costs_its_minutes_at_the_rate_rounded_once), T(figures_of_milestones_sum_to_the_total),
    T(margin_is_what_the_price_leaves_over_cost_and_then_over_contingency),
    T(a_milestone_without_a_price_has_no_margin_rate), T(a_card_needs_a_currency_roles_and_rates),
    T(an_estimate_names_milestones_and_roles_that_are_there_once),
    T(three_points_rise_from_optimistic_to_pessimistic),
    T(a_frozen_estimate_keeps_the_rates_that_it_was_signed_with),
    T(a_plan_is_simulated_with_its_own_order_days_and_people))
