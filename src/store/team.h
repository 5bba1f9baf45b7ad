/* Who works on an engagement and when its sides talk, as rows. Neither asks who looks: load the
 * engagement first. */
#ifndef WAYMARK_STORE_TEAM_H
#define WAYMARK_STORE_TEAM_H

#include "core/communication.h"
#include "core/team_member.h"
#include "store/store.h"

/* Every one, in the order in which they were made. */
enum error list_team_of(struct store *store, struct id engagement_id, struct list *members,
                        struct fault *fault) WARN_UNUSED;
enum error list_communications_of(struct store *store, struct id engagement_id,
                                  struct list *communications, struct fault *fault) WARN_UNUSED;

#endif
