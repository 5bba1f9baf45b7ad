#include "platform/clock.h"

#include <time.h>

#include "base/must.h"

int64_t clock_now_ms(struct clock *clock)
{
    int64_t set_ms = atomic_load_explicit(&clock->set_ms, memory_order_relaxed);
    if (set_ms != 0)
        return set_ms;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void clock_set(struct clock *clock, int64_t now_ms)
{
    must(now_ms > 0);
    atomic_store(&clock->set_ms, now_ms);
}

void clock_release(struct clock *clock)
{
    atomic_store(&clock->set_ms, 0);
}

int64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
