#include "base/day.h"

#include "../check.h"

static int32_t day_of(const char *text)
{
    int32_t day;
    assert_int_equal(day_parse(text, &day, NULL), OK);
    return day;
}

static void assert_day(int32_t day, const char *text)
{
    char found[DAY_TEXT_SIZE];
    assert_string_equal(day_format(day, found), text);
}

CASE(known_days_have_known_numbers)
{
    assert_int_equal(day_of("1970-01-01"), 0);
    assert_int_equal(day_of("1969-12-31"), -1);
    assert_int_equal(day_of("2000-02-29"), 11016);
    assert_int_equal(day_of("0001-01-01"), DAY_MIN);
    assert_int_equal(day_of("9999-12-31"), DAY_MAX);
    assert_int_equal(day_weekday(day_of("1970-01-01")), THURSDAY);
    assert_int_equal(day_weekday(day_of("2016-06-22")), WEDNESDAY);
    assert_int_equal(day_weekday(day_of("2026-11-22")), SUNDAY);
}

/* Every day of the calendar, against a walk that only knows the lengths of months. */
CASE(every_day_has_its_date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t day = DAY_MIN;
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            for (int of_month = 1; of_month <= length; of_month++, day++) {
                struct civil civil = day_to_civil(day);
                int32_t back;
                if (civil.year != year || civil.month != month || civil.day != of_month ||
                    !day_from_civil(civil, &back) || back != day ||
                    day_month_end(day) != day - of_month + length)
                    fail_msg("day %d is not %d-%d-%d", day, year, month, of_month);
            }
        }
    }
    assert_int_equal(day, DAY_MAX + 1);
}

CASE(dates_that_do_not_exist_are_refused)
{
    static const char *const wrong[] = {
        "",           "2023-02-29",  "1900-02-29",  "2024-02-30", "2024-04-31", "2024-13-01",
        "2024-00-10", "2024-01-00",  "0000-01-01",  "2024-1-01",  "2024-01-1",  "24-01-01",
        "2024/01/01", "2024-01-01 ", " 2024-01-01", "20240101",   "2024-01-0a", "-024-01-01",
        "2024-01-+1", "10000-01-01", "2024-01-01T", "2024-W01-1",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int32_t day = 42;
        struct fault fault = {0};
        assert_int_equal(day_parse(wrong[i], &day, &fault), ERROR_INVALID);
        assert_int_equal(day, 42);
    }
}

CASE(no_day_is_no_text)
{
    assert_day(DAY_NONE, "");
}

