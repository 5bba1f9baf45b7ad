#include "core/communication.h"

#include "sample.h"

static struct communication report(enum communication_rhythm rhythm)
{
    struct communication communication;
    shape_init(&communication_shape, &communication);
    communication.id = sample_id(1);
    communication.title = "Status report";
    communication.channel = "e-mail";
    communication.audience = "Sponsor";
    communication.rhythm = rhythm;
    communication.from_day = sample_day("2016-06-22"); /* a Wednesday */
    return communication;
}

static void assert_days(const struct communication *communication, const char *from,
                        const char *until, const struct texts *expected)
{
    struct arena *arena = arena_new();
    struct list all = {(void *)communication, 1};
    struct list dates = communication_dates(arena, &all, sample_day(from), sample_day(until));
    assert_int_equal(dates.count, expected->count);
    for (size_t i = 0; i < dates.count; i++) {
        char text[DAY_TEXT_SIZE];
        int32_t day = LIST_AT(struct communication_date, dates, i)->day;
        assert_string_equal(day_format(day, text), expected->texts[i]);
    }
    arena_free(arena);
}

CASE(weekly_and_biweekly_days_are_counted_from_the_first_such_weekday)
{
    struct communication one = report(COMMUNICATE_WEEKLY);
    one.weekday = COMMUNICATE_MONDAY;
    assert_days(&one, "2016-06-20", "2016-07-11", &TEXTS("2016-06-27", "2016-07-04", "2016-07-11"));
    one.rhythm = COMMUNICATE_BIWEEKLY;
    assert_days(&one, "2016-06-20", "2016-07-30", &TEXTS("2016-06-27", "2016-07-11", "2016-07-25"));
    assert_days(&one, "2016-07-12", "2016-07-25", &TEXTS("2016-07-25"));
    one.weekday = COMMUNICATE_WEDNESDAY;
    assert_days(&one, "2016-06-22", "2016-06-22", &TEXTS("2016-06-22"));
}

CASE(a_shorter_month_has_its_last_day_and_the_next_one_the_day_again)
{
    struct communication one = report(COMMUNICATE_MONTHLY);
    one.month_day = 31;
    one.from_day = sample_day("2017-01-31");
    assert_days(&one, "2017-01-01", "2017-04-30",
                &TEXTS("2017-01-31", "2017-02-28", "2017-03-31", "2017-04-30"));
    one.month_day = 30;
    assert_days(&one, "2017-01-01", "2017-03-31", &TEXTS("2017-02-28", "2017-03-30"));
    one.month_day = 0;
    one.last_of_month = true;
    assert_days(&one, "2020-02-01", "2020-03-31", &TEXTS("2020-02-29", "2020-03-31"));
}

CASE(the_last_day_is_included_and_nothing_comes_after_it)
{
    struct communication one = report(COMMUNICATE_WEEKLY);
    one.weekday = COMMUNICATE_WEDNESDAY;
    one.until_day = sample_day("2016-06-29");
    assert_days(&one, "2016-06-01", "2016-08-01", &TEXTS("2016-06-22", "2016-06-29"));
}

CASE(days_of_several_are_in_order)
{
    struct arena *arena = arena_new();
    struct communication both[] = {report(COMMUNICATE_WEEKLY), report(COMMUNICATE_WEEKLY)};
    both[0].weekday = COMMUNICATE_FRIDAY;
    both[1].weekday = COMMUNICATE_THURSDAY;
    both[1].title = "Call";
    struct list all = {both, 2};
    struct list dates =
        communication_dates(arena, &all, sample_day("2016-06-22"), sample_day("2016-06-30"));
    assert_int_equal(dates.count, 3);
    assert_string_equal(LIST_AT(struct communication_date, dates, 0)->title, "Call");
    assert_string_equal(LIST_AT(struct communication_date, dates, 1)->title, "Status report");
    assert_string_equal(LIST_AT(struct communication_date, dates, 2)->title, "Call");
    assert_int_equal(
        communication_dates(arena, &all, sample_day("2016-06-22"), sample_day("2016-06-21")).count,
        0);
    arena_free(arena);
}

CASE(weeks_have_a_weekday_and_months_a_day_or_their_last)
{
    struct fault fault = {0};
    struct communication one = report(COMMUNICATE_WEEKLY);
    REFUSED(communication_check(&one, &fault), ERROR_INVALID, "weekday");
    one.weekday = COMMUNICATE_FRIDAY;
    ALLOWED(communication_check(&one, &fault));
    one.month_day = 3;
    REFUSED(communication_check(&one, &fault), ERROR_INVALID, "month_day");
    one.month_day = 0;
    one.last_of_month = true;
    REFUSED(communication_check(&one, &fault), ERROR_INVALID, "last_of_month");
    one.rhythm = COMMUNICATE_MONTHLY;
    REFUSED(communication_check(&one, &fault), ERROR_INVALID, "weekday");
    one.weekday = 0;
    ALLOWED(communication_check(&one, &fault));
    one.month_day = 3;
    REFUSED(communication_check(&one, &fault), ERROR_INVALID, "month_day");
    one.last_of_month = false;
    ALLOWED(communication_check(&one, &fault));
    one.until_day = one.from_day - 1;
    REFUSED(communication_check(&one, &fault), ERROR_OUT_OF_RANGE, "until_day");
    one.until_day = DAY_NONE;
    one.audience = " ";
    REFUSED(communication_check(&one, &fault), ERROR_INVALID, "audience");
}

RUN(T(weekly_and_biweekly_days_are_counted_from_the_first_such_weekday),
    T(a_shorter_month_has_its_last_day_and_the_next_one_the_day_again),
    T(the_last_day_is_included_and_nothing_comes_after_it), T(days_of_several_are_in_order),
    T(weeks_have_a_weekday_and_months_a_day_or_their_last))
