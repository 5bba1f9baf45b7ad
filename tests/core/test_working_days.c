#include "core/working_days.h"

#include "sample.h"

static struct working_days made(struct arena *arena, const struct day_calendar *calendar,
                                const char *start)
{
    struct working_days days;
    assert_int_equal(working_days_make(arena, calendar, sample_day(start), &days, NULL), OK);
    return days;
}

CASE(numbers_and_days_agree_with_a_walk_over_the_calendar)
{
    struct arena *arena = arena_new();
    /* a holiday on a Saturday, two in a row, one twice, one before the start */
    int32_t holidays[] = {sample_day("2025-12-25"), sample_day("2026-01-01"),
                          sample_day("2026-01-02"), sample_day("2026-01-02"),
                          sample_day("2026-01-10"), sample_day("2026-01-12"),
                          sample_day("2026-05-25")};
    const struct day_calendar calendars[] = {
        {WEEKEND_SATURDAY_SUNDAY, holidays, 7},
        {WEEKEND_SATURDAY_SUNDAY, NULL, 0},
        {1u << FRIDAY | 1u << SATURDAY, holidays, 7},
        {0, holidays, 7},
        {~(1u << WEDNESDAY), holidays, 7},
    };
    for (size_t c = 0; c < sizeof calendars / sizeof *calendars; c++) {
        struct working_days days = made(arena, &calendars[c], "2025-12-27");
        int32_t number = 0;
        for (int32_t at = days.start_day; at < days.start_day + 400; at++) {
            int32_t found;
            assert_int_equal(working_day_number(&days, at), number);
            if (!day_is_business(at, &calendars[c]))
                continue;
            assert_int_equal(working_day_of(&days, number, &found, NULL), OK);
            assert_int_equal(found, at);
            number++;
        }
    }
    arena_free(arena);
}

CASE(a_day_before_the_start_has_the_first_number)
{
    struct arena *arena = arena_new();
    struct day_calendar calendar = {.weekend = WEEKEND_SATURDAY_SUNDAY};
    struct working_days days = made(arena, &calendar, "2026-03-04");
    assert_int_equal(working_day_number(&days, sample_day("1999-01-01")), 0);
    arena_free(arena);
}

CASE(a_week_of_weekends_is_invalid)
{
    struct arena *arena = arena_new();
    struct day_calendar calendar = {.weekend = 0x7f};
    struct working_days days;
    struct fault fault = {0};
    assert_int_equal(working_days_make(arena, &calendar, 0, &days, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "weekend");
    arena_free(arena);
}

CASE(a_number_past_the_calendar_is_out_of_range)
{
    struct arena *arena = arena_new();
    struct day_calendar calendar = {.weekend = WEEKEND_SATURDAY_SUNDAY};
    struct working_days days = made(arena, &calendar, "2026-03-04");
    int32_t found;
    assert_int_equal(working_day_of(&days, 5 * 1000 * 1000, &found, NULL), ERROR_OUT_OF_RANGE);
    arena_free(arena);
}

RUN(T(numbers_and_days_agree_with_a_walk_over_the_calendar),
    T(a_day_before_the_start_has_the_first_number), T(a_week_of_weekends_is_invalid),
    T(a_number_past_the_calendar_is_out_of_range))
