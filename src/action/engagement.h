/* Engagements: opening one for a client, keeping its facts, and its ends. A contract follows its
 * engagement: both are suspended, resumed, completed and terminated together. */
#ifndef WAYMARK_ACTION_ENGAGEMENT_H
#define WAYMARK_ACTION_ENGAGEMENT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/engagement.h"
#include "store/list.h"

struct list_engagements {
    struct page_query page;
    enum engagement_state state;
    struct id client_id;
};

extern const struct shape list_engagements_shape;

/* Takes struct engagement: client_id, title, reference, summary, and currency and time_zone, which
 * are the client's unless given. */
extern const struct operation create_engagement_operation;

/* Takes struct engagement: its id, and all that may be edited. */
extern const struct operation change_engagement_operation;

extern const struct operation list_engagements_operation;
extern const struct operation show_engagement_operation; /* struct subject */

/* ---- its course (engagement_state.c) ----------------------------------------------------------
 */

struct engagement_reason {
    struct id id;
    const char *reason;
};

extern const struct operation
    kick_off_operation; /* struct engagement: id, kickoff_day, kickoff_note
                         */
extern const struct operation suspend_engagement_operation;   /* struct engagement_reason */
extern const struct operation resume_engagement_operation;    /* struct subject */
extern const struct operation complete_engagement_operation;  /* struct subject */
extern const struct operation terminate_engagement_operation; /* struct engagement_reason */

/* Completes it and its contract, and tells both sides, once nothing keeps it open
 * (store/contract.h) while it is under way; else does nothing. For what may have been the last of
 * it, when that is saved. One that rests is completed by its people; so is one whose last order was
 * turned down, as another may follow. */
enum error complete_if_finished(struct call *call, struct id engagement_id,
                                struct fault *fault) WARN_UNUSED;

extern const struct shape engagement_subject_shape;

#endif
