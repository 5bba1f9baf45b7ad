#include "base/day.h"
#include "words/show.h"

#include "../check.h"

static const char *decimal(struct arena *arena, int64_t value, int scale, int decimals)
{
    return show_decimal(arena, language_find("en"), value, scale, decimals);
}

CASE(decimals_keep_what_they_need_and_no_more)
{
    struct arena *arena = arena_new();
    assert_string_equal(decimal(arena, 1234500, 3, 0), "1,234.5");
    assert_string_equal(decimal(arena, 1000, 3, 0), "1");
    assert_string_equal(decimal(arena, 1000, 3, 2), "1.00");
    assert_string_equal(decimal(arena, 123750, 4, 2), "12.375");
    assert_string_equal(decimal(arena, 123700, 4, 2), "12.37");
    assert_string_equal(decimal(arena, 7, 0, 0), "7");
    assert_string_equal(decimal(arena, 7, 0, 2), "7");
    assert_string_equal(decimal(arena, 0, 2, 0), "0");
    assert_string_equal(decimal(arena, -1234567, 0, 0), "-1,234,567");
    arena_free(arena);
}

CASE(amounts_have_the_decimals_of_their_currency)
{
    struct arena *arena = arena_new();
    const struct language *language = language_find("en");
    assert_string_equal(show_amount(arena, language, 5400000, "USD"), "54,000.00");
    assert_string_equal(show_amount(arena, language, 5400000, "JPY"), "5,400,000");
    assert_string_equal(show_amount(arena, language, 5400000, "KWD"), "5,400.000");
    assert_string_equal(show_amount(arena, language, -5, "EUR"), "-0.05");
    assert_string_equal(show_amount(arena, language, 99999, "EUR"), "999.99");
    assert_string_equal(show_amount(arena, language, INT64_MIN, "EUR"),
                        "-92,233,720,368,547,758.08");
    assert_string_equal(show_money(arena, language, 5400000, "USD"), "54,000.00 USD");
    arena_free(arena);
}

CASE(rates_are_percent)
{
    struct arena *arena = arena_new();
    const struct language *language = language_find("en");
    assert_string_equal(show_rate(arena, language, 190000), "19%");
    assert_string_equal(show_rate(arena, language, 55000), "5.5%");
    assert_string_equal(show_rate(arena, language, 1), "0.0001%");
    assert_string_equal(show_rate(arena, language, 0), "0%");
    arena_free(arena);
}

CASE(days_follow_the_language_and_none_is_nothing)
{
    struct arena *arena = arena_new();
    int32_t day;
    assert_int_equal(day_parse("2016-07-08", &day, NULL), OK);
    assert_string_equal(show_day(arena, language_find("en"), day), "8 Jul 2016");
    assert_string_equal(show_day(arena, language_find("en-US"), day), "Jul 8, 2016");
    assert_null(show_day(arena, language_find("en"), DAY_NONE));
    assert_string_equal(show_days(arena, language_find("en"), day, day + 30),
                        "8 Jul 2016 – 7 Aug 2016");
    assert_string_equal(show_days(arena, language_find("en"), day, day), "8 Jul 2016");
    assert_string_equal(show_days(arena, language_find("en"), DAY_NONE, day), "8 Jul 2016");
    assert_string_equal(show_days(arena, language_find("en"), day, DAY_NONE), "8 Jul 2016");
    assert_null(show_days(arena, language_find("en"), DAY_NONE, DAY_NONE));
    arena_free(arena);
}

CASE(moments_name_their_zone_and_none_is_nothing)
{
    struct arena *arena = arena_new();
    const struct language *language = language_find("en");
    assert_string_equal(show_moment(arena, language, 1467986602999), "8 Jul 2016, 14:03:22 UTC");
    assert_null(show_moment(arena, language, 0));
    arena_free(arena);
}

CASE(account_numbers_stand_in_groups_of_four)
{
    struct arena *arena = arena_new();
    assert_string_equal(show_fours(arena, "DE89370400440532013000"), "DE89 3704 0044 0532 0130 00");
    assert_string_equal(show_fours(arena, "RF18 5390 0754 7034"), "RF18 5390 0754 7034");
    assert_string_equal(show_fours(arena, "RF185 39007547034"), "RF18 5390 0754 7034");
    assert_string_equal(show_fours(arena, ""), "");
    assert_null(show_fours(arena, NULL));
    arena_free(arena);
}

RUN(T(decimals_keep_what_they_need_and_no_more), T(amounts_have_the_decimals_of_their_currency),
    T(rates_are_percent), T(days_follow_the_language_and_none_is_nothing),
    T(moments_name_their_zone_and_none_is_nothing), T(account_numbers_stand_in_groups_of_four))
