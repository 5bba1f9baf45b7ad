#include "platform/clock.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/day.h"
#include "base/must.h"

enum { FILE_LIMIT = 32 };

/* The time in such a text, with or without an end of line; 0 if there is none. */
static int64_t parse_ms(const char *text)
{
    const int64_t latest_ms = ((int64_t)DAY_MAX + 1) * DAY_MS - 1;
    int64_t ms = 0;
    for (; *text >= '0' && *text <= '9'; text++) {
        ms = ms * 10 + (*text - '0');
        if (ms > latest_ms)
            return 0;
    }
    return *text == '\0' || (*text == '\n' && text[1] == '\0') ? ms : 0;
}

/* 0 if the file cannot be read or holds no time. */
static int64_t read_ms(const char *path)
{
    char text[FILE_LIMIT] = "";
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return 0;
    ssize_t size = read(descriptor, text, sizeof text - 1);
    close(descriptor);
    return size > 0 ? parse_ms(text) : 0;
}

static int64_t file_now_ms(struct clock *clock)
{
    int64_t file_ms = read_ms(clock->file);
    if (file_ms == 0)
        return atomic_load(&clock->file_ms);
    atomic_store(&clock->file_ms, file_ms);
    return file_ms;
}

int64_t clock_now_ms(struct clock *clock)
{
    int64_t set_ms = atomic_load_explicit(&clock->set_ms, memory_order_relaxed);
    if (set_ms != 0)
        return set_ms;
    if (clock->file)
        return file_now_ms(clock);
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

enum error clock_follow(struct clock *clock, const char *path, struct fault *fault)
{
    int64_t file_ms = read_ms(path);
    if (file_ms == 0)
        return refuse(fault, ERROR_INVALID, "clock", "%.200s does not hold a time in ms since 1970",
                      path);
    atomic_store(&clock->file_ms, file_ms);
    clock->file = path;
    return OK;
}

int64_t monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
