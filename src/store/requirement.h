/* The requirements of an engagement as a set. None of these asks who looks: load the engagement
 * first. */
#ifndef WAYMARK_STORE_REQUIREMENT_H
#define WAYMARK_STORE_REQUIREMENT_H

#include "core/requirement.h"
#include "store/store.h"

/* Every revision of every requirement, in the order in which they were made. */
enum error list_requirements_of(struct store *store, struct id engagement_id,
                                struct list *requirements, struct fault *fault) WARN_UNUSED;

/* The client's last confirmation. */
enum error find_confirmation(struct store *store, struct id engagement_id,
                             struct requirement_confirmation *confirmation, bool *found,
                             struct fault *fault) WARN_UNUSED;

#endif
