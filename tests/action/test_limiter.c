#include "action/limiter.h"

#include <stdio.h>

#include "../check.h"

enum { LIMIT = 3, WINDOW_MS = 60 * 1000, START_MS = 1000000 };

static struct limiter *limiter_of_failures(const char *key, int count)
{
    struct limiter *limiter = limiter_new(LIMIT, WINDOW_MS);
    for (int i = 0; i < count; i++)
        limiter_failed(limiter, key, START_MS);
    return limiter;
}

CASE(who_has_failed_too_often_is_told_how_long_to_wait)
{
    struct limiter *limiter = limiter_of_failures("a", LIMIT);
    struct fault fault = {0};
    assert_int_equal(limiter_check(limiter, "a", START_MS + 30 * 1000, &fault), ERROR_RATE_LIMITED);
    assert_int_equal(fault.wait_s, 31);
    assert_non_null(strstr(fault.detail, "31 s"));
    assert_int_equal(limiter_check(limiter, "b", START_MS, &fault), OK);
    limiter_free(limiter);
}

CASE(fewer_failures_change_nothing)
{
    struct limiter *limiter = limiter_of_failures("a", LIMIT - 1);
    assert_int_equal(limiter_check(limiter, "a", START_MS, NULL), OK);
    limiter_free(limiter);
}

CASE(after_the_wait_it_starts_anew)
{
    struct limiter *limiter = limiter_of_failures("a", LIMIT);
    assert_int_equal(limiter_check(limiter, "a", START_MS + WINDOW_MS - 1, NULL),
                     ERROR_RATE_LIMITED);
    assert_int_equal(limiter_check(limiter, "a", START_MS + WINDOW_MS, NULL), OK);
    for (int i = 0; i < LIMIT; i++) {
        assert_int_equal(limiter_check(limiter, "a", START_MS + WINDOW_MS, NULL), OK);
        limiter_failed(limiter, "a", START_MS + WINDOW_MS);
    }
    assert_int_equal(limiter_check(limiter, "a", START_MS + WINDOW_MS + 1, NULL),
                     ERROR_RATE_LIMITED);
    limiter_free(limiter);
}

CASE(success_forgets_the_failures)
{
    struct limiter *limiter = limiter_of_failures("a", LIMIT);
    limiter_succeeded(limiter, "a");
    assert_int_equal(limiter_check(limiter, "a", START_MS, NULL), OK);
    limiter_free(limiter);
}

/* A key that falls on one slot with the other: its failures are the other's, too. */
static const char *neighbour_of(const char *key, char room[static 16])
{
    for (int i = 0;; i++) {
        snprintf(room, 16, "n%d", i);
        struct limiter *limiter = limiter_of_failures(room, LIMIT);
        enum error error = limiter_check(limiter, key, START_MS, NULL);
        limiter_free(limiter);
        if (error)
            return room;
    }
}

CASE(success_forgets_no_failures_of_another_key_in_the_same_slot)
{
    char room[16];
    const char *neighbour = neighbour_of("a", room);
    struct limiter *limiter = limiter_of_failures("a", LIMIT);
    limiter_succeeded(limiter, neighbour);
    assert_int_equal(limiter_check(limiter, "a", START_MS, NULL), ERROR_RATE_LIMITED);
    limiter_failed(limiter, neighbour, START_MS);
    limiter_succeeded(limiter, neighbour);
    assert_int_equal(limiter_check(limiter, "a", START_MS, NULL), ERROR_RATE_LIMITED);
    limiter_free(limiter);
}

RUN(T(who_has_failed_too_often_is_told_how_long_to_wait), T(fewer_failures_change_nothing),
    T(after_the_wait_it_starts_anew), T(success_forgets_the_failures),
    T(success_forgets_no_failures_of_another_key_in_the_same_slot))
