#include "core/allocation.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/currency.h"
#include "base/day.h"
#include "base/limits.h"
#include "base/money.h"
#include "base/must.h"
#include "core/code.h"
#include "core/machine.h"

enum error payment_check(const struct payment *payment, int32_t today, struct fault *fault)
{
    if (!payment->currency || !currency_find(payment->currency))
        return refuse(fault, ERROR_INVALID, "currency", "not a currency of ISO 4217");
    if (payment->amount_minor <= 0 || payment->amount_minor > AMOUNT_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "must be above zero");
    if (payment->received_day == DAY_NONE || payment->received_day > today)
        return refuse(fault, ERROR_INVALID, "received_day", "must be today or earlier");
    return OK;
}

int64_t payment_unallocated(const struct payment *payment)
{
    if (payment->state == PAYMENT_REVERSED)
        return 0;
    return payment->amount_minor - payment->allocated_minor - payment->refunded_minor;
}

/* What money comes from, with what both kinds have in common. */
struct source {
    struct id client_id;
    const char *currency;
    int64_t left_minor;
};

static enum error check_allocation(const struct source *source, const struct invoice *invoice,
                                   int64_t amount_minor, struct fault *fault)
{
    char text[MONEY_TEXT_SIZE];
    int64_t outstanding_minor = invoice_outstanding(invoice);
    if (invoice->kind != INVOICE_INVOICE)
        return refuse(fault, ERROR_INVALID, "invoice_id", "it is a credit note");
    if (!id_equal(source->client_id, invoice->client_id))
        return refuse(fault, ERROR_INVALID, "invoice_id", "it is another client's");
    if (strcmp(source->currency, invoice->currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency", "the invoice is in %s", invoice->currency);
    if (amount_minor <= 0)
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "must be above zero");
    if (amount_minor > source->left_minor)
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "only %s %s is left",
                      money_format(source->left_minor, source->currency, text), source->currency);
    if (amount_minor > outstanding_minor)
        return refuse(fault, ERROR_OUT_OF_RANGE, "amount", "only %s %s is outstanding",
                      money_format(outstanding_minor, source->currency, text), source->currency);
    return OK;
}

static void fill(struct allocation *allocation, const struct invoice *invoice, int64_t amount_minor,
                 int64_t now_ms)
{
    *allocation = (struct allocation){
        .id = allocation->id,
        .version = 1,
        .invoice_id = invoice->id,
        .client_id = invoice->client_id,
        .currency = invoice->currency,
        .amount_minor = amount_minor,
        .state = ALLOCATION_ACTIVE,
        .allocated_at = now_ms,
    };
}

enum error allocate_payment(struct payment *payment, struct invoice *invoice, int64_t amount_minor,
                            int64_t now_ms, struct allocation *allocation, struct fault *fault)
{
    const struct source source = {payment->client_id, payment->currency,
                                  payment_unallocated(payment)};
    enum error error = check_allocation(&source, invoice, amount_minor, fault);
    if (error)
        return error;
    fill(allocation, invoice, amount_minor, now_ms);
    allocation->payment_id = payment->id;
    payment->allocated_minor += amount_minor;
    invoice->paid_minor += amount_minor;
    invoice_derive_state(invoice);
    return OK;
}

static bool is_own(const struct invoice *credit_note, const struct invoice *invoice)
{
    return id_equal(credit_note->credited_invoice_id, invoice->id);
}

/* Where a credit note's money is counted: beside the payments, but for its own invoice. */
static int64_t *counted_in(const struct invoice *credit_note, struct invoice *invoice)
{
    return is_own(credit_note, invoice) ? &invoice->credited_minor : &invoice->paid_minor;
}

enum error allocate_credit_note(struct invoice *credit_note, struct invoice *invoice,
                                int64_t amount_minor, int64_t now_ms, struct allocation *allocation,
                                struct fault *fault)
{
    const struct source source = {credit_note->client_id, credit_note->currency,
                                  credit_note_rest(credit_note)};
    enum error error = check_allocation(&source, invoice, amount_minor, fault);
    if (error)
        return error;
    fill(allocation, invoice, amount_minor, now_ms);
    allocation->credit_note_id = credit_note->id;
    credit_note->paid_minor += amount_minor;
    *counted_in(credit_note, invoice) += amount_minor;
    invoice_derive_state(credit_note);
    invoice_derive_state(invoice);
    return OK;
}

int64_t credit_note_share(const struct invoice *credit_note, const struct invoice *invoice)
{
    int64_t rest_minor = credit_note_rest(credit_note);
    int64_t outstanding_minor = invoice_outstanding(invoice);
    return rest_minor < outstanding_minor ? rest_minor : outstanding_minor;
}

/* ---- taking back --------------------------------------------------------------------------- */

enum { ALLOCATION_REVERSE = 1, ALLOCATION_EVENT_COUNT };

static const char *const allocation_verbs[] = {[ALLOCATION_REVERSE] = "reversed"};

static const unsigned char allocation_steps[][ALLOCATION_EVENT_COUNT] = {
    [ALLOCATION_ACTIVE] = {[ALLOCATION_REVERSE] = ALLOCATION_REVERSED},
    [ALLOCATION_REVERSED] = {0},
};

