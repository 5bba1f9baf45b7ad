/* Numbers for property tests: the same from the same seed, on every machine. */
#ifndef WAYMARK_TESTS_RANDOM_H
#define WAYMARK_TESTS_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state; /* the seed, not 0 */
};

/* xorshift64* */
static inline uint64_t random_next(struct random *random)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return random->state * UINT64_C(0x2545F4914F6CDD1D);
}

static inline int64_t random_between(struct random *random, int64_t least, int64_t most)
{
    return least + (int64_t)(random_next(random) % ((uint64_t)most - (uint64_t)least + 1));
}

#endif
