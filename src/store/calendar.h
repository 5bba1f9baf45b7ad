/* Keys to feeds of dates, and the dates. */
#ifndef WAYMARK_STORE_CALENDAR_H
#define WAYMARK_STORE_CALENDAR_H

#include "core/calendar.h"
#include "store/store.h"

/* In the place of the key that the person had before. */
enum error put_calendar_key(struct store *store, const struct calendar_key *key,
                            struct fault *fault) WARN_UNUSED;
enum error find_calendar_key_of(struct store *store, struct id person_id, struct calendar_key *key,
                                bool *found, struct fault *fault) WARN_UNUSED;
enum error find_calendar_key(struct store *store, struct hash key_hash, struct calendar_key *key,
                             bool *found, struct fault *fault) WARN_UNUSED;

/* Deleting what is not there is no error. */
enum error delete_calendar_key(struct store *store, struct id person_id,
                               struct fault *fault) WARN_UNUSED;

/* Whose dates: what the viewer may see, and of a user what is of the engagements in whose team they
 * are, or of all if they are in none. */
struct calendar_scope {
    struct id person_id;
    bool has_team; /* filled by load_calendar_scope */
};
enum error load_calendar_scope(struct store *store, struct calendar_scope *scope,
                               struct fault *fault) WARN_UNUSED;

/* What is still to come or open from that day on, by day: struct calendar_entry. */
enum error list_calendar(struct store *store, const struct calendar_scope *scope, int32_t from_day,
                         int64_t limit, struct list *entries, struct fault *fault) WARN_UNUSED;

/* The open engagements in which a rhythm of communication was agreed on: a struct calendar_entry of
 * each with its id, zone and names alone. */
enum error list_calendar_engagements(struct store *store, const struct calendar_scope *scope,
                                     int64_t limit, struct list *engagements,
                                     struct fault *fault) WARN_UNUSED;

#endif
