/* Showing papers: the PDF is made outside of any transaction when it is first asked for. */
#include <stdlib.h>
#include <string.h>

#include "action/evidence.h"
#include "action/paper.h"
#include "action/paper_render.h"
#include "base/limits.h"
#include "core/checkpoint.h"
#include "core/tile.h"
#include "platform/blob.h"
#include "store/document.h"
#include "store/log.h"

static const struct field paper_file_fields[] = {
    FIELD(struct paper_file, name, TEXT),
    FIELD(struct paper_file, hash, HASH),
};
static const struct shape paper_file_shape =
    SHAPE("paper_file", struct paper_file, paper_file_fields);

static const struct field show_paper_fields[] = {
    FIELD(struct show_paper, id, ID, .flags = FROM_PATH),
};
static const struct shape show_paper_shape =
    SHAPE("show_paper", struct show_paper, show_paper_fields);

static const struct hash no_file;

/* ---- making the PDF ------------------------------------------------------------------------ */

/* The signed state of the log just after the paper's own leaf: the same whenever it is made. */
static enum error sign_checkpoint(struct call *call, const struct paper_needs *needs,
                                  struct paper_extras *extras, struct fault *fault)
{
    struct note_signer signer;
    struct hash root;
    uint64_t size = (uint64_t)needs->leaf + 1;
    struct tile_source tiles = log_tiles(&call->store);
    struct merkle_source subtrees = tile_subtrees(&tiles);
    enum error error = log_signer(call, needs->company_slug, &signer, fault);
    if (!error)
        error = merkle_root_of(&subtrees, size, &root, fault);
    if (!error)
        error = checkpoint_sign(call->arena, &signer, size, root, &extras->checkpoint, fault);
    extras->log_origin = log_origin(call, needs->company_slug);
    return error;
}

static enum error read_logo(struct call *call, struct hash hash, struct bytes *logo,
                            struct fault *fault)
{
    const char *bytes;
    if (hash_equal(hash, no_file))
        return OK;
    enum error error = blob_read(call->app->files_directory, hash, LOGO_LIMIT, call->arena, &bytes,
                                 &logo->size, fault);
    logo->bytes = bytes;
    return error;
}

static enum error make_pdf(struct call *call, struct document_row *document,
                           const struct paper_needs *needs, struct paper_extras *extras,
                           struct fault *fault)
{
    struct document_bytes pdf;
    enum error error = sign_checkpoint(call, needs, extras, fault);
    if (!error)
        error = read_logo(call, needs->logo_hash, &extras->logo, fault);
    if (!error)
        error = paper_render(call->arena, document, extras, &pdf, fault);
    if (!error)
        error =
            blob_put(call->app->files_directory, pdf.bytes, pdf.size, &document->file_hash, fault);
    document->made_at = call->now_ms;
    return error;
}

/* ---- papers that it carries ---------------------------------------------------------------- */

static enum error load_certificate(struct call *call, struct id id, struct document_row *document,
                                   struct fault *fault)
{
    struct paper_needs needs;
    struct paper_extras extras = {0};
    enum error error = load_document(&call->store, id, DOCUMENT_CERTIFICATE, document, fault);
    if (error || !hash_equal(document->file_hash, no_file))
        return error;
    error = paper_needs_of(call->arena, document, &needs, fault);
    return error ? error : make_pdf(call, document, &needs, &extras, fault);
}

static enum error read_attachment(struct call *call, const struct document_row *document,
                                  struct document_attachment *attachment, struct fault *fault)
{
    const char *bytes;
    *attachment = (struct document_attachment){
        .name = document->name,
        .mime = "application/pdf",
        .relationship = "Supplement",
        .description = "The acceptance in writing that is billed",
    };
    enum error error = blob_read(call->app->files_directory, document->file_hash, DOCUMENT_LIMIT,
                                 call->arena, &bytes, &attachment->size, fault);
    attachment->bytes = bytes;
    return error;
}

static int by_name(const void *left, const void *right)
{
    const struct document_attachment *a = left;
    const struct document_attachment *b = right;
    return strcmp(a->name, b->name);
}

