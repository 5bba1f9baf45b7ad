#include "action/engagement_copy.h"

#include "action/company.h"
#include "store/engagement_copy.h"

static const struct field subject_fields[] = {ID_FROM_PATH(struct subject, engagement_id)};
static const struct shape subject_shape = SHAPE("engagement_id", struct subject, subject_fields);

static enum error export_engagement(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct subject *in = input;
    struct engagement_copy *copy = output;
    struct engagement engagement;
    struct company company;
    enum error error = load_row(call, &engagement_shape, in->id, &engagement, fault);
    if (!error)
        error = load_company(call, &company, fault);
    if (error)
        return error;
    copy->format = ENGAGEMENT_COPY_FORMAT;
    copy->company = company.slug;
    copy->exported_at = call->now_ms;
    return load_engagement_copy(&call->store, &engagement, copy, fault);
}

const struct operation export_engagement_operation = {
    .name = "export_engagement",
    .permission = PERMIT_OPERATE,
    .in = &subject_shape,
    .out = &engagement_copy_shape,
    .run = export_engagement,
};

/* ---- its files ----------------------------------------------------------------------------- */

static void add_hash(struct list *hashes, struct hash hash)
{
    struct hash *known = hashes->rows;
    if (hash_equal(hash, (struct hash){0}))
        return;
    for (size_t i = 0; i < hashes->count; i++) {
        if (hash_equal(known[i], hash))
            return;
    }
    known[hashes->count++] = hash;
}

struct list engagement_copy_blobs(struct arena *arena, const struct engagement_copy *copy)
{
    struct list hashes = {
        .rows = arena_array(arena, copy->files.count + copy->documents.count, sizeof(struct hash)),
    };
    for (size_t i = 0; i < copy->files.count; i++)
        add_hash(&hashes, LIST_AT(struct file, copy->files, i)->hash);
    for (size_t i = 0; i < copy->documents.count; i++)
        add_hash(&hashes, LIST_AT(struct document_row, copy->documents, i)->file_hash);
    return hashes;
}
