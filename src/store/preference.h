/* How people want to be shown things: a row for each who has said so. */
#ifndef WAYMARK_STORE_PREFERENCE_H
#define WAYMARK_STORE_PREFERENCE_H

#include "core/preference.h"
#include "store/store.h"

/* All none if they have not said. */
enum error find_preference(struct store *store, struct id person_id, struct preference *preference,
                           struct fault *fault) WARN_UNUSED;

/* In the place of what they said before. */
enum error put_preference(struct store *store, const struct preference *preference,
                          struct fault *fault) WARN_UNUSED;

/* Deleting what is not there is no error. */
enum error delete_preference(struct store *store, struct id person_id,
                             struct fault *fault) WARN_UNUSED;

#endif
