#include "action/payment.h"

#include "action/company.h"
#include "action/invoice_mail.h"
#include "action/ledger.h"
#include "action/numbering.h"
#include "base/limits.h"
#include "core/allocation.h"
#include "core/client.h"
#include "core/entry.h"
#include "store/payment.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_payments),
    FIELD(struct list_payments, client_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_payments, state, CHOICE, .flags = FROM_QUERY,
          .choices = &payment_state_choices),
    FIELD(struct list_payments, number, TEXT, .flags = FROM_QUERY, .limit = CODE_LIMIT),
    FIELD(struct list_payments, currency, TEXT, .flags = FROM_QUERY, .limit = CURRENCY_LIMIT),
    FIELD(struct list_payments, from_day, DAY, .flags = FROM_QUERY),
    FIELD(struct list_payments, to_day, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape = SHAPE("list_payments", struct list_payments, list_fields);

static const struct shape page_shape = PAGE_SHAPE("payment_page", payment_summary_shape);

static const struct list_filter payment_filters[] = {
    {"from_day", "received_day >= :from_day"},
    {"to_day", "received_day <= :to_day"},
    {0},
};

static const struct listing payments = {
    .shape = &payment_shape,
    .sorts = (const char *const[]){"received_day", "number", "amount_minor", NULL},
    .filters = payment_filters,
};

static enum error list_payments(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    return store_page(&call->store, &payments, &list_shape, input, output, fault);
}

const struct operation list_payments_operation = {
    .name = "list_payments",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_payments,
};

static const struct shape subject_shape = SUBJECT_SHAPE(payment_id);

static enum error show_payment(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct subject *in = input;
    enum error error = load_row(call, &payment_shape, in->id, output, fault);
    return error ? error : load_allocations(&call->store, output, fault);
}

const struct operation show_payment_operation = {
    .name = "show_payment",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &payment_shape,
    .run = show_payment,
};

/* ---- recording ----------------------------------------------------------------------------- */

#define OF_PAYMENT(member_, kind_, ...)                                                            \
    {                                                                                              \
        .name = #member_, .kind = FIELD_##kind_,                                                   \
        .offset = offsetof(struct record_payment, payment.member_), __VA_ARGS__                    \
    }

static const struct field record_fields[] = {
    OF_PAYMENT(client_id, ID, .flags = 0),
    OF_PAYMENT(currency, TEXT, .limit = CURRENCY_LIMIT),
    OF_PAYMENT(amount_minor, MONEY, .flags = REQUIRED, .minimum = 1, .maximum = AMOUNT_LIMIT),
    OF_PAYMENT(received_day, DAY, .flags = REQUIRED),
    OF_PAYMENT(method, CHOICE, .choices = &payment_method_choices,
               .initial = PAYMENT_BANK_TRANSFER),
    OF_PAYMENT(payer_reference, TEXT, .limit = SHORT_TEXT_LIMIT),
    OF_PAYMENT(note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct record_payment, rule, CHOICE, .choices = &allocation_rule_choices,
          .initial = ALLOCATE_AUTOMATICALLY),
    FIELD(struct record_payment, allocations, LIST, .limit = SHORT_LIST_LIMIT,
          .shape = &allocation_part_shape),
};
static const struct shape record_shape =
    SHAPE("record_payment", struct record_payment, record_fields);

/* The client who is named, or whose invoice's reference is quoted. */
static enum error find_client(struct call *call, struct payment *payment, struct client *client,
                              struct fault *fault)
{
    struct invoice invoice;
    bool found = false;
    enum error error = OK;
    if (id_is_none(payment->client_id))
        error = find_quoted_invoice(call, payment->payer_reference, &invoice, &found, fault);
    if (!error && found)
        payment->client_id = invoice.client_id;
    if (!error && id_is_none(payment->client_id))
        return refuse(fault, ERROR_INVALID, "client_id",
                      "say who paid: the payer's reference is none of an invoice");
    if (!error)
        error = load_row(call, &client_shape, payment->client_id, client, fault);
    if (error == ERROR_NOT_FOUND)
        return refuse(fault, ERROR_INVALID, "client_id", "there is no such client");
    return error;
}

static enum error decide(struct call *call, const struct record_payment *in,
                         struct application *application, struct list *payers, struct fault *fault)
{
    const struct allocate order = {.rule = in->rule, .allocations = in->allocations};
    struct payment *payment = application->payment;
    struct company company;
    struct client client;
    enum error error = load_company(call, &company, fault);
    if (error)
        return error;
    int32_t today = call_today(call, company.time_zone);
    payment->id = call_id(call);
    payment->created_at = call->now_ms;
    payment->state = PAYMENT_CONFIRMED;
    error = payment_check(payment, today, fault);
    if (!error)
        error = find_client(call, payment, &client, fault);
    if (!error)
        error = list_payers(call, &company, &client, NULL, payers, fault);
    if (!error)
        error = decide_application(call, &order, payment->payer_reference, application, fault);
    return error ? error
                 : give_number(call, &company, SERIES_PAYMENT, today, &payment->number, fault);
}

static enum error record_payment(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct record_payment *in = input;
    struct payment *payment = output;
    *payment = in->payment;
    struct application application = {.payment = payment, .day = payment->received_day};
    struct list payers;
    enum error error = decide(call, in, &application, &payers, fault);
    if (error)
        return error;
    struct ledger_entry entry = entry_for_payment(call->arena, payment, call->now_ms);
    happened(call, "payment.recorded", payment->id, (struct id){0});
    error = insert_row(call, &payment_shape, payment, fault);
    if (!error)
        error = book_entry(call, &entry, fault);
    if (!error)
        error = write_application(call, &application, fault);
    payment->allocations = allocations_of(call, &application);
    struct list invoices = applied_invoices(call, &application);
    return error ? error : mail_payment_received(call, &payers, payment, &invoices, fault);
}

const struct operation record_payment_operation = {
    .name = "record_payment",
    .permission = PERMIT_RECORD_PAYMENT,
    .writes = true,
    .in = &record_shape,
    .out = &payment_shape,
    .run = record_payment,
};

/* ---- taking back --------------------------------------------------------------------------- */

enum error take_payment_back(struct call *call, const char *reason, struct payment *payment,
                             struct ledger_entry *reversal, struct fault *fault)
{
    struct company company;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = payment_reverse(payment, reason, fault);
    if (!error)
        error = reversal_of(call, payment->id, ENTRY_PAYMENT, reason,
                            call_today(call, company.time_zone), reversal, fault);
    if (error)
        return error;
    happened(call, "payment.reversed", payment->id, (struct id){0});
    error = save_row(call, &payment_shape, payment, fault);
    return error ? error : book_entry(call, reversal, fault);
}

static enum error reverse_payment(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct reverse *in = input;
    struct ledger_entry reversal;
    enum error error = load_subject(call, &payment_shape, in->id, output, fault);
    if (!error)
        error = load_allocations(&call->store, output, fault);
    return error ? error : take_payment_back(call, in->reason, output, &reversal, fault);
}

static const struct field reverse_fields[] = {
    ID_FROM_PATH(struct reverse, payment_id),
    FIELD(struct reverse, reason, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
};
static const struct shape reverse_shape = SHAPE("reverse_payment", struct reverse, reverse_fields);

const struct operation reverse_payment_operation = {
    .name = "reverse_payment",
    .permission = PERMIT_REVERSE_ENTRY,
    .writes = true,
    .in = &reverse_shape,
    .out = &payment_shape,
    .run = reverse_payment,
};
