/* The evidence log, derived anew from its leaves: their texts, the tree over them, and every
 * checkpoint that was handed out. */
#include <endian.h>
#include <string.h>

#include "action/evidence.h"
#include "audit/check.h"
#include "core/checkpoint.h"
#include "core/leaf.h"
#include "core/merkle.h"
#include "core/payload.h"
#include "store/kept.h"
#include "store/log.h"
#include "store/walk.h"

enum {
    LEAF_BATCH = 1000,
    SORT_MEMORY = 64 * 1024 * 1024,
};

struct log_audit {
    struct audit *audit;
    struct note_key key;
    struct merkle_frontier stored; /* as the log's head has it */
    struct merkle_frontier found;  /* of the leaves so far */
    int64_t tiles;                 /* complete subtrees that must be stored */
    struct checkpoint_row next;    /* the next checkpoint to be reached */
    bool has_next;
    int64_t checkpoints;
    int64_t wrong_checkpoints;
    struct text_buffer wrong; /* what is wrong with them; they are reported after the leaves */
};

static const char *place(struct log_audit *log, int64_t position)
{
    return arena_format(log->audit->call->arena, "%lld", (long long)position);
}

/* ---- one leaf ------------------------------------------------------------------------------ */

static int kind_number(const struct audit *audit, const char *name)
{
    for (size_t i = 0; i < audit->kind_count; i++) {
        if (strcmp(audit->kinds[i].name, name) == 0)
            return (int)i;
    }
    return -1;
}

static void put_number(uint8_t bytes[static 8], int64_t number)
{
    uint64_t big_endian = htobe64((uint64_t)number);
    memcpy(bytes, &big_endian, sizeof big_endian);
}

/* Remembers the rows that a leaf names. */
static enum error name_rows(struct log_audit *log, const struct leaf_row *leaf,
                            const struct salt *salt, struct fault *fault)
{
    struct audit *audit = log->audit;
    struct payload payload;
    if (payload_parse(audit->call->arena, leaf->payload, &payload, fault) != OK) {
        report_wrong(audit->report, "leaf", place(log, leaf->position), "its payload is malformed");
        return OK;
    }
    for (size_t i = 0; i < payload.row_count; i++) {
        const struct payload_row *row = &payload.rows[i];
        int kind = kind_number(audit, row->kind);
        if (kind < 0) {
            report_wrong(audit->report, "leaf", place(log, leaf->position),
                         "it names a %s, which no table has", row->kind);
            continue;
        }
        struct named_row named = {
            .kind = (uint8_t)kind,
            .id = row->id,
            .hash = row->hash,
            .salt = *salt,
        };
        put_number(named.version, row->version);
        put_number(named.position, leaf->position);
        enum error error = sorter_add(audit->named, &named, fault);
        if (error)
            return error;
    }
    return OK;
}

/* The salted hash that stands in the leaf; false if there is none to be had. */
static bool payload_hash_of(struct log_audit *log, const struct leaf_row *leaf, struct salt *salt,
                            struct hash *hash)
{
    if (!leaf->payload) {
        *hash = leaf->payload_hash;
        if (leaf->erased_at == 0)
            report_wrong(log->audit->report, "leaf", place(log, leaf->position),
                         "its payload is gone without having been erased");
        return leaf->erased_at != 0;
    }
    if (leaf->salt.size != sizeof salt->bytes) {
        report_wrong(log->audit->report, "leaf", place(log, leaf->position),
                     "its salt has %zu bytes", leaf->salt.size);
        return false;
    }
    memcpy(salt->bytes, leaf->salt.bytes, sizeof salt->bytes);
    *hash = salted_hash(salt, leaf->payload, strlen(leaf->payload));
    return true;
}

/* Personal data alone is ever erased, with the contact that it is of. */
static enum error check_erased(struct log_audit *log, const struct leaf_row *leaf,
                               struct fault *fault)
{
    struct contact contact = {0};
    struct store *store = &log->audit->call->store;
    bool is_of_contact = strncmp(leaf->event, "contact.", strlen("contact.")) == 0;
    enum error error =
        is_of_contact ? store_load(store, &contact_shape, leaf->subject_id, &contact, fault) : OK;
    if (error && error != ERROR_NOT_FOUND)
        return error;
    if (contact.erased_at == 0)
        report_wrong(log->audit->report, "leaf", place(log, leaf->position),
                     "its payload was erased, and no contact with it");
    return OK;
}

