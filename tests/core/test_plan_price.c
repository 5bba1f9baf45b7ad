#include "core/plan_price.h"

#include "../random.h"
#include "base/json.h"
#include "base/limits.h"
#include "core/split.h"
#include "sample.h"

enum { SHARES_MAX = 30 };

/* A plan of nothing but percentages, with the prices that follow from them. */
static struct plan *plan_of_shares(struct arena *arena, int64_t total_minor,
                                   const int64_t *percents_ppm, size_t count)
{
    struct plan *plan = sample_plan(arena);
    struct plan_milestone *milestones = arena_array(arena, count, sizeof *milestones);
    int64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        milestones[i] = *sprint(plan, 0);
        milestones[i].pricing = PRICING_PERCENTAGE;
        milestones[i].percent_ppm = percents_ppm[i];
        assert_int_equal(split_step(total_minor, before, before + percents_ppm[i], SPLIT_WHOLE_PPM,
                                    ROUND_HALF_UP, &milestones[i].price_minor, NULL),
                         OK);
        before += percents_ppm[i];
    }
    plan->total_minor = total_minor;
    plan->milestones = (struct list){milestones, count};
    return plan;
}

static enum error check(struct arena *arena, const struct plan *plan, struct fault *fault)
{
    *fault = (struct fault){0};
    return plan_check_prices(arena, plan, fault);
}

/* odoo/odoo#249836: 30% and 70% of 145.05 were billed as 145.06. */
CASE(percentages_of_145_05_are_43_52_and_101_53)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = plan_of_shares(arena, 14505, (int64_t[]){300000, 700000}, 2);
    assert_int_equal(sprint(plan, 0)->price_minor, 4352);
    assert_int_equal(sprint(plan, 1)->price_minor, 10153);
    ALLOWED(check(arena, plan, &fault));
    sprint(plan, 1)->price_minor = 10154;
    REFUSED(check(arena, plan, &fault), ERROR_SUM_MISMATCH, "plan/milestones/1/price");
    assert_string_equal(fault.detail, "70% of the total, after 30% before it, is 101.53 USD");
    arena_free(arena);
}

/* odoo/odoo#125140: two halves left a rest of -0.01; frappe/erpnext#26951: thirds made too much. */
CASE(halves_and_thirds_leave_nothing_over)
{
    struct arena *arena = arena_new();
    struct fault fault;
    ALLOWED(check(arena, plan_of_shares(arena, 1287059, (int64_t[]){500000, 500000}, 2), &fault));
    struct plan *thirds = plan_of_shares(arena, 3000000, (int64_t[]){333334, 333333, 333333}, 3);
    ALLOWED(check(arena, thirds, &fault));
    arena_free(arena);
}

CASE(percentages_go_beside_fixed_prices)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = sample_plan(arena);
    sprint(plan, 0)->pricing = PRICING_PERCENTAGE;
    sprint(plan, 0)->percent_ppm = 100000;
    ALLOWED(check(arena, plan, &fault));
    sprint(plan, 1)->pricing = PRICING_FIXED;
    ALLOWED(check(arena, plan, &fault));
    sprint(plan, 1)->price_minor--;
    REFUSED(check(arena, plan, &fault), ERROR_SUM_MISMATCH, "plan/total");
    arena_free(arena);
}

CASE(percentages_alone_make_a_hundred)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = plan_of_shares(arena, 100, (int64_t[]){500000, 499999}, 2);
    REFUSED(check(arena, plan, &fault), ERROR_SUM_MISMATCH, "plan/milestones");
    assert_string_equal(fault.detail, "the percentages make 99.9999%, not 100%");
    sprint(plan, 1)->percent_ppm = 500001;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/milestones/1/percent_ppm");
    sprint(plan, 1)->percent_ppm = 0;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/percent_ppm");
    sprint(plan, 1)->percent_ppm = INTEGER_NONE;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/percent_ppm");
    arena_free(arena);
}

CASE(a_percentage_goes_with_no_other_pricing)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = sample_plan(arena);
    sprint(plan, 2)->percent_ppm = 225000;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/2/percent_ppm");
    arena_free(arena);
}

CASE(what_is_not_billable_has_no_price_and_a_price_of_nothing_is_a_price)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = sample_plan(arena);
    sprint(plan, 0)->pricing = PRICING_NON_BILLABLE;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/0/price");
    plan->total_minor -= sprint(plan, 0)->price_minor;
    sprint(plan, 0)->price_minor = 0;
    ALLOWED(check(arena, plan, &fault));
    plan->total_minor += 5;
    REFUSED(plan_put_difference(plan, "S0", &fault), ERROR_INVALID, "code");
    assert_string_equal(fault.detail, "the price of S0 is non_billable, not fixed");
    sprint(plan, 0)->pricing = PRICING_FIXED;
    ALLOWED(plan_put_difference(plan, "S0", &fault));
    assert_int_equal(sprint(plan, 0)->price_minor, 5);
    arena_free(arena);
}

