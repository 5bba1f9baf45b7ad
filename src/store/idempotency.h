/* Answers kept under the key that the client chose for its request, per actor. */
#ifndef WAYMARK_STORE_IDEMPOTENCY_H
#define WAYMARK_STORE_IDEMPOTENCY_H

#include "base/hash.h"
#include "store/store.h"

enum { IDEMPOTENCY_KEEP_DAYS = 7 };

struct idempotency {
    struct id actor_id;
    const char *key;
    struct hash request_hash;
    int64_t status; /* as in HTTP */
    const char *response;
    int64_t subject_version;
    int64_t created_at;
};

enum error find_idempotency(struct store *store, struct id actor_id, const char *key,
                            struct idempotency *kept, bool *found, struct fault *fault) WARN_UNUSED;
enum error insert_idempotency(struct store *store, const struct idempotency *kept,
                              struct fault *fault) WARN_UNUSED;

/* Forgets answers from before before_ms. */
enum error purge_idempotency(struct store *store, int64_t before_ms,
                             struct fault *fault) WARN_UNUSED;

#endif
