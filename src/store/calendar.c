#include "store/calendar.h"

#include "store/statements.h"

enum error put_calendar_key(struct store *store, const struct calendar_key *key,
                            struct fault *fault)
{
    return store_change(store, &sql_calendar_key_put, NO_PARAMS, &calendar_key_shape, key, 1,
                        fault);
}

enum error find_calendar_key_of(struct store *store, struct id person_id, struct calendar_key *key,
                                bool *found, struct fault *fault)
{
    return store_find(store, &sql_calendar_key_of, PARAMS({"person_id", value_id(&person_id)}),
                      &calendar_key_shape, key, found, fault);
}

enum error find_calendar_key(struct store *store, struct hash key_hash, struct calendar_key *key,
                             bool *found, struct fault *fault)
{
    return store_find(store, &sql_calendar_key_find,
                      PARAMS({"key_hash", value_bytes(key_hash.bytes, sizeof key_hash.bytes)}),
                      &calendar_key_shape, key, found, fault);
}

enum error delete_calendar_key(struct store *store, struct id person_id, struct fault *fault)
{
    return store_change(store, &sql_calendar_key_delete,
                        PARAMS({"person_id", value_id(&person_id)}), NULL, NULL, DB_ANY, fault);
}

enum error load_calendar_scope(struct store *store, struct calendar_scope *scope,
                               struct fault *fault)
{
    int64_t count;
    enum error error =
        store_count(store, &sql_calendar_has_team,
                    PARAMS({"person_id", value_id(&scope->person_id)}), &count, fault);
    scope->has_team = !error && count > 0;
    return error;
}

enum error list_calendar(struct store *store, const struct calendar_scope *scope, int32_t from_day,
                         int64_t limit, struct list *entries, struct fault *fault)
{
    return store_list(store, &sql_calendar_list,
                      PARAMS({"person_id", value_id(&scope->person_id)},
                             {"has_team", value_integer(scope->has_team)},
                             {"from_day", value_integer(from_day)},
                             {"limit", value_integer(limit)}),
                      &calendar_entry_shape, entries, fault);
}

enum error list_calendar_engagements(struct store *store, const struct calendar_scope *scope,
                                     int64_t limit, struct list *engagements, struct fault *fault)
{
    return store_list(store, &sql_calendar_engagements,
                      PARAMS({"person_id", value_id(&scope->person_id)},
                             {"has_team", value_integer(scope->has_team)},
                             {"limit", value_integer(limit)}),
                      &calendar_entry_shape, engagements, fault);
}
