#include "action/credit_note.h"

#include <string.h>

#include "action/invoice.h"
#include "action/invoice_mail.h"
#include "action/ledger.h"
#include "action/numbering.h"
#include "action/paper.h"
#include "base/limits.h"
#include "core/allocation.h"
#include "core/contract_terms.h"
#include "core/entry.h"
#include "store/contract_position.h"
#include "store/invoice.h"

static const struct field line_fields[] = {
    FIELD(struct credit_line, number, INTEGER, .flags = REQUIRED, .minimum = 1,
          .maximum = LIST_LIMIT),
    FIELD(struct credit_line, net_minor, MONEY, .flags = REQUIRED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
};
static const struct shape line_shape = SHAPE("credit_line", struct credit_line, line_fields);

static const struct field issue_fields[] = {
    FIELD(struct issue_credit_note, invoice_id, ID, .flags = FROM_PATH),
    FIELD(struct issue_credit_note, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct issue_credit_note, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct issue_credit_note, lines, LIST, .limit = LIST_LIMIT, .shape = &line_shape),
};
static const struct shape issue_shape =
    SHAPE("issue_credit_note", struct issue_credit_note, issue_fields);

/* Everything that one credit note touches. */
struct crediting {
    struct invoice invoice;
    struct list earlier;
    struct invoice_around around;
    struct list payers;
    struct allocation allocation; /* to its own invoice; its amount may be nothing */
    struct list milestones;       /* struct milestone: those that change with the invoice */
};

/* What stands around the invoice, which is loaded. */
static enum error load_rest(struct call *call, struct crediting *crediting, struct fault *fault)
{
    struct invoice *invoice = &crediting->invoice;
    enum error error = load_invoice_lines(&call->store, invoice, fault);
    if (!error)
        error = list_credit_notes(&call->store, invoice->id, &crediting->earlier, fault);
    if (!error)
        error = load_around(call, invoice->engagement_id, invoice->contract_id, &crediting->around,
                            fault);
    if (!error)
        error = list_payers(call, &crediting->around.company, &crediting->around.client, NULL,
                            &crediting->payers, fault);
    return error;
}

static enum error load(struct call *call, const struct issue_credit_note *in,
                       struct crediting *crediting, struct fault *fault)
{
    struct invoice *invoice = &crediting->invoice;
    enum error error = load_subject(call, &invoice_shape, in->invoice_id, invoice, fault);
    if (!error && in->currency && strcmp(in->currency, invoice->currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "the invoice is in %s", invoice->currency);
    return error ? error : load_rest(call, crediting, fault);
}

static struct credit_request request_of(struct call *call, const struct crediting *crediting,
                                        const char *reason)
{
    return (struct credit_request){
        .invoice = &crediting->invoice,
        .earlier = &crediting->earlier,
        .tax_rule = contract_tax_rule(crediting->around.contract.plan->terms),
        .reason = reason,
        .today = call_today(call, crediting->around.company.time_zone),
        .now_ms = call->now_ms,
    };
}

static enum error draft(struct call *call, const struct issue_credit_note *in,
                        struct crediting *crediting, struct invoice *note, struct fault *fault)
{
    const struct credit_request request = request_of(call, crediting, in->reason);
    note->id = call_id(call);
    if (in->lines.count == 0)
        return credit_note_in_full(call->arena, &request, note, fault);
    return credit_note_in_part(call->arena, &request, in->lines.rows, in->lines.count, note, fault);
}

/* Those of one milestone. */
static enum error draft_for_milestone(struct call *call, const struct milestone_credit *credit,
                                      struct crediting *crediting, struct invoice *note,
                                      struct fault *fault)
{
    struct list lines;
    if (id_is_none(credit->invoice_id))
        return refuse(fault, ERROR_OUT_OF_RANGE, "credit", "nothing is billed for it yet");
    enum error error =
        load_row(call, &invoice_shape, credit->invoice_id, &crediting->invoice, fault);
    if (!error)
        error = load_rest(call, crediting, fault);
    if (error)
        return error;
    const struct credit_request request = request_of(call, crediting, credit->reason);
    note->id = call_id(call);
    error = credit_lines_of_milestone(call->arena, &request, credit->milestone_id,
                                      credit->net_minor, &lines, fault);
    return error ? error
                 : credit_note_in_part(call->arena, &request, lines.rows, lines.count, note, fault);
}

static enum error lower_own_invoice(struct call *call, struct crediting *crediting,
                                    struct invoice *note, struct fault *fault)
{
    int64_t share_minor = credit_note_share(note, &crediting->invoice);
    if (share_minor == 0)
        return OK;
    crediting->allocation.id = call_id(call);
    return allocate_credit_note(note, &crediting->invoice, share_minor, call->now_ms,
                                &crediting->allocation, fault);
}

/* Of a milestone whose lines are taken back in full nothing is billed any more. */
static enum error credit_milestones(struct call *call, struct crediting *crediting,
                                    const struct invoice *note, struct fault *fault)
{
    const struct invoice *invoice = &crediting->invoice;
    struct list *milestones = &crediting->milestones;
    enum error error = list_billed_milestones(call, invoice, milestones, fault);
    size_t count = 0;
    for (size_t i = 0; !error && i < milestones->count; i++) {
        struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        bool changes = invoice_settles(invoice, milestone);
        if (milestone->billing != BILLING_CREDITED &&
            credit_note_takes_rest(invoice, &crediting->earlier, note, milestone->id)) {
            changes = true;
            error = milestone_bill(milestone, BILLING_CREDIT, fault);
        }
        if (changes)
            *LIST_AT(struct milestone, *milestones, count++) = *milestone;
    }
    milestones->count = count;
    return error;
}

static enum error number_note(struct call *call, const struct crediting *crediting,
                              struct invoice *note, struct fault *fault)
{
    const char *number;
    enum error error = give_number(call, &crediting->around.company, SERIES_CREDIT_NOTE,
                                   note->issue_day, &number, fault);
    return error ? error : invoice_issue(call->arena, note, number, fault);
}

/* ---- writing ------------------------------------------------------------------------------- */

static enum error write_own_allocation(struct call *call, struct crediting *crediting,
                                       const struct invoice *note, struct fault *fault)
{
    struct allocation *allocation = &crediting->allocation;
    if (id_is_none(allocation->id))
        return OK;
    struct ledger_entry entry =
        entry_for_allocation(call->arena, allocation, note->number, crediting->invoice.number,
                             note->issue_day, call->now_ms);
    enum error error = insert_row(call, &allocation_shape, allocation, fault);
    if (!error)
        error = book_entry(call, &entry, fault);
    if (!error)
        error = save_row(call, &invoice_shape, &crediting->invoice, fault);
    return error;
}

/* Shows the position after this credit note, so it comes after all other rows. */
static enum error keep_paper(struct call *call, struct crediting *crediting, struct invoice *note,
                             struct fault *fault)
{
    struct invoice_around *around = &crediting->around;
    struct contract_position position;
    enum error error =
        load_contract_position(&call->store, &around->contract, (struct id){0}, &position, fault);
    if (error)
        return error;
    struct invoice_paper paper = {
        .company = &around->company,
        .client = &around->client,
        .engagement = &around->engagement,
        .invoice = note,
        .contract_number = around->contract.number,
        .corrects = crediting->invoice.number,
        .position = {.currency = position.currency,
                     .sum_minor = position.sum_minor,
                     .changes_minor = position.changes_minor,
                     .reductions_minor = position.reductions_minor,
                     .accepted_minor = position.accepted_minor,
                     .invoiced_minor = position.invoiced_minor,
                     .paid_minor = position.paid_minor},
    };
    return keep_invoice_paper(call, &paper, fault);
}

static enum error write(struct call *call, struct crediting *crediting, struct invoice *note,
                        struct fault *fault)
{
    struct ledger_entry entry = entry_for_credit_note(call->arena, note, call->now_ms);
    enum error error = insert_row(call, &invoice_shape, note, fault);
    if (!error)
        error = insert_invoice_lines(&call->store, note, fault);
    if (!error)
        error = book_entry(call, &entry, fault);
    if (!error)
        error = write_own_allocation(call, crediting, note, fault);
    if (!error)
        error = save_milestones(call, &crediting->milestones, fault);
    if (!error)
        error = keep_paper(call, crediting, note, fault);
    if (!error)
        error = mail_credit_note_issued(call, &crediting->payers, note, &crediting->invoice, fault);
    return error;
}

/* Decides on the rest of a note that is drafted, and issues it. */
static enum error issue(struct call *call, struct crediting *crediting, struct invoice *note,
                        struct fault *fault)
{
    enum error error = lower_own_invoice(call, crediting, note, fault);
    if (!error)
        error = credit_milestones(call, crediting, note, fault);
    if (!error)
        error = number_note(call, crediting, note, fault);
    if (error)
        return error;
    happened(call, "credit_note.issued", note->id, note->engagement_id);
    if (!id_is_none(crediting->allocation.id) && crediting->invoice.state == INVOICE_PAID)
        happened(call, "invoice.paid", crediting->invoice.id, note->engagement_id);
    return write(call, crediting, note, fault);
}

static enum error issue_credit_note(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    struct crediting crediting = {0};
    enum error error = load(call, input, &crediting, fault);
    if (!error)
        error = draft(call, input, &crediting, output, fault);
    return error ? error : issue(call, &crediting, output, fault);
}

enum error check_milestone_credit(struct call *call, const struct milestone_credit *credit,
                                  struct fault *fault)
{
    struct crediting crediting = {0};
    struct invoice note;
    return draft_for_milestone(call, credit, &crediting, &note, fault);
}

enum error credit_milestone(struct call *call, const struct milestone_credit *credit,
                            struct invoice *note, struct fault *fault)
{
    struct crediting crediting = {0};
    enum error error = draft_for_milestone(call, credit, &crediting, note, fault);
    return error ? error : issue(call, &crediting, note, fault);
}

const struct operation issue_credit_note_operation = {
    .name = "issue_credit_note",
    .permission = PERMIT_INVOICE,
    .writes = true,
    .in = &issue_shape,
    .out = &invoice_shape,
    .run = issue_credit_note,
};
