/* Time entries, whoever acts: show nothing of them to a client. */
#ifndef WAYMARK_STORE_TIME_ENTRY_H
#define WAYMARK_STORE_TIME_ENTRY_H

#include "core/time_entry.h"
#include "store/store.h"

/* What a user has submitted or approved for one day, of all engagements. */
enum error sum_minutes_of_day(struct store *store, struct id user_id, int32_t day, int64_t *minutes,
                              struct fault *fault) WARN_UNUSED;

/* Whether an entry is reversed. */
enum error find_reversal(struct store *store, struct id entry_id, bool *found,
                         struct fault *fault) WARN_UNUSED;

#endif
