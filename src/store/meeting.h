/* Records of meetings, as rows. */
#ifndef WAYMARK_STORE_MEETING_H
#define WAYMARK_STORE_MEETING_H

#include "core/meeting.h"
#include "store/store.h"

/* The number of the latest version of the record that began with that one, whoever looks. */
enum error find_last_revision(struct store *store, struct id first_id, int64_t *revision,
                              struct fault *fault) WARN_UNUSED;

#endif
