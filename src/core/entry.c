#include "core/entry.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/currency.h"
#include "base/money.h"
#include "base/must.h"

const struct ledger_account chart_of_accounts[CHART_COUNT] = {
    [CHART_BANK] = {"bank", "Bank and cash", ACCOUNT_ASSET},
    [CHART_RECEIVABLE] = {"receivable", "Trade receivables", ACCOUNT_ASSET},
    [CHART_CLIENT_CREDIT] = {"client_credit", "Credit of clients", ACCOUNT_LIABILITY},
    [CHART_REFUNDS_PAYABLE] = {"refunds_payable", "Refunds to be paid", ACCOUNT_LIABILITY},
    [CHART_OUTPUT_TAX] = {"output_tax", "Tax on sales", ACCOUNT_LIABILITY},
    [CHART_REVENUE] = {"revenue", "Revenue", ACCOUNT_INCOME},
};

enum { POSTINGS_MAX = 4 };

/* Amounts of nothing are not posted. */
static void post(struct arena *arena, struct ledger_entry *entry, enum chart_account account,
                 int64_t amount_minor, struct id client_id)
{
    if (amount_minor == 0)
        return;
    if (!entry->postings.rows)
        entry->postings.rows = arena_array(arena, POSTINGS_MAX, sizeof(struct ledger_posting));
    must(entry->postings.count < POSTINGS_MAX);
    size_t place = entry->postings.count++;
    *LIST_AT(struct ledger_posting, entry->postings, place) = (struct ledger_posting){
        .entry_id = entry->id,
        .number = (int64_t)place + 1,
        .account = chart_of_accounts[account].code,
        .amount_minor = amount_minor,
        .client_id = client_id,
    };
}

static const struct id no_client;

struct ledger_entry entry_for_invoice(struct arena *arena, const struct invoice *invoice,
                                      int64_t now_ms)
{
    struct ledger_entry entry = {
        .id = invoice->id,
        .day = invoice->issue_day,
        .kind = ENTRY_INVOICE,
        .narrative = arena_format(arena, "Invoice %s", invoice->number),
        .source_kind = SOURCE_INVOICE,
        .source_id = invoice->id,
        .currency = invoice->currency,
        .created_at = now_ms,
    };
    must(invoice->kind == INVOICE_INVOICE);
    post(arena, &entry, CHART_RECEIVABLE, invoice->total_minor, invoice->client_id);
    post(arena, &entry, CHART_REVENUE, -invoice->net_minor, no_client);
    post(arena, &entry, CHART_OUTPUT_TAX, -invoice->tax_minor, no_client);
    return entry;
}

struct ledger_entry entry_for_credit_note(struct arena *arena, const struct invoice *credit_note,
                                          int64_t now_ms)
{
    struct ledger_entry entry = {
        .id = credit_note->id,
        .day = credit_note->issue_day,
        .kind = ENTRY_CREDIT_NOTE,
        .narrative = arena_format(arena, "Credit note %s", credit_note->number),
        .source_kind = SOURCE_INVOICE,
        .source_id = credit_note->id,
        .currency = credit_note->currency,
        .created_at = now_ms,
    };
    must(credit_note->kind == INVOICE_CREDIT_NOTE);
    post(arena, &entry, CHART_REVENUE, credit_note->net_minor, no_client);
    post(arena, &entry, CHART_OUTPUT_TAX, credit_note->tax_minor, no_client);
    post(arena, &entry, CHART_CLIENT_CREDIT, -credit_note->total_minor, credit_note->client_id);
    return entry;
}

struct ledger_entry entry_for_payment(struct arena *arena, const struct payment *payment,
                                      int64_t now_ms)
{
    struct ledger_entry entry = {
        .id = payment->id,
        .day = payment->received_day,
        .kind = ENTRY_PAYMENT,
        .narrative = arena_format(arena, "Payment %s", payment->number),
        .source_kind = SOURCE_PAYMENT,
        .source_id = payment->id,
        .currency = payment->currency,
        .created_at = now_ms,
    };
    post(arena, &entry, CHART_BANK, payment->amount_minor, no_client);
    post(arena, &entry, CHART_CLIENT_CREDIT, -payment->amount_minor, payment->client_id);
    return entry;
}

struct ledger_entry entry_for_allocation(struct arena *arena, const struct allocation *allocation,
                                         const char *source, const char *invoice, int32_t day,
                                         int64_t now_ms)
{
    struct ledger_entry entry = {
        .id = allocation->id,
        .day = day,
        .kind = ENTRY_ALLOCATION,
        .narrative = arena_format(arena, "%s applied to %s", source, invoice),
        .source_kind = SOURCE_ALLOCATION,
        .source_id = allocation->id,
        .currency = allocation->currency,
        .created_at = now_ms,
    };
    post(arena, &entry, CHART_CLIENT_CREDIT, allocation->amount_minor, allocation->client_id);
    post(arena, &entry, CHART_RECEIVABLE, -allocation->amount_minor, allocation->client_id);
    return entry;
}

