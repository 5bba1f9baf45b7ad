#include "action/evidence_log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "action/company.h"
#include "action/evidence.h"
#include "base/base64.h"
#include "base/limits.h"
#include "base/text.h"
#include "core/checkpoint.h"
#include "core/salt.h"
#include "store/log.h"

static const char *hash_text(struct call *call, struct hash hash)
{
    return hash_to_base64(hash, arena_alloc(call->arena, HASH_BASE64_SIZE));
}

/* ---- the head ------------------------------------------------------------------------------ */

static const struct field log_fields[] = {
    FIELD(struct log_view, origin, TEXT, .limit = NOTE_KEY_NAME_LIMIT),
    FIELD(struct log_view, verifier_key, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct log_view, size, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct log_view, root, TEXT),
    FIELD(struct log_view, checkpoint, TEXT, .limit = TEXT_LIMIT),
};
static const struct shape log_view_shape = SHAPE("evidence_log", struct log_view, log_fields);

static enum error show_log(struct call *call, const void *input, void *output, struct fault *fault)
{
    struct log_view *out = output;
    struct company company;
    struct note_signer signer;
    struct hash root;
    uint64_t size;
    (void)input;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = log_signer(call, company.slug, &signer, fault);
    if (!error)
        error = load_log_head(&call->store, &size, &root, fault);
    if (!error && size > 0)
        error = checkpoint_sign(call->arena, &signer, size, root, &out->checkpoint, fault);
    if (error)
        return error;
    out->origin = log_origin(call, company.slug);
    out->verifier_key = note_key_format(call->arena, &signer.key);
    out->size = (int64_t)size;
    out->root = hash_text(call, root);
    return size == 0
               ? OK
               : keep_checkpoint(&call->store, out->size, out->checkpoint, call->now_ms, fault);
}

const struct operation show_log_operation = {
    .name = "show_evidence_log",
    .permission = PERMIT_READ_EVIDENCE,
    .writes = true,
    .is_bookkeeping = true,
    .out = &log_view_shape,
    .run = show_log,
};

static enum error show_checkpoint(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    struct log_view *out = output;
    enum error error = show_log(call, input, output, fault);
    if (!error && !out->checkpoint)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "the log is empty");
    return error;
}

const struct operation show_checkpoint_operation = {
    .name = "show_checkpoint",
    .permission = PERMIT_READ_EVIDENCE,
    .writes = true,
    .is_bookkeeping = true,
    .out = &log_view_shape,
    .run = show_checkpoint,
};

/* ---- leaves -------------------------------------------------------------------------------- */

static const struct field leaf_fields[] = {
    FIELD(struct leaf_view, position, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct leaf_view, event, TEXT, .limit = EVENT_LIMIT),
    FIELD(struct leaf_view, subject_id, ID),
    FIELD(struct leaf_view, engagement_id, ID),
    FIELD(struct leaf_view, at, MOMENT),
    FIELD(struct leaf_view, hash, TEXT),
    FIELD(struct leaf_view, leaf, TEXT),
    FIELD(struct leaf_view, salt, TEXT),
    FIELD(struct leaf_view, payload, TEXT, .limit = DOCUMENT_LIMIT),
    FIELD(struct leaf_view, erased_at, MOMENT),
};
static const struct shape leaf_view_shape = SHAPE("evidence_leaf", struct leaf_view, leaf_fields);

static struct leaf_view view_of(struct call *call, const struct leaf_row *row)
{
    char *text = arena_alloc(call->arena, LEAF_TEXT_SIZE);
    struct leaf_view view = {
        .position = row->position,
        .event = row->event,
        .subject_id = row->subject_id,
        .engagement_id = row->engagement_id,
        .at = row->at,
        .hash = hash_text(call, row->hash),
        .leaf = leaf_row_format(row, text) ? text : NULL,
        .payload = row->payload,
        .erased_at = row->erased_at,
    };
    if (row->payload)
        view.salt = base64_encode(row->salt.bytes, row->salt.size,
                                  arena_alloc(call->arena, BASE64_SIZE(row->salt.size)));
    return view;
}

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_leaves),
    FIELD(struct list_leaves, event, TEXT, .flags = FROM_QUERY, .limit = EVENT_LIMIT),
    FIELD(struct list_leaves, subject_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_leaves, engagement_id, ID, .flags = FROM_QUERY),
};
static const struct shape list_shape = SHAPE("list_leaves", struct list_leaves, list_fields);

