/* Time entries: people of the agency record what they worked, owners and delivery approve it. No
 * client sees any of it. */
#ifndef WAYMARK_ACTION_TIME_ENTRY_H
#define WAYMARK_ACTION_TIME_ENTRY_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/time_entry.h"
#include "store/list.h"

struct list_time_entries {
    struct page_query page;
    struct id engagement_id;
    struct id milestone_id;
    struct id task_id;
    struct id user_id;
    enum time_entry_state state;
    int32_t from_day; /* both included */
    int32_t to_day;
};

/* Why an entry is returned, or taken back. */
struct decide_time_entry {
    struct id id;
    const char *reason;
};

extern const struct operation list_time_entries_operation;
extern const struct operation show_time_entry_operation; /* struct subject */

/* Takes struct time_entry: engagement_id, one of task_id and milestone_id, day, minutes, role and
 * note. It is the actor's own work. ERROR_INVALID for "task_id" and "milestone_id" that are not of
 * the engagement, and what time_entry_check refuses. */
extern const struct operation record_time_operation;

/* Takes struct subject; by the person who recorded it alone. */
extern const struct operation withdraw_time_entry_operation;

extern const struct operation approve_time_entry_operation; /* struct subject */
extern const struct operation return_time_entry_operation;  /* struct decide_time_entry */

/* Takes struct decide_time_entry and gives the reversing entry. ERROR_CONFLICT for
 * "reverses_entry_id" if there is one already. */
extern const struct operation reverse_time_entry_operation;

#endif
