#include "base/money.h"

#include "../check.h"

static int64_t ratio(int64_t amount, int64_t numerator, int64_t denominator, enum rounding rounding)
{
    int64_t result;
    struct fault fault = {0};
    assert_int_equal(money_ratio(amount, numerator, denominator, rounding, &result, &fault), OK);
    return result;
}

CASE(sums_that_fit_are_exact)
{
    int64_t result;
    assert_int_equal(money_add(INT64_MAX - 1, 1, &result, NULL), OK);
    assert_int_equal(result, INT64_MAX);
    assert_int_equal(money_subtract(INT64_MIN + 1, 1, &result, NULL), OK);
    assert_int_equal(result, INT64_MIN);
}

CASE(what_does_not_fit_is_refused_and_changes_nothing)
{
    int64_t result = 42;
    struct fault fault = {0};
    assert_int_equal(money_add(INT64_MAX, 1, &result, &fault), ERROR_OUT_OF_RANGE);
    assert_string_equal(fault.field, "amount");
    assert_int_equal(money_add(INT64_MIN, -1, &result, &fault), ERROR_OUT_OF_RANGE);
    assert_int_equal(money_subtract(0, INT64_MIN, &result, &fault), ERROR_OUT_OF_RANGE);
    assert_int_equal(money_ratio(INT64_MAX, 3, 2, ROUND_HALF_UP, &result, &fault),
                     ERROR_OUT_OF_RANGE);
    assert_int_equal(money_ratio(INT64_MIN, 3, 2, ROUND_HALF_UP, &result, &fault),
                     ERROR_OUT_OF_RANGE);
    assert_int_equal(money_ratio(INT64_MIN, INT64_MIN, 1, ROUND_HALF_UP, &result, &fault),
                     ERROR_OUT_OF_RANGE);
    assert_int_equal(result, 42);
}

CASE(a_sum_may_pass_the_limits_on_its_way)
{
    int64_t result = 42;
    assert_int_equal(money_sum((int64_t[]){INT64_MAX, 5, INT64_MIN, -4}, 4, &result, NULL), OK);
    assert_int_equal(result, 0);
    assert_int_equal(money_sum(NULL, 0, &result, NULL), OK);
    assert_int_equal(result, 0);
    assert_int_equal(money_sum((int64_t[]){INT64_MAX, 1}, 2, &result, NULL), ERROR_OUT_OF_RANGE);
}

CASE(half_up_goes_away_from_zero_on_both_sides)
{
    assert_int_equal(ratio(5, 1, 2, ROUND_HALF_UP), 3);
    assert_int_equal(ratio(-5, 1, 2, ROUND_HALF_UP), -3);
    assert_int_equal(ratio(5, -1, 2, ROUND_HALF_UP), -3);
    assert_int_equal(ratio(5, 1, -2, ROUND_HALF_UP), -3);
    assert_int_equal(ratio(-5, 1, -2, ROUND_HALF_UP), 3);
    assert_int_equal(ratio(149, 1, 100, ROUND_HALF_UP), 1);
    assert_int_equal(ratio(150, 1, 100, ROUND_HALF_UP), 2);
    assert_int_equal(ratio(1, 1, 3, ROUND_HALF_UP), 0);
    assert_int_equal(ratio(2, 1, 3, ROUND_HALF_UP), 1);
}

CASE(half_even_differs_at_the_half_only)
{
    assert_int_equal(ratio(5, 1, 2, ROUND_HALF_EVEN), 2);
    assert_int_equal(ratio(7, 1, 2, ROUND_HALF_EVEN), 4);
    assert_int_equal(ratio(-5, 1, 2, ROUND_HALF_EVEN), -2);
    assert_int_equal(ratio(-7, 1, 2, ROUND_HALF_EVEN), -4);
    assert_int_equal(ratio(51, 1, 100, ROUND_HALF_EVEN), 1);
    assert_int_equal(ratio(251, 1, 100, ROUND_HALF_EVEN), 3);
}