static const struct shape page_shape = PAGE_SHAPE("evidence_leaf_page", leaf_view_shape);

/* The cursor is the position from which to go on: without one from the end that the order begins
 * with. */
static enum error read_cursor(const char *cursor, bool is_falling, int64_t *first,
                              struct fault *fault)
{
    char *end = NULL;
    *first = cursor ? strtoll(cursor, &end, 10) : is_falling ? LOG_SIZE_LIMIT : 0;
    if (cursor && (*cursor < '0' || *cursor > '9' || *end))
        return refuse(fault, ERROR_INVALID, "cursor", "is not from the page before");
    return OK;
}

static enum error list_leaf_page(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_leaves *in = input;
    struct page *page = output;
    const char *sort = in->page.sort ? in->page.sort : "position";
    struct leaf_filter filter = {in->event, in->subject_id, in->engagement_id, 0,
                                 .is_falling = strcmp(sort, "-position") == 0};
    struct list leaves;
    if (!filter.is_falling && strcmp(sort, "position") != 0)
        return refuse(fault, ERROR_INVALID, "sort", "leaves come by their position");
    enum error error = read_cursor(in->page.cursor, filter.is_falling, &filter.first, fault);
    if (!error)
        error = find_leaves(&call->store, &filter, in->page.limit + 1, &leaves, fault);
    if (error)
        return error;
    size_t count = leaves.count > (size_t)in->page.limit ? (size_t)in->page.limit : leaves.count;
    struct leaf_view *views = arena_array(call->arena, count, sizeof *views);
    for (size_t i = 0; i < count; i++)
        views[i] = view_of(call, LIST_AT(struct leaf_row, leaves, i));
    page->items = (struct list){views, count};
    if (leaves.count > count)
        page->next_cursor = arena_format(
            call->arena, "%lld", (long long)LIST_AT(struct leaf_row, leaves, count)->position);
    return OK;
}

const struct operation list_leaves_operation = {
    .name = "list_leaves",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_leaf_page,
};

static const struct field place_fields[] = {
    FIELD(struct leaf_view, position, INTEGER, .flags = FROM_PATH, .minimum = 0,
          .maximum = LOG_SIZE_LIMIT),
};
static const struct shape place_shape = SHAPE("leaf_position", struct leaf_view, place_fields);

static enum error load_leaf(struct call *call, int64_t position, struct leaf_row *leaf,
                            struct fault *fault)
{
    struct list leaves;
    enum error error = list_leaves(&call->store, position, position + 1, &leaves, fault);
    if (!error && leaves.count == 0)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "the log has no leaf %lld",
                      (long long)position);
    if (!error)
        *leaf = *LIST_AT(struct leaf_row, leaves, 0);
    return error;
}

static enum error show_leaf(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct leaf_view *in = input;
    struct leaf_row leaf;
    enum error error = load_leaf(call, in->position, &leaf, fault);
    if (!error)
        *(struct leaf_view *)output = view_of(call, &leaf);
    return error;
}

const struct operation show_leaf_operation = {
    .name = "show_leaf",
    .permission = PERMIT_READ_AGENCY,
    .in = &place_shape,
    .out = &leaf_view_shape,
    .run = show_leaf,
};

/* ---- proofs -------------------------------------------------------------------------------- */

static struct texts proof_texts(struct call *call, const struct merkle_proof *proof)
{
    struct texts texts = {arena_array(call->arena, proof->count, sizeof(char *)), proof->count};
    for (unsigned i = 0; i < proof->count; i++)
        texts.texts[i] = hash_text(call, proof->hashes[i]);
    return texts;
}

