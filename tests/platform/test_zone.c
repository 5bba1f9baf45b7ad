#include "platform/zone.h"

#include <pthread.h>

#include "base/day.h"

#include "../check.h"

static const int64_t hour_ms = 3600 * 1000;
static const int64_t minute_ms = 60 * 1000;

static int32_t day_of(int year, int month, int day)
{
    int32_t result;
    assert_true(day_from_civil((struct civil){year, month, day}, &result));
    return result;
}

static int64_t utc_ms(int year, int month, int day, int hour, int minute)
{
    return day_of(year, month, day) * 24 * hour_ms + hour * hour_ms + minute * minute_ms;
}

static const struct zone *zone(const char *name)
{
    const struct zone *found = zone_find(name);
    if (!found)
        fail_msg("this machine lacks the zone %s", name);
    return found;
}

CASE(names_of_the_iana_list_exist)
{
    static const char *const names[] = {
        "UTC",
        "Etc/UTC",
        "Etc/GMT+5",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Pacific/Apia",
        "Asia/Ust-Nera",
        "America/Port-au-Prince",
        "America/Argentina/Buenos_Aires",
        "America/North_Dakota/New_Salem",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_true(zone_exists(names[i]));
}

CASE(anything_that_is_no_iana_name_is_unknown)
{
    static const char *const names[] = {
        "",
        "Europe/Nowhere",
        "Europe",
        "Europe/",
        "/Europe/Berlin",
        "europe/berlin",
        "Europe/Berlin ",
        "Europe//Berlin",
        "Europe/Berlin/",
        "../../etc/passwd",
        "/usr/share/zoneinfo/Europe/Berlin",
        "posix/Europe/Berlin",
        "right/Europe/Berlin",
        "+01:00",
        "UTC+1",
        "CET-1CEST",
        "EST5EDT",
        ":UTC",
        "Etc/../UTC",
        "Europe/Berlin\n",
        "A/B/C/D",
        "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_false(zone_exists(names[i]));
}

CASE(a_zone_is_found_once)
{
    assert_ptr_equal(zone("Europe/Berlin"), zone("Europe/Berlin"));
    assert_ptr_not_equal(zone("Europe/Berlin"), zone("Europe/Vienna"));
}

CASE(the_clock_on_the_wall_is_read)
{
    struct zone_time time =
        zone_local_time(zone("Europe/Berlin"), utc_ms(2026, 7, 1, 21, 30) + 999);
    assert_int_equal(time.day, day_of(2026, 7, 1));
    assert_int_equal(time.second_of_day, 23 * 3600 + 30 * 60);
    assert_int_equal(time.offset_s, 7200);
    assert_string_equal(time.short_name, "CEST");

    time = zone_local_time(zone("Asia/Kolkata"), utc_ms(2026, 1, 31, 18, 30));
    assert_int_equal(time.day, day_of(2026, 2, 1));
    assert_int_equal(time.second_of_day, 0);
    assert_int_equal(time.offset_s, 19800);
    assert_string_equal(time.short_name, "IST");
}

CASE(moments_before_1970_are_on_the_right_day)
{
    struct zone_time time = zone_local_time(zone("UTC"), -1);
    assert_int_equal(time.day, -1);
    assert_int_equal(time.second_of_day, 86399);
    assert_int_equal(zone_local_day(zone("UTC"), utc_ms(1912, 4, 15, 0, 0)), day_of(1912, 4, 15));
}

struct day_start {
    const char *zone;
    int year, month, day;
    int64_t start_ms;
};

CASE(days_begin_when_they_should)
{
    const struct day_start days[] = {
        {"UTC", 2026, 11, 22, utc_ms(2026, 11, 22, 0, 0)},
        {"Asia/Kolkata", 2026, 11, 22, utc_ms(2026, 11, 21, 18, 30)},
        /* Clocks go forward on 8 March 2026 at 02:00 and back on 1 November at 02:00. */
        {"America/New_York", 2026, 3, 8, utc_ms(2026, 3, 8, 5, 0)},
        {"America/New_York", 2026, 3, 9, utc_ms(2026, 3, 9, 4, 0)},
        {"America/New_York", 2026, 11, 1, utc_ms(2026, 11, 1, 4, 0)},
        {"America/New_York", 2026, 11, 2, utc_ms(2026, 11, 2, 5, 0)},
        {"Europe/Berlin", 2026, 3, 29, utc_ms(2026, 3, 28, 23, 0)},
        {"Europe/Berlin", 2026, 3, 30, utc_ms(2026, 3, 29, 22, 0)},
        {"Europe/Berlin", 2026, 10, 25, utc_ms(2026, 10, 24, 22, 0)},
        {"Europe/Berlin", 2026, 10, 26, utc_ms(2026, 10, 25, 23, 0)},
        /* Beyond the transitions that the data lists one by one. */
        {"Europe/Berlin", 2090, 7, 1, utc_ms(2090, 6, 30, 22, 0)},
        {"Europe/Berlin", 2090, 12, 1, utc_ms(2090, 11, 30, 23, 0)},
        /* Samoa crossed the date line: 29 December 2011 was followed by the 31st. */
        {"Pacific/Apia", 2011, 12, 29, utc_ms(2011, 12, 29, 10, 0)},
        {"Pacific/Apia", 2011, 12, 30, utc_ms(2011, 12, 30, 10, 0)},
        {"Pacific/Apia", 2011, 12, 31, utc_ms(2011, 12, 30, 10, 0)},
        {"Pacific/Apia", 2012, 1, 1, utc_ms(2011, 12, 31, 10, 0)},
        /* Brazil went forward at midnight: 4 November 2018 began at 01:00. */
        {"America/Sao_Paulo", 2018, 11, 4, utc_ms(2018, 11, 4, 3, 0)},
        {"America/Sao_Paulo", 2018, 11, 5, utc_ms(2018, 11, 5, 2, 0)},
        /* And back at midnight: 17 February 2018 had 25 hours. */
        {"America/Sao_Paulo", 2018, 2, 17, utc_ms(2018, 2, 17, 2, 0)},
        {"America/Sao_Paulo", 2018, 2, 18, utc_ms(2018, 2, 18, 3, 0)},
        /* Newfoundland went back at 00:01, so 7 November 2010 began twice; the first time counts.
         */
        {"America/St_Johns", 2010, 11, 7, utc_ms(2010, 11, 7, 2, 30)},
        /* Cuba goes back at 01:00 to 00:00, both of them on the new day. */
        {"America/Havana", 2025, 11, 2, utc_ms(2025, 11, 2, 4, 0)},
        {"Asia/Kathmandu", 2026, 1, 1, utc_ms(2025, 12, 31, 18, 15)},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        int32_t day = day_of(days[i].year, days[i].month, days[i].day);
        int64_t start_ms = zone_day_start_ms(zone(days[i].zone), day);
        if (start_ms != days[i].start_ms)
            fail_msg("%s %d-%02d-%02d begins %lld minutes off", days[i].zone, days[i].year,
                     days[i].month, days[i].day,
                     (long long)((start_ms - days[i].start_ms) / minute_ms));
    }
}

CASE(the_skipped_day_of_samoa_is_shown_by_no_clock)
{
    const struct zone *apia = zone("Pacific/Apia");
    int64_t jump_ms = utc_ms(2011, 12, 30, 10, 0);
    assert_int_equal(zone_local_day(apia, jump_ms - 1), day_of(2011, 12, 29));
    assert_int_equal(zone_local_day(apia, jump_ms), day_of(2011, 12, 31));
}

CASE(every_day_starts_after_the_last_moment_of_the_day_before)
{
    static const char *const names[] = {"Europe/London", "America/Sao_Paulo", "Pacific/Apia",
                                        "Asia/Tehran",   "Africa/Cairo",      "Antarctica/Troll"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct zone *there = zone(names[i]);
        for (int32_t day = day_of(1985, 1, 1); day < day_of(2050, 1, 1); day++) {
            int64_t start_ms = zone_day_start_ms(there, day);
            assert_true(zone_local_day(there, start_ms) >= day);
            assert_true(zone_local_day(there, start_ms - 1) < day);
            assert_true(zone_day_start_ms(there, day + 1) >= start_ms);
        }
    }
}

static void *find_many(void *out)
{
    static const char *const names[] = {"Europe/Paris", "Europe/Rome", "Asia/Tokyo", "Asia/Seoul"};
    int32_t sum = 0;
    for (int i = 0; i < 4000; i++)
        sum += zone_local_day(zone_find(names[i % 4]), utc_ms(2026, 6, 1, 18, 0));
    *(int32_t *)out = sum;
    return NULL;
}

CASE(threads_may_look_up_zones_together)
{
    pthread_t threads[4];
    int32_t sums[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, find_many, &sums[i]), 0);
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    /* It is already the next day in Tokyo and Seoul. */
    for (int i = 0; i < 4; i++)
        assert_int_equal(sums[i], 4000 * day_of(2026, 6, 1) + 2000);
}

RUN(T(names_of_the_iana_list_exist), T(anything_that_is_no_iana_name_is_unknown),
    T(a_zone_is_found_once), T(the_clock_on_the_wall_is_read),
    T(moments_before_1970_are_on_the_right_day), T(days_begin_when_they_should),
    T(the_skipped_day_of_samoa_is_shown_by_no_clock),
    T(every_day_starts_after_the_last_moment_of_the_day_before),
    T(threads_may_look_up_zones_together))