struct ledger_entry entry_for_refund_request(struct arena *arena, const struct refund *refund,
                                             int32_t day, int64_t now_ms)
{
    struct ledger_entry entry = {
        .id = refund->id,
        .day = day,
        .kind = ENTRY_REFUND_REQUEST,
        .narrative = arena_format(arena, "Refund %s requested", refund->number),
        .source_kind = SOURCE_REFUND,
        .source_id = refund->id,
        .currency = refund->currency,
        .created_at = now_ms,
    };
    post(arena, &entry, CHART_CLIENT_CREDIT, refund->amount_minor, refund->client_id);
    post(arena, &entry, CHART_REFUNDS_PAYABLE, -refund->amount_minor, refund->client_id);
    return entry;
}

struct ledger_entry entry_for_refund(struct arena *arena, const struct refund *refund, struct id id,
                                     int64_t now_ms)
{
    struct ledger_entry entry = {
        .id = id,
        .day = refund->paid_day,
        .kind = ENTRY_REFUND,
        .narrative = arena_format(arena, "Refund %s", refund->number),
        .source_kind = SOURCE_REFUND,
        .source_id = refund->id,
        .currency = refund->currency,
        .created_at = now_ms,
    };
    must(refund->state == REFUND_PAID);
    post(arena, &entry, CHART_REFUNDS_PAYABLE, refund->amount_minor, refund->client_id);
    post(arena, &entry, CHART_BANK, -refund->amount_minor, no_client);
    return entry;
}

struct ledger_entry entry_reverse(struct arena *arena, const struct ledger_entry *entry,
                                  struct id id, int32_t day, const char *narrative, int64_t now_ms)
{
    struct ledger_entry mirror = *entry;
    struct ledger_posting *postings = arena_array(arena, entry->postings.count, sizeof *postings);
    for (size_t i = 0; i < entry->postings.count; i++) {
        postings[i] = *LIST_AT(struct ledger_posting, entry->postings, i);
        postings[i].entry_id = id;
        postings[i].amount_minor = -postings[i].amount_minor;
    }
    mirror.id = id;
    mirror.day = day;
    mirror.kind = ENTRY_REVERSAL;
    mirror.narrative = narrative;
    mirror.reverses_id = entry->id;
    mirror.created_at = now_ms;
    mirror.postings.rows = postings;
    return mirror;
}

/* Its place in the chart, or CHART_COUNT. */
static size_t place_in_chart(const char *code)
{
    size_t place = 0;
    while (place < CHART_COUNT && strcmp(chart_of_accounts[place].code, code) != 0)
        place++;
    return place;
}

static const bool is_per_client[CHART_COUNT] = {
    [CHART_RECEIVABLE] = true,
    [CHART_CLIENT_CREDIT] = true,
    [CHART_REFUNDS_PAYABLE] = true,
};

static enum error check_posting(const struct ledger_entry *entry, size_t i, struct fault *fault)
{
    char field[FAULT_FIELD_MAX];
    const struct ledger_posting *posting = LIST_AT(struct ledger_posting, entry->postings, i);
    size_t account = posting->account ? place_in_chart(posting->account) : CHART_COUNT;
    snprintf(field, sizeof field, "postings/%zu/account", i);
    if (account == CHART_COUNT)
        return refuse(fault, ERROR_INVALID, field, "is no account of the chart");
    snprintf(field, sizeof field, "postings/%zu/client_id", i);
    if (is_per_client[account] == id_is_none(posting->client_id))
        return refuse(fault, ERROR_INVALID, field, "the account %s takes %s client",
                      posting->account, is_per_client[account] ? "a" : "no");
    snprintf(field, sizeof field, "postings/%zu/amount", i);
    if (posting->amount_minor == 0)
        return refuse(fault, ERROR_INVALID, field, "must not be zero");
    return OK;
}

enum error entry_check(const struct ledger_entry *entry, struct fault *fault)
{
    int64_t sum_minor = 0;
    char text[MONEY_TEXT_SIZE];
    if (!entry->currency || !currency_find(entry->currency))
        return refuse(fault, ERROR_INVALID, "currency", "not a currency of ISO 4217");
    if (entry->postings.count < 2)
        return refuse(fault, ERROR_INVALID, "postings", "an entry has at least two");
    for (size_t i = 0; i < entry->postings.count; i++) {
        enum error error = check_posting(entry, i, fault);
        if (!error)
            error = money_add(sum_minor,
                              LIST_AT(struct ledger_posting, entry->postings, i)->amount_minor,
                              &sum_minor, fault);
        if (error)
            return error;
    }
    if (sum_minor != 0)
        return refuse(fault, ERROR_SUM_MISMATCH, "postings", "debits and credits differ by %s %s",
                      money_format(sum_minor, entry->currency, text), entry->currency);
    return OK;
}
