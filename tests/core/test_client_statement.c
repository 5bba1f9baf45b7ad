#include "core/client_statement.h"

#include "billing.h"

static struct fault fault;

static const struct client_balance *balance(const struct client_statement *statement, size_t i)
{
    return LIST_AT(struct client_balance, statement->balances, i);
}

CASE(a_client_with_nothing_open_has_no_balance)
{
    struct arena *arena = arena_new();
    struct client_rows rows = {0};
    struct client_statement statement = {.client_id = sample_id(2), .day = 17000};
    ALLOWED(client_statement_of(arena, &rows, &statement, &fault));
    assert_int_equal(statement.balances.count, 0);
    assert_int_equal(statement.invoices.count, 0);
    assert_int_equal(statement.credits.count, 0);
    arena_free(arena);
}

CASE(each_currency_is_summed_for_itself)
{
    struct arena *arena = arena_new();
    struct invoice documents[4];
    for (size_t i = 0; i < 4; i++)
        documents[i] = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, (int64_t)i + 1);
    documents[0].due_day = sample_day("2016-07-10");
    documents[1].paid_minor = 4000;
    documents[2].kind = INVOICE_CREDIT_NOTE;
    documents[2].paid_minor = 9000;
    documents[3].currency = "EUR";
    struct payment payment = {.id = sample_id(500),
                              .number = "P-2016-0001",
                              .currency = "EUR",
                              .amount_minor = 800,
                              .allocated_minor = 300,
                              .state = PAYMENT_CONFIRMED};
    struct refund refund = {.currency = "EUR", .amount_minor = 50};
    struct client_rows rows = {{documents, 4}, {&payment, 1}, {&refund, 1}};
    struct client_statement statement = {.day = sample_day("2016-07-11")};
    ALLOWED(client_statement_of(arena, &rows, &statement, &fault));
    assert_int_equal(statement.balances.count, 2);
    assert_string_equal(balance(&statement, 0)->currency, "EUR");
    assert_int_equal(balance(&statement, 0)->outstanding_minor, 10000);
    assert_int_equal(balance(&statement, 0)->overdue_minor, 0);
    assert_int_equal(balance(&statement, 0)->credit_minor, 500);
    assert_int_equal(balance(&statement, 0)->refunds_minor, 50);
    assert_int_equal(balance(&statement, 0)->balance_minor, 9450);
    assert_string_equal(balance(&statement, 1)->currency, "USD");
    assert_int_equal(balance(&statement, 1)->outstanding_minor, 16000);
    assert_int_equal(balance(&statement, 1)->overdue_minor, 10000);
    assert_int_equal(balance(&statement, 1)->credit_minor, 1000);
    assert_int_equal(balance(&statement, 1)->balance_minor, 15000);
    assert_int_equal(statement.invoices.count, 3);
    assert_int_equal(statement.credits.count, 2);
    const struct client_credit *credit = LIST_AT(struct client_credit, statement.credits, 1);
    assert_string_equal(credit->number, "P-2016-0001");
    assert_int_equal(credit->rest_minor, 500);
    arena_free(arena);
}

CASE(sums_that_do_not_fit_are_refused)
{
    struct arena *arena = arena_new();
    struct refund refunds[2] = {{.currency = "EUR", .amount_minor = INT64_MAX},
                                {.currency = "EUR", .amount_minor = 1}};
    struct client_rows rows = {.refunds = {refunds, 2}};
    struct client_statement statement = {.day = 17000};
    assert_int_equal(client_statement_of(arena, &rows, &statement, &fault), ERROR_OUT_OF_RANGE);
    arena_free(arena);
}

RUN(T(a_client_with_nothing_open_has_no_balance), T(each_currency_is_summed_for_itself),
    T(sums_that_do_not_fit_are_refused))
