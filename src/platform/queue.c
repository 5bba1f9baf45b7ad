#include "platform/queue.h"

#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/must.h"
#include "platform/clock.h"

struct queue {
    pthread_mutex_t mutex;
    pthread_cond_t not_empty;
    pthread_cond_t not_full;
    unsigned takers_waiting; /* signals are sent only to someone: a wake-up costs a system call */
    unsigned putters_waiting;
    bool closed;
    size_t capacity;
    size_t first;
    size_t length;
    void *items[];
};

struct queue *queue_new(size_t capacity)
{
    must(capacity > 0);
    struct queue *queue = calloc(1, sizeof *queue + capacity * sizeof *queue->items);
    must(queue);
    queue->capacity = capacity;
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_cond_init(&queue->not_empty, &attributes);
    pthread_cond_init(&queue->not_full, &attributes);
    pthread_condattr_destroy(&attributes);
    return queue;
}

void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    pthread_cond_destroy(&queue->not_full);
    pthread_cond_destroy(&queue->not_empty);
    pthread_mutex_destroy(&queue->mutex);
    free(queue);
}

static size_t put_items(struct queue *queue, void *const *items, size_t count)
{
    size_t room = queue->closed ? 0 : queue->capacity - queue->length;
    size_t put = count < room ? count : room;
    for (size_t i = 0; i < put; i++)
        queue->items[(queue->first + queue->length++) % queue->capacity] = items[i];
    return put;
}

/* Unlocks and wakes as many takers as have something to take: outside of the lock, on which they
 * would only wait again. */
static void unlock_and_wake(struct queue *queue, size_t put)
{
    size_t takers = queue->takers_waiting < put ? queue->takers_waiting : put;
    pthread_mutex_unlock(&queue->mutex);
    for (size_t i = 0; i < takers; i++)
        pthread_cond_signal(&queue->not_empty);
}

bool queue_put(struct queue *queue, void *item)
{
    must(item);
    pthread_mutex_lock(&queue->mutex);
    while (queue->length == queue->capacity && !queue->closed) {
        queue->putters_waiting++;
        pthread_cond_wait(&queue->not_full, &queue->mutex);
        queue->putters_waiting--;
    }
    size_t put = put_items(queue, &item, 1);
    unlock_and_wake(queue, put);
    return put == 1;
}

size_t queue_try_put_many(struct queue *queue, void *const *items, size_t count)
{
    pthread_mutex_lock(&queue->mutex);
    size_t put = put_items(queue, items, count);
    unlock_and_wake(queue, put);
    return put;
}

bool queue_try_put(struct queue *queue, void *item)
{
    must(item);
    return queue_try_put_many(queue, &item, 1) == 1;
}

static struct timespec moment_after(int timeout_ms)
{
    int64_t end_ns = monotonic_ns() + (int64_t)timeout_ms * 1000000;
    return (struct timespec){.tv_sec = end_ns / 1000000000, .tv_nsec = end_ns % 1000000000};
}

static void wait_for_item(struct queue *queue, int timeout_ms)
{
    struct timespec end = timeout_ms > 0 ? moment_after(timeout_ms) : (struct timespec){0};
    int outcome = 0;
    while (queue->length == 0 && !queue->closed && timeout_ms != 0 && outcome != ETIMEDOUT) {
        queue->takers_waiting++;
        outcome = timeout_ms < 0 ? pthread_cond_wait(&queue->not_empty, &queue->mutex)
                                 : pthread_cond_timedwait(&queue->not_empty, &queue->mutex, &end);
        queue->takers_waiting--;
    }
}

static size_t take_items(struct queue *queue, void **items, size_t limit)
{
    size_t count = queue->length < limit ? queue->length : limit;
    for (size_t i = 0; i < count; i++)
        items[i] = queue->items[(queue->first + i) % queue->capacity];
    queue->first = (queue->first + count) % queue->capacity;
    queue->length -= count;
    return count;
}

size_t queue_take(struct queue *queue, void **items, size_t limit, int timeout_ms)
{
    must(limit > 0);
    pthread_mutex_lock(&queue->mutex);
    wait_for_item(queue, timeout_ms);
    size_t count = take_items(queue, items, limit);
    bool wake = count > 0 && queue->putters_waiting > 0;
    pthread_mutex_unlock(&queue->mutex);
    if (wake)
        pthread_cond_broadcast(&queue->not_full);
    return count;
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    queue->closed = true;
    pthread_cond_broadcast(&queue->not_empty);
    pthread_cond_broadcast(&queue->not_full);
    pthread_mutex_unlock(&queue->mutex);
}

bool queue_is_done(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    bool done = queue->closed && queue->length == 0;
    pthread_mutex_unlock(&queue->mutex);
    return done;
}

size_t queue_length(struct queue *queue)
{
    pthread_mutex_lock(&queue->mutex);
    size_t length = queue->length;
    pthread_mutex_unlock(&queue->mutex);
    return length;
}
