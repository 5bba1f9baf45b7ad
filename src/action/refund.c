#include "action/refund.h"

#include <string.h>

#include "action/company.h"
#include "action/invoice_mail.h"
#include "action/ledger.h"
#include "action/numbering.h"
#include "base/limits.h"
#include "core/allocation.h"
#include "core/client.h"
#include "core/entry.h"
#include "core/refund.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_refunds),
    FIELD(struct list_refunds, client_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_refunds, payment_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_refunds, credit_note_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_refunds, state, CHOICE, .flags = FROM_QUERY,
          .choices = &refund_state_choices),
};
static const struct shape list_shape = SHAPE("list_refunds", struct list_refunds, list_fields);

static const struct shape page_shape = PAGE_SHAPE("refund_page", refund_shape);

static const struct listing refunds = {
    .shape = &refund_shape,
    .sorts = (const char *const[]){"number", "amount_minor", NULL},
};

static enum error list_refunds(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    return store_page(&call->store, &refunds, &list_shape, input, output, fault);
}

const struct operation list_refunds_operation = {
    .name = "list_refunds",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_refunds,
};

static const struct shape subject_shape = SUBJECT_SHAPE(refund_id);

const struct operation show_refund_operation = {
    .name = "show_refund",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &refund_shape,
};

/* ---- requesting ---------------------------------------------------------------------------- */

/* What money comes from: one of the two is loaded. */
struct refunded {
    struct payment payment;
    struct invoice credit_note;
    bool is_payment;
};

static enum error load_refunded(struct call *call, struct id payment_id, struct id credit_note_id,
                                struct refunded *from, struct fault *fault)
{
    from->is_payment = !id_is_none(payment_id);
    if (from->is_payment)
        return load_row(call, &payment_shape, payment_id, &from->payment, fault);
    return load_row(call, &invoice_shape, credit_note_id, &from->credit_note, fault);
}

static enum error save_refunded(struct call *call, struct refunded *from, struct fault *fault)
{
    return from->is_payment ? save_row(call, &payment_shape, &from->payment, fault)
                            : save_row(call, &invoice_shape, &from->credit_note, fault);
}

