#include "action/evidence_bundle.h"

#include "action/bundle_links.h"
#include "action/company.h"
#include "action/evidence.h"
#include "base/base64.h"
#include "base/json.h"
#include "base/limits.h"
#include "core/checkpoint.h"
#include "core/engagement.h"
#include "store/log.h"

enum {
    BUNDLE_SIZE_LIMIT = 32 * MIB, /* the format's */
    LEAVES_LIMIT = 50000,
    CACHE_SIZE = 1024,
};

/* ---- proofs ---------------------------------------------------------------------------------- */

/* Proofs of neighbours share most of their hashes. */
struct cached_subtrees {
    struct merkle_source source;
    struct {
        bool is_known;
        unsigned level;
        uint64_t index;
        struct hash hash;
    } slots[CACHE_SIZE];
};

static enum error cached_subtree(void *context, unsigned level, uint64_t index, struct hash *hash,
                                 struct fault *fault)
{
    struct cached_subtrees *cache = context;
    size_t slot = (size_t)((index * 64 + level) % CACHE_SIZE);
    if (!cache->slots[slot].is_known || cache->slots[slot].level != level ||
        cache->slots[slot].index != index) {
        enum error error = cache->source.subtree(cache->source.context, level, index, hash, fault);
        if (error)
            return error;
        cache->slots[slot].is_known = true;
        cache->slots[slot].level = level;
        cache->slots[slot].index = index;
        cache->slots[slot].hash = *hash;
    }
    *hash = cache->slots[slot].hash;
    return OK;
}

static void put_proof(struct text_buffer *text, const struct merkle_proof *proof)
{
    char base64[HASH_BASE64_SIZE];
    text_put_char(text, '[');
    for (unsigned i = 0; i < proof->count; i++)
        text_printf(text, "%s\"%s\"", i ? "," : "", hash_to_base64(proof->hashes[i], base64));
    text_put_char(text, ']');
}

/* ---- what goes in -------------------------------------------------------------------------- */

struct bundling {
    struct call *call;
    struct text_buffer text;
    struct merkle_source subtrees;
    struct note_signer signer;
    uint64_t size; /* of the log */
    struct list leaves;
    struct bundle_rows rows;
};

static enum error name_rows(struct bundling *bundling, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < bundling->leaves.count; i++) {
        const struct leaf_row *leaf = LIST_AT(struct leaf_row, bundling->leaves, i);
        if (leaf->payload)
            error = bundle_rows_name(&bundling->rows, leaf->payload, fault);
    }
    return error;
}

static enum error gather(struct bundling *bundling, struct id engagement_id, struct fault *fault)
{
    struct call *call = bundling->call;
    bundling->rows.arena = call->arena;
    enum error error = list_engagement_leaves(&call->store, engagement_id, LEAVES_LIMIT + 1,
                                              &bundling->leaves, fault);
    if (!error && bundling->leaves.count > LEAVES_LIMIT)
        error = refuse(fault, ERROR_TOO_LARGE, NULL, "the engagement has more than %d leaves",
                       LEAVES_LIMIT);
    if (!error)
        error = name_rows(bundling, fault);
    return error ? error : bundle_rows_load(&bundling->rows, call, engagement_id, fault);
}

/* ---- writing it ---------------------------------------------------------------------------- */

static enum error put_note(struct bundling *bundling, uint64_t size, struct fault *fault)
{
    struct hash root;
    const char *note;
    enum error error = merkle_root_of(&bundling->subtrees, size, &root, fault);
    if (!error)
        error = checkpoint_sign(bundling->call->arena, &bundling->signer, size, root, &note, fault);
    if (error)
        return error;
    text_put_text(&bundling->text, "{\"note\":");
    json_write_string(&bundling->text, note);
    return OK;
}

/* The reader's checkpoint, if there is one, and the present one with the proof from the other. */
static enum error put_checkpoints(struct bundling *bundling, uint64_t from_size,
                                  struct fault *fault)
{
    struct merkle_proof proof = {0};
    enum error error = OK;
    text_put_text(&bundling->text, "\"checkpoints\":[");
    if (from_size > 0) {
        error = put_note(bundling, from_size, fault);
        text_put_text(&bundling->text, "},\n");
    }
    if (!error)
        error = put_note(bundling, bundling->size, fault);
    if (!error && from_size > 0)
        error = merkle_consistency(&bundling->subtrees, from_size, bundling->size, &proof, fault);
    if (error)
        return error;
    if (proof.count > 0) {
        text_put_text(&bundling->text, ",\"consistency\":");
        put_proof(&bundling->text, &proof);
    }
    text_put_text(&bundling->text, "}]");
    return OK;
}

