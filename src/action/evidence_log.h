/* The company's evidence log as others see it: its head, its leaves (for the agency), proofs, and
 * tiles as C2SP tlog-tiles has them. */
#ifndef WAYMARK_ACTION_EVIDENCE_LOG_H
#define WAYMARK_ACTION_EVIDENCE_LOG_H

#include "action/operation.h"
#include "core/tile.h"
#include "store/list.h"

/* The head of the log, signed, and the key to check it with. It is kept, as it was handed out. */
struct log_view {
    const char *origin;
    const char *verifier_key;
    int64_t size;
    const char *root;       /* base64 */
    const char *checkpoint; /* the signed note; NULL while the log is empty */
};
extern const struct operation show_log_operation;

/* The same, of which only the note is answered. ERROR_NOT_FOUND while the log is empty. */
extern const struct operation show_checkpoint_operation;

/* Leaves by their place. */
struct list_leaves {
    struct page_query page;
    const char *event;
    struct id subject_id;
    struct id engagement_id;
};
extern const struct operation list_leaves_operation;

/* A leaf with the particulars behind it; hash, salt as base64. */
struct leaf_view {
    int64_t position;
    const char *event;
    struct id subject_id;
    struct id engagement_id;
    int64_t at;
    const char *hash;
    const char *leaf; /* its text */
    const char *salt; /* these two none once erased */
    const char *payload;
    int64_t erased_at;
};
extern const struct operation show_leaf_operation;

/* Proofs as core/merkle.h makes them. size, where it is not given, is that of the log. */
struct inclusion_query {
    int64_t position;
    int64_t size;
};
struct inclusion_view {
    int64_t position;
    int64_t size;
    const char *leaf_hash;
    const char *root;
    struct texts hashes;
};
extern const struct operation prove_inclusion_operation;

struct consistency_query {
    int64_t first;
    int64_t second;
};
struct consistency_view {
    int64_t first;
    int64_t second;
    const char *first_root;
    const char *second_root;
    struct texts hashes;
};
extern const struct operation prove_consistency_operation;

/* A tile: its hashes, or the entries behind them, which only the agency may read. */
struct show_tile {
    const char *path; /* "0/x001/067", "entries/000.p/8" */
};
struct tile_file {
    struct bytes bytes;
};
extern const struct operation show_tile_operation;

#endif
