/* The evidence log's rows: leaves, the roots of complete subtrees of 256 leaves and more, and the
 * checkpoints that were handed out. */
#ifndef WAYMARK_STORE_LOG_H
#define WAYMARK_STORE_LOG_H

#include "core/evidence_row.h"
#include "core/merkle.h"
#include "core/tile.h"
#include "store/store.h"

/* Appends a leaf whose hash is set, at the end of the company's log; sets its position. */
enum error append_leaf(struct store *store, struct leaf_row *leaf, struct fault *fault) WARN_UNUSED;

/* Size and root of the company's log, with what this transaction appended. */
enum error load_log_head(struct store *store, uint64_t *size, struct hash *root,
                         struct fault *fault) WARN_UNUSED;

/* The leaves from a position on, up to but without end. */
enum error list_leaves(struct store *store, int64_t first, int64_t end, struct list *leaves,
                       struct fault *fault) WARN_UNUSED;

/* Which leaves; what is none asks for nothing. */
struct leaf_filter {
    const char *event;
    struct id subject_id;
    struct id engagement_id;
    int64_t first;   /* position from which on */
    bool is_falling; /* from first down */
};
enum error find_leaves(struct store *store, const struct leaf_filter *filter, int64_t limit,
                       struct list *leaves, struct fault *fault) WARN_UNUSED;

/* The leaves that tell of an engagement, of its rows or of money that ever settled its invoices, in
 * their order. At most limit. */
enum error list_engagement_leaves(struct store *store, struct id engagement_id, int64_t limit,
                                  struct list *leaves, struct fault *fault) WARN_UNUSED;

/* Says that a leaf is also found by this: a further engagement than the one in its row, a payment
 * or a credit note. */
enum error append_reach(struct store *store, struct id reached_id, int64_t position,
                        struct fault *fault) WARN_UNUSED;

struct reach {
    struct id reached_id;
    int64_t position;
};

/* The next of these rows, in their order; none at the end. Start with position -1. */
enum error walk_reaches(struct store *store, const struct reach *after, struct list *reaches,
                        struct fault *fault) WARN_UNUSED;

/* The size that the head's row states; 0 if there is none. */
enum error load_stated_size(struct store *store, int64_t *size, struct fault *fault) WARN_UNUSED;

/* The stored root of a complete subtree, by the level and number of its tile row. */
enum error find_subtree(struct store *store, int level, uint64_t number, struct hash *hash,
                        bool *found, struct fault *fault) WARN_UNUSED;

/* The first kept checkpoint of a larger size than that. */
enum error find_checkpoint(struct store *store, int64_t larger_than,
                           struct checkpoint_row *checkpoint, bool *found,
                           struct fault *fault) WARN_UNUSED;

/* Keeps a checkpoint that is handed out; the same size again changes nothing. */
enum error keep_checkpoint(struct store *store, int64_t size, const char *note, int64_t signed_at,
                           struct fault *fault) WARN_UNUSED;

/* Serves tiles and proofs from the stored rows; store must outlive it. */
struct tile_source log_tiles(struct store *store);

#endif