CASE(days_past_the_calendar_are_refused)
{
    int32_t day = 42;
    assert_int_equal(day_add(DAY_MAX, 1, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day_add(0, INT32_MAX, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day_add(DAY_MIN, INT32_MIN, &day, NULL), ERROR_OUT_OF_RANGE);
    struct day_anchor anchor = {.day = day_of("9999-12-01")};
    assert_int_equal(day_add_months(anchor, 1, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day_add_months(anchor, INT32_MAX, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day_add_months(anchor, -9999 * 12, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day, 42);
    assert_int_equal(day_add_months(anchor, -9999 * 12 + 1, &day, NULL), OK);
    assert_day(day, "0001-01-01");
}

static void assert_series(struct day_anchor anchor, const char *const expected[], size_t count)
{
    for (size_t k = 0; k < count; k++) {
        int32_t day;
        assert_int_equal(day_add_months(anchor, (int)k, &day, NULL), OK);
        assert_day(day, expected[k]);
    }
}

/* invoiceninja/invoiceninja#3407: a series that counts from its last run drifts. */
CASE(a_monthly_series_returns_to_the_day_of_its_anchor)
{
    static const char *const leap[] = {"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30",
                                       "2024-05-31"};
    assert_series((struct day_anchor){.day = day_of("2024-01-31")}, leap, 5);
    static const char *const common[] = {"2023-01-30", "2023-02-28", "2023-03-30", "2023-04-30"};
    assert_series((struct day_anchor){.day = day_of("2023-01-30")}, common, 4);
    static const char *const across[] = {"2023-11-15", "2023-12-15", "2024-01-15"};
    assert_series((struct day_anchor){.day = day_of("2023-11-15")}, across, 3);
}

CASE(the_last_day_of_the_month_is_a_flag)
{
    static const char *const last[] = {"2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"};
    struct day_anchor flagged = {.day = day_of("2024-02-29"), .last_of_month = true};
    assert_series(flagged, last, 4);
    static const char *const same[] = {"2024-02-29", "2024-03-29", "2024-04-29"};
    assert_series((struct day_anchor){.day = day_of("2024-02-29")}, same, 3);
}

CASE(months_can_be_counted_back)
{
    int32_t day;
    struct day_anchor anchor = {.day = day_of("2024-03-31")};
    assert_int_equal(day_add_months(anchor, -1, &day, NULL), OK);
    assert_day(day, "2024-02-29");
    assert_int_equal(day_add_months(anchor, -4, &day, NULL), OK);
    assert_day(day, "2023-11-30");
}

CASE(business_days_skip_weekends_and_holidays)
{
    /* New York 2016: Independence Day is a Monday. */
    int32_t holidays[] = {day_of("2016-05-30"), day_of("2016-07-04"), day_of("2016-09-05")};
    struct day_calendar calendar = {WEEKEND_SATURDAY_SUNDAY, holidays, 3};
    static const struct {
        const char *from;
        int count;
        const char *to;
    } cases[] = {
        {"2016-06-22", 10, "2016-07-07"}, {"2016-06-22", 1, "2016-06-23"},
        {"2016-06-24", 1, "2016-06-27"},  {"2016-07-01", 1, "2016-07-05"},
        {"2016-07-02", 0, "2016-07-05"},  {"2016-07-01", 0, "2016-07-01"},
        {"2016-07-05", -1, "2016-07-01"}, {"2016-07-07", -10, "2016-06-22"},
        {"2016-07-03", 1, "2016-07-05"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t day;
        assert_int_equal(
            day_add_business(day_of(cases[i].from), cases[i].count, &calendar, &day, NULL), OK);
        assert_day(day, cases[i].to);
    }
    assert_false(day_is_business(day_of("2016-07-04"), &calendar));
    assert_false(day_is_business(day_of("2016-07-03"), &calendar));
    assert_true(day_is_business(day_of("2016-07-05"), &calendar));
}

CASE(the_weekend_is_a_parameter)
{
    struct day_calendar friday_saturday = {.weekend = 1u << FRIDAY | 1u << SATURDAY};
    int32_t day;
    assert_int_equal(day_add_business(day_of("2024-05-02"), 1, &friday_saturday, &day, NULL), OK);
    assert_day(day, "2024-05-05");
    struct day_calendar none = {0};
    assert_int_equal(day_add_business(day_of("2024-05-03"), 1, &none, &day, NULL), OK);
    assert_day(day, "2024-05-04");
}

CASE(a_week_without_business_days_is_refused)
{
    struct day_calendar never = {.weekend = 0x7f};
    int32_t day = 42;
    struct fault fault = {0};
    assert_int_equal(day_add_business(0, 1, &never, &day, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "weekend");
    struct day_calendar usual = {.weekend = WEEKEND_SATURDAY_SUNDAY};
    assert_int_equal(day_add_business(DAY_MAX - 3, 10, &usual, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day_add_business(DAY_MIN, -1, &usual, &day, NULL), ERROR_OUT_OF_RANGE);
    assert_int_equal(day, 42);
}

static int64_t time_of(const char *text)
{
    int64_t time_ms;
    assert_int_equal(time_parse(text, &time_ms, NULL), OK);
    return time_ms;
}

CASE(moments_are_written_in_utc)
{
    char text[TIME_TEXT_SIZE];
    assert_string_equal(time_format(INT64_C(1466604185123), text), "2016-06-22T14:03:05.123Z");
    assert_string_equal(time_format(0, text), "1970-01-01T00:00:00.000Z");
    assert_string_equal(time_format(-1, text), "1969-12-31T23:59:59.999Z");
    assert_int_equal(time_day(-1), -1);
    assert_int_equal(time_day(DAY_MS), 1);
    static const char *const ends[] = {"0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
                                       "1969-12-31T00:00:00.000Z", "2000-02-29T12:34:56.789Z"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        assert_string_equal(time_format(time_of(ends[i]), text), ends[i]);
}

CASE(decimals_of_a_second_may_be_left_out)
{
    assert_int_equal(time_of("2016-06-22T14:03:05Z"), INT64_C(1466604185000));
    assert_int_equal(time_of("2016-06-22T14:03:05.1Z"), INT64_C(1466604185100));
    assert_int_equal(time_of("2016-06-22T14:03:05.12Z"), INT64_C(1466604185120));
}

CASE(anything_but_a_moment_in_utc_is_refused)
{
    static const char *const wrong[] = {
        "",
        "2016-06-22",
        "2016-06-22T",
        "2016-06-22T14:03Z",
        "2016-06-22T14:03:05",
        "2016-06-22 14:03:05Z",
        "2016-06-22t14:03:05z",
        "2016-06-22T14:03:05+00:00",
        "2016-06-22T14:03:05-07:00",
        "2016-06-22T24:00:00Z",
        "2016-06-22T23:60:00Z",
        "2016-12-31T23:59:60Z",
        "2016-06-31T14:03:05Z",
        "2016-06-22T14:03:05.Z",
        "2016-06-22T14:03:05.1234Z",
        "2016-06-22T14:03:05,123Z",
        "2016-06-22T14:03:05.123Z ",
        "2016-06-22T1:03:05Z",
        "2016-06-22T14:03:05ZZ",
        "0000-06-22T14:03:05Z",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t time_ms = 42;
        assert_int_equal(time_parse(wrong[i], &time_ms, NULL), ERROR_INVALID);
        assert_int_equal(time_ms, 42);
    }
}

RUN(T(known_days_have_known_numbers), T(every_day_has_its_date),
    T(dates_that_do_not_exist_are_refused), T(no_day_is_no_text),
    T(days_past_the_calendar_are_refused), T(a_monthly_series_returns_to_the_day_of_its_anchor),
    T(the_last_day_of_the_month_is_a_flag), T(months_can_be_counted_back),
    T(business_days_skip_weekends_and_holidays), T(the_weekend_is_a_parameter),
    T(a_week_without_business_days_is_refused), T(moments_are_written_in_utc),
    T(decimals_of_a_second_may_be_left_out), T(anything_but_a_moment_in_utc_is_refused))
