#include "action/limiter.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/must.h"

enum { SLOTS = 4096, SHARED = 0 };

struct slot {
    uint64_t tag; /* of the one key that failed, or SHARED */
    int failures;
    int64_t since_ms;
};

struct limiter {
    pthread_mutex_t lock;
    int limit;
    int64_t window_ms;
    struct slot slots[SLOTS];
};

struct limiter *limiter_new(int limit, int64_t window_ms)
{
    struct limiter *limiter = calloc(1, sizeof *limiter);
    must(limiter);
    pthread_mutex_init(&limiter->lock, NULL);
    limiter->limit = limit;
    limiter->window_ms = window_ms;
    return limiter;
}

void limiter_free(struct limiter *limiter)
{
    if (!limiter)
        return;
    pthread_mutex_destroy(&limiter->lock);
    free(limiter);
}

static uint64_t tag_of(const char *key)
{
    uint64_t tag;
    struct hash hash = hash_bytes(key, strlen(key));
    memcpy(&tag, hash.bytes, sizeof tag);
    return tag;
}

/* Two keys that fall on one slot share it: they may wait for each other, never slip through. So a
 * success takes back no failures but those of its own key. */
static struct slot *slot_of(struct limiter *limiter, uint64_t tag)
{
    return &limiter->slots[tag % SLOTS];
}

enum error limiter_check(struct limiter *limiter, const char *key, int64_t now_ms,
                         struct fault *fault)
{
    pthread_mutex_lock(&limiter->lock);
    struct slot *slot = slot_of(limiter, tag_of(key));
    int64_t wait_ms = slot->since_ms + limiter->window_ms - now_ms;
    bool is_full = slot->failures >= limiter->limit && wait_ms > 0;
    pthread_mutex_unlock(&limiter->lock);
    return is_full ? refuse_too_often(fault, (int)(wait_ms / 1000) + 1) : OK;
}

void limiter_failed(struct limiter *limiter, const char *key, int64_t now_ms)
{
    pthread_mutex_lock(&limiter->lock);
    uint64_t tag = tag_of(key);
    struct slot *slot = slot_of(limiter, tag);
    if (now_ms - slot->since_ms >= limiter->window_ms)
        *slot = (struct slot){.since_ms = now_ms};
    slot->tag = slot->failures == 0 || slot->tag == tag ? tag : SHARED;
    slot->failures++;
    pthread_mutex_unlock(&limiter->lock);
}

void limiter_succeeded(struct limiter *limiter, const char *key)
{
    pthread_mutex_lock(&limiter->lock);
    uint64_t tag = tag_of(key);
    struct slot *slot = slot_of(limiter, tag);
    if (slot->tag == tag)
        slot->failures = 0;
    pthread_mutex_unlock(&limiter->lock);
}
