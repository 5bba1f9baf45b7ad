#include "action/engagement_copy.h"

#include "action/company.h"
#include "store/engagement_copy.h"

static const struct shape subject_shape = SUBJECT_SHAPE(engagement_id);

static bool has_invoice(const struct engagement_copy *copy, struct id id)
{
    for (size_t i = 0; i < copy->invoices.count; i++) {
        if (id_equal(LIST_AT(struct invoice, copy->invoices, i)->id, id))
            return true;
    }
    return false;
}

/* Money is taken along whole. What pays an invoice of another engagement, too, cannot be in two
 * places, and no import would take the half of it. */
static enum error check_money(const struct engagement_copy *copy, struct fault *fault)
{
    for (size_t i = 0; i < copy->allocations.count; i++) {
        if (!has_invoice(copy, LIST_AT(struct allocation, copy->allocations, i)->invoice_id))
            return refuse(fault, ERROR_WRONG_STATE, "engagement_id",
                          "a payment or credit note of it also went to another engagement: it "
                          "cannot be moved alone");
    }
    return OK;
}

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
    error = load_engagement_copy(&call->store, &engagement, copy, fault);
    return error ? error : check_money(copy, fault);
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
