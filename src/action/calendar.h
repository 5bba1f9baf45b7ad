/* The feed of the dates that concern somebody, for their own calendar program. It asks with a key
 * that opens the feed alone and changes nothing; a person has at most one. */
#ifndef WAYMARK_ACTION_CALENDAR_H
#define WAYMARK_ACTION_CALENDAR_H

#include "action/operation.h"
#include "core/calendar.h"

enum {
    CALENDAR_BACK_DAYS = 90,  /* so far back what is open is shown */
    CALENDAR_AHEAD_DAYS = 90, /* so far ahead what comes again is */
    CALENDAR_LIMIT = 2000,
};

struct calendar_query {
    const char *key;
};

struct calendar_feed {
    struct list entries; /* struct calendar_entry, each with its day */
};

extern const struct operation show_calendar_key_operation;
extern const struct operation make_calendar_key_operation;
extern const struct operation revoke_calendar_key_operation;
extern const struct operation show_calendar_operation;

#endif
