#include "action/invoice_mail.h"

#include <string.h>
#include <strings.h>

#include "action/mail_parts.h"
#include "base/money.h"
#include "base/text.h"
#include "core/credit_note.h"
#include "core/reference.h"
#include "document/show.h"
#include "store/recipient.h"
#include "store/review.h"

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
            rows[count++] = (struct recipient){party->id, party->name, party->email};
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
    return role == CONTACT_PAYER
               ? list_payer_recipients(&call->store, client->id, contacts, fault)
               : list_approver_recipients(&call->store, client->id, contacts, fault);
}

static void add_billing_address(struct arena *arena, const struct client *client,
                                struct list *payers)
{
    struct recipient *rows = arena_array(arena, payers->count + 1, sizeof *rows);
    if (payers->count > 0)
        memcpy(rows, payers->rows, payers->count * sizeof *rows);
    rows[payers->count] = (struct recipient){.name = client->name, .email = client->billing_email};
    *payers = (struct list){rows, payers->count + 1};
}

enum error list_payers(struct call *call, const struct client *client, const struct list *parties,
                       struct list *payers, struct fault *fault)
{
    enum error error = list_contacts(call, client, parties, CONTACT_PAYER, payers, fault);
    if (!error && payers->count == 0 && !client->billing_email)
        error = list_contacts(call, client, parties, CONTACT_APPROVER, payers, fault);
    if (!error && client->billing_email && !is_among(payers, client->billing_email))
        add_billing_address(call->arena, client, payers);
    return error;
}

static const char *amount_text(const struct call *call, int64_t amount_minor, const char *currency)
{
    char amount[MONEY_TEXT_SIZE];
    return arena_format(call->arena, "%s %s", money_format(amount_minor, currency, amount),
                        currency);
}

static const char *account_lines(const struct call *call, const struct company *company)
{
    if (!company->iban)
        return "";
    return arena_format(call->arena,
                        "    Account    %s\n"
                        "    Holder     %s\n",
                        show_fours(call->arena, company->iban), company->legal_name);
}

/* What is needed to pay: not everybody who pays can enter. */
static const char *payment_lines(const struct call *call, const struct company *company,
                                 const struct invoice *invoice)
{
    char reference[REFERENCE_PRINT_SIZE];
    return arena_format(
        call->arena,
        "    Invoice    %s\n"
        "    To pay     %s\n"
        "    Due        %s\n"
        "    Reference  %s\n"
        "%s",
        invoice->number, amount_text(call, invoice_outstanding(invoice), invoice->currency),
        mail_day(call, invoice->due_day), reference_print(invoice->reference, reference),
        account_lines(call, company));
}

/* ---- the mails ----------------------------------------------------------------------------- */

/* "S1 Design", "S2 Build" and "S3 Care", in quotation marks. */
static const char *work_text(const struct call *call, const struct invoice *invoice)
{
    struct text_buffer text = text_buffer_in(call->arena);
    size_t last = invoice->lines.count - 1;
    for (size_t i = 0; i <= last; i++)
        text_printf(&text, "%s\"%s\"",
                    i == 0     ? ""
                    : i < last ? ", "
                               : " and ",
                    LIST_AT(struct invoice_line, invoice->lines, i)->description);
    return text.bytes;
}

/* A period that was agreed is billed without an acceptance. */
static const char *reason_text(const struct invoice *invoice)
{
    const struct invoice_line *first = LIST_AT(struct invoice_line, invoice->lines, 0);
    bool is_accepted = !id_is_none(first->certificate_id) || !id_is_none(first->progress_claim_id);
    bool is_one = invoice->lines.count == 1;
    if (is_accepted)
        return is_one ? "has been accepted" : "have been accepted";
    return is_one ? "falls due as agreed" : "fall due as agreed";
}

enum error mail_invoice_issued(struct call *call, const struct company *company,
                               const struct list *payers, const struct invoice *invoice,
                               struct fault *fault)
{
    const char *total = amount_text(call, invoice->total_minor, invoice->currency);
    const char *text = arena_format(
        call->arena,
        "%s %s, and here is the invoice.\n\n"
        "%s\n"
        "Please quote the reference when you pay, so that your payment finds its invoice.\n\n"
        "The invoice as a document, and what it stands on:\n\n"
        "    %s\n",
        work_text(call, invoice), reason_text(invoice), payment_lines(call, company, invoice),
        mail_link(call, "invoices", invoice->id));
    const char *subject = arena_format(call->arena, "Invoice %s: %s, due %s", invoice->number,
                                       total, mail_day(call, invoice->due_day));
    return mail_post(call, payers, invoice->id, subject, text, fault);
}

enum error mail_invoice_overdue(struct call *call, const struct company *company,
                                const struct list *payers, const struct invoice *invoice,
                                struct fault *fault)
{
    const char *text = arena_format(
        call->arena,
        "we have not seen the full payment of this invoice yet:\n\n"
        "%s\n"
        "If you have paid in the meantime, thank you, and please disregard this reminder. If\n"
        "something about the invoice is not right, just answer this mail.\n\n"
        "    %s\n",
        payment_lines(call, company, invoice), mail_link(call, "invoices", invoice->id));
    const char *subject = arena_format(call->arena, "Reminder: invoice %s was due on %s",
                                       invoice->number, mail_day(call, invoice->due_day));
    return mail_post(call, payers, invoice->id, subject, text, fault);
}

/* What the credit note means for the client. */
static const char *effect_text(const struct call *call, const struct invoice *note,
                               const struct invoice *invoice)
{
    int64_t rest_minor = credit_note_rest(note);
    int64_t open_minor = invoice_outstanding(invoice);
    if (rest_minor > 0)
        return arena_format(call->arena,
                            "%s of it is to your credit: it can pay other invoices, or be\n"
                            "refunded.",
                            amount_text(call, rest_minor, note->currency));
    if (open_minor > 0)
        return arena_format(call->arena, "%s of the invoice is still to be paid.",
                            amount_text(call, open_minor, note->currency));
    return "Nothing of the invoice is left to be paid.";
}

enum error mail_credit_note_issued(struct call *call, const struct list *payers,
                                   const struct invoice *note, const struct invoice *invoice,
                                   struct fault *fault)
{
    const char *total = amount_text(call, note->total_minor, note->currency);
    const char *text =
        arena_format(call->arena,
                     "credit note %s takes %s off invoice %s:\n\n"
                     "    %s\n\n"
                     "%s\n\n"
                     "The credit note:\n\n"
                     "    %s\n",
                     note->number, total, invoice->number, note->reason,
                     effect_text(call, note, invoice), mail_link(call, "invoices", note->id));
    const char *subject = arena_format(call->arena, "Credit note %s for invoice %s: %s",
                                       note->number, invoice->number, total);
    return mail_post(call, payers, note->id, subject, text, fault);
}

enum error mail_refund_paid(struct call *call, const struct list *payers,
                            const struct refund *refund, struct fault *fault)
{
    const char *amount = amount_text(call, refund->amount_minor, refund->currency);
    const char *text =
        arena_format(call->arena,
                     "we have sent %s back to you on %s, as refund %s:\n\n"
                     "    %s\n\n"
                     "It should be with you within a few days. There is nothing for you to do.\n",
                     amount, mail_day(call, refund->paid_day), refund->number, refund->reason);
    const char *subject = arena_format(call->arena, "Refund %s: %s", refund->number, amount);
    return mail_post(call, payers, refund->id, subject, text, fault);
}