static enum error find_refunded(struct call *call, const struct request_refund *in,
                                struct refunded *from, struct fault *fault)
{
    const char *field = id_is_none(in->payment_id) ? "credit_note_id" : "payment_id";
    if (id_is_none(in->payment_id) == id_is_none(in->credit_note_id))
        return refuse(fault, ERROR_INVALID, "payment_id",
                      "a refund is of a payment or of a credit note");
    enum error error = load_refunded(call, in->payment_id, in->credit_note_id, from, fault);
    bool is_invoice = !error && !from->is_payment && from->credit_note.kind == INVOICE_INVOICE;
    if (error == ERROR_NOT_FOUND || is_invoice)
        return refuse(fault, ERROR_INVALID, field, "there is no such %s",
                      from->is_payment ? "payment" : "credit note");
    const char *currency = from->is_payment ? from->payment.currency : from->credit_note.currency;
    if (!error && in->currency && strcmp(in->currency, currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "the money is in %s", currency);
    return error;
}

static enum error decide(struct call *call, const struct request_refund *in, struct refunded *from,
                         struct refund *refund, int32_t *today, struct fault *fault)
{
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = find_refunded(call, in, from, fault);
    if (error)
        return error;
    *today = call_today(call, company.time_zone);
    refund->id = call_id(call);
    error = from->is_payment ? refund_payment(&from->payment, in->amount_minor, in->reason,
                                              call->now_ms, refund, fault)
                             : refund_credit_note(&from->credit_note, in->amount_minor, in->reason,
                                                  call->now_ms, refund, fault);
    return error ? error
                 : give_number(call, &company, SERIES_REFUND, *today, &refund->number, fault);
}

static enum error request_refund(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    struct refund *refund = output;
    struct refunded from;
    int32_t today;
    enum error error = decide(call, input, &from, refund, &today, fault);
    if (error)
        return error;
    struct ledger_entry entry = entry_for_refund_request(call->arena, refund, today, call->now_ms);
    happened(call, "refund.requested", refund->id, (struct id){0});
    error = insert_row(call, &refund_shape, refund, fault);
    if (!error)
        error = save_refunded(call, &from, fault);
    return error ? error : book_entry(call, &entry, fault);
}

static const struct field request_fields[] = {
    FIELD(struct request_refund, payment_id, ID),
    FIELD(struct request_refund, credit_note_id, ID),
    FIELD(struct request_refund, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct request_refund, amount_minor, MONEY, .flags = REQUIRED, .minimum = 1,
          .maximum = AMOUNT_LIMIT),
    FIELD(struct request_refund, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape request_shape =
    SHAPE("request_refund", struct request_refund, request_fields);

const struct operation request_refund_operation = {
    .name = "request_refund",
    .permission = PERMIT_RECORD_PAYMENT,
    .writes = true,
    .in = &request_shape,
    .out = &refund_shape,
    .run = request_refund,
};

/* ---- paying -------------------------------------------------------------------------------- */

static enum error load_to_pay(struct call *call, struct id id, struct refund *refund,
                              int32_t *today, struct list *payers, struct fault *fault)
{
    struct company company;
    struct client client;
    enum error error = load_subject(call, &refund_shape, id, refund, fault);
    if (!error)
        error = load_company(call, &company, fault);
    if (!error)
        error = load_row(call, &client_shape, refund->client_id, &client, fault);
    if (!error)
        error = list_payers(call, &company, &client, NULL, payers, fault);
    if (!error)
        *today = call_today(call, company.time_zone);
    return error;
}

static enum error pay_refund(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    const struct pay_refund *in = input;
    struct refund *refund = output;
    struct list payers;
    int32_t today;
    enum error error = load_to_pay(call, in->id, refund, &today, &payers, fault);
    if (!error)
        error = refund_pay(refund, in->paid_day, today, fault);
    if (error)
        return error;
    struct ledger_entry entry = entry_for_refund(call->arena, refund, call_id(call), call->now_ms);
    happened(call, "refund.paid", refund->id, (struct id){0});
    error = save_row(call, &refund_shape, refund, fault);
    if (!error)
        error = book_entry(call, &entry, fault);
    return error ? error : mail_refund_paid(call, &payers, refund, fault);
}

static const struct field pay_fields[] = {
    ID_FROM_PATH(struct pay_refund, refund_id),
    FIELD(struct pay_refund, paid_day, DAY, .flags = REQUIRED),
};
static const struct shape pay_shape = SHAPE("pay_refund", struct pay_refund, pay_fields);

const struct operation pay_refund_operation = {
    .name = "pay_refund",
    .permission = PERMIT_RECORD_PAYMENT,
    .writes = true,
    .in = &pay_shape,
    .out = &refund_shape,
    .run = pay_refund,
};

/* ---- ways back ----------------------------------------------------------------------------- */

static enum error reverse_last(struct call *call, const struct refund *refund, enum entry_kind kind,
                               const char *reason, struct ledger_entry *reversal,
                               struct fault *fault)
{
    struct company company;
    enum error error = load_company(call, &company, fault);
    return error ? error
                 : reversal_of(call, refund->id, kind, reason, call_today(call, company.time_zone),
                               reversal, fault);
}

enum error take_refund_back(struct call *call, const char *reason, struct refund *refund,
                            struct ledger_entry *reversal, struct fault *fault)
{
    struct refunded from;
    enum error error =
        load_refunded(call, refund->payment_id, refund->credit_note_id, &from, fault);
    if (!error)
        error = refund_cancel(refund, from.is_payment ? &from.payment : NULL,
                              from.is_payment ? NULL : &from.credit_note, reason, fault);
    if (!error)
        error = reverse_last(call, refund, ENTRY_REFUND_REQUEST, reason, reversal, fault);
    if (error)
        return error;
    happened(call, "refund.cancelled", refund->id, (struct id){0});
    error = save_row(call, &refund_shape, refund, fault);
    if (!error)
        error = save_refunded(call, &from, fault);
    return error ? error : book_entry(call, reversal, fault);
}

enum error owe_refund_again(struct call *call, const char *reason, struct refund *refund,
                            struct ledger_entry *reversal, struct fault *fault)
{
    enum error error = refund_return(refund, reason, fault);
    if (!error)
        error = reverse_last(call, refund, ENTRY_REFUND, reason, reversal, fault);
    if (error)
        return error;
    happened(call, "refund.returned", refund->id, (struct id){0});
    error = save_row(call, &refund_shape, refund, fault);
    return error ? error : book_entry(call, reversal, fault);
}

static const struct field reverse_fields[] = {
    ID_FROM_PATH(struct reverse, refund_id),
    FIELD(struct reverse, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reverse_shape = SHAPE("reverse_refund", struct reverse, reverse_fields);

static enum error cancel_refund(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct reverse *in = input;
    struct ledger_entry reversal;
    enum error error = load_subject(call, &refund_shape, in->id, output, fault);
    return error ? error : take_refund_back(call, in->reason, output, &reversal, fault);
}

const struct operation cancel_refund_operation = {
    .name = "cancel_refund",
    .permission = PERMIT_REVERSE_ENTRY,
    .writes = true,
    .in = &reverse_shape,
    .out = &refund_shape,
    .run = cancel_refund,
};

static enum error return_refund(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct reverse *in = input;
    struct ledger_entry reversal;
    enum error error = load_subject(call, &refund_shape, in->id, output, fault);
    return error ? error : owe_refund_again(call, in->reason, output, &reversal, fault);
}

const struct operation return_refund_operation = {
    .name = "return_refund",
    .permission = PERMIT_REVERSE_ENTRY,
    .writes = true,
    .in = &reverse_shape,
    .out = &refund_shape,
    .run = return_refund,
};
