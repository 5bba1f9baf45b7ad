#include "core/entry.h"

#include "base/text.h"

#include "billing.h"

static struct fault fault;

/* The postings as "bank 100, revenue -100". */
static const char *postings_of(struct arena *arena, const struct ledger_entry *entry)
{
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < entry->postings.count; i++) {
        const struct ledger_posting *posting = LIST_AT(struct ledger_posting, entry->postings, i);
        assert_int_equal(posting->number, i + 1);
        assert_true(id_equal(posting->entry_id, entry->id));
        text_printf(&text, "%s%s %lld", i > 0 ? ", " : "", posting->account,
                    (long long)posting->amount_minor);
    }
    return text.bytes;
}

CASE(an_invoice_is_owed_and_earned)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_STANDARD, 190000, 1);
    struct ledger_entry entry = entry_for_invoice(arena, &invoice, SAMPLE_NOON);
    assert_string_equal(postings_of(arena, &entry),
                        "receivable 11900, revenue -10000, output_tax -1900");
    assert_true(id_equal(entry.id, invoice.id));
    assert_int_equal(entry.day, invoice.issue_day);
    assert_string_equal(entry.narrative, "Invoice 2016-0001");
    const struct ledger_posting *receivable = LIST_AT(struct ledger_posting, entry.postings, 0);
    assert_true(id_equal(receivable->client_id, invoice.client_id));
    ALLOWED(entry_check(&entry, &fault));
    arena_free(arena);
}

CASE(tax_of_nothing_is_not_posted)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct ledger_entry entry = entry_for_invoice(arena, &invoice, SAMPLE_NOON);
    assert_string_equal(postings_of(arena, &entry), "receivable 10000, revenue -10000");
    arena_free(arena);
}

CASE(a_credit_note_takes_revenue_back_into_the_clients_credit)
{
    struct arena *arena = arena_new();
    struct invoice note = issued_invoice(arena, 10000, TAX_STANDARD, 190000, 1);
    note.kind = INVOICE_CREDIT_NOTE;
    struct ledger_entry entry = entry_for_credit_note(arena, &note, SAMPLE_NOON);
    assert_string_equal(postings_of(arena, &entry),
                        "revenue 10000, output_tax 1900, client_credit -11900");
    ALLOWED(entry_check(&entry, &fault));
    arena_free(arena);
}

CASE(money_goes_from_the_bank_through_the_clients_credit_to_the_invoice)
{
    struct arena *arena = arena_new();
    struct payment payment = {.id = sample_id(500),
                              .client_id = sample_id(2),
                              .number = "P-2016-0001",
                              .currency = "USD",
                              .amount_minor = 500,
                              .received_day = sample_day("2016-07-20")};
    struct allocation allocation = {.id = sample_id(400),
                                    .payment_id = payment.id,
                                    .client_id = sample_id(2),
                                    .currency = "USD",
                                    .amount_minor = 300};
    struct ledger_entry received = entry_for_payment(arena, &payment, SAMPLE_NOON);
    struct ledger_entry applied = entry_for_allocation(
        arena, &allocation, payment.number, "2016-0001", payment.received_day, SAMPLE_NOON);
    assert_string_equal(applied.narrative, "P-2016-0001 applied to 2016-0001");
    assert_string_equal(postings_of(arena, &received), "bank 500, client_credit -500");
    assert_string_equal(postings_of(arena, &applied), "client_credit 300, receivable -300");
    ALLOWED(entry_check(&received, &fault));
    ALLOWED(entry_check(&applied, &fault));
    arena_free(arena);
}

