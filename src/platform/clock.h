/* What time it is. A server makes one clock and passes it along, so that a test, or the playing
 * of a sample, can set the time for everybody; a test of the whole program sets it from outside, by
 * a file. Safe for any thread. */
#ifndef WAYMARK_PLATFORM_CLOCK_H
#define WAYMARK_PLATFORM_CLOCK_H

#include <stdatomic.h>
#include <stdint.h>

#include "base/error.h"

/* All zero is a clock that follows the system. */
struct clock {
    _Atomic int64_t set_ms;   /* the time it stands at; 0: it follows its file or the system */
    const char *file;         /* holds the time; NULL: it follows the system */
    _Atomic int64_t file_ms;  /* what the file held last */
    _Atomic uint64_t last_id; /* for platform/random.h: ms << 12 | sequence of the newest id */
};

/* Milliseconds UTC since 1970. */
int64_t clock_now_ms(struct clock *clock);

/* The clock stands at now_ms (above 0) until it is set again. */
void clock_set(struct clock *clock, int64_t now_ms);

/* The clock follows its file or the system again. */
void clock_release(struct clock *clock);

/* The clock follows a file that holds milliseconds since 1970 in decimal digits, and stands at what
 * is in it. While the file holds no time, as when it is just being written, the clock stands still.
 * path must outlive the clock. Before other threads have it. ERROR_INVALID for "clock": there is no
 * time in the file. */
enum error clock_follow(struct clock *clock, const char *path, struct fault *fault) WARN_UNUSED;

/* Nanoseconds since some fixed moment, for durations: goes on evenly whatever happens to the time
 * of day, and no clock is set by it. */
int64_t monotonic_ns(void);

#endif
