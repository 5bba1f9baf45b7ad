/* Going through whole tables in the order of ids, a batch at a time, as checks of everything do: a
 * table of any size takes the memory of one batch. */
#ifndef WAYMARK_STORE_WALK_H
#define WAYMARK_STORE_WALK_H

#include "store/store.h"

/* The next rows with an id behind *after, in *rows; none at the end. *after moves to the last of
 * them. Start with the id of none. ERROR_INTERNAL also if one of them cannot be read: *after then
 * stays. */
enum error store_walk(struct store *store, const struct shape *shape, struct id *after,
                      struct list *rows, struct fault *fault) WARN_UNUSED;

/* The same for their ids alone: struct id. */
enum error store_walk_ids(struct store *store, const struct shape *shape, struct id *after,
                          struct list *ids, struct fault *fault) WARN_UNUSED;

/* The rows of a table without ids of its own that belong to owners from first to last, in the order
 * of these and their numbers. Its shape starts with the owner's id. ERROR_TOO_LARGE above
 * LIST_READ_LIMIT. */
enum error store_walk_owned(struct store *store, const struct shape *shape, struct id first,
                            struct id last, struct list *rows, struct fault *fault) WARN_UNUSED;

/* How many rows the company has in the table. */
enum error store_count_rows(struct store *store, const struct shape *shape, int64_t *count,
                            struct fault *fault) WARN_UNUSED;

#endif
