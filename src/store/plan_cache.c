#include "store/plan_cache.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

enum { SLOTS = 1024 };

struct slot {
    struct id contract_id;
    int64_t version;
    struct arena *arena; /* of the plan; NULL: the slot is empty */
    const struct plan *plan;
};

struct plan_cache {
    pthread_mutex_t lock;
    struct slot slots[SLOTS];
};

struct plan_cache *plan_cache_new(void)
{
    struct plan_cache *cache = calloc(1, sizeof *cache);
    must(cache);
    pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void plan_cache_free(struct plan_cache *cache)
{
    if (!cache)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        arena_free(cache->slots[i].arena);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

/* The last bytes of an id are random. */
static struct slot *slot_of(struct plan_cache *cache, struct id id)
{
    uint16_t last;
    memcpy(&last, &id.bytes[sizeof id.bytes - sizeof last], sizeof last);
    return &cache->slots[last % SLOTS];
}

struct plan *plan_cache_find(struct plan_cache *cache, struct arena *arena, struct id contract_id,
                             int64_t version)
{
    struct plan *plan = NULL;
    struct slot *slot = slot_of(cache, contract_id);
    pthread_mutex_lock(&cache->lock);
    if (slot->arena && slot->version == version && id_equal(slot->contract_id, contract_id))
        plan = shape_clone(arena, &plan_shape, slot->plan);
    pthread_mutex_unlock(&cache->lock);
    return plan;
}

void plan_cache_keep(struct plan_cache *cache, struct id contract_id, int64_t version,
                     const struct plan *plan)
{
    struct arena *arena = arena_new();
    struct slot fresh = {contract_id, version, arena, shape_clone(arena, &plan_shape, plan)};
    struct slot *slot = slot_of(cache, contract_id);
    pthread_mutex_lock(&cache->lock);
    struct arena *old = slot->arena;
    *slot = fresh;
    pthread_mutex_unlock(&cache->lock);
    arena_free(old);
}
