/* A long random life of two clients in two currencies: whatever is invoiced, credited, paid,
 * applied, refunded and reversed, in any order and with wrong amounts in between, every entry
 * balances, the ledger says what the rows say, and nothing goes below zero. The seeds are kept; a
 * failure prints its own. */
#include "core/allocation.h"
#include "core/entry.h"
#include "core/refund.h"

#include "billing.h"

enum { STEPS = 1500, ROWS = 2000, CLIENTS = 2, CURRENCIES = 2 };

static const char *const currencies[CURRENCIES] = {"USD", "JPY"};
static const uint64_t seeds[] = {1, 20160622, 0x9e3779b97f4a7c15, 42};

struct life {
    struct arena *arena;
    uint64_t random;
    unsigned ids;
    int64_t refused;
    struct invoice invoices[ROWS];
    size_t invoice_count;
    struct invoice notes[ROWS];
    size_t note_count;
    struct payment payments[ROWS];
    size_t payment_count;
    struct allocation allocations[ROWS];
    size_t allocation_count;
    struct refund refunds[ROWS];
    size_t refund_count;
    int64_t balances[CURRENCIES][CHART_COUNT];
};

/* xorshift64* */
static uint64_t next_random(struct life *life)
{
    life->random ^= life->random >> 12;
    life->random ^= life->random << 25;
    life->random ^= life->random >> 27;
    return life->random * UINT64_C(2685821657736338717);
}

static size_t below(struct life *life, size_t limit)
{
    return (size_t)(next_random(life) >> 11) % limit;
}

/* Mostly possible, sometimes too much or nothing. */
static int64_t some_of(struct life *life, int64_t whole_minor)
{
    switch (below(life, 6)) {
    case 0:
        return whole_minor;
    case 1:
        return whole_minor + 1;
    case 2:
        return 0;
    default:
        return 1 + (int64_t)below(life, (size_t)(whole_minor > 0 ? whole_minor : 1));
    }
}

static struct id fresh_id(struct life *life)
{
    life->ids++;
    return id_make(SAMPLE_NOON + life->ids, 0, life->ids);
}

static struct id client_number(size_t number)
{
    return sample_id(900 + (unsigned)number);
}

static size_t currency_number(const char *currency)
{
    return strcmp(currency, currencies[0]) == 0 ? 0 : 1;
}

static void book(struct life *life, struct ledger_entry entry)
{
    struct fault fault = {0};
    ALLOWED(entry_check(&entry, &fault));
    for (size_t i = 0; i < entry.postings.count; i++) {
        const struct ledger_posting *posting = LIST_AT(struct ledger_posting, entry.postings, i);
        size_t account = 0;
        while (strcmp(chart_of_accounts[account].code, posting->account) != 0)
            account++;
        life->balances[currency_number(entry.currency)][account] += posting->amount_minor;
    }
}

/* ---- the steps ----------------------------------------------------------------------------- */

static void issue(struct life *life)
{
    static const struct {
        enum tax_category category;
        int64_t rate_ppm;
    } taxes[] = {{TAX_STANDARD, 190000}, {TAX_STANDARD, 77777}, {TAX_OUTSIDE_SCOPE, 0}};
    size_t tax = below(life, 3);
    struct invoice *invoice = &life->invoices[life->invoice_count++];
    *invoice = issued_invoice(life->arena, 1 + (int64_t)below(life, 1000000), taxes[tax].category,
                              taxes[tax].rate_ppm, (int64_t)life->invoice_count);
    invoice->id = fresh_id(life);
    invoice->client_id = client_number(below(life, CLIENTS));
    invoice->currency = currencies[below(life, CURRENCIES)];
    book(life, entry_for_invoice(life->arena, invoice, SAMPLE_NOON));
}

static void receive(struct life *life)
{
    struct payment *payment = &life->payments[life->payment_count++];
    *payment = (struct payment){
        .id = fresh_id(life),
        .client_id = client_number(below(life, CLIENTS)),
        .number = "P-2016-0001",
        .currency = currencies[below(life, CURRENCIES)],
        .amount_minor = 1 + (int64_t)below(life, 1500000),
        .received_day = sample_day("2016-07-20"),
        .state = PAYMENT_CONFIRMED,
    };
    book(life, entry_for_payment(life->arena, payment, SAMPLE_NOON));
}

