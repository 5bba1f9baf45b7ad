/* Records of meetings: written by the agency in versions that stay, and shared with the client. */
#ifndef WAYMARK_ACTION_MEETING_H
#define WAYMARK_ACTION_MEETING_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/meeting.h"
#include "store/list.h"

struct list_meetings {
    struct page_query page;
    struct id engagement_id;
    struct id first_id; /* all versions of one record */
    bool with_older;    /* otherwise only the latest version that the viewer may see */
    int32_t from_day;
};

extern const struct operation list_meetings_operation;
extern const struct operation show_meeting_operation; /* struct subject */

/* Take struct meeting: engagement_id, or the id of the latest version; and all that was said.
 * Errors of meeting_check; ERROR_WRONG_STATE for "state" once the engagement has ended, "revision"
 * of a version that is not the latest. */
extern const struct operation record_meeting_operation;
extern const struct operation revise_meeting_operation;

#endif
