#include "platform/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../check.h"

CASE(a_zeroed_clock_follows_the_system)
{
    struct clock clock = {0};
    int64_t now_ms = clock_now_ms(&clock);
    assert_in_range(now_ms / 1000 - time(NULL) + 2, 0, 4);
}

CASE(a_set_clock_stands_until_it_is_released)
{
    struct clock clock = {0};
    clock_set(&clock, 1234567890123);
    assert_int_equal(clock_now_ms(&clock), 1234567890123);
    clock_set(&clock, 5);
    assert_int_equal(clock_now_ms(&clock), 5);
    clock_release(&clock);
    assert_true(clock_now_ms(&clock) > 1234567890123);
}

static const char *write_time(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}

CASE(a_clock_follows_its_file)
{
    char path[] = "/tmp/waymark-clock-XXXXXX";
    struct clock clock = {0};
    struct fault fault;
    close(mkstemp(path));
    assert_int_equal(clock_follow(&clock, write_time(path, "1466589600000"), &fault), OK);
    assert_int_equal(clock_now_ms(&clock), 1466589600000);
    write_time(path, "1466589600001\n");
    assert_int_equal(clock_now_ms(&clock), 1466589600001);
    clock_set(&clock, 5);
    assert_int_equal(clock_now_ms(&clock), 5);
    clock_release(&clock);
    assert_int_equal(clock_now_ms(&clock), 1466589600001);
    unlink(path);
}

CASE(while_there_is_no_time_in_the_file_the_clock_stands_still)
{
    static const char *const texts[] = {"",
                                        "\n",
                                        "soon",
                                        "12 34",
                                        "-5",
                                        "0",
                                        "1466589600000 ",
                                        "1\n2",
                                        "253402300800000",
                                        "99999999999999999999999999999999999"};
    char path[] = "/tmp/waymark-clock-XXXXXX";
    struct clock clock = {0};
    struct fault fault;
    close(mkstemp(path));
    assert_int_equal(clock_follow(&clock, write_time(path, "253402300799999"), &fault), OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        write_time(path, texts[i]);
        assert_int_equal(clock_now_ms(&clock), 253402300799999);
    }
    unlink(path);
    assert_int_equal(clock_now_ms(&clock), 253402300799999);
}

CASE(a_clock_needs_a_time_to_start_with)
{
    struct clock clock = {0};
    struct fault fault;
    assert_int_equal(clock_follow(&clock, "/tmp/waymark-clock-that-is-not-there", &fault),
                     ERROR_INVALID);
    assert_string_equal(fault.field, "clock");
    assert_null(clock.file);
}

CASE(durations_do_not_depend_on_the_clock)
{
    struct timespec pause = {.tv_nsec = 2000000};
    int64_t start_ns = monotonic_ns();
    nanosleep(&pause, NULL);
    assert_true(monotonic_ns() - start_ns >= 2000000);
}

RUN(T(a_zeroed_clock_follows_the_system), T(a_set_clock_stands_until_it_is_released),
    T(a_clock_follows_its_file), T(while_there_is_no_time_in_the_file_the_clock_stands_still),
    T(a_clock_needs_a_time_to_start_with), T(durations_do_not_depend_on_the_clock))
