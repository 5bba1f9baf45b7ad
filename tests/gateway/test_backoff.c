#include "gateway/backoff.h"

#include <stdio.h>

#include "../check.h"

static const int64_t schedule_s[] = {5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400};
enum { WAITS = sizeof schedule_s / sizeof *schedule_s };

CASE(waits_follow_the_recommended_schedule)
{
    assert_int_equal(WAITS, BACKOFF_ATTEMPTS_MAX - 1);
    for (int failed = 1; failed <= WAITS; failed++) {
        int64_t wait_ms = backoff_delay_ms(failed, "msg_p5jXN8AQM9LWM0D4loKWxJek");
        int64_t least_ms = schedule_s[failed - 1] * 1000;
        assert_in_range(wait_ms, least_ms, least_ms + least_ms / 5);
    }
}

CASE(after_the_last_attempt_there_is_no_wait)
{
    assert_int_equal(backoff_delay_ms(BACKOFF_ATTEMPTS_MAX, "m"), -1);
    assert_int_equal(backoff_delay_ms(1000 * 1000, "m"), -1);
}

CASE(the_wait_of_a_message_never_changes)
{
    assert_int_equal(backoff_delay_ms(1, "one"), 5712);
    assert_int_equal(backoff_delay_ms(2, "one"), 311447);
    assert_int_equal(backoff_delay_ms(9, "one"), 87825322);
    assert_int_equal(backoff_delay_ms(9, ""), 98604657);
}

CASE(messages_that_failed_together_spread_out)
{
    enum { MESSAGES = 1000, SLOTS = 10 };
    int count[SLOTS] = {0};
    int64_t least_ms = schedule_s[3] * 1000;
    for (int i = 0; i < MESSAGES; i++) {
        char id[32];
        snprintf(id, sizeof id, "msg_%06d", i);
        int64_t extra_ms = backoff_delay_ms(4, id) - least_ms;
        count[extra_ms * SLOTS / (least_ms / 5 + 1)]++;
    }
    for (int slot = 0; slot < SLOTS; slot++)
        assert_in_range(count[slot], MESSAGES / SLOTS / 2, MESSAGES / SLOTS * 2);
}

RUN(T(waits_follow_the_recommended_schedule), T(after_the_last_attempt_there_is_no_wait),
    T(the_wait_of_a_message_never_changes), T(messages_that_failed_together_spread_out))
