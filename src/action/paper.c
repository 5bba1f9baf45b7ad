#include "action/paper.h"

#include <string.h>

#include "action/paper_snapshot.h"
#include "base/json.h"
#include "store/kept.h"

/* ---- freezing ------------------------------------------------------------------------------ */

static enum error next_leaf(struct call *call, int64_t *position, struct fault *fault)
{
    struct merkle_frontier *frontier;
    enum error error = kept_log_frontier(&call->store, &frontier, fault);
    *position = error ? 0 : (int64_t)frontier->size;
    return error;
}

static enum error keep(struct call *call, enum document_kind kind, struct id subject_id,
                       struct id engagement_id, const char *name, const struct shape *shape,
                       const void *paper, struct fault *fault)
{
    struct text_buffer text = text_buffer_in(call->arena);
    json_write_shape(&text, shape, paper, JSON_FOR_AGENCY);
    struct document_row document = {
        .subject_id = subject_id,
        .kind = kind,
        .engagement_id = engagement_id,
        .snapshot = text.bytes,
        .snapshot_hash = hash_bytes(text.bytes, text.size),
        .name = name,
    };
    return insert_row(call, &document_shape, &document, fault);
}

enum error keep_contract_paper(struct call *call, struct contract_paper *paper, struct fault *fault)
{
    bool is_signed = paper->signatures.count > 0;
    struct contract contract = *paper->contract;
    struct contract_paper frozen = *paper;
    enum error error = next_leaf(call, &paper->leaf, fault);
    if (error)
        return error;
    contract.document = NULL;
    frozen.contract = &contract;
    frozen.leaf = paper->leaf;
    const char *name =
        arena_format(call->arena, "contract-%s%s.pdf", contract.number, is_signed ? "-signed" : "");
    return keep(call, is_signed ? DOCUMENT_CONTRACT_SIGNED : DOCUMENT_CONTRACT, contract.id,
                contract.engagement_id, name, &contract_paper_shape, &frozen, fault);
}

enum error keep_certificate_paper(struct call *call, struct certificate_paper *paper,
                                  struct fault *fault)
{
    enum error error = next_leaf(call, &paper->leaf, fault);
    if (error)
        return error;
    const char *name = arena_format(call->arena, "acceptance-%s-%lld.pdf", paper->milestone->code,
                                    (long long)paper->submission->round);
    return keep(call, DOCUMENT_CERTIFICATE, paper->certificate->id,
                paper->certificate->engagement_id, name, &certificate_paper_shape, paper, fault);
}

enum error keep_invoice_paper(struct call *call, struct invoice_paper *paper, struct fault *fault)
{
    const struct invoice *invoice = paper->invoice;
    enum error error = next_leaf(call, &paper->leaf, fault);
    if (error)
        return error;
    const char *name = arena_format(
        call->arena, "%s-%s.pdf", invoice->kind == INVOICE_CREDIT_NOTE ? "credit-note" : "invoice",
        invoice->number);
    return keep(call, DOCUMENT_INVOICE, invoice->id, invoice->engagement_id, name,
                &invoice_paper_shape, paper, fault);
}