static void keep_allocation(struct life *life, enum error error,
                            const struct allocation *allocation)
{
    life->refused += error != OK;
    if (error)
        return;
    life->allocations[life->allocation_count++] = *allocation;
    book(life, entry_for_allocation(life->arena, allocation, "P", "I", 0, SAMPLE_NOON));
}

static void apply_payment(struct life *life)
{
    if (life->payment_count == 0 || life->invoice_count == 0)
        return;
    struct payment *payment = &life->payments[below(life, life->payment_count)];
    struct invoice *invoice = &life->invoices[below(life, life->invoice_count)];
    struct allocation allocation = {.id = fresh_id(life)};
    int64_t left_minor = payment_unallocated(payment), owed_minor = invoice_outstanding(invoice);
    int64_t amount_minor = some_of(life, left_minor < owed_minor ? left_minor : owed_minor);
    enum error error =
        allocate_payment(payment, invoice, amount_minor, SAMPLE_NOON, &allocation, NULL);
    keep_allocation(life, error, &allocation);
}

static void apply_note(struct life *life)
{
    if (life->note_count == 0)
        return;
    struct invoice *note = &life->notes[below(life, life->note_count)];
    struct invoice *invoice = &life->invoices[below(life, life->invoice_count)];
    struct allocation allocation = {.id = fresh_id(life)};
    int64_t amount_minor = some_of(life, credit_note_share(note, invoice));
    enum error error =
        allocate_credit_note(note, invoice, amount_minor, SAMPLE_NOON, &allocation, NULL);
    keep_allocation(life, error, &allocation);
}

static struct list notes_of(struct life *life, const struct invoice *invoice)
{
    struct list list = {arena_array(life->arena, life->note_count, sizeof(struct invoice)), 0};
    for (size_t i = 0; i < life->note_count; i++) {
        if (id_equal(life->notes[i].credited_invoice_id, invoice->id))
            *LIST_AT(struct invoice, list, list.count++) = life->notes[i];
    }
    return list;
}

static void credit(struct life *life)
{
    if (life->invoice_count == 0)
        return;
    struct invoice *invoice = &life->invoices[below(life, life->invoice_count)];
    struct invoice *note = &life->notes[life->note_count];
    struct list earlier = notes_of(life, invoice);
    struct credit_request request = {invoice, &earlier, "reason", invoice->issue_day, SAMPLE_NOON};
    struct credit_line line = {1, some_of(life, invoice->net_minor / 3)};
    note->id = fresh_id(life);
    enum error error = below(life, 4) == 0
                           ? credit_note_in_full(life->arena, &request, note, NULL)
                           : credit_note_in_part(life->arena, &request, &line, 1, note, NULL);
    life->refused += error != OK;
    if (error)
        return;
    int64_t number = (int64_t)++life->note_count;
    ALLOWED(
        invoice_issue(life->arena, note, number_of(life->arena, SERIES_CREDIT_NOTE, number), NULL));
    book(life, entry_for_credit_note(life->arena, note, SAMPLE_NOON));
    if (credit_note_share(note, invoice) == 0)
        return;
    struct allocation allocation = {.id = fresh_id(life)};
    keep_allocation(life,
                    allocate_credit_note(note, invoice, credit_note_share(note, invoice),
                                         SAMPLE_NOON, &allocation, NULL),
                    &allocation);
}

static void refund(struct life *life)
{
    bool from_note = below(life, 2) == 0;
    if ((from_note ? life->note_count : life->payment_count) == 0)
        return;
    struct refund *refund = &life->refunds[life->refund_count];
    *refund = (struct refund){.id = fresh_id(life), .number = "R-2016-0001"};
    struct payment *payment = from_note ? NULL : &life->payments[below(life, life->payment_count)];
    struct invoice *note = from_note ? &life->notes[below(life, life->note_count)] : NULL;
    enum error error = from_note
                           ? refund_credit_note(note, some_of(life, credit_note_rest(note)),
                                                "reason", SAMPLE_NOON, refund, NULL)
                           : refund_payment(payment, some_of(life, payment_unallocated(payment)),
                                            "reason", SAMPLE_NOON, refund, NULL);
    life->refused += error != OK;
    if (error)
        return;
    life->refund_count++;
    book(life, entry_for_refund_request(life->arena, refund, 0, SAMPLE_NOON));
}

