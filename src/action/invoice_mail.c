#include "action/invoice_mail.h"

#include <string.h>
#include <strings.h>

#include "action/mail_parts.h"
#include "core/credit_note.h"
#include "core/reference.h"
#include "store/review.h"
#include "words/show.h"

/* ---- how a mail is put together ------------------------------------------------------------ */

static bool is_among(const struct list *payers, const char *email)
{
    for (size_t i = 0; i < payers->count; i++) {
        if (strcasecmp(LIST_AT(struct recipient, *payers, i)->email, email) == 0)
            return true;
    }
    return false;
}

/* The contacts in a role, among people who have been read already. */
static struct list pick_contacts(struct arena *arena, const struct list *parties,
                                 enum contact_role role)
{
    struct recipient *rows = arena_array(arena, parties->count, sizeof *rows);
    size_t count = 0;
    for (size_t i = 0; i < parties->count; i++) {
        const struct party *party = LIST_AT(struct party, *parties, i);
        if (party->kind == ACTOR_CONTACT &&
            strcmp(party->role, choice_name(&contact_role_choices, (int)role)) == 0)
            rows[count++] = (struct recipient){party->id, party->name, party->email, party->locale};
    }
    return (struct list){rows, count};
}

static enum error list_contacts(struct call *call, const struct client *client,
                                const struct list *parties, enum contact_role role,
                                struct list *contacts, struct fault *fault)
{
    if (parties) {
        *contacts = pick_contacts(call->arena, parties, role);
        return OK;
    }
    return list_role_recipients(&call->store, client->id, role, contacts, fault);
}

static void add_billing_address(struct arena *arena, const struct company *company,
                                const struct client *client, struct list *payers)
{
    struct recipient *rows = arena_array(arena, payers->count + 1, sizeof *rows);
    if (payers->count > 0)
        memcpy(rows, payers->rows, payers->count * sizeof *rows);
    rows[payers->count] = (struct recipient){.name = client->name,
                                             .email = client->billing_email,
                                             .locale = client_locale(client, company)};
    *payers = (struct list){rows, payers->count + 1};
}

enum error list_payers(struct call *call, const struct company *company,
                       const struct client *client, const struct list *parties, struct list *payers,
                       struct fault *fault)
{
    enum error error = list_contacts(call, client, parties, CONTACT_PAYER, payers, fault);
    if (!error && payers->count == 0 && !client->billing_email)
        error = list_contacts(call, client, parties, CONTACT_APPROVER, payers, fault);
    if (!error && client->billing_email && !is_among(payers, client->billing_email))
        add_billing_address(call->arena, company, client, payers);
    return error;
}

static struct saying account_lines(const struct call *call, const struct company *company)
{
    if (!company->iban)
        return said_nothing;
    return SAY(call->arena, WORD_MAIL_ACCOUNT_LINES,
               said_text(show_fours(call->arena, company->iban)), said_text(company->legal_name));
}

/* What is needed to pay: not everybody who pays can enter. */
static struct saying payment_lines(const struct call *call, const struct company *company,
                                   const struct invoice *invoice)
{
    char reference[REFERENCE_PRINT_SIZE];
    return SAY(call->arena, WORD_MAIL_PAYMENT_LINES, said_text(invoice->number),
               said_money(invoice_outstanding(invoice), invoice->currency),
               said_day(invoice->due_day),
               said_text(arena_text(call->arena, reference_print(invoice->reference, reference))),
               account_lines(call, company));
}

static struct saying link_to(const struct call *call, const struct invoice *invoice)
{
    return mail_link_to(call, "invoices", invoice->id);
}

/* ---- the mails ----------------------------------------------------------------------------- */

/* What each line bills. */
static struct saying work_lines(const struct call *call, const struct invoice *invoice)
{
    size_t count = invoice->lines.count;
    struct saying *lines = arena_array(call->arena, count, sizeof *lines);
    for (size_t i = 0; i < count; i++)
        lines[i] = SAY(call->arena, WORD_MAIL_INVOICE_WORK,
                       said_text(LIST_AT(struct invoice_line, invoice->lines, i)->description));
    return said_series(lines, count);
}

/* A period that was agreed is billed without an acceptance. */
static bool is_of_acceptance(const struct invoice *invoice)
{
    const struct invoice_line *first = LIST_AT(struct invoice_line, invoice->lines, 0);
    return !id_is_none(first->certificate_id) || !id_is_none(first->progress_claim_id);
}

