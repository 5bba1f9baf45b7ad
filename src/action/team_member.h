/* The team: who of both sides has which part in an engagement. */
#ifndef WAYMARK_ACTION_TEAM_MEMBER_H
#define WAYMARK_ACTION_TEAM_MEMBER_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/team_member.h"
#include "store/list.h"

struct list_team_members {
    struct page_query page;
    struct id engagement_id;
    enum side side;
    enum team_part part;
    int32_t on_day; /* who has a part on that day */
};

extern const struct operation list_team_members_operation;
extern const struct operation show_team_member_operation; /* struct subject */

/* Take struct team_member: engagement_id with user_id or contact_id, or id; part, part_name,
 * from_day, until_day, note. Errors of team_member_check; ERROR_INVALID for "user_id" or
 * "contact_id" unless there is such a person; ERROR_WRONG_STATE for "state" once the engagement has
 * ended. */
extern const struct operation add_team_member_operation;
extern const struct operation change_team_member_operation;

#endif