static enum error check_leaf(struct log_audit *log, const struct leaf_row *row, struct fault *fault)
{
    char text[LEAF_TEXT_SIZE];
    struct salt salt;
    struct leaf leaf = {.subject = row->subject_id, .time_ms = row->at};
    struct report *report = log->audit->report;
    if (!leaf_event_is_valid(row->event)) {
        report_wrong(report, "leaf", place(log, row->position), "its event is malformed");
        return OK;
    }
    if (!payload_hash_of(log, row, &salt, &leaf.payload))
        return OK;
    strcpy(leaf.event, row->event);
    leaf_format(&leaf, text);
    if (!hash_equal(merkle_leaf_hash(text, strlen(text)), row->hash)) {
        report_wrong(report, "leaf", place(log, row->position), "it does not have its hash");
        return OK;
    }
    enum error error = add_reach(log->audit, row->engagement_id, row->position, false, fault);
    if (error)
        return error;
    return row->payload ? name_rows(log, row, &salt, fault) : check_erased(log, row, fault);
}

/* ---- the tree over them -------------------------------------------------------------------- */

static enum error check_tiles(struct log_audit *log, const struct hash *made, unsigned count,
                              uint64_t position, struct fault *fault)
{
    struct store *store = &log->audit->call->store;
    for (unsigned level = TILE_HEIGHT; level < count; level += TILE_HEIGHT) {
        struct hash stored;
        bool found;
        uint64_t number = position >> level;
        enum error error =
            find_subtree(store, (int)(level / TILE_HEIGHT), number, &stored, &found, fault);
        if (error)
            return error;
        log->tiles++;
        if (!found || !hash_equal(stored, made[level]))
            report_wrong(log->audit->report, "subtree",
                         arena_format(store->arena, "%u/%llu", level / TILE_HEIGHT,
                                      (unsigned long long)number),
                         found ? "it is not the root of its leaves" : "it is missing");
    }
    return OK;
}

static enum error next_checkpoint(struct log_audit *log, struct fault *fault)
{
    int64_t behind = log->has_next ? log->next.size : -1;
    struct store store = log->audit->call->store;
    store.arena = log->audit->arena;
    return find_checkpoint(&store, behind, &log->next, &log->has_next, fault);
}

static void wrong_checkpoint(struct log_audit *log, const char *what)
{
    if (log->wrong_checkpoints++ < REPORT_SHOWN)
        text_printf(&log->wrong, "%lld %s\n", (long long)log->next.size, what);
}

static void check_checkpoint(struct log_audit *log)
{
    struct checkpoint checkpoint;
    struct fault fault;
    enum error error =
        checkpoint_open(log->audit->call->arena, &log->key, 1, log->next.note, &checkpoint, &fault);
    log->checkpoints++;
    if (error)
        wrong_checkpoint(log, "its signature does not hold");
    else if (checkpoint.size != (uint64_t)log->next.size)
        wrong_checkpoint(log, "it is of another size");
    else if (!hash_equal(checkpoint.root, merkle_root(&log->found)))
        wrong_checkpoint(log, "it is of another root than the leaves have");
}

static enum error reach_checkpoints(struct log_audit *log, struct fault *fault)
{
    enum error error = OK;
    while (!error && log->has_next && (uint64_t)log->next.size == log->found.size) {
        check_checkpoint(log);
        error = next_checkpoint(log, fault);
    }
    return error;
}

static enum error append(struct log_audit *log, struct hash hash, struct fault *fault)
{
    struct hash made[MERKLE_LEVELS];
    uint64_t position = log->found.size;
    unsigned count = merkle_append(&log->found, hash, made);
    enum error error = check_tiles(log, made, count, position, fault);
    return error ? error : reach_checkpoints(log, fault);
}

/* ---- all of it ----------------------------------------------------------------------------- */

/* Where a batch cannot be read, its leaves one by one. */
static enum error read_leaf(struct log_audit *log, int64_t position, const struct list *batch,
                            bool is_readable, const struct leaf_row **leaf, struct fault *fault)
{
    struct list single = *batch;
    *leaf = NULL;
    if (!is_readable) {
        enum error error =
            list_leaves(&log->audit->call->store, position, position + 1, &single, fault);
        if (error == ERROR_INTERNAL)
            report_wrong(log->audit->report, "leaf", place(log, position), "%s", fault->detail);
        if (error)
            return error == ERROR_INTERNAL ? OK : error;
    }
    for (size_t i = 0; i < single.count && !*leaf; i++) {
        const struct leaf_row *row = LIST_AT(struct leaf_row, single, i);
        if (row->position == position)
            *leaf = row;
    }
    if (!*leaf)
        report_wrong(log->audit->report, "leaf", place(log, position), "it is missing");
    return OK;
}

/* The leaf at a position of a batch that starts at first; missing ones are searched for. */
static const struct leaf_row *leaf_in(const struct list *batch, int64_t first, int64_t position)
{
    size_t place_in_batch = (size_t)(position - first);
    if (place_in_batch >= batch->count)
        return NULL;
    const struct leaf_row *leaf = LIST_AT(struct leaf_row, *batch, place_in_batch);
    return leaf->position == position ? leaf : NULL;
}