static void pay_refund(struct life *life)
{
    if (life->refund_count == 0)
        return;
    struct refund *refund = &life->refunds[below(life, life->refund_count)];
    enum error error = refund_pay(refund, 10, 10, NULL);
    life->refused += error != OK;
    if (!error)
        book(life, entry_for_refund(life->arena, refund, fresh_id(life), SAMPLE_NOON));
}

static struct invoice *find_invoice(struct invoice *rows, size_t count, struct id id)
{
    for (size_t i = 0; i < count; i++) {
        if (id_equal(rows[i].id, id))
            return &rows[i];
    }
    return NULL;
}

static struct payment *find_payment(struct life *life, struct id id)
{
    for (size_t i = 0; i < life->payment_count; i++) {
        if (id_equal(life->payments[i].id, id))
            return &life->payments[i];
    }
    return NULL;
}

static void reverse(struct life *life)
{
    if (life->allocation_count == 0)
        return;
    struct allocation *allocation = &life->allocations[below(life, life->allocation_count)];
    struct payment *payment = find_payment(life, allocation->payment_id);
    struct invoice *note = find_invoice(life->notes, life->note_count, allocation->credit_note_id);
    struct invoice *invoice =
        find_invoice(life->invoices, life->invoice_count, allocation->invoice_id);
    struct ledger_entry entry =
        entry_for_allocation(life->arena, allocation, "P", "I", 0, SAMPLE_NOON);
    enum error error =
        allocation_reverse(allocation, payment, note, invoice, "reason", SAMPLE_NOON, NULL);
    life->refused += error != OK;
    if (!error)
        book(life,
             entry_reverse(life->arena, &entry, fresh_id(life), 0, "Taken back", SAMPLE_NOON));
}

static void reverse_payment(struct life *life)
{
    if (life->payment_count == 0)
        return;
    struct payment *payment = &life->payments[below(life, life->payment_count)];
    struct ledger_entry entry = entry_for_payment(life->arena, payment, SAMPLE_NOON);
    enum error error = payment_reverse(payment, "bounced", NULL);
    life->refused += error != OK;
    if (!error)
        book(life,
             entry_reverse(life->arena, &entry, fresh_id(life), 0, "Taken back", SAMPLE_NOON));
}

static void undo_refund(struct life *life)
{
    if (life->refund_count == 0)
        return;
    struct refund *refund = &life->refunds[below(life, life->refund_count)];
    bool comes_back = below(life, 2) == 0;
    if (comes_back != (refund->state == REFUND_PAID)) {
        life->refused++;
        assert_int_equal(comes_back ? refund_return(refund, "reason", NULL)
                                    : refund_cancel(refund, life->payments, NULL, "reason", NULL),
                         ERROR_WRONG_STATE);
        return;
    }
    struct ledger_entry entry =
        comes_back ? entry_for_refund(life->arena, refund, fresh_id(life), SAMPLE_NOON)
                   : entry_for_refund_request(life->arena, refund, 0, SAMPLE_NOON);
    struct payment *payment = find_payment(life, refund->payment_id);
    struct invoice *note = find_invoice(life->notes, life->note_count, refund->credit_note_id);
    enum error error = comes_back ? refund_return(refund, "reason", NULL)
                                  : refund_cancel(refund, payment, note, "reason", NULL);
    life->refused += error != OK;
    if (!error)
        book(life,
             entry_reverse(life->arena, &entry, fresh_id(life), 0, "Taken back", SAMPLE_NOON));
}

/* ---- what must always hold ----------------------------------------------------------------- */