/* The size that a query names, or else the log's. ERROR_OUT_OF_RANGE past that. */
static enum error size_or_head(struct call *call, const char *name, int64_t asked, uint64_t *size,
                               struct fault *fault)
{
    struct hash root;
    enum error error = load_log_head(&call->store, size, &root, fault);
    if (error || asked == INTEGER_NONE)
        return error;
    if ((uint64_t)asked > *size)
        return refuse(fault, ERROR_OUT_OF_RANGE, name, "the log has %llu leaves",
                      (unsigned long long)*size);
    *size = (uint64_t)asked;
    return OK;
}

static const struct field inclusion_query_fields[] = {
    FIELD(struct inclusion_query, position, INTEGER, .flags = FROM_QUERY | REQUIRED | NULLABLE,
          .minimum = 0, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct inclusion_query, size, INTEGER, .flags = FROM_QUERY | NULLABLE, .minimum = 1,
          .maximum = LOG_SIZE_LIMIT),
};
static const struct shape inclusion_query_shape =
    SHAPE("inclusion_query", struct inclusion_query, inclusion_query_fields);

static const struct field inclusion_fields[] = {
    FIELD(struct inclusion_view, position, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct inclusion_view, size, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct inclusion_view, leaf_hash, TEXT),
    FIELD(struct inclusion_view, root, TEXT),
    FIELD(struct inclusion_view, hashes, TEXTS, .limit = MERKLE_PROOF_LIMIT),
};
static const struct shape inclusion_view_shape =
    SHAPE("inclusion_proof", struct inclusion_view, inclusion_fields);

static enum error prove_inclusion(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct inclusion_query *in = input;
    struct inclusion_view *out = output;
    struct tile_source tiles = log_tiles(&call->store);
    struct merkle_source source = tile_subtrees(&tiles);
    struct merkle_proof proof;
    struct leaf_row leaf;
    struct hash root;
    uint64_t size;
    enum error error = size_or_head(call, "size", in->size, &size, fault);
    if (!error && (uint64_t)in->position >= size)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "position", "must be below %llu",
                       (unsigned long long)size);
    if (!error)
        error = load_leaf(call, in->position, &leaf, fault);
    if (!error)
        error = merkle_inclusion(&source, (uint64_t)in->position, size, &proof, fault);
    if (!error)
        error = merkle_root_of(&source, size, &root, fault);
    if (error)
        return error;
    *out = (struct inclusion_view){in->position, (int64_t)size, hash_text(call, leaf.hash),
                                   hash_text(call, root), proof_texts(call, &proof)};
    return OK;
}

const struct operation prove_inclusion_operation = {
    .name = "prove_inclusion",
    .permission = PERMIT_READ_EVIDENCE,
    .in = &inclusion_query_shape,
    .out = &inclusion_view_shape,
    .run = prove_inclusion,
};

static const struct field consistency_query_fields[] = {
    FIELD(struct consistency_query, first, INTEGER, .flags = FROM_QUERY | REQUIRED | NULLABLE,
          .minimum = 0, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct consistency_query, second, INTEGER, .flags = FROM_QUERY | NULLABLE, .minimum = 0,
          .maximum = LOG_SIZE_LIMIT),
};
static const struct shape consistency_query_shape =
    SHAPE("consistency_query", struct consistency_query, consistency_query_fields);

static const struct field consistency_fields[] = {
    FIELD(struct consistency_view, first, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct consistency_view, second, INTEGER, .maximum = LOG_SIZE_LIMIT),
    FIELD(struct consistency_view, first_root, TEXT),
    FIELD(struct consistency_view, second_root, TEXT),
    FIELD(struct consistency_view, hashes, TEXTS, .limit = MERKLE_PROOF_LIMIT),
};
static const struct shape consistency_view_shape =
    SHAPE("consistency_proof", struct consistency_view, consistency_fields);

