#include "platform/queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "../check.h"
#include "platform/clock.h"

enum { THREADS = 3, PER_THREAD = 20000 };

CASE(items_come_out_in_the_order_they_went_in)
{
    struct queue *queue = queue_new(3);
    char items[5];
    void *taken[5];
    for (int round = 0; round < 5; round++) {
        assert_true(queue_put(queue, &items[0]));
        assert_true(queue_put(queue, &items[1]));
        assert_int_equal(queue_length(queue), 2);
        assert_int_equal(queue_take(queue, taken, 5, -1), 2);
        assert_ptr_equal(taken[0], &items[0]);
        assert_ptr_equal(taken[1], &items[1]);
    }
    queue_free(queue);
}

CASE(a_take_leaves_what_is_above_its_limit)
{
    struct queue *queue = queue_new(4);
    char items[4];
    void *taken[4];
    for (int i = 0; i < 4; i++)
        assert_true(queue_try_put(queue, &items[i]));
    assert_int_equal(queue_take(queue, taken, 3, 0), 3);
    assert_int_equal(queue_take(queue, taken, 3, 0), 1);
    assert_ptr_equal(taken[0], &items[3]);
    queue_free(queue);
}

CASE(a_full_queue_refuses_who_does_not_wait)
{
    struct queue *queue = queue_new(1);
    char item;
    assert_true(queue_try_put(queue, &item));
    assert_false(queue_try_put(queue, &item));
    queue_free(queue);
}

CASE(many_are_put_as_far_as_there_is_room)
{
    struct queue *queue = queue_new(3);
    char items[5];
    void *all[5] = {&items[0], &items[1], &items[2], &items[3], &items[4]};
    void *taken[5];
    assert_int_equal(queue_try_put_many(queue, all, 0), 0);
    assert_int_equal(queue_try_put_many(queue, all, 2), 2);
    assert_int_equal(queue_try_put_many(queue, all + 2, 3), 1);
    assert_int_equal(queue_take(queue, taken, 5, 0), 3);
    assert_memory_equal(taken, all, 3 * sizeof *all);
    queue_close(queue);
    assert_int_equal(queue_try_put_many(queue, all, 2), 0);
    queue_free(queue);
}

CASE(a_take_from_an_empty_queue_waits_as_long_as_told)
{
    struct queue *queue = queue_new(1);
    void *taken;
    assert_int_equal(queue_take(queue, &taken, 1, 0), 0);
    int64_t start_ns = monotonic_ns();
    assert_int_equal(queue_take(queue, &taken, 1, 30), 0);
    assert_true(monotonic_ns() - start_ns >= 30 * 1000000);
    assert_false(queue_is_done(queue));
    queue_free(queue);
}

CASE(a_closed_queue_gives_what_it_has_and_takes_nothing)
{
    struct queue *queue = queue_new(2);
    char item;
    void *taken;
    assert_true(queue_put(queue, &item));
    queue_close(queue);
    assert_false(queue_put(queue, &item));
    assert_false(queue_try_put(queue, &item));
    assert_false(queue_is_done(queue));
    assert_int_equal(queue_take(queue, &taken, 1, -1), 1);
    assert_int_equal(queue_take(queue, &taken, 1, -1), 0);
    assert_true(queue_is_done(queue));
    queue_free(queue);
}

struct traffic {
    struct queue *queue;
    atomic_int seen[THREADS * PER_THREAD];
    atomic_int next;
    atomic_int refused;
};

static void *put_many(void *argument)
{
    struct traffic *traffic = argument;
    for (int i = 0; i < PER_THREAD; i++) {
        if (!queue_put(traffic->queue, &traffic->seen[traffic->next++]))
            traffic->refused++;
    }
    return NULL;
}

static void *take_many(void *argument)
{
    struct traffic *traffic = argument;
    void *items[7];
    while (!queue_is_done(traffic->queue)) {
        size_t count = queue_take(traffic->queue, items, 7, 1000);
        for (size_t i = 0; i < count; i++)
            ++*(atomic_int *)items[i];
    }
    return NULL;
}

CASE(each_item_is_taken_once_whatever_the_threads)
{
    static struct traffic traffic;
    traffic.queue = queue_new(16);
    pthread_t putters[THREADS];
    pthread_t takers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&putters[i], NULL, put_many, &traffic), 0);
        assert_int_equal(pthread_create(&takers[i], NULL, take_many, &traffic), 0);
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(putters[i], NULL);
    queue_close(traffic.queue);
    for (int i = 0; i < THREADS; i++)
        pthread_join(takers[i], NULL);
    assert_int_equal(traffic.refused, 0);
    for (int i = 0; i < THREADS * PER_THREAD; i++)
        assert_int_equal(traffic.seen[i], 1);
    queue_free(traffic.queue);
}

CASE(closing_wakes_who_waits_to_put)
{
    static struct traffic traffic;
    traffic.queue = queue_new(1);
    pthread_t putter;
    assert_int_equal(pthread_create(&putter, NULL, put_many, &traffic), 0);
    struct timespec pause = {.tv_nsec = 10000000};
    nanosleep(&pause, NULL);
    queue_close(traffic.queue);
    pthread_join(putter, NULL);
    assert_true(traffic.refused >= PER_THREAD - 1);
    queue_free(traffic.queue);
}

RUN(T(items_come_out_in_the_order_they_went_in), T(a_take_leaves_what_is_above_its_limit),
    T(a_full_queue_refuses_who_does_not_wait), T(many_are_put_as_far_as_there_is_room),
    T(a_take_from_an_empty_queue_waits_as_long_as_told),
    T(a_closed_queue_gives_what_it_has_and_takes_nothing),
    T(each_item_is_taken_once_whatever_the_threads), T(closing_wakes_who_waits_to_put))