static enum error put_leaf(struct bundling *bundling, const struct leaf_row *leaf,
                           struct fault *fault)
{
    char leaf_text[LEAF_TEXT_SIZE];
    char salt_text[BASE64_SIZE(SALT_SIZE)];
    struct merkle_proof proof;
    struct text_buffer *text = &bundling->text;
    if (!leaf_row_format(leaf, leaf_text))
        return refuse(fault, ERROR_INTERNAL, NULL, "leaf %lld is malformed",
                      (long long)leaf->position);
    enum error error = merkle_inclusion(&bundling->subtrees, (uint64_t)leaf->position,
                                        bundling->size, &proof, fault);
    if (error)
        return error;
    text_printf(text, "{\"index\":%lld,\"leaf\":", (long long)leaf->position);
    json_write_string(text, leaf_text);
    text_put_text(text, ",\"inclusion\":");
    put_proof(text, &proof);
    if (leaf->payload)
        text_printf(text, ",\"salt\":\"%s\",\"payload\":",
                    base64_encode(leaf->salt.bytes, SALT_SIZE, salt_text));
    text_put_text(text, leaf->payload ? leaf->payload : ",\"erased\":true");
    text_put_char(text, '}');
    return OK;
}

static enum error put_leaves(struct bundling *bundling, struct fault *fault)
{
    enum error error = OK;
    text_put_text(&bundling->text, ",\n\"leaves\":[");
    for (size_t i = 0; !error && i < bundling->leaves.count; i++) {
        if (i > 0)
            text_put_text(&bundling->text, ",\n");
        error = put_leaf(bundling, LIST_AT(struct leaf_row, bundling->leaves, i), fault);
    }
    text_put_char(&bundling->text, ']');
    return error;
}

static void put_rows(struct bundling *bundling)
{
    char id[ID_TEXT_SIZE];
    struct text_buffer *text = &bundling->text;
    text_put_text(text, ",\n\"rows\":[");
    for (size_t i = 0; i < bundling->rows.count; i++) {
        const struct bundled_row *row = &bundling->rows.rows[i];
        text_printf(text, "%s{\"kind\":\"%s\",\"id\":\"%s\",\"version\":%lld,", i ? ",\n" : "",
                    row->kind, id_format(row->id, id), (long long)row->version);
        text_put_text(text, row->text ? "\"row\":" : "\"erased\":true");
        text_put_text(text, row->text ? row->text : "");
        text_put_char(text, '}');
    }
    text_put_char(text, ']');
}

static enum error put_bundle(struct bundling *bundling, uint64_t from_size, struct fault *fault)
{
    struct text_buffer *text = &bundling->text;
    *text = text_buffer_in(bundling->call->arena);
    text_put_text(text, "{\"format\":\"waymark-bundle/1\",\n");
    enum error error = put_checkpoints(bundling, from_size, fault);
    if (!error)
        error = put_leaves(bundling, fault);
    if (error)
        return error;
    put_rows(bundling);
    text_put_text(text, ",\n\"documents\":");
    bundle_put_documents(text, &bundling->rows);
    text_put_text(text, ",\n\"links\":");
    bundle_put_links(text, &bundling->rows);
    text_put_text(text, "}\n");
    if (text->size > BUNDLE_SIZE_LIMIT)
        return refuse(fault, ERROR_TOO_LARGE, NULL, "the evidence has more than %d bytes",
                      BUNDLE_SIZE_LIMIT);
    return OK;
}

/* ---- the operation ------------------------------------------------------------------------- */

static const struct field show_fields[] = {
    {.name = "engagement_id",
     .kind = FIELD_ID,
     .flags = FROM_PATH,
     .offset = offsetof(struct show_evidence, id)},
    FIELD(struct show_evidence, from_size, INTEGER, .flags = FROM_QUERY, .minimum = 0,
          .maximum = LOG_SIZE_LIMIT),
};
static const struct shape show_shape = SHAPE("show_evidence", struct show_evidence, show_fields);

/* The text is sent as it is, so it has no place in an answer's JSON. */
static const struct field file_fields[] = {
    FIELD(struct evidence_file, text, TEXT, .flags = SECRET, .limit = BUNDLE_SIZE_LIMIT),
};
static const struct shape evidence_file_shape =
    SHAPE("evidence_file", struct evidence_file, file_fields);

static enum error show_evidence(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct show_evidence *in = input;
    struct evidence_file *out = output;
    struct engagement engagement;
    struct company company;
    struct hash root;
    struct bundling bundling = {.call = call};
    struct tile_source tiles = log_tiles(&call->store);
    struct cached_subtrees *cache = arena_alloc(call->arena, sizeof *cache);
    cache->source = tile_subtrees(&tiles);
    bundling.subtrees = (struct merkle_source){cached_subtree, cache};
    enum error error = load_row(call, &engagement_shape, in->id, &engagement, fault);
    if (!error)
        error = load_log_head(&call->store, &bundling.size, &root, fault);
    if (!error && (uint64_t)in->from_size > bundling.size)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "from_size", "the log has %llu leaves",
                       (unsigned long long)bundling.size);
    if (!error)
        error = load_company(call, &company, fault);
    if (!error)
        error = log_signer(call, company.slug, &bundling.signer, fault);
    if (!error)
        error = gather(&bundling, in->id, fault);
    if (!error)
        error = put_bundle(&bundling, (uint64_t)in->from_size, fault);
    out->text = error ? NULL : bundling.text.bytes;
    return error;
}

const struct operation show_evidence_operation = {
    .name = "show_evidence",
    .permission = PERMIT_READ_EVIDENCE,
    .in = &show_shape,
    .out = &evidence_file_shape,
    .run = show_evidence,
};
