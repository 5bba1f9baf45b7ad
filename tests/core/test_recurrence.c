#include "core/recurrence.h"

#include "../random.h"
#include "base/day.h"
#include "base/limits.h"
#include "base/money.h"
#include "sample.h"

static struct recurrence from_to(enum rhythm rhythm, const char *start, const char *end)
{
    struct recurrence recurrence;
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = rhythm;
    recurrence.start_day = sample_day(start);
    recurrence.end_day = sample_day(end);
    return recurrence;
}

static void assert_day(const struct recurrence *recurrence, int k, const char *expected)
{
    int32_t day;
    char text[DAY_TEXT_SIZE];
    assert_int_equal(recurrence_day(recurrence, k, &day, NULL), OK);
    assert_string_equal(day_format(day, text), expected);
}

static struct list periods_of(struct arena *arena, const struct recurrence *recurrence)
{
    struct list periods;
    assert_int_equal(recurrence_periods(arena, recurrence, &periods, NULL), OK);
    return periods;
}

static void assert_refused(const struct recurrence *recurrence, enum error code, const char *field)
{
    struct fault fault = {0};
    struct list periods;
    struct arena *arena = arena_new();
    assert_int_equal(recurrence_periods(arena, recurrence, &periods, &fault), code);
    assert_string_equal(fault.field, field);
    arena_free(arena);
}

/* invoiceninja/invoiceninja#3407: the next day was computed from the last run, so that a late job
 * or a short month moved all that followed. Here nothing but the anchor goes in. */
CASE(a_short_month_does_not_move_the_months_after_it)
{
    struct recurrence monthly = from_to(RHYTHM_MONTHLY, "2023-01-31", "2024-12-31");
    assert_day(&monthly, 0, "2023-01-31");
    assert_day(&monthly, 1, "2023-02-28");
    assert_day(&monthly, 2, "2023-03-31");
    assert_day(&monthly, 13, "2024-02-29");
    assert_day(&monthly, 14, "2024-03-31");
    assert_day(&monthly, -2, "2022-11-30");
}

CASE(the_last_day_of_the_month_is_a_flag_and_not_a_number)
{
    struct recurrence monthly = from_to(RHYTHM_MONTHLY, "2023-02-28", "2024-12-31");
    assert_day(&monthly, 1, "2023-03-28");
    monthly.last_of_month = true;
    assert_day(&monthly, 1, "2023-03-31");
    assert_day(&monthly, 12, "2024-02-29");
}

CASE(biweekly_is_every_fourteen_days_and_semi_monthly_two_named_days)
{
    struct recurrence biweekly = from_to(RHYTHM_BIWEEKLY, "2024-01-05", "2024-12-31");
    assert_day(&biweekly, 26, "2025-01-03");
    struct recurrence two = from_to(RHYTHM_SEMI_MONTHLY, "2023-01-01", "2024-12-31");
    two.first_of_two = 15;
    two.second_of_two = 31;
    assert_day(&two, 0, "2023-01-15");
    assert_day(&two, 3, "2023-02-28");
    assert_day(&two, -1, "2022-12-31");
    assert_day(&two, -2, "2022-12-15");
}

/* invoiceninja/invoiceninja#3963: the end was taken as midnight, so the last one never ran. */
CASE(an_occurrence_on_the_last_day_takes_place)
{
    struct arena *arena = arena_new();
    struct recurrence monthly = from_to(RHYTHM_MONTHLY, "2024-01-15", "2024-06-15");
    struct list periods = periods_of(arena, &monthly);
    assert_int_equal(periods.count, 6);
    const struct recurrence_period *last = LIST_AT(struct recurrence_period, periods, 5);
    assert_int_equal(last->start_day, sample_day("2024-06-15"));
    assert_int_equal(last->end_day, sample_day("2024-06-15"));
    assert_int_equal(last->bill_day, sample_day("2024-06-15"));
    monthly.end_day--;
    assert_int_equal(periods_of(arena, &monthly).count, 5);
    arena_free(arena);
}

CASE(a_period_is_billed_on_its_first_or_on_its_last_day)
{
    struct arena *arena = arena_new();
    struct recurrence monthly = from_to(RHYTHM_MONTHLY, "2024-01-01", "2024-02-29");
    struct list periods = periods_of(arena, &monthly);
    assert_int_equal(LIST_AT(struct recurrence_period, periods, 1)->bill_day,
                     sample_day("2024-02-01"));
    monthly.bill_at = BILL_AT_END;
    periods = periods_of(arena, &monthly);
    assert_int_equal(LIST_AT(struct recurrence_period, periods, 1)->bill_day,
                     sample_day("2024-02-29"));
    arena_free(arena);
}

