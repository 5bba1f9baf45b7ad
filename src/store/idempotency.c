#include "store/idempotency.h"

#include "base/limits.h"
#include "store/statements.h"

static const struct field idempotency_fields[] = {
    FIELD(struct idempotency, actor_id, ID),
    FIELD(struct idempotency, key, TEXT, .limit = IDEMPOTENCY_KEY_LIMIT),
    FIELD(struct idempotency, request_hash, HASH),
    FIELD(struct idempotency, status, INTEGER),
    FIELD(struct idempotency, response, TEXT, .limit = BODY_LIMIT),
    FIELD(struct idempotency, subject_version, INTEGER),
    FIELD(struct idempotency, created_at, MOMENT),
};

static const struct shape idempotency_shape =
    SHAPE("idempotency", struct idempotency, idempotency_fields);

enum error find_idempotency(struct store *store, struct id actor_id, const char *key,
                            struct idempotency *kept, bool *found, struct fault *fault)
{
    return store_find(store, &sql_idempotency_find,
                      PARAMS({"actor_id", value_id(&actor_id)}, {"key", value_text(key)}),
                      &idempotency_shape, kept, found, fault);
}

enum error insert_idempotency(struct store *store, const struct idempotency *kept,
                              struct fault *fault)
{
    return store_change(store, &sql_idempotency_insert, NO_PARAMS, &idempotency_shape, kept, 1,
                        fault);
}

enum error purge_idempotency(struct store *store, int64_t before_ms, struct fault *fault)
{
    return store_change(store, &sql_idempotency_purge, PARAMS({"before", value_integer(before_ms)}),
                        NULL, NULL, DB_ANY, fault);
}
