/* What waits for somebody. */
#ifndef WAYMARK_STORE_TURN_H
#define WAYMARK_STORE_TURN_H

#include "core/turn.h"
#include "store/store.h"

/* struct turn as far as rows tell it, at most limit, in no order: of what the viewer may see, of
 * one engagement, or of all with the none id. */
enum error list_turns(struct store *store, struct id engagement_id, int64_t limit,
                      struct list *turns, struct fault *fault) WARN_UNUSED;

#endif