static const struct machine allocation_machine =
    MACHINE("allocation", "state", &allocation_state_choices, allocation_verbs, allocation_steps);

enum error allocation_reverse(struct allocation *allocation, struct payment *payment,
                              struct invoice *credit_note, struct invoice *invoice,
                              const char *reason, int64_t now_ms, struct fault *fault)
{
    int state = (int)allocation->state;
    must(!payment != !credit_note);
    must(id_equal(allocation->payment_id, payment ? payment->id : (struct id){0}));
    must(id_equal(allocation->credit_note_id, credit_note ? credit_note->id : (struct id){0}));
    must(id_equal(allocation->invoice_id, invoice->id));
    enum error error = text_check(reason, "reason", fault);
    if (!error)
        error = machine_step(&allocation_machine, &state, ALLOCATION_REVERSE, fault);
    if (error)
        return error;
    if (credit_note && is_own(credit_note, invoice))
        return refuse(fault, ERROR_WRONG_STATE, "invoice_id",
                      "the credit note takes this off its own invoice for good");
    invoice->paid_minor -= allocation->amount_minor;
    if (payment) {
        payment->allocated_minor -= allocation->amount_minor;
    } else {
        credit_note->paid_minor -= allocation->amount_minor;
        invoice_derive_state(credit_note);
    }
    invoice_derive_state(invoice);
    allocation->state = (enum allocation_state)state;
    allocation->reversed_at = now_ms;
    allocation->reason = reason;
    return OK;
}

enum { PAYMENT_REVERSE = 1, PAYMENT_EVENT_COUNT };

static const char *const payment_verbs[] = {[PAYMENT_REVERSE] = "reversed"};

static const unsigned char payment_steps[][PAYMENT_EVENT_COUNT] = {
    [PAYMENT_CONFIRMED] = {[PAYMENT_REVERSE] = PAYMENT_REVERSED},
    [PAYMENT_REFUNDED] = {0},
    [PAYMENT_REVERSED] = {0},
};

static const struct machine payment_machine =
    MACHINE("payment", "state", &payment_state_choices, payment_verbs, payment_steps);

enum error payment_reverse(struct payment *payment, const char *reason, struct fault *fault)
{
    int state = (int)payment->state;
    enum error error = text_check(reason, "reason", fault);
    if (error)
        return error;
    if (payment->allocated_minor > 0)
        return refuse(fault, ERROR_WRONG_STATE, "allocated",
                      "it is applied to invoices: reverse these allocations first");
    if (payment->refunded_minor > 0)
        return refuse(fault, ERROR_WRONG_STATE, "refunded", "some of it was refunded");
    error = machine_step(&payment_machine, &state, PAYMENT_REVERSE, fault);
    payment->state = (enum payment_state)state;
    return error;
}

/* ---- proposing ----------------------------------------------------------------------------- */

/* An invoice's place in the order of payment. */
struct due {
    const struct invoice *invoice;
    size_t place;
};

static int by_due_day(const void *a, const void *b)
{
    const struct invoice *left = ((const struct due *)a)->invoice;
    const struct invoice *right = ((const struct due *)b)->invoice;
    int order = (left->due_day > right->due_day) - (left->due_day < right->due_day);
    return order ? order : code_compare(left->number, right->number);
}

size_t allocate_oldest_first(struct arena *arena, const struct list *invoices, struct id client_id,
                             const char *currency, int64_t amount_minor,
                             struct allocation_share *shares)
{
    size_t open = 0, count = 0;
    struct due *due = arena_array(arena, invoices->count, sizeof *due);
    for (size_t i = 0; i < invoices->count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, *invoices, i);
        if (invoice_outstanding(invoice) > 0 && id_equal(invoice->client_id, client_id) &&
            strcmp(invoice->currency, currency) == 0)
            due[open++] = (struct due){invoice, i};
    }
    if (open > 0)
        qsort(due, open, sizeof *due, by_due_day);
    for (size_t i = 0; i < open && amount_minor > 0; i++) {
        int64_t outstanding_minor = invoice_outstanding(due[i].invoice);
        int64_t part_minor = amount_minor < outstanding_minor ? amount_minor : outstanding_minor;
        shares[count++] = (struct allocation_share){due[i].place, part_minor};
        amount_minor -= part_minor;
    }
    return count;
}

/* Letters and digits only, in capitals. */
static const char *squeeze(struct arena *arena, const char *text)
{
    size_t length = 0;
    char *squeezed = arena_alloc(arena, strlen(text) + 1);
    for (; *text; text++) {
        if (isalnum((unsigned char)*text))
            squeezed[length++] = (char)toupper((unsigned char)*text);
    }
    return squeezed;
}

const struct invoice *invoice_by_reference(struct arena *arena, const struct list *invoices,
                                           const char *payer_text)
{
    const struct invoice *found = NULL;
    const char *text = squeeze(arena, payer_text);
    for (size_t i = 0; i < invoices->count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, *invoices, i);
        if (!invoice->reference || !strstr(text, invoice->reference))
            continue;
        if (found)
            return NULL;
        found = invoice;
    }
    return found;
}
