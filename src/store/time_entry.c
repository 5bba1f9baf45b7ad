#include "store/time_entry.h"

#include "store/statements.h"

enum error sum_minutes_of_day(struct store *store, struct id user_id, int32_t day, int64_t *minutes,
                              struct fault *fault)
{
    return store_count(store, &sql_time_entry_minutes_of_day,
                       PARAMS({"user_id", value_id(&user_id)}, {"day", value_integer(day)}),
                       minutes, fault);
}

enum error find_reversal(struct store *store, struct id entry_id, bool *found, struct fault *fault)
{
    int64_t count = 0;
    enum error error = store_count(store, &sql_time_entry_reversals,
                                   PARAMS({"entry_id", value_id(&entry_id)}), &count, fault);
    *found = count > 0;
    return error;
}
