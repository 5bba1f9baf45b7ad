#include "store/preference.h"

#include "store/statements.h"

enum error find_preference(struct store *store, struct id person_id, struct preference *preference,
                           struct fault *fault)
{
    bool found;
    *preference = (struct preference){.person_id = person_id};
    return store_find(store, &sql_preference_find, PARAMS({"person_id", value_id(&person_id)}),
                      &preference_shape, preference, &found, fault);
}

enum error put_preference(struct store *store, const struct preference *preference,
                          struct fault *fault)
{
    return store_change(store, &sql_preference_put, NO_PARAMS, &preference_shape, preference, 1,
                        fault);
}

enum error delete_preference(struct store *store, struct id person_id, struct fault *fault)
{
    return store_change(store, &sql_preference_delete, PARAMS({"person_id", value_id(&person_id)}),
                        NULL, NULL, DB_ANY, fault);
}
