#include "store/log.h"

#include "base/must.h"
#include "store/kept.h"
#include "store/statements.h"

static enum error insert_subtrees(struct store *store, const struct hash *made, unsigned count,
                                  uint64_t position, struct fault *fault)
{
    enum error error = OK;
    for (unsigned level = TILE_HEIGHT; !error && level < count; level += TILE_HEIGHT)
        error = store_change(store, &sql_tile_insert,
                             PARAMS({"level", value_integer(level / TILE_HEIGHT)},
                                    {"number", value_integer((int64_t)(position >> level))},
                                    {"hash", value_bytes(&made[level], sizeof *made)}),
                             NULL, NULL, 1, fault);
    return error;
}

enum error append_leaf(struct store *store, struct leaf_row *leaf, struct fault *fault)
{
    struct merkle_frontier *frontier;
    struct hash made[MERKLE_LEVELS];
    enum error error = kept_log_frontier(store, &frontier, fault);
    if (error)
        return error;
    leaf->position = (int64_t)frontier->size;
    error = store_change(store, &sql_leaf_insert, NO_PARAMS, &leaf_shape, leaf, 1, fault);
    if (error)
        return error;
    unsigned count = merkle_append(frontier, leaf->hash, made);
    error = keep_leaf(store, leaf->engagement_id, fault);
    return error ? error : insert_subtrees(store, made, count, (uint64_t)leaf->position, fault);
}

enum error load_log_head(struct store *store, uint64_t *size, struct hash *root,
                         struct fault *fault)
{
    struct merkle_frontier *frontier;
    enum error error = kept_log_frontier(store, &frontier, fault);
    if (error)
        return error;
    *size = frontier->size;
    *root = merkle_root(frontier);
    return OK;
}

enum error keep_checkpoint(struct store *store, int64_t size, const char *note, int64_t signed_at,
                           struct fault *fault)
{
    return store_change(store, &sql_checkpoint_keep,
                        PARAMS({"size", value_integer(size)}, {"note", value_text(note)},
                               {"signed_at", value_integer(signed_at)}),
                        NULL, NULL, DB_ANY, fault);
}

enum error find_checkpoint(struct store *store, int64_t larger_than,
                           struct checkpoint_row *checkpoint, bool *found, struct fault *fault)
{
    return store_find(store, &sql_checkpoint_next,
                      PARAMS({"larger_than", value_integer(larger_than)}), &checkpoint_shape,
                      checkpoint, found, fault);
}

#define OF_ENGAGEMENT                                                                              \
    " AND position IN (SELECT position FROM leaf"                                                  \
    " WHERE company = :company AND engagement_id = :engagement_id"                                 \
    " UNION SELECT position FROM leaf_reach"                                                       \
    " WHERE company = :company AND reached_id = :engagement_id)"

enum error find_leaves(struct store *store, const struct leaf_filter *filter, int64_t limit,
                       struct list *leaves, struct fault *fault)
{
    const char *sql = arena_format(
        store->arena,
        "SELECT %s FROM leaf WHERE company = :company AND position %s :first%s%s%s"
        " ORDER BY position%s LIMIT :limit",
        table_columns(&leaf_shape, store->arena),
        filter->is_falling ? "<=" : ">=", filter->event ? " AND event = :event" : "",
        id_is_none(filter->subject_id) ? "" : " AND subject_id = :subject_id",
        id_is_none(filter->engagement_id) ? "" : OF_ENGAGEMENT, filter->is_falling ? " DESC" : "");
    return store_list(store, tables_statement(store->tables, "find_leaves", sql),
                      PARAMS({"first", value_integer(filter->first)},
                             {"limit", value_integer(limit)}, {"event", value_text(filter->event)},
                             {"subject_id", value_id(&filter->subject_id)},
                             {"engagement_id", value_id(&filter->engagement_id)}),
                      &leaf_shape, leaves, fault);
}

enum error list_engagement_leaves(struct store *store, struct id engagement_id, int64_t limit,
                                  struct list *leaves, struct fault *fault)
{
    return store_list(
        store, &sql_leaf_of_engagement,
        PARAMS({"engagement_id", value_id(&engagement_id)}, {"limit", value_integer(limit)}),
        &leaf_shape, leaves, fault);
}

enum error append_reach(struct store *store, struct id reached_id, int64_t position,
                        struct fault *fault)
{
    enum error error = store_change(
        store, &sql_leaf_reach_insert,
        PARAMS({"reached_id", value_id(&reached_id)}, {"position", value_integer(position)}), NULL,
        NULL, 1, fault);
    return error ? error : keep_leaf(store, reached_id, fault);
}

static const struct field reach_fields[] = {
    FIELD(struct reach, reached_id, ID),
    FIELD(struct reach, position, INTEGER),
};
static const struct shape reach_shape = SHAPE("leaf_reach", struct reach, reach_fields);

enum error walk_reaches(struct store *store, const struct reach *after, struct list *reaches,
                        struct fault *fault)
{
    const struct id *id = &after->reached_id; /* none is before all others, and no null */
    struct value reached = {.kind = VALUE_ID, .bytes = id->bytes, .size = sizeof id->bytes};
    return store_list(store, &sql_leaf_reach_walk,
                      PARAMS({"reached_id", reached}, {"position", value_integer(after->position)}),
                      &reach_shape, reaches, fault);
}

enum error load_stated_size(struct store *store, int64_t *size, struct fault *fault)
{
    return store_count(store, &sql_log_head_size, NO_PARAMS, size, fault);
}

enum error list_leaves(struct store *store, int64_t first, int64_t end, struct list *leaves,
                       struct fault *fault)
{
    return store_list(store, &sql_leaf_range,
                      PARAMS({"first", value_integer(first)}, {"end", value_integer(end)}),
                      &leaf_shape, leaves, fault);
}

/* ---- hashes for tiles and proofs ----------------------------------------------------------- */

struct hash_row {
    struct hash hash;
};
static const struct field hash_row_fields[] = {FIELD(struct hash_row, hash, HASH)};
static const struct shape hash_row_shape = SHAPE("hash", struct hash_row, hash_row_fields);

enum error find_subtree(struct store *store, int level, uint64_t number, struct hash *hash,
                        bool *found, struct fault *fault)
{
    struct hash_row row = {0};
    enum error error = store_find(store, &sql_tile_hashes,
                                  PARAMS({"level", value_integer(level)},
                                         {"first", value_integer((int64_t)number)},
                                         {"end", value_integer((int64_t)number + 1)}),
                                  &hash_row_shape, &row, found, fault);
    *hash = row.hash;
    return error;
}

static enum error read_hashes(void *context, int level, uint64_t first, unsigned count,
                              struct hash *hashes, struct fault *fault)
{
    struct store *store = context;
    struct list rows;
    const struct statement *statement = level == 0 ? &sql_leaf_hashes : &sql_tile_hashes;
    enum error error =
        store_list(store, statement,
                   PARAMS({"level", value_integer(level)}, {"first", value_integer((int64_t)first)},
                          {"end", value_integer((int64_t)(first + count))}),
                   &hash_row_shape, &rows, fault);
    if (error)
        return error;
    if (rows.count != count)
        return refuse(fault, ERROR_INTERNAL, NULL, "the evidence log has a hole at level %d",
                      level);
    for (unsigned i = 0; i < count; i++)
        hashes[i] = LIST_AT(struct hash_row, rows, i)->hash;
    return OK;
}

struct tile_source log_tiles(struct store *store)
{
    return (struct tile_source){read_hashes, store};
}
