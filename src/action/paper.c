#include "action/paper.h"

#include <string.h>

#include "action/paper_snapshot.h"
#include "base/json.h"
#include "base/must.h"
#include "store/kept.h"

/* ---- freezing ------------------------------------------------------------------------------ */

/* What every snapshot ends with before its leaf is known. */
static const char open_end[] = "\"leaf\":0}";

static void freeze(struct call *call, const struct shape *shape, const void *paper,
                   struct frozen_paper *frozen)
{
    struct text_buffer text = text_buffer_in(call->arena);
    size_t end = sizeof open_end - 1;
    json_write_shape(&text, shape, paper, JSON_FOR_AGENCY);
    must(text.size > end && memcmp(text.bytes + text.size - end, open_end, end) == 0);
    frozen->text = text.bytes;
    frozen->size = text.size - strlen("0}");
}

void freeze_certificate_paper(struct call *call, const struct certificate_paper *paper,
                              struct frozen_paper *frozen)
{
    must(paper->leaf == 0);
    *frozen = (struct frozen_paper){
        .kind = DOCUMENT_CERTIFICATE,
        .subject_id = paper->certificate->id,
        .engagement_id = paper->certificate->engagement_id,
        .name = arena_format(call->arena, "acceptance-%s-%lld.pdf", paper->milestone->code,
                             (long long)paper->submission->round),
    };
    freeze(call, &certificate_paper_shape, paper, frozen);
}

enum error keep_frozen_paper(struct call *call, const struct frozen_paper *frozen,
                             struct fault *fault)
{
    struct merkle_frontier *frontier;
    enum error error = kept_log_frontier(&call->store, &frontier, fault);
    if (error)
        return error;
    const char *snapshot = arena_format(call->arena, "%.*s%llu}", (int)frozen->size, frozen->text,
                                        (unsigned long long)frontier->size);
    struct document_row document = {
        .subject_id = frozen->subject_id,
        .kind = frozen->kind,
        .engagement_id = frozen->engagement_id,
        .snapshot = snapshot,
        .snapshot_hash = hash_bytes(snapshot, strlen(snapshot)),
        .name = frozen->name,
    };
    return insert_row(call, &document_shape, &document, fault);
}

enum error keep_contract_paper(struct call *call, const struct contract_paper *paper,
                               struct fault *fault)
{
    bool is_signed = paper->signatures.count > 0;
    struct contract contract = *paper->contract;
    struct contract_paper shown = *paper;
    contract.document = NULL;
    shown.contract = &contract;
    struct frozen_paper frozen = {
        .kind = is_signed ? DOCUMENT_CONTRACT_SIGNED : DOCUMENT_CONTRACT,
        .subject_id = contract.id,
        .engagement_id = contract.engagement_id,
        .name = arena_format(call->arena, "contract-%s%s.pdf", contract.number,
                             is_signed ? "-signed" : ""),
    };
    freeze(call, &contract_paper_shape, &shown, &frozen);
    return keep_frozen_paper(call, &frozen, fault);
}

enum error keep_change_paper(struct call *call, const struct change_paper *paper,
                             struct fault *fault)
{
    bool is_signed = paper->signatures.count > 0;
    struct change_order order = *paper->order;
    struct change_paper shown = *paper;
    order.document = NULL;
    shown.order = &order;
    struct frozen_paper frozen = {
        .kind = is_signed ? DOCUMENT_CHANGE_ORDER_SIGNED : DOCUMENT_CHANGE_ORDER,
        .subject_id = order.id,
        .engagement_id = order.engagement_id,
        .name = arena_format(call->arena, "change-order-%s-%lld-%lld%s.pdf", paper->contract_number,
                             (long long)order.number, (long long)order.revision,
                             is_signed ? "-signed" : ""),
    };
    freeze(call, &change_paper_shape, &shown, &frozen);
    return keep_frozen_paper(call, &frozen, fault);
}

enum error keep_invoice_paper(struct call *call, const struct invoice_paper *paper,
                              struct fault *fault)
{
    const struct invoice *invoice = paper->invoice;
    struct frozen_paper frozen = {
        .kind = DOCUMENT_INVOICE,
        .subject_id = invoice->id,
        .engagement_id = invoice->engagement_id,
        .name = arena_format(call->arena, "%s-%s.pdf",
                             invoice->kind == INVOICE_CREDIT_NOTE ? "credit-note" : "invoice",
                             invoice->number),
    };
    freeze(call, &invoice_paper_shape, paper, &frozen);
    return keep_frozen_paper(call, &frozen, fault);
}

enum error keep_report_paper(struct call *call, const struct report_paper *paper,
                             struct fault *fault)
{
    struct frozen_paper frozen = {
        .kind = DOCUMENT_STATUS_REPORT,
        .subject_id = paper->report->id,
        .engagement_id = paper->report->engagement_id,
        .name =
            arena_format(call->arena, "status-report-%lld.pdf", (long long)paper->report->number),
    };
    freeze(call, &report_paper_shape, paper, &frozen);
    return keep_frozen_paper(call, &frozen, fault);
}