/* odoo/odoo#249836: 30% of 145.05 is 43.515, which a float keeps a little below the half. */
CASE(a_half_that_floats_cannot_hold_is_rounded_up)
{
    assert_int_equal(ratio(14505, 30, 100, ROUND_HALF_UP), 4352);
}

CASE(a_ratio_passes_through_128_bits)
{
    assert_true(ratio(INT64_MAX, INT64_MAX, INT64_MAX, ROUND_HALF_UP) == INT64_MAX);
    assert_true(ratio(INT64_MIN, INT64_MAX, INT64_MAX, ROUND_HALF_EVEN) == INT64_MIN);
    assert_true(ratio(INT64_MIN, INT64_MIN, INT64_MIN, ROUND_HALF_UP) == INT64_MIN);
    assert_int_equal(ratio(INT64_MAX, 1, INT64_MAX, ROUND_HALF_UP), 1);
    assert_int_equal(ratio(INT64_MIN, 1, INT64_MAX, ROUND_HALF_UP), -1);
}

CASE(text_is_read_by_the_decimals_of_its_currency)
{
    static const struct {
        const char *text, *currency;
        int64_t amount_minor;
        const char *canonical;
    } cases[] = {
        {"1234.50", "USD", 123450, "1234.50"},
        {"1234.5", "EUR", 123450, "1234.50"},
        {"1234", "JPY", 1234, "1234"},
        {"1.234", "BHD", 1234, "1.234"},
        {"-0.01", "EUR", -1, "-0.01"},
        {"0.0001", "CLF", 1, "0.0001"},
        {"-0", "EUR", 0, "0.00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t amount;
        char text[MONEY_TEXT_SIZE];
        assert_int_equal(money_parse(cases[i].text, cases[i].currency, &amount, NULL), OK);
        assert_int_equal(amount, cases[i].amount_minor);
        assert_string_equal(money_format(amount, cases[i].currency, text), cases[i].canonical);
    }
}

CASE(wrong_text_or_currency_is_refused_by_field)
{
    static const struct {
        const char *text, *currency;
        enum error error;
        const char *field;
    } cases[] = {
        {"1.5", "JPY", ERROR_INVALID, "amount"},
        {"1.005", "EUR", ERROR_INVALID, "amount"},
        {"1.2345", "BHD", ERROR_INVALID, "amount"},
        {"1e2", "EUR", ERROR_INVALID, "amount"},
        {"+1", "EUR", ERROR_INVALID, "amount"},
        {" 1", "EUR", ERROR_INVALID, "amount"},
        {"1,50", "EUR", ERROR_INVALID, "amount"},
        {"92233720368547758.08", "EUR", ERROR_OUT_OF_RANGE, "amount"},
        {"9223372036854775808", "JPY", ERROR_OUT_OF_RANGE, "amount"},
        {"1", "eur", ERROR_INVALID, "currency"},
        {"1", "XAU", ERROR_INVALID, "currency"},
        {"1", "", ERROR_INVALID, "currency"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t amount = 42;
        struct fault fault = {0};
        assert_int_equal(money_parse(cases[i].text, cases[i].currency, &amount, &fault),
                         cases[i].error);
        assert_string_equal(fault.field, cases[i].field);
        assert_int_equal(amount, 42);
    }
}

RUN(T(sums_that_fit_are_exact), T(what_does_not_fit_is_refused_and_changes_nothing),
    T(a_sum_may_pass_the_limits_on_its_way), T(half_up_goes_away_from_zero_on_both_sides),
    T(half_even_differs_at_the_half_only), T(a_half_that_floats_cannot_hold_is_rounded_up),
    T(a_ratio_passes_through_128_bits), T(text_is_read_by_the_decimals_of_its_currency),
    T(wrong_text_or_currency_is_refused_by_field))
