/* Who has which part in an engagement, of the agency and of the client, from a day and until one.
 */
#ifndef WAYMARK_CORE_TEAM_MEMBER_H
#define WAYMARK_CORE_TEAM_MEMBER_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

/* Each is a part of one side, but for the last, which has a name of its own. */
enum team_part {
    PART_ACCOUNT_LEAD = 1,
    PART_PROJECT_MANAGER,
    PART_TECHNICAL_LEAD,
    PART_DESIGNER,
    PART_DEVELOPER,
    PART_TESTER,
    PART_BILLING,
    PART_SPONSOR,
    PART_PRODUCT_OWNER,
    PART_DECISION_MAKER,
    PART_SUBJECT_EXPERT,
    PART_TECHNICAL_CONTACT,
    PART_PROCUREMENT,
    PART_OTHER,
};
extern const struct choices team_part_choices;

enum { TEAM_LIMIT = 500 /* parts of one engagement, ended ones included */ };

struct team_member {
    struct id id;
    int64_t version;
    struct id engagement_id;
    enum side side;
    struct id user_id;     /* of the agency, or */
    struct id contact_id;  /* of the client */
    const char *user_name; /* of the agency's, whom a client cannot look up; a contact's name is its
                              own to be erased */
    enum team_part part;
    const char *part_name; /* in the words of these people */
    int32_t from_day;
    int32_t until_day; /* the last one; none: still */
    const char *note;
    int64_t created_at;
};
extern const struct shape team_member_shape;

/* Whether it can stand beside the others (struct team_member) of the engagement. ERROR_INVALID for
 * "user_id" unless there is one of user and contact, "part" of the other side, "part_name" of
 * another part without a name; ERROR_OUT_OF_RANGE for "until_day" before the start, "team" if there
 * are too many; ERROR_CONFLICT for "part" if the same person has it on one of these days. */
enum error team_member_check(const struct team_member *member, const struct list *others,
                             struct fault *fault) WARN_UNUSED;

#endif