static struct recurrence *half_year(struct arena *arena)
{
    struct recurrence *recurrence = arena_alloc(arena, sizeof *recurrence);
    shape_init(&recurrence_shape, recurrence);
    recurrence->rhythm = RHYTHM_MONTHLY;
    recurrence->start_day = sample_day("2016-07-01");
    recurrence->end_day = sample_day("2016-12-31");
    return recurrence;
}

CASE(what_recurs_says_how_and_its_periods_sum_to_the_price)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = sample_plan(arena);
    sprint(plan, 0)->pricing = PRICING_RECURRING;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/0/recurrence");
    sprint(plan, 0)->recurrence = half_year(arena);
    ALLOWED(check(arena, plan, &fault));
    sprint(plan, 0)->period_price_minor = 200001;
    REFUSED(check(arena, plan, &fault), ERROR_SUM_MISMATCH, "plan/milestones/0/price");
    assert_string_equal(fault.detail, "its 6 periods sum to 12000.06 USD");
    sprint(plan, 0)->period_price_minor = 200000;
    ALLOWED(check(arena, plan, &fault));
    sprint(plan, 0)->recurrence->end_day = sample_day("2016-06-30");
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/milestones/0/recurrence/end_day");
    arena_free(arena);
}

CASE(a_recurrence_goes_with_no_other_pricing)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = sample_plan(arena);
    sprint(plan, 1)->recurrence = half_year(arena);
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/recurrence");
    sprint(plan, 1)->recurrence = NULL;
    sprint(plan, 1)->period_price_minor = 5;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/period_price");
    arena_free(arena);
}

CASE(what_is_billed_by_progress_has_a_price_of_its_own)
{
    struct arena *arena = arena_new();
    struct fault fault;
    struct plan *plan = sample_plan(arena);
    sprint(plan, 1)->pricing = PRICING_PROGRESS;
    ALLOWED(check(arena, plan, &fault));
    sprint(plan, 1)->percent_ppm = 350000;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/percent_ppm");
    sprint(plan, 1)->percent_ppm = INTEGER_NONE;
    sprint(plan, 1)->recurrence = half_year(arena);
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/recurrence");
    arena_free(arena);
}

/* What was hashed and signed before there was a choice stays as it is, byte for byte. */
CASE(a_plan_without_pricing_has_the_bytes_that_it_always_had)
{
    struct arena *arena = arena_new();
    struct plan *plan = sample_plan(arena);
    struct text_buffer before = text_buffer_in(arena), after = text_buffer_in(arena);
    json_write_shape(&before, &plan_milestone_shape, sprint(plan, 1), JSON_CANONICAL);
    assert_string_equal(
        before.bytes,
        "{\"after\":[\"S0\"],\"code\":\"S1\",\"criteria\":[\"Q1\"],\"deliverables\":[{"
        "\"description\":null,\"kind\":\"file\",\"title\":\"status report\"}],\"description\":null,"
        "\"due_day\":\"2016-06-30\",\"price_minor\":2700000,\"start_day\":null,\"tax_category\":"
        "\"outside_scope\",\"tax_rate_ppm\":0,\"title\":\"Sprint 1\"}");
    sprint(plan, 1)->pricing = PRICING_FIXED;
    json_write_shape(&after, &plan_milestone_shape, sprint(plan, 1), JSON_CANONICAL);
    assert_non_null(strstr(after.bytes, "\"pricing\":\"fixed\""));
    arena_free(arena);
}

CASE(any_percentages_of_any_total_sum_to_it)
{
    struct random random = {26951};
    for (int round = 0; round < 2000; round++) {
        struct arena *arena = arena_new();
        struct fault fault;
        int64_t percents[SHARES_MAX], left = SPLIT_WHOLE_PPM;
        size_t count = (size_t)random_between(&random, 1, SHARES_MAX);
        for (size_t i = 0; i + 1 < count; i++) {
            percents[i] = random_between(&random, 1, left - (int64_t)(count - i - 1));
            left -= percents[i];
        }
        percents[count - 1] = left;
        int64_t total = random_between(&random, 0, round % 2 ? 1000 : AMOUNT_LIMIT);
        ALLOWED(check(arena, plan_of_shares(arena, total, percents, count), &fault));
        arena_free(arena);
    }
}

RUN(T(what_is_billed_by_progress_has_a_price_of_its_own),
    T(percentages_of_145_05_are_43_52_and_101_53), T(halves_and_thirds_leave_nothing_over),
    T(percentages_go_beside_fixed_prices), T(percentages_alone_make_a_hundred),
    T(a_percentage_goes_with_no_other_pricing),
    T(what_is_not_billable_has_no_price_and_a_price_of_nothing_is_a_price),
    T(what_recurs_says_how_and_its_periods_sum_to_the_price),
    T(a_recurrence_goes_with_no_other_pricing),
    T(a_plan_without_pricing_has_the_bytes_that_it_always_had),
    T(any_percentages_of_any_total_sum_to_it))
