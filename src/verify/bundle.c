#include "verify/bundle.h"

#include <stdarg.h>
#include <string.h>

#include "base/json.h"
#include "base/must.h"
#include "core/payload.h"

static const char format_name[] = "waymark-bundle/1";

/* The element being read, for refusals: "leaves/3". */
struct reader {
    struct arena *arena;
    const char *list;
    size_t index;
    struct fault *fault;
};

static enum error malformed(const struct reader *reader, const char *detail)
{
    const char *place = arena_format(reader->arena, "%s/%zu", reader->list, reader->index);
    return refuse(reader->fault, ERROR_MALFORMED, place, "%s", detail);
}

/* json_unpack, refusing members that the format does not name. */
static enum error unpack(const struct reader *reader, json_t *value, const char *format, ...)
{
    json_error_t error;
    va_list arguments;
    va_start(arguments, format);
    int result = json_vunpack_ex(value, &error, JSON_STRICT, format, arguments);
    va_end(arguments);
    return result == 0 ? OK : malformed(reader, error.text);
}

static enum error read_proof(const struct reader *reader, const json_t *array,
                             struct bundle_proof *proof)
{
    size_t count = json_array_size(array);
    if (array && (!json_is_array(array) || count > MERKLE_PROOF_LIMIT))
        return malformed(reader, "a proof is a list of at most 65 hashes");
    struct hash *hashes = arena_array(reader->arena, count, sizeof *hashes);
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(array, i));
        if (!text || !hash_from_base64(text, &hashes[i]))
            return malformed(reader, "a proof has something else than base64 hashes");
    }
    *proof = (struct bundle_proof){(unsigned)count, hashes};
    return OK;
}

static enum error read_name(const struct reader *reader, const char *kind, const char *id_text,
                            struct id *id)
{
    if (!payload_kind_is_valid(kind))
        return malformed(reader, "a kind is lower-case letters, digits and underscores");
    if (!id_parse(id_text, id))
        return malformed(reader, "an id is no UUID");
    return OK;
}

static enum error read_salt(const struct reader *reader, const char *text, struct salt *salt)
{
    return salt_parse(text, salt) ? OK : malformed(reader, "a salt is 16 bytes in base64");
}

static enum error read_checkpoint(const struct reader *reader, json_t *value, void *element)
{
    struct bundle_checkpoint *checkpoint = element;
    const json_t *proof = NULL;
    enum error error =
        unpack(reader, value, "{s:s, s?:o}", "note", &checkpoint->note, "consistency", &proof);
    return error == OK ? read_proof(reader, proof, &checkpoint->consistency) : error;
}

/* What has its particulars says so with the salt, what has not with "erased". */
static enum error check_erased(const struct reader *reader, int erased, const json_t *object)
{
    if (erased == (object != NULL))
        return malformed(reader, "it is either there or erased");
    if (object && !json_is_object(object))
        return malformed(reader, "payloads and rows are objects");
    return OK;
}

static enum error read_leaf(const struct reader *reader, json_t *value, void *element)
{
    struct bundle_leaf *leaf = element;
    json_int_t index;
    json_t *proof, *payload = NULL;
    const char *salt = NULL;
    int erased = 0;
    enum error error = unpack(reader, value, "{s:I, s:s, s:o, s?:s, s?:o, s?:b}", "index", &index,
                              "leaf", &leaf->text, "inclusion", &proof, "salt", &salt, "payload",
                              &payload, "erased", &erased);
    if (error == OK && index < 0)
        error = malformed(reader, "an index is not negative");
    if (error == OK)
        error = check_erased(reader, erased, payload);
    if (error == OK && (salt != NULL) != (payload != NULL))
        error = malformed(reader, "a payload and its salt go together");
    if (error == OK && salt)
        error = read_salt(reader, salt, &leaf->salt);
    if (error == OK)
        error = read_proof(reader, proof, &leaf->inclusion);
    if (error == OK) {
        leaf->index = (uint64_t)index;
        leaf->payload = payload;
    }
    return error;
}

static enum error read_row(const struct reader *reader, json_t *value, void *element)
{
    struct bundle_row *row = element;
    const char *id, *salt = NULL;
    json_int_t version;
    json_t *object = NULL;
    int erased = 0;
    enum error error =
        unpack(reader, value, "{s:s, s:s, s:I, s?:s, s?:o, s?:b}", "kind", &row->kind, "id", &id,
               "version", &version, "salt", &salt, "row", &object, "erased", &erased);
    if (error == OK)
        error = read_name(reader, row->kind, id, &row->id);
    if (error == OK)
        error = check_erased(reader, erased, object);
    if (error == OK && salt)
        error = read_salt(reader, salt, &row->salt);
    if (error == OK) {
        row->version = version;
        row->row = object;
        row->has_salt = salt != NULL;
    }
    return error;
}

/* A name that stays inside the directory it is looked up in. */
static bool is_plain_file_name(const char *name)
{
    return name[0] != '\0' && name[0] != '.' && !strchr(name, '/') &&
           strlen(name) <= SHORT_TEXT_LIMIT;
}

