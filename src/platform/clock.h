/* What time it is. A server makes one clock and passes it along, so that a test, or the playing
 * of a sample, can set the time for everybody. Safe for any thread. */
#ifndef WAYMARK_PLATFORM_CLOCK_H
#define WAYMARK_PLATFORM_CLOCK_H

#include <stdatomic.h>
#include <stdint.h>

/* All zero is a clock that follows the system. */
struct clock {
    _Atomic int64_t set_ms;   /* the time it stands at; 0: it follows the system */
    _Atomic uint64_t last_id; /* for platform/random.h: ms << 12 | sequence of the newest id */
};

/* Milliseconds UTC since 1970. */
int64_t clock_now_ms(struct clock *clock);

/* The clock stands at now_ms (above 0) until it is set again. */
void clock_set(struct clock *clock, int64_t now_ms);

/* The clock follows the system again. */
void clock_release(struct clock *clock);

/* Nanoseconds since some fixed moment, for durations: goes on evenly whatever happens to the time
 * of day, and no clock is set by it. */
int64_t monotonic_ns(void);

#endif