/* Makes those of them that have not been made, so that what is inside is what is filed beside. */
static enum error attach_certificates(struct call *call, const struct list *certificates,
                                      struct list *carried, struct list *attachments,
                                      struct fault *fault)
{
    size_t count = certificates->count;
    struct document_row *documents = arena_array(call->arena, count, sizeof *documents);
    struct document_attachment *files = arena_array(call->arena, count, sizeof *files);
    enum error error = OK;
    for (size_t i = 0; !error && i < count; i++) {
        error = load_certificate(call, *LIST_AT(struct id, *certificates, i), &documents[i], fault);
        if (!error)
            error = read_attachment(call, &documents[i], &files[i], fault);
    }
    if (error)
        return error;
    qsort(files, count, sizeof *files, by_name);
    *carried = (struct list){documents, count};
    *attachments = (struct list){files, count};
    return OK;
}

/* ---- showing it ---------------------------------------------------------------------------- */

static enum error prepare(struct call *call, struct show_paper *in, struct fault *fault)
{
    struct paper_needs needs;
    struct paper_extras extras = {0};
    struct document_row *document = &in->document;
    in->carried = (struct list){0};
    enum error error = load_document(&call->store, in->id, in->kind, document, fault);
    in->file_hash = document->file_hash; /* none: it has to be made and then remembered */
    if (error || !hash_equal(document->file_hash, no_file))
        return error;
    error = paper_needs_of(call->arena, document, &needs, fault);
    if (!error)
        error = attach_certificates(call, &needs.certificates, &in->carried, &extras.attachments,
                                    fault);
    return error ? error : make_pdf(call, document, &needs, &extras, fault);
}

static enum error show_paper(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    const struct show_paper *in = input;
    struct paper_file *file = output;
    enum error error = OK;
    *file = (struct paper_file){in->document.name, in->document.file_hash};
    if (!hash_equal(in->file_hash, no_file))
        return OK;
    for (size_t i = 0; !error && i < in->carried.count; i++)
        error =
            keep_document_file(&call->store, LIST_AT(struct document_row, in->carried, i), fault);
    return error ? error : keep_document_file(&call->store, &in->document, fault);
}

/* ---- the operations ------------------------------------------------------------------------ */

static enum error prepare_any(struct call *call, void *input, struct fault *fault)
{
    return prepare(call, input, fault);
}

const struct operation take_paper_operation = {
    .name = "take_paper",
    .permission = PERMIT_RUN_JOB,
    .writes = true,
    .is_bookkeeping = true,
    .in = &show_paper_shape,
    .out = &paper_file_shape,
    .prepare = prepare_any,
    .run = show_paper,
};

/* what##_operation, which shows a paper of that kind. */
#define SHOWS(what, kind_)                                                                         \
    static enum error prepare_to_##what(struct call *call, void *input, struct fault *fault)       \
    {                                                                                              \
        ((struct show_paper *)input)->kind = (kind_);                                              \
        return prepare(call, input, fault);                                                        \
    }                                                                                              \
    const struct operation what##_operation = {                                                    \
        .name = #what,                                                                             \
        .permission = PERMIT_READ,                                                                 \
        .writes = true,                                                                            \
        .is_bookkeeping = true,                                                                    \
        .in = &show_paper_shape,                                                                   \
        .out = &paper_file_shape,                                                                  \
        .prepare = prepare_to_##what,                                                              \
        .run = show_paper,                                                                         \
    }

SHOWS(show_contract_paper, DOCUMENT_CONTRACT);
SHOWS(show_signed_contract_paper, DOCUMENT_CONTRACT_SIGNED);
SHOWS(show_certificate_paper, DOCUMENT_CERTIFICATE);
SHOWS(show_change_paper, DOCUMENT_CHANGE_ORDER);
SHOWS(show_signed_change_paper, DOCUMENT_CHANGE_ORDER_SIGNED);
SHOWS(show_invoice_paper, DOCUMENT_INVOICE);
SHOWS(show_report_paper, DOCUMENT_STATUS_REPORT);
