#include "platform/clock.h"

#include <time.h>

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

CASE(durations_do_not_depend_on_the_clock)
{
    struct timespec pause = {.tv_nsec = 2000000};
    int64_t start_ns = monotonic_ns();
    nanosleep(&pause, NULL);
    assert_true(monotonic_ns() - start_ns >= 2000000);
}

RUN(T(a_zeroed_clock_follows_the_system), T(a_set_clock_stands_until_it_is_released),
    T(durations_do_not_depend_on_the_clock))
