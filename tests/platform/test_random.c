#include "platform/random.h"

#include <pthread.h>
#include <stdlib.h>

#include "../check.h"

enum { THREADS = 4, PER_THREAD = 20000 };

static int64_t time_of(struct id id)
{
    int64_t time_ms = 0;
    for (int i = 0; i < 6; i++)
        time_ms = time_ms << 8 | id.bytes[i];
    return time_ms;
}

CASE(an_id_carries_the_time_of_the_clock)
{
    struct clock clock = {0};
    clock_set(&clock, 1700000000123);
    assert_int_equal(time_of(new_id(&clock)), 1700000000123);
}

CASE(ids_increase_beyond_a_full_millisecond)
{
    struct clock clock = {0};
    clock_set(&clock, 1700000000000);
    struct id last = new_id(&clock);
    for (int i = 0; i < 10000; i++) {
        struct id next = new_id(&clock);
        assert_true(memcmp(&last, &next, sizeof last) < 0);
        last = next;
    }
    assert_int_equal(time_of(last), 1700000000002);
}

CASE(ids_increase_when_the_clock_is_set_back)
{
    struct clock clock = {0};
    clock_set(&clock, 1700000000000);
    struct id before = new_id(&clock);
    clock_set(&clock, 1600000000000);
    struct id after = new_id(&clock);
    assert_true(memcmp(&before, &after, sizeof before) < 0);
}

/* Whoever has seen one id cannot say the next: each of the last 62 bits turns both ways. */
CASE(the_next_id_does_not_follow_from_the_last)
{
    enum { TAIL = 8, ROUNDS = 200, ALL_BUT_VARIANT = 0x3f };
    unsigned char turned_on[TAIL] = {0}, turned_off[TAIL] = {0};
    struct clock clock = {0};
    clock_set(&clock, 1700000000000);
    struct id last = new_id(&clock);
    for (int round = 0; round < ROUNDS; round++) {
        struct id next = new_id(&clock);
        for (int i = 0; i < TAIL; i++) {
            turned_on[i] |= (unsigned char)(next.bytes[8 + i] & ~last.bytes[8 + i]);
            turned_off[i] |= (unsigned char)(last.bytes[8 + i] & ~next.bytes[8 + i]);
        }
        last = next;
    }
    for (int i = 0; i < TAIL; i++) {
        assert_int_equal(turned_on[i], i == 0 ? ALL_BUT_VARIANT : 0xff);
        assert_int_equal(turned_off[i], i == 0 ? ALL_BUT_VARIANT : 0xff);
    }
}

struct job {
    struct clock *clock;
    struct id ids[PER_THREAD];
};

static void *make_ids(void *argument)
{
    struct job *job = argument;
    for (int i = 0; i < PER_THREAD; i++)
        job->ids[i] = new_id(job->clock);
    return NULL;
}

static int compare(const void *a, const void *b)
{
    return memcmp(a, b, 8); /* time and sequence alone must tell them apart */
}

CASE(threads_never_make_the_same_id)
{
    struct clock clock = {0};
    struct job *jobs = calloc(THREADS, sizeof *jobs);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        jobs[i].clock = &clock;
        assert_int_equal(pthread_create(&threads[i], NULL, make_ids, &jobs[i]), 0);
    }
    struct id *all = calloc(THREADS * PER_THREAD, sizeof *all);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        for (int k = 1; k < PER_THREAD; k++)
            assert_true(compare(&jobs[i].ids[k - 1], &jobs[i].ids[k]) < 0);
        memcpy(all + i * PER_THREAD, jobs[i].ids, sizeof jobs[i].ids);
    }
    qsort(all, THREADS * PER_THREAD, sizeof *all, compare);
    for (int i = 1; i < THREADS * PER_THREAD; i++)
        assert_true(compare(&all[i - 1], &all[i]) < 0);
    free(all);
    free(jobs);
}

CASE(random_bytes_fill_exactly_their_range)
{
    unsigned char seen[64] = {0};
    for (int round = 0; round < 100; round++) {
        unsigned char bytes[66] = {0};
        random_bytes(bytes + 1, 64);
        assert_int_equal(bytes[0], 0);
        assert_int_equal(bytes[65], 0);
        for (int i = 0; i < 64; i++)
            seen[i] |= bytes[i + 1];
    }
    for (int i = 0; i < 64; i++)
        assert_int_equal(seen[i], 0xff);
}

RUN(T(an_id_carries_the_time_of_the_clock), T(ids_increase_beyond_a_full_millisecond),
    T(ids_increase_when_the_clock_is_set_back), T(the_next_id_does_not_follow_from_the_last),
    T(threads_never_make_the_same_id), T(random_bytes_fill_exactly_their_range))