CASE(a_refund_is_owed_first_and_paid_later)
{
    struct arena *arena = arena_new();
    struct refund refund = {.id = sample_id(600),
                            .client_id = sample_id(2),
                            .number = "R-2016-0001",
                            .currency = "USD",
                            .amount_minor = 200,
                            .state = REFUND_PAID,
                            .paid_day = sample_day("2016-07-25")};
    struct ledger_entry asked =
        entry_for_refund_request(arena, &refund, sample_day("2016-07-21"), SAMPLE_NOON);
    struct ledger_entry paid = entry_for_refund(arena, &refund, sample_id(601), SAMPLE_NOON);
    assert_string_equal(postings_of(arena, &asked), "client_credit 200, refunds_payable -200");
    assert_string_equal(postings_of(arena, &paid), "refunds_payable 200, bank -200");
    assert_true(id_equal(paid.id, sample_id(601)));
    assert_true(id_equal(paid.source_id, refund.id));
    assert_int_equal(paid.day, refund.paid_day);
    ALLOWED(entry_check(&asked, &fault));
    ALLOWED(entry_check(&paid, &fault));
    arena_free(arena);
}

CASE(a_reversal_mirrors_its_entry)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_STANDARD, 190000, 1);
    struct ledger_entry entry = entry_for_invoice(arena, &invoice, SAMPLE_NOON);
    struct ledger_entry mirror = entry_reverse(arena, &entry, sample_id(700), invoice.issue_day + 1,
                                               "Taken back", SAMPLE_NOON + 1);
    assert_string_equal(postings_of(arena, &mirror),
                        "receivable -11900, revenue 10000, output_tax 1900");
    assert_string_equal(postings_of(arena, &entry),
                        "receivable 11900, revenue -10000, output_tax -1900");
    assert_true(id_equal(mirror.reverses_id, entry.id));
    assert_int_equal(mirror.kind, ENTRY_REVERSAL);
    ALLOWED(entry_check(&mirror, &fault));
    arena_free(arena);
}

CASE(an_entry_that_does_not_balance_is_refused)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_STANDARD, 190000, 1);
    struct ledger_entry entry = entry_for_invoice(arena, &invoice, SAMPLE_NOON);
    struct ledger_posting *postings = entry.postings.rows;
    postings[2].amount_minor += 1;
    REFUSED(entry_check(&entry, &fault), ERROR_SUM_MISMATCH, "postings");
    assert_string_equal(fault.detail, "debits and credits differ by 0.01 USD");
    postings[2].amount_minor = 0;
    REFUSED(entry_check(&entry, &fault), ERROR_INVALID, "postings/2/amount");
    postings[1].account = "petty_cash";
    REFUSED(entry_check(&entry, &fault), ERROR_INVALID, "postings/1/account");
    postings[1] = postings[0];
    postings[1].account = "revenue";
    REFUSED(entry_check(&entry, &fault), ERROR_INVALID, "postings/1/client_id");
    postings[1] = postings[0];
    postings[1].client_id = (struct id){0};
    REFUSED(entry_check(&entry, &fault), ERROR_INVALID, "postings/1/client_id");
    postings[0].amount_minor = INT64_MAX;
    postings[1] = postings[0];
    REFUSED(entry_check(&entry, &fault), ERROR_OUT_OF_RANGE, "amount");
    entry.postings.count = 1;
    REFUSED(entry_check(&entry, &fault), ERROR_INVALID, "postings");
    entry.currency = NULL;
    REFUSED(entry_check(&entry, &fault), ERROR_INVALID, "currency");
    arena_free(arena);
}

CASE(the_chart_names_each_account_once)
{
    for (size_t a = 0; a < CHART_COUNT; a++) {
        assert_non_null(chart_of_accounts[a].name);
        assert_true(chart_of_accounts[a].kind > 0);
        for (size_t b = 0; b < a; b++)
            assert_string_not_equal(chart_of_accounts[a].code, chart_of_accounts[b].code);
    }
}

RUN(T(an_invoice_is_owed_and_earned), T(tax_of_nothing_is_not_posted),
    T(a_credit_note_takes_revenue_back_into_the_clients_credit),
    T(money_goes_from_the_bank_through_the_clients_credit_to_the_invoice),
    T(a_refund_is_owed_first_and_paid_later), T(a_reversal_mirrors_its_entry),
    T(an_entry_that_does_not_balance_is_refused), T(the_chart_names_each_account_once))
