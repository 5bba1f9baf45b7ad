/* All rows that belong to one engagement, for a copy of it. */
#ifndef WAYMARK_STORE_ENGAGEMENT_COPY_H
#define WAYMARK_STORE_ENGAGEMENT_COPY_H

#include "core/engagement_copy.h"
#include "store/store.h"

/* Fills all members that are rows, in the order of making. The caller has loaded the engagement as
 * the viewer may see it, and the viewer is of the agency. ERROR_TOO_LARGE, naming the member, for
 * more than COPY_LIST_LIMIT rows of one kind. */
enum error load_engagement_copy(struct store *store, const struct engagement *engagement,
                                struct engagement_copy *copy, struct fault *fault) WARN_UNUSED;
/* Whether the company has a row of that id in the shape's table. */
enum error find_row(struct store *store, const struct shape *shape, struct id id, bool *found,
                    struct fault *fault) WARN_UNUSED;

#endif
