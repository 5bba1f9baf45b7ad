#include "platform/random.h"

#include <pthread.h>
#include <stdbool.h>

#include <sodium.h>

#include "base/must.h"

enum { SEQUENCE_BITS = 12 };

/* libsodium's own generator, seeded by the kernel and one for each thread: an acceptance draws
 * some ten times, and a system call each was more than one in a hundred of its time. */
static void begin(void)
{
    randombytes_set_implementation(&randombytes_internal_implementation);
    must(sodium_init() >= 0);
}

void random_bytes(void *bytes, size_t size)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, begin);
    randombytes_buf(bytes, size);
}

/* Milliseconds and sequence as one number, so that a full sequence carries into the next one. */
static uint64_t next_stamp(struct clock *clock)
{
    uint64_t now = (uint64_t)clock_now_ms(clock) << SEQUENCE_BITS;
    uint64_t last = atomic_load(&clock->last_id);
    uint64_t next;
    do {
        next = now > last ? now : last + 1;
    } while (!atomic_compare_exchange_weak(&clock->last_id, &last, next));
    return next;
}

struct id new_id(struct clock *clock)
{
    uint64_t stamp = next_stamp(clock);
    uint64_t random;
    random_bytes(&random, sizeof random);
    return id_make((int64_t)(stamp >> SEQUENCE_BITS), stamp & ((1U << SEQUENCE_BITS) - 1), random);
}