static enum error prove_consistency(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct consistency_query *in = input;
    struct consistency_view *out = output;
    struct tile_source tiles = log_tiles(&call->store);
    struct merkle_source source = tile_subtrees(&tiles);
    struct merkle_proof proof;
    struct hash first_root, second_root;
    uint64_t second;
    enum error error = size_or_head(call, "second", in->second, &second, fault);
    if (!error && (uint64_t)in->first > second)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "first", "must be at most %llu",
                       (unsigned long long)second);
    if (!error)
        error = merkle_consistency(&source, (uint64_t)in->first, second, &proof, fault);
    if (!error)
        error = merkle_root_of(&source, (uint64_t)in->first, &first_root, fault);
    if (!error)
        error = merkle_root_of(&source, second, &second_root, fault);
    if (error)
        return error;
    *out = (struct consistency_view){in->first, (int64_t)second, hash_text(call, first_root),
                                     hash_text(call, second_root), proof_texts(call, &proof)};
    return OK;
}

const struct operation prove_consistency_operation = {
    .name = "prove_consistency",
    .permission = PERMIT_READ_EVIDENCE,
    .in = &consistency_query_shape,
    .out = &consistency_view_shape,
    .run = prove_consistency,
};

/* ---- tiles --------------------------------------------------------------------------------- */

static const struct field tile_query_fields[] = {
    FIELD(struct show_tile, path, TEXT, .flags = FROM_PATH, .limit = TILE_PATH_SIZE),
};
static const struct shape tile_query_shape =
    SHAPE("show_tile", struct show_tile, tile_query_fields);

/* Sent as it is: no place in an answer's JSON. */
static const struct field tile_file_fields[] = {
    FIELD(struct tile_file, bytes, BYTES, .flags = SECRET, .limit = DOCUMENT_LIMIT),
};
static const struct shape tile_file_shape =
    SHAPE("evidence_tile", struct tile_file, tile_file_fields);

/* The entries of a bundle, each behind its size in two bytes, big endian. */
static enum error read_entries(struct call *call, struct tile tile, struct bytes *bytes,
                               struct fault *fault)
{
    struct list leaves;
    int64_t first = (int64_t)(tile.index * TILE_WIDTH);
    struct text_buffer text = text_buffer_in(call->arena);
    enum error error = list_leaves(&call->store, first, first + tile.width, &leaves, fault);
    for (size_t i = 0; !error && i < leaves.count; i++) {
        char leaf[LEAF_TEXT_SIZE];
        if (!leaf_row_format(LIST_AT(struct leaf_row, leaves, i), leaf))
            return refuse(fault, ERROR_INTERNAL, NULL, "a leaf is malformed");
        size_t size = strlen(leaf);
        text_put_char(&text, (char)(size >> 8));
        text_put_char(&text, (char)(size & 0xff));
        text_put(&text, leaf, size);
    }
    *bytes = (struct bytes){text.bytes, text.size};
    return error;
}

static enum error read_tile(struct call *call, struct tile tile, struct bytes *bytes,
                            struct fault *fault)
{
    struct tile_source tiles = log_tiles(&call->store);
    struct hash *hashes = arena_array(call->arena, TILE_WIDTH, sizeof *hashes);
    enum error error = tile_read(&tiles, tile, hashes, fault);
    *bytes = (struct bytes){hashes, tile.width * sizeof *hashes};
    return error;
}

static enum error show_tile(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct show_tile *in = input;
    struct tile_file *out = output;
    struct tile tile;
    struct hash root;
    uint64_t size;
    bool is_path = tile_path_parse(arena_format(call->arena, "tile/%s", in->path), &tile);
    bool has_entries = is_path && tile.level == TILE_ENTRIES;
    enum error error = load_log_head(&call->store, &size, &root, fault);
    if (error)
        return error;
    if (!is_path || !tile_exists(size, tile) || (has_entries && !call->store.viewer.is_agency))
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such tile");
    return has_entries ? read_entries(call, tile, &out->bytes, fault)
                       : read_tile(call, tile, &out->bytes, fault);
}

const struct operation show_tile_operation = {
    .name = "show_tile",
    .permission = PERMIT_READ_EVIDENCE,
    .in = &tile_query_shape,
    .out = &tile_file_shape,
    .run = show_tile,
};
