#include "gateway/backoff.h"

#include <stddef.h>

#include "base/must.h"

static const int64_t second_ms = 1000;
static const int64_t minute_ms = 60 * 1000;
static const int64_t hour_ms = 60 * 60 * 1000;

enum { JITTER_SHARE = 5 }; /* at most a fifth */

/* FNV-1a, 64 bits, then mixed so that ids that differ in their last digit end far apart. */
static uint64_t spread(const char *message_id, int failed_attempts)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (const char *at = message_id; *at; at++)
        hash = (hash ^ (unsigned char)*at) * UINT64_C(0x100000001b3);
    hash ^= (uint64_t)failed_attempts;
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    return hash ^ hash >> 33;
}

int64_t backoff_delay_ms(int failed_attempts, const char *message_id)
{
    const int64_t waits_ms[BACKOFF_ATTEMPTS_MAX - 1] = {
        5 * second_ms, 5 * minute_ms, 30 * minute_ms, 2 * hour_ms,  5 * hour_ms,
        10 * hour_ms,  14 * hour_ms,  20 * hour_ms,   24 * hour_ms,
    };
    must(failed_attempts >= 1);
    if (failed_attempts >= BACKOFF_ATTEMPTS_MAX)
        return -1;
    int64_t wait_ms = waits_ms[failed_attempts - 1];
    uint64_t room_ms = (uint64_t)(wait_ms / JITTER_SHARE);
    return wait_ms + (int64_t)(spread(message_id, failed_attempts) % (room_ms + 1));
}