static enum error read_document(const struct reader *reader, json_t *value, void *element)
{
    struct bundle_document *document = element;
    const char *hash, *row_id;
    json_int_t version;
    enum error error =
        unpack(reader, value, "{s:s, s:s, s:{s:s, s:s, s:I, s:s}, s?:s}", "kind", &document->kind,
               "sha256", &hash, "recorded", "kind", &document->row_kind, "id", &row_id, "version",
               &version, "member", &document->member, "file", &document->file);
    if (error == OK)
        error = read_name(reader, document->row_kind, row_id, &document->row_id);
    if (error == OK && !payload_kind_is_valid(document->kind))
        error = malformed(reader, "a kind is lower-case letters, digits and underscores");
    if (error == OK && !hash_from_hex(hash, &document->hash))
        error = malformed(reader, "sha256 is 64 lower-case hex digits");
    if (error == OK && document->file && !is_plain_file_name(document->file))
        error = malformed(reader, "a file is a plain name without a path");
    if (error == OK)
        document->row_version = version;
    return error;
}

static enum error read_link(const struct reader *reader, json_t *value, void *element)
{
    struct bundle_link *link = element;
    const char *from, *to;
    enum error error =
        unpack(reader, value, "{s:{s:s, s:s}, s:{s:s, s:s}, s:s}", "from", "kind", &link->from.kind,
               "id", &from, "to", "kind", &link->to.kind, "id", &to, "relation", &link->relation);
    if (error == OK)
        error = read_name(reader, link->from.kind, from, &link->from.id);
    if (error == OK)
        error = read_name(reader, link->to.kind, to, &link->to.id);
    if (error == OK && !payload_kind_is_valid(link->relation))
        error = malformed(reader, "a relation is lower-case letters, digits and underscores");
    return error;
}

/* Reads a list of elements of that size, each with read. elements is the address of the pointer
 * that will have them. */
static enum error read_list(struct arena *arena, const char *name, const json_t *array,
                            size_t element_size,
                            enum error (*read)(const struct reader *, json_t *, void *),
                            void *elements, size_t *count, struct fault *fault)
{
    if (!json_is_array(array))
        return refuse(fault, ERROR_MALFORMED, name, "it is no list");
    *count = json_array_size(array);
    char *at = arena_array(arena, *count, element_size);
    memcpy(elements, &at, sizeof at);
    enum error error = OK;
    for (size_t i = 0; i < *count && error == OK; i++) {
        const struct reader reader = {arena, name, i, fault};
        error = read(&reader, json_array_get(array, i), at + i * element_size);
    }
    return error;
}

static enum error read_lists(struct arena *arena, struct bundle *bundle, struct fault *fault)
{
    const struct {
        const char *name;
        size_t element_size;
        enum error (*read)(const struct reader *, json_t *, void *);
        void *elements;
        size_t *count;
    } lists[] = {
        {"checkpoints", sizeof *bundle->checkpoints, read_checkpoint, &bundle->checkpoints,
         &bundle->checkpoint_count},
        {"leaves", sizeof *bundle->leaves, read_leaf, &bundle->leaves, &bundle->leaf_count},
        {"rows", sizeof *bundle->rows, read_row, &bundle->rows, &bundle->row_count},
        {"documents", sizeof *bundle->documents, read_document, &bundle->documents,
         &bundle->document_count},
        {"links", sizeof *bundle->links, read_link, &bundle->links, &bundle->link_count},
    };
    enum { LISTS = sizeof lists / sizeof *lists };
    if (json_object_size(bundle->root) != 1 + LISTS)
        return refuse(fault, ERROR_MALFORMED, NULL, "a bundle has a format and five lists");
    enum error error = OK;
    for (int i = 0; i < LISTS && error == OK; i++)
        error = read_list(arena, lists[i].name, json_object_get(bundle->root, lists[i].name),
                          lists[i].element_size, lists[i].read, lists[i].elements, lists[i].count,
                          fault);
    if (error == OK && bundle->checkpoint_count == 0)
        return refuse(fault, ERROR_MALFORMED, "checkpoints", "there is none to check anything by");
    if (error == OK && bundle->checkpoints[0].consistency.count > 0)
        return refuse(fault, ERROR_MALFORMED, "checkpoints/0",
                      "it has none before it to grow from");
    return error;
}

enum error bundle_read(struct arena *arena, const char *bytes, size_t size, struct bundle *bundle,
                       struct fault *fault)
{
    *bundle = (struct bundle){0};
    if (size > BUNDLE_LIMIT)
        return refuse(fault, ERROR_MALFORMED, NULL, "it is larger than %d MiB", BUNDLE_LIMIT / MIB);
    enum error error = json_parse_object(bytes, size, &bundle->root, fault);
    if (error != OK)
        return error;
    const char *format = json_string_value(json_object_get(bundle->root, "format"));
    if (!format || strcmp(format, format_name) != 0)
        error = refuse(fault, ERROR_MALFORMED, "format", "it is not %s", format_name);
    if (error == OK)
        error = read_lists(arena, bundle, fault);
    if (error != OK)
        bundle_free(bundle);
    return error;
}

void bundle_free(struct bundle *bundle)
{
    json_decref(bundle->root);
    bundle->root = NULL;
}

struct merkle_proof bundle_proof(struct bundle_proof proof)
{
    must(proof.count <= MERKLE_PROOF_LIMIT);
    struct merkle_proof whole = {.count = proof.count};
    memcpy(whole.hashes, proof.hashes, proof.count * sizeof *proof.hashes);
    return whole;
}