static enum error check_batch(struct log_audit *log, int64_t first, int64_t end,
                              struct fault *fault)
{
    struct list batch = {0};
    enum error error = list_leaves(&log->audit->call->store, first, end, &batch, fault);
    bool is_readable = error != ERROR_INTERNAL;
    if (is_readable && error)
        return error;
    error = OK;
    for (int64_t position = first; !error && position < end; position++) {
        const struct leaf_row *leaf = leaf_in(&batch, first, position);
        if (!leaf)
            error = read_leaf(log, position, &batch, is_readable, &leaf, fault);
        if (!error && leaf)
            error = check_leaf(log, leaf, fault);
        if (!error)
            error = append(log, leaf ? leaf->hash : (struct hash){0}, fault);
    }
    report_checked(log->audit->report, end - first);
    return error;
}

static enum error check_leaves(struct log_audit *log, struct fault *fault)
{
    struct call *call = log->audit->call;
    struct arena *before = call->arena;
    struct arena *batch = arena_new();
    int64_t size = (int64_t)log->stored.size;
    enum error error = reach_checkpoints(log, fault);
    call->arena = call->store.arena = batch;
    for (int64_t first = 0; !error && first < size; first += LEAF_BATCH) {
        error =
            check_batch(log, first, first + LEAF_BATCH < size ? first + LEAF_BATCH : size, fault);
        arena_reset(batch);
    }
    call->arena = call->store.arena = before;
    arena_free(batch);
    return error;
}

/* That the head is of these leaves, and that there is nothing behind it. */
static enum error check_head(struct log_audit *log, struct fault *fault)
{
    int64_t stated, leaves, tiles;
    struct report *report = log->audit->report;
    struct store *store = &log->audit->call->store;
    if (log->stored.size != log->found.size ||
        !hash_equal(merkle_root(&log->stored), merkle_root(&log->found)))
        report_wrong(report, "log", log->audit->company.slug,
                     "its head is not the root of its leaves");
    enum error error = load_stated_size(store, &stated, fault);
    if (!error)
        error = store_count_rows(store, &leaf_shape, &leaves, fault);
    if (!error)
        error = store_count_rows(store, &tile_shape, &tiles, fault);
    if (error)
        return error;
    if (stated != (int64_t)log->stored.size)
        report_wrong(report, "log", log->audit->company.slug,
                     "its head has another size than its frontier");
    if (leaves > (int64_t)log->stored.size)
        report_wrong(report, "log", log->audit->company.slug, "its head knows %lld of %lld leaves",
                     (long long)log->stored.size, (long long)leaves);
    if (tiles > log->tiles)
        report_wrong(report, "log", log->audit->company.slug, "%lld stored subtrees are of no tree",
                     (long long)(tiles - log->tiles));
    return OK;
}

static enum error report_checkpoints(struct log_audit *log, struct fault *fault)
{
    struct report *report = log->audit->report;
    enum error error = OK;
    while (!error && log->has_next) {
        log->checkpoints++;
        wrong_checkpoint(log, "the log has fewer leaves than this");
        error = next_checkpoint(log, fault);
    }
    if (error)
        return error;
    report_begin(report, "checkpoints");
    report_checked(report, log->checkpoints);
    char *rest = NULL;
    char *line = log->wrong_checkpoints > 0 ? strtok_r(log->wrong.bytes, "\n", &rest) : NULL;
    for (; line; line = strtok_r(NULL, "\n", &rest)) {
        char *space = strchr(line, ' ');
        *space = '\0';
        report_wrong(report, "checkpoint", line, "%s", space + 1);
    }
    if (log->wrong_checkpoints > REPORT_SHOWN)
        report->wrong = log->wrong_checkpoints;
    report_end(report);
    return OK;
}

static enum error load_head(struct log_audit *log, struct fault *fault)
{
    struct note_signer signer;
    struct merkle_frontier *frontier;
    struct call *call = log->audit->call;
    enum error error = log_signer(call, log->audit->company.slug, &signer, fault);
    if (error)
        return error;
    log->key = signer.key;
    error = kept_log_frontier(&call->store, &frontier, fault);
    if (error == ERROR_INTERNAL) {
        report_wrong(log->audit->report, "log", log->audit->company.slug, "%s", fault->detail);
        error = OK;
    } else if (!error) {
        log->stored = *frontier;
    }
    return error ? error : next_checkpoint(log, fault);
}

enum error audit_log(struct audit *audit, struct fault *fault)
{
    struct log_audit log = {.audit = audit, .wrong = text_buffer_in(audit->arena)};
    audit->named = sorter_new(sizeof(struct named_row), SORT_MEMORY);
    report_begin(audit->report, "leaves of the log");
    enum error error = load_head(&log, fault);
    if (!error)
        error = check_leaves(&log, fault);
    if (!error)
        error = check_head(&log, fault);
    if (error)
        return error;
    report_end(audit->report);
    return report_checkpoints(&log, fault);
}
