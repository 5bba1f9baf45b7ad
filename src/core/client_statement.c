#include "core/client_statement.h"

#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "core/allocation.h"
#include "core/fields.h"

#define SUM(member)                                                                                \
    FIELD(struct client_balance, member, MONEY, .minimum = INT64_MIN + 1, .maximum = INT64_MAX)

static const struct field credit_fields[] = {
    FIELD(struct client_credit, payment_id, ID),
    FIELD(struct client_credit, credit_note_id, ID),
    FIELD(struct client_credit, number, TEXT, .limit = CODE_LIMIT),
    FIELD(struct client_credit, day, DAY),
    FIELD(struct client_credit, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct client_credit, amount_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct client_credit, rest_minor, MONEY, AMOUNT_RANGE),
};
static const struct shape credit_shape =
    SHAPE("client_credit", struct client_credit, credit_fields);

static const struct field balance_fields[] = {
    FIELD(struct client_balance, currency, TEXT, .limit = CURRENCY_LIMIT),
    SUM(outstanding_minor),
    SUM(overdue_minor),
    SUM(credit_minor),
    SUM(refunds_minor),
    SUM(balance_minor),
};
static const struct shape balance_shape =
    SHAPE("client_balance", struct client_balance, balance_fields);

static const struct field statement_fields[] = {
    FIELD(struct client_statement, client_id, ID),
    FIELD(struct client_statement, day, DAY),
    FIELD(struct client_statement, balances, LIST, .shape = &balance_shape),
    FIELD(struct client_statement, invoices, LIST, .shape = &invoice_summary_shape),
    FIELD(struct client_statement, credits, LIST, .shape = &credit_shape),
};
const struct shape client_statement_shape =
    SHAPE("client_statement", struct client_statement, statement_fields);

/* ---- sums by currency ---------------------------------------------------------------------- */

/* The balance of a currency, made if need be: the list has room for all. */
static struct client_balance *balance_in(struct list *balances, const char *currency)
{
    size_t at = 0;
    while (at < balances->count &&
           strcmp(LIST_AT(struct client_balance, *balances, at)->currency, currency) != 0)
        at++;
    struct client_balance *balance = LIST_AT(struct client_balance, *balances, at);
    if (at == balances->count) {
        balance->currency = currency;
        balances->count++;
    }
    return balance;
}

static int by_currency(const void *a, const void *b)
{
    return strcmp(((const struct client_balance *)a)->currency,
                  ((const struct client_balance *)b)->currency);
}

static enum error sum_up(struct list *balances, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < balances->count && !error; i++) {
        struct client_balance *balance = LIST_AT(struct client_balance, *balances, i);
        error = money_subtract(balance->outstanding_minor, balance->credit_minor,
                               &balance->balance_minor, fault);
        if (!error)
            error = money_subtract(balance->balance_minor, balance->refunds_minor,
                                   &balance->balance_minor, fault);
    }
    if (balances->count > 0)
        qsort(balances->rows, balances->count, sizeof(struct client_balance), by_currency);
    return error;
}

/* ---- items --------------------------------------------------------------------------------- */

static enum error add_invoice(struct client_statement *statement, const struct invoice *invoice,
                              struct fault *fault)
{
    int64_t open_minor = invoice_outstanding(invoice);
    struct client_balance *balance = balance_in(&statement->balances, invoice->currency);
    enum error error =
        money_add(balance->outstanding_minor, open_minor, &balance->outstanding_minor, fault);
    if (!error && invoice_is_overdue(invoice, statement->day))
        error = money_add(balance->overdue_minor, open_minor, &balance->overdue_minor, fault);
    *LIST_AT(struct invoice, statement->invoices, statement->invoices.count++) = *invoice;
    return error;
}

static enum error add_credit(struct client_statement *statement, struct client_credit credit,
                             struct fault *fault)
{
    struct client_balance *balance = balance_in(&statement->balances, credit.currency);
    *LIST_AT(struct client_credit, statement->credits, statement->credits.count++) = credit;
    return money_add(balance->credit_minor, credit.rest_minor, &balance->credit_minor, fault);
}

static enum error add_document(struct client_statement *statement, const struct invoice *document,
                               struct fault *fault)
{
    if (document->kind == INVOICE_INVOICE)
        return add_invoice(statement, document, fault);
    const struct client_credit credit = {
        .credit_note_id = document->id,
        .number = document->number,
        .day = document->issue_day,
        .currency = document->currency,
        .amount_minor = document->total_minor,
        .rest_minor = credit_note_rest(document),
    };
    return add_credit(statement, credit, fault);
}

static enum error add_payment(struct client_statement *statement, const struct payment *payment,
                              struct fault *fault)
{
    const struct client_credit credit = {
        .payment_id = payment->id,
        .number = payment->number,
        .day = payment->received_day,
        .currency = payment->currency,
        .amount_minor = payment->amount_minor,
        .rest_minor = payment_unallocated(payment),
    };
    return add_credit(statement, credit, fault);
}

static enum error add_refund(struct client_statement *statement, const struct refund *refund,
                             struct fault *fault)
{
    struct client_balance *balance = balance_in(&statement->balances, refund->currency);
    return money_add(balance->refunds_minor, refund->amount_minor, &balance->refunds_minor, fault);
}

enum error client_statement_of(struct arena *arena, const struct client_rows *rows,
                               struct client_statement *statement, struct fault *fault)
{
    size_t most = rows->documents.count + rows->payments.count + rows->refunds.count;
    enum error error = OK;
    statement->balances.rows = arena_array(arena, most, sizeof(struct client_balance));
    statement->invoices.rows = arena_array(arena, rows->documents.count, sizeof(struct invoice));
    statement->credits.rows = arena_array(arena, most, sizeof(struct client_credit));
    for (size_t i = 0; i < rows->documents.count && !error; i++)
        error = add_document(statement, LIST_AT(struct invoice, rows->documents, i), fault);
    for (size_t i = 0; i < rows->payments.count && !error; i++)
        error = add_payment(statement, LIST_AT(struct payment, rows->payments, i), fault);
    for (size_t i = 0; i < rows->refunds.count && !error; i++)
        error = add_refund(statement, LIST_AT(struct refund, rows->refunds, i), fault);
    return error ? error : sum_up(&statement->balances, fault);
}
