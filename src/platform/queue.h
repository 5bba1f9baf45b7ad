/* A bounded queue of pointers between threads: any number put, any number take, first in, first
 * out. A pointer is never NULL; it belongs to whoever took it. */
#ifndef WAYMARK_PLATFORM_QUEUE_H
#define WAYMARK_PLATFORM_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct queue;

struct queue *queue_new(size_t capacity);

/* Nobody may be using it any more. What is still in it is forgotten, not freed. */
void queue_free(struct queue *queue);

/* Waits while the queue is full. False: it is closed, and item stays the caller's. */
bool queue_put(struct queue *queue, void *item);

/* Never waits. False: it is full or closed, and item stays the caller's. */
bool queue_try_put(struct queue *queue, void *item);

/* The same for many at once; returns how many of them, from the first, were put. */
size_t queue_try_put_many(struct queue *queue, void *const *items, size_t count);

/* Takes what is there, at most limit, into items, waiting up to timeout_ms for the first one
 * (0: not at all; below 0: for ever). Returns how many; 0 when time is up, or at once when the
 * queue is closed and empty. */
size_t queue_take(struct queue *queue, void **items, size_t limit, int timeout_ms);

/* From now on nothing can be put; what is in it can still be taken. Wakes all who wait. */
void queue_close(struct queue *queue);

/* True once it was closed and all is taken. */
bool queue_is_done(struct queue *queue);

/* How many wait in it at this moment. */
size_t queue_length(struct queue *queue);

#endif
