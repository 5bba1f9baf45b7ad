#include "core/terms.h"

#include "../check.h"
#include "base/day.h"

static int32_t day_of(const char *text)
{
    int32_t day;
    assert_int_equal(day_parse(text, &day, NULL), OK);
    return day;
}

static void assert_due(enum terms_kind kind, int count, const char *from, const char *expected)
{
    int32_t due_day;
    char text[DAY_TEXT_SIZE];
    struct payment_terms terms = {kind, count};
    assert_int_equal(terms_due_day(terms, day_of(from), &due_day, NULL), OK);
    assert_string_equal(day_format(due_day, text), expected);
}

CASE(days_are_counted_after_the_day)
{
    assert_due(TERMS_DAYS, 0, "2024-02-28", "2024-02-28");
    assert_due(TERMS_DAYS, 30, "2024-01-31", "2024-03-01");
    assert_due(TERMS_DAYS, 14, "2023-12-24", "2024-01-07");
}

CASE(months_keep_the_day_or_end_with_the_month)
{
    assert_due(TERMS_MONTHS, 1, "2024-01-15", "2024-02-15");
    assert_due(TERMS_MONTHS, 1, "2024-01-31", "2024-02-29");
    assert_due(TERMS_MONTHS, 2, "2024-01-31", "2024-03-31");
    assert_due(TERMS_MONTHS, 13, "2023-01-31", "2024-02-29");
    assert_due(TERMS_MONTHS, 1, "2024-02-29", "2024-03-29");
}

CASE(days_can_start_at_the_end_of_the_month)
{
    assert_due(TERMS_DAYS_FROM_MONTH_END, 0, "2024-02-01", "2024-02-29");
    assert_due(TERMS_DAYS_FROM_MONTH_END, 30, "2024-01-01", "2024-03-01");
    assert_due(TERMS_DAYS_FROM_MONTH_END, 30, "2024-01-31", "2024-03-01");
    assert_due(TERMS_DAYS_FROM_MONTH_END, 10, "2023-12-05", "2024-01-10");
}

CASE(a_fixed_day_of_the_next_month)
{
    assert_due(TERMS_DAY_OF_NEXT_MONTH, 15, "2024-01-31", "2024-02-15");
    assert_due(TERMS_DAY_OF_NEXT_MONTH, 1, "2024-12-31", "2025-01-01");
    assert_due(TERMS_DAY_OF_NEXT_MONTH, 31, "2024-01-02", "2024-02-29");
    assert_due(TERMS_DAY_OF_NEXT_MONTH, 31, "2024-02-29", "2024-03-31");
}

static void assert_refused(struct payment_terms terms, enum error error, const char *field)
{
    int32_t due_day = 42;
    struct fault fault = {0};
    assert_int_equal(terms_due_day(terms, 0, &due_day, &fault), error);
    assert_string_equal(fault.field, field);
    assert_int_equal(due_day, 42);
}

CASE(unknown_kinds_and_wild_counts_are_refused)
{
    assert_refused((struct payment_terms){TERMS_UNKNOWN, 1}, ERROR_INVALID, "kind");
    assert_refused((struct payment_terms){TERMS_KIND_COUNT, 1}, ERROR_INVALID, "kind");
    assert_refused((struct payment_terms){TERMS_DAYS, -1}, ERROR_OUT_OF_RANGE, "count");
    assert_refused((struct payment_terms){TERMS_DAYS, 3651}, ERROR_OUT_OF_RANGE, "count");
    assert_refused((struct payment_terms){TERMS_MONTHS, 121}, ERROR_OUT_OF_RANGE, "count");
    assert_refused((struct payment_terms){TERMS_DAY_OF_NEXT_MONTH, 0}, ERROR_OUT_OF_RANGE, "count");
    assert_refused((struct payment_terms){TERMS_DAY_OF_NEXT_MONTH, 32}, ERROR_OUT_OF_RANGE,
                   "count");
}

CASE(a_due_day_past_the_calendar_is_refused)
{
    for (enum terms_kind kind = TERMS_DAYS; kind < TERMS_KIND_COUNT; kind++) {
        int32_t due_day = 42;
        struct payment_terms terms = {kind, 1};
        assert_int_equal(terms_due_day(terms, DAY_MAX, &due_day, NULL), ERROR_OUT_OF_RANGE);
        assert_int_equal(due_day, 42);
    }
}

CASE(kinds_have_names)
{
    for (enum terms_kind kind = TERMS_DAYS; kind < TERMS_KIND_COUNT; kind++)
        assert_int_equal(terms_kind_find(terms_kind_slug(kind)), kind);
    assert_int_equal(terms_kind_find("whenever"), TERMS_UNKNOWN);
    assert_int_equal(terms_kind_find(""), TERMS_UNKNOWN);
}

RUN(T(days_are_counted_after_the_day), T(months_keep_the_day_or_end_with_the_month),
    T(days_can_start_at_the_end_of_the_month), T(a_fixed_day_of_the_next_month),
    T(unknown_kinds_and_wild_counts_are_refused), T(a_due_day_past_the_calendar_is_refused),
    T(kinds_have_names))