enum error mail_invoice_issued(struct call *call, const struct company *company,
                               const struct list *payers, const struct invoice *invoice,
                               struct fault *fault)
{
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_INVOICE_SUBJECT, said_text(invoice->number),
            said_money(invoice->total_minor, invoice->currency), said_day(invoice->due_day)),
        SAY(call->arena,
            is_of_acceptance(invoice) ? WORD_MAIL_INVOICE_ACCEPTED : WORD_MAIL_INVOICE_AGREED,
            work_lines(call, invoice), payment_lines(call, company, invoice),
            link_to(call, invoice)),
        DOCUMENT_INVOICE,
    };
    return mail_post(call, payers, invoice->id, &mail, fault);
}

enum error mail_invoice_overdue(struct call *call, const struct company *company,
                                const struct list *payers, const struct invoice *invoice,
                                struct fault *fault)
{
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_OVERDUE_SUBJECT, said_text(invoice->number),
            said_day(invoice->due_day)),
        SAY(call->arena, WORD_MAIL_OVERDUE, payment_lines(call, company, invoice),
            link_to(call, invoice)),
        DOCUMENT_INVOICE,
    };
    return mail_post(call, payers, invoice->id, &mail, fault);
}

/* What the credit note means for the client. */
static struct saying effect_of(const struct call *call, const struct invoice *note,
                               const struct invoice *invoice)
{
    int64_t rest_minor = credit_note_rest(note);
    int64_t open_minor = invoice_outstanding(invoice);
    if (rest_minor > 0)
        return SAY(call->arena, WORD_MAIL_CREDIT_LEFT, said_money(rest_minor, note->currency));
    if (open_minor > 0)
        return SAY(call->arena, WORD_MAIL_INVOICE_LEFT, said_money(open_minor, note->currency));
    return SAY_WORD(WORD_MAIL_INVOICE_SETTLED);
}

enum error mail_credit_note_issued(struct call *call, const struct list *payers,
                                   const struct invoice *note, const struct invoice *invoice,
                                   struct fault *fault)
{
    const struct saying total = said_money(note->total_minor, note->currency);
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_CREDIT_NOTE_SUBJECT, said_text(note->number),
            said_text(invoice->number), total),
        SAY(call->arena, WORD_MAIL_CREDIT_NOTE, said_text(note->number), said_text(invoice->number),
            total, said_quote(note->reason), effect_of(call, note, invoice), link_to(call, note)),
        DOCUMENT_INVOICE,
    };
    return mail_post(call, payers, note->id, &mail, fault);
}

enum error mail_refund_paid(struct call *call, const struct list *payers,
                            const struct refund *refund, struct fault *fault)
{
    const struct saying amount = said_money(refund->amount_minor, refund->currency);
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_REFUND_SUBJECT, said_text(refund->number), amount),
        SAY(call->arena, WORD_MAIL_REFUND, said_text(refund->number), amount,
            said_day(refund->paid_day), said_quote(refund->reason)),
    };
    return mail_post(call, payers, refund->id, &mail, fault);
}

static struct saying paid_by(const struct call *call, const struct payment *payment,
                             const struct list *invoices)
{
    size_t count = invoices->count;
    struct saying *parts = arena_array(call->arena, count, sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        const struct allocation *part = LIST_AT(struct allocation, payment->allocations, i);
        const struct invoice *invoice = LIST_AT(struct invoice, *invoices, i);
        parts[i] = SAY(call->arena, WORD_MAIL_PAYMENT_PAID, said_text(invoice->number),
                       said_money(part->amount_minor, payment->currency),
                       said_money(invoice_outstanding(invoice), invoice->currency));
    }
    return said_series(parts, count);
}

enum error mail_payment_received(struct call *call, const struct list *payers,
                                 const struct payment *payment, const struct list *invoices,
                                 struct fault *fault)
{
    int64_t over_minor = payment->amount_minor - payment->allocated_minor;
    const struct saying amount = said_money(payment->amount_minor, payment->currency);
    const struct saying over = over_minor == 0 ? said_nothing
                                               : SAY(call->arena, WORD_MAIL_PAYMENT_OVER,
                                                     said_money(over_minor, payment->currency));
    const struct mail_text mail = {
        SAY(call->arena, WORD_MAIL_PAYMENT_RECEIVED_SUBJECT, amount),
        SAY(call->arena, WORD_MAIL_PAYMENT_RECEIVED, amount, said_day(payment->received_day),
            paid_by(call, payment, invoices), over),
    };
    return mail_post(call, payers, payment->id, &mail, fault);
}
