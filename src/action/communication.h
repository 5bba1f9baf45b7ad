/* The communication plan: what the two sides do again and again, and on which days. */
#ifndef WAYMARK_ACTION_COMMUNICATION_H
#define WAYMARK_ACTION_COMMUNICATION_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/communication.h"
#include "store/list.h"

struct list_communications {
    struct page_query page;
    struct id engagement_id;
};

struct communication_days {
    struct id engagement_id;
    int32_t from_day;  /* none: today */
    int32_t until_day; /* none: 90 days later */
};

struct communication_calendar {
    struct id engagement_id;
    int32_t from_day;
    int32_t until_day;
    struct list dates; /* struct communication_date */
};

extern const struct operation list_communications_operation;
extern const struct operation show_communication_operation; /* struct subject */

/* Take struct communication: engagement_id or id, and all that can be said of it. Errors of
 * communication_check; ERROR_WRONG_STATE for "state" once the engagement has ended. */
extern const struct operation create_communication_operation;
extern const struct operation change_communication_operation;

/* Takes struct communication_days, gives struct communication_calendar: of both sides.
 * ERROR_OUT_OF_RANGE for "until_day" before the first day or a year or more after it. */
extern const struct operation show_communication_calendar_operation;

#endif
