/* What the tables of docs/arithmetic.md do not show: limits and the shape of progress. */
#include "core/earned_value.h"

#include "../check.h"
#include "base/day.h"
#include "base/limits.h"

static struct earning earning_by(enum earning_rule rule)
{
    return (struct earning){.budget_minor = 99999,
                            .rule = rule,
                            .start_day = 100,
                            .due_day = 131,
                            .is_started = true,
                            .whole = 7};
}

CASE(planned_value_never_falls_and_ends_at_the_budget)
{
    for (enum earning_rule rule = EARN_ON_ACCEPTANCE; rule <= EARN_BY_TASKS; rule++) {
        struct earning earning = earning_by(rule);
        int64_t before = 0;
        for (int32_t day = 90; day <= 140; day++) {
            int64_t planned = earning_planned(&earning, day);
            assert_true(planned >= before && planned <= earning.budget_minor);
            before = planned;
        }
        assert_int_equal(earning_planned(&earning, 99), 0);
        assert_int_equal(earning_planned(&earning, 131), earning.budget_minor);
    }
}

CASE(acceptance_earns_the_whole_budget_by_any_rule)
{
    for (enum earning_rule rule = EARN_ON_ACCEPTANCE; rule <= EARN_BY_TASKS; rule++) {
        struct earning earning = earning_by(rule);
        assert_true(earning_earned(&earning) < earning.budget_minor);
        earning.is_accepted = true;
        assert_int_equal(earning_earned(&earning), earning.budget_minor);
    }
}

CASE(without_a_start_all_is_planned_for_the_due_day)
{
    struct earning earning = earning_by(EARN_BY_TASKS);
    earning.start_day = DAY_NONE;
    assert_int_equal(earning_planned(&earning, 130), 0);
    assert_int_equal(earning_planned(&earning, 131), earning.budget_minor);
    earning.start_day = 200; /* a signed due day may have come before a planned start */
    assert_int_equal(earning_planned(&earning, 130), 0);
    assert_int_equal(earning_planned(&earning, 131), earning.budget_minor);
}

CASE(what_is_too_large_for_an_amount_is_none)
{
    struct earned_value value = {
        .budget_minor = AMOUNT_LIMIT,
        .planned_minor = 1,
        .earned_minor = 1,
        .actual_minor = AMOUNT_LIMIT - 1,
    };
    earned_value_reckon(&value);
    assert_true(value.expected_cost_minor == INTEGER_NONE);
    assert_int_equal(value.cost_index_ppm, 0);
    assert_true(value.to_complete_index_ppm == INTEGER_NONE);
    assert_int_equal(value.schedule_index_ppm, 1000000);
}

CASE(an_index_of_nothing_done_is_zero_and_a_cost_from_it_none)
{
    struct earned_value value = {.budget_minor = 100, .planned_minor = 50, .actual_minor = 10};
    earned_value_reckon(&value);
    assert_int_equal(value.schedule_index_ppm, 0);
    assert_int_equal(value.cost_index_ppm, 0);
    assert_true(value.expected_cost_minor == INTEGER_NONE);
}

RUN(T(planned_value_never_falls_and_ends_at_the_budget),
    T(acceptance_earns_the_whole_budget_by_any_rule),
    T(without_a_start_all_is_planned_for_the_due_day), T(what_is_too_large_for_an_amount_is_none),
    T(an_index_of_nothing_done_is_zero_and_a_cost_from_it_none))
