/* What the client of an engagement must supply, as rows. */
#ifndef WAYMARK_STORE_OBLIGATION_H
#define WAYMARK_STORE_OBLIGATION_H

#include "core/obligation.h"
#include "store/store.h"

/* Every one, in the order in which they were made, whoever looks: load the engagement first, for
 * one of the agency. */
enum error list_obligations_of(struct store *store, struct id engagement_id,
                               struct list *obligations, struct fault *fault) WARN_UNUSED;

#endif