CASE(what_makes_no_series_is_refused)
{
    const struct recurrence good = from_to(RHYTHM_MONTHLY, "2024-01-01", "2024-12-31");
    struct recurrence bad = good;
    bad.rhythm = 0;
    assert_refused(&bad, ERROR_INVALID, "rhythm");
    bad = good;
    bad.start_day = DAY_NONE;
    assert_refused(&bad, ERROR_INVALID, "start_day");
    bad = good;
    bad.end_day = bad.start_day - 1;
    assert_refused(&bad, ERROR_OUT_OF_RANGE, "end_day");
    bad = good;
    bad.rhythm = RHYTHM_WEEKLY;
    bad.last_of_month = true;
    assert_refused(&bad, ERROR_INVALID, "last_of_month");
    bad = good;
    bad.first_of_two = 1;
    assert_refused(&bad, ERROR_INVALID, "first_of_two");
    bad.rhythm = RHYTHM_SEMI_MONTHLY;
    assert_refused(&bad, ERROR_INVALID, "second_of_two");
    bad.second_of_two = 1;
    assert_refused(&bad, ERROR_OUT_OF_RANGE, "second_of_two");
    bad.first_of_two = 28;
    assert_refused(&bad, ERROR_OUT_OF_RANGE, "first_of_two");
    bad = from_to(RHYTHM_WEEKLY, "2024-01-01", "2050-01-01");
    assert_refused(&bad, ERROR_OUT_OF_RANGE, "end_day");
}

/* ---- for any series ------------------------------------------------------------------------ */

static struct recurrence random_recurrence(struct random *random)
{
    struct recurrence recurrence;
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = (enum rhythm)random_between(random, RHYTHM_WEEKLY, RHYTHM_YEARLY);
    recurrence.start_day = (int32_t)random_between(random, 0, 40000);
    recurrence.end_day = recurrence.start_day + (int32_t)random_between(random, 0, 3000);
    recurrence.anchor_day = recurrence.start_day + (int32_t)random_between(random, -20000, 20000);
    recurrence.prorated = random_between(random, 0, 1);
    if (recurrence.rhythm == RHYTHM_SEMI_MONTHLY) {
        recurrence.first_of_two = random_between(random, 1, 27);
        recurrence.second_of_two = random_between(random, recurrence.first_of_two + 1, 31);
    }
    if (recurrence.rhythm >= RHYTHM_MONTHLY)
        recurrence.last_of_month = random_between(random, 0, 1);
    return recurrence;
}

static void assert_seamless(const struct recurrence *recurrence, const struct list *periods)
{
    int32_t next = recurrence->start_day;
    for (size_t i = 0; i < periods->count; i++) {
        const struct recurrence_period *period = LIST_AT(struct recurrence_period, *periods, i);
        bool is_inner = i > 0 && i + 1 < periods->count;
        assert_int_equal(period->number, i + 1);
        assert_int_equal(period->start_day, next);
        assert_true(period->end_day >= period->start_day);
        assert_int_equal(period->days, period->end_day - period->start_day + 1);
        assert_true(is_inner ? period->days == period->full_days
                             : period->days <= period->full_days);
        next = period->end_day + 1;
    }
    assert_int_equal(next, recurrence->end_day + 1);
}

CASE(any_series_covers_each_day_once)
{
    struct random random = {3407};
    struct arena *arena = arena_new();
    for (int round = 0; round < 3000; round++) {
        struct recurrence recurrence = random_recurrence(&random);
        struct list periods = periods_of(arena, &recurrence);
        assert_true(periods.count > 0);
        assert_seamless(&recurrence, &periods);
        arena_reset(arena);
    }
    arena_free(arena);
}

CASE(any_total_over_any_series_ends_at_exactly_zero)
{
    struct random random = {3963};
    struct arena *arena = arena_new();
    for (int round = 0; round < 3000; round++) {
        struct recurrence recurrence = random_recurrence(&random);
        struct list periods = periods_of(arena, &recurrence);
        int64_t parts[LIST_LIMIT];
        int64_t total = random_between(&random, 0, round % 2 ? 1000 : AMOUNT_LIMIT);
        int64_t left = total;
        assert_int_equal(recurrence_split(arena, &recurrence, &periods, total, parts, NULL), OK);
        for (size_t i = 0; i < periods.count; i++) {
            assert_true(parts[i] >= 0);
            left -= parts[i];
        }
        assert_int_equal(left, 0);
        arena_reset(arena);
    }
    arena_free(arena);
}

CASE(prices_of_periods_that_are_too_large_together_are_refused)
{
    struct arena *arena = arena_new();
    struct recurrence monthly = from_to(RHYTHM_MONTHLY, "2024-01-01", "2024-12-31");
    struct list periods = periods_of(arena, &monthly);
    int64_t parts[LIST_LIMIT], sum;
    assert_int_equal(recurrence_price(&monthly, &periods, AMOUNT_LIMIT, parts, &sum, NULL),
                     ERROR_OUT_OF_RANGE);
    arena_free(arena);
}

RUN(T(a_short_month_does_not_move_the_months_after_it),
    T(the_last_day_of_the_month_is_a_flag_and_not_a_number),
    T(biweekly_is_every_fourteen_days_and_semi_monthly_two_named_days),
    T(an_occurrence_on_the_last_day_takes_place),
    T(a_period_is_billed_on_its_first_or_on_its_last_day), T(what_makes_no_series_is_refused),
    T(any_series_covers_each_day_once), T(any_total_over_any_series_ends_at_exactly_zero),
    T(prices_of_periods_that_are_too_large_together_are_refused))
