/* Plans of contracts that were read before, ready to be copied: a plan is a long JSON text, and
 * each acceptance needs its terms. Kept by contract and version, which counts up with every save,
 * so what is kept never goes stale. Safe for many threads. */
#ifndef WAYMARK_STORE_PLAN_CACHE_H
#define WAYMARK_STORE_PLAN_CACHE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/id.h"
#include "core/plan.h"

struct plan_cache;

struct plan_cache *plan_cache_new(void);
void plan_cache_free(struct plan_cache *cache);

/* A copy in the arena; NULL if it is not kept. */
struct plan *plan_cache_find(struct plan_cache *cache, struct arena *arena, struct id contract_id,
                             int64_t version);

/* Keeps a copy, in place of one that went into the same slot. */
void plan_cache_keep(struct plan_cache *cache, struct id contract_id, int64_t version,
                     const struct plan *plan);

#endif