static void count_invoices(const struct life *life, size_t currency, int64_t expected[CHART_COUNT])
{
    for (size_t i = 0; i < life->invoice_count; i++) {
        const struct invoice *invoice = &life->invoices[i];
        int64_t outstanding_minor = invoice_outstanding(invoice);
        assert_true(outstanding_minor >= 0 && outstanding_minor <= invoice->total_minor);
        if (currency_number(invoice->currency) != currency)
            continue;
        expected[CHART_RECEIVABLE] += outstanding_minor;
        expected[CHART_REVENUE] -= invoice->net_minor;
        expected[CHART_OUTPUT_TAX] -= invoice->tax_minor;
    }
    for (size_t i = 0; i < life->note_count; i++) {
        const struct invoice *note = &life->notes[i];
        assert_true(credit_note_rest(note) >= 0);
        if (currency_number(note->currency) != currency)
            continue;
        expected[CHART_CLIENT_CREDIT] -= credit_note_rest(note);
        expected[CHART_REVENUE] += note->net_minor;
        expected[CHART_OUTPUT_TAX] += note->tax_minor;
    }
}

static void count_money(const struct life *life, size_t currency, int64_t expected[CHART_COUNT])
{
    for (size_t i = 0; i < life->payment_count; i++) {
        const struct payment *payment = &life->payments[i];
        assert_true(payment_unallocated(payment) >= 0);
        if (currency_number(payment->currency) != currency)
            continue;
        expected[CHART_BANK] += payment->state == PAYMENT_REVERSED ? 0 : payment->amount_minor;
        expected[CHART_CLIENT_CREDIT] -= payment_unallocated(payment);
    }
    for (size_t i = 0; i < life->refund_count; i++) {
        const struct refund *refund = &life->refunds[i];
        if (currency_number(refund->currency) != currency || refund->state == REFUND_CANCELLED)
            continue;
        bool is_paid = refund->state == REFUND_PAID;
        expected[is_paid ? CHART_BANK : CHART_REFUNDS_PAYABLE] -= refund->amount_minor;
    }
}

static void assert_books_agree(const struct life *life)
{
    for (size_t currency = 0; currency < CURRENCIES; currency++) {
        int64_t expected[CHART_COUNT] = {0}, sum_minor = 0;
        count_invoices(life, currency, expected);
        count_money(life, currency, expected);
        for (size_t account = 0; account < CHART_COUNT; account++) {
            assert_int_equal(life->balances[currency][account], expected[account]);
            sum_minor += life->balances[currency][account];
        }
        assert_int_equal(sum_minor, 0);
    }
}

/* Credit notes never take more than their invoice, in net, tax and total. */
static void assert_credits_fit(struct life *life)
{
    for (size_t i = 0; i < life->invoice_count; i++) {
        const struct invoice *invoice = &life->invoices[i];
        struct list notes = notes_of(life, invoice);
        int64_t net_minor = 0, tax_minor = 0;
        for (size_t n = 0; n < notes.count; n++) {
            net_minor += LIST_AT(struct invoice, notes, n)->net_minor;
            tax_minor += LIST_AT(struct invoice, notes, n)->tax_minor;
        }
        assert_true(net_minor <= invoice->net_minor && tax_minor <= invoice->tax_minor);
        if (net_minor == invoice->net_minor)
            assert_int_equal(tax_minor, invoice->tax_minor);
    }
}

static void live(struct life *life)
{
    static void (*const steps[])(struct life *) = {
        issue,  receive, apply_payment, apply_payment, apply_payment, apply_note,      credit,
        credit, refund,  refund,        pay_refund,    reverse,       reverse_payment, undo_refund,
    };
    for (size_t i = 0; i < STEPS; i++) {
        steps[below(life, sizeof steps / sizeof *steps)](life);
        if (i % 10 == 0)
            assert_books_agree(life);
    }
    assert_books_agree(life);
    assert_credits_fit(life);
    assert_true(life->refused > STEPS / 20); /* wrong amounts were tried, and refused */
    assert_true(life->allocation_count > 50 && life->note_count > 50 && life->refund_count > 20);
}

CASE(whatever_happens_the_books_balance_and_nothing_is_paid_twice)
{
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++) {
        struct arena *arena = arena_new();
        struct life *life = arena_alloc(arena, sizeof *life);
        life->arena = arena;
        life->random = seeds[i];
        print_message("# seed %llu\n", (unsigned long long)seeds[i]);
        live(life);
        arena_free(arena);
    }
}

RUN(T(whatever_happens_the_books_balance_and_nothing_is_paid_twice))
