/* Numbers that look random and are the same on every machine: xoshiro256** 1.0, its state filled by
 * SplitMix64, both by Blackman and Vigna (https://prng.di.unimi.it), in the public domain. For
 * simulations only; secrets come from the machine. */
#ifndef WAYMARK_CORE_RANDOM_STREAM_H
#define WAYMARK_CORE_RANDOM_STREAM_H

#include <stdint.h>

struct random_stream {
    uint64_t state[4]; /* not all zero */
};

/* The next number of SplitMix64 from *state. */
static inline uint64_t random_mix(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

/* One of many streams of the same seed; they have nothing to do with each other. */
static inline struct random_stream random_stream_of(uint64_t seed, uint64_t stream)
{
    struct random_stream random;
    uint64_t mixed = seed;
    mixed = random_mix(&mixed) ^ stream;
    for (int i = 0; i < 4; i++)
        random.state[i] = random_mix(&mixed);
    return random;
}

static inline uint64_t random_next(struct random_stream *random)
{
    uint64_t *state = random->state;
    uint64_t five = state[1] * 5;
    uint64_t result = (five << 7 | five >> 57) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = state[3] << 45 | state[3] >> 19;
    return result;
}

#endif
