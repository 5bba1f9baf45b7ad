#include "core/allocation.h"

#include "core/refund.h"

#include "billing.h"

static struct fault fault;

static struct payment payment_of(int64_t amount_minor)
{
    return (struct payment){
        .id = sample_id(500),
        .version = 1,
        .client_id = sample_id(2),
        .number = "P-2016-0001",
        .currency = "USD",
        .amount_minor = amount_minor,
        .received_day = sample_day("2016-07-20"),
        .method = PAYMENT_BANK_TRANSFER,
        .state = PAYMENT_CONFIRMED,
    };
}

CASE(a_payment_is_of_something_and_not_from_the_future)
{
    struct payment payment = payment_of(100);
    int32_t today = payment.received_day;
    ALLOWED(payment_check(&payment, today, &fault));
    REFUSED(payment_check(&payment, today - 1, &fault), ERROR_INVALID, "received_day");
    payment.received_day = DAY_NONE;
    REFUSED(payment_check(&payment, today, &fault), ERROR_INVALID, "received_day");
    payment.amount_minor = 0;
    REFUSED(payment_check(&payment, today, &fault), ERROR_OUT_OF_RANGE, "amount");
    payment.currency = "USDT";
    REFUSED(payment_check(&payment, today, &fault), ERROR_INVALID, "currency");
}

CASE(a_payment_pays_an_invoice_in_parts)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct payment payment = payment_of(12000);
    struct allocation allocation = {.id = sample_id(400)};
    ALLOWED(allocate_payment(&payment, &invoice, 4000, SAMPLE_NOON, &allocation, &fault));
    assert_int_equal(invoice.state, INVOICE_PART_PAID);
    assert_int_equal(allocation.amount_minor, 4000);
    assert_true(id_equal(allocation.payment_id, payment.id));
    assert_true(id_is_none(allocation.credit_note_id));
    ALLOWED(allocate_payment(&payment, &invoice, 6000, SAMPLE_NOON, &allocation, &fault));
    assert_int_equal(invoice.state, INVOICE_PAID);
    assert_int_equal(payment_unallocated(&payment), 2000); /* the client's credit at once */
    arena_free(arena);
}

CASE(an_allocation_exceeds_neither_its_money_nor_the_invoice)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct payment payment = payment_of(9000);
    struct allocation allocation = {.id = sample_id(400)};
    REFUSED(allocate_payment(&payment, &invoice, 9001, SAMPLE_NOON, &allocation, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    assert_string_equal(fault.detail, "only 90.00 USD is left");
    REFUSED(allocate_payment(&payment, &invoice, 0, SAMPLE_NOON, &allocation, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    REFUSED(allocate_payment(&payment, &invoice, -1, SAMPLE_NOON, &allocation, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    invoice.paid_minor = 9999;
    REFUSED(allocate_payment(&payment, &invoice, 2, SAMPLE_NOON, &allocation, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    assert_string_equal(fault.detail, "only 0.01 USD is outstanding");
    assert_int_equal(payment.allocated_minor, 0);
    arena_free(arena);
}

CASE(money_stays_with_its_client_and_currency)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct payment payment = payment_of(9000);
    struct allocation allocation = {.id = sample_id(400)};
    invoice.currency = "EUR";
    REFUSED(allocate_payment(&payment, &invoice, 1, SAMPLE_NOON, &allocation, &fault),
            ERROR_INVALID, "currency");
    invoice.client_id = sample_id(99);
    REFUSED(allocate_payment(&payment, &invoice, 1, SAMPLE_NOON, &allocation, &fault),
            ERROR_INVALID, "invoice_id");
    invoice.kind = INVOICE_CREDIT_NOTE;
    REFUSED(allocate_payment(&payment, &invoice, 1, SAMPLE_NOON, &allocation, &fault),
            ERROR_INVALID, "invoice_id");
    arena_free(arena);
}

CASE(a_reversed_allocation_gives_the_money_back_and_cannot_be_reversed_again)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct payment payment = payment_of(10000);
    struct allocation allocation = {.id = sample_id(400)};
    ALLOWED(allocate_payment(&payment, &invoice, 10000, SAMPLE_NOON, &allocation, &fault));
    REFUSED(allocation_reverse(&allocation, &payment, NULL, &invoice, " ", SAMPLE_NOON, &fault),
            ERROR_INVALID, "reason");
    ALLOWED(allocation_reverse(&allocation, &payment, NULL, &invoice, "wrong invoice", SAMPLE_NOON,
                               &fault));
    assert_int_equal(invoice.state, INVOICE_ISSUED);
    assert_int_equal(payment_unallocated(&payment), 10000);
    assert_int_equal(allocation.state, ALLOCATION_REVERSED);
    assert_string_equal(allocation.reason, "wrong invoice");
    REFUSED(allocation_reverse(&allocation, &payment, NULL, &invoice, "again", SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    assert_int_equal(payment_unallocated(&payment), 10000);
    arena_free(arena);
}

CASE(the_rest_of_a_credit_note_pays_other_invoices)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice paid = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct invoice other = issued_invoice(arena, 15000, TAX_OUTSIDE_SCOPE, 0, 2);
    struct invoice note = {.id = sample_id(300)};
    struct allocation allocation = {.id = sample_id(400)};
    struct credit_request request = {&paid, &none, "reason", sample_day("2016-07-15"), SAMPLE_NOON};
    paid.paid_minor = 10000;
    ALLOWED(credit_note_in_full(arena, &request, &note, &fault));
    ALLOWED(allocate_credit_note(&note, &other, 6000, SAMPLE_NOON, &allocation, &fault));
    assert_int_equal(other.paid_minor, 6000); /* it is not its own credit */
    assert_int_equal(other.credited_minor, 0);
    assert_int_equal(other.state, INVOICE_PART_PAID);
    assert_int_equal(credit_note_rest(&note), 4000);
    REFUSED(allocate_credit_note(&note, &other, 4001, SAMPLE_NOON, &allocation, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    ALLOWED(allocation_reverse(&allocation, NULL, &note, &other, "wrong", SAMPLE_NOON, &fault));
    assert_int_equal(credit_note_rest(&note), 10000);
    assert_int_equal(other.state, INVOICE_ISSUED);
    arena_free(arena);
}

CASE(what_a_credit_note_took_off_its_own_invoice_stands)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct invoice note = {.id = sample_id(300)};
    struct payment payment = payment_of(4000);
    struct allocation paid = {.id = sample_id(400)};
    struct allocation own = {.id = sample_id(401)};
    struct credit_request request = {&invoice, &none, "reason", invoice.issue_day, SAMPLE_NOON};
    ALLOWED(allocate_payment(&payment, &invoice, 4000, SAMPLE_NOON, &paid, &fault));
    ALLOWED(credit_note_in_full(arena, &request, &note, &fault));
    ALLOWED(allocate_credit_note(&note, &invoice, 6000, SAMPLE_NOON, &own, &fault));
    REFUSED(allocation_reverse(&own, NULL, &note, &invoice, "no", SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "invoice_id");
    assert_int_equal(own.state, ALLOCATION_ACTIVE);
    ALLOWED(allocation_reverse(&paid, &payment, NULL, &invoice, "bounced", SAMPLE_NOON, &fault));
    assert_int_equal(credit_note_share(&note, &invoice), 4000); /* it steps in */
    ALLOWED(allocate_credit_note(&note, &invoice, 4000, SAMPLE_NOON, &own, &fault));
    assert_int_equal(invoice.state, INVOICE_CANCELLED);
    arena_free(arena);
}

CASE(a_payment_in_use_is_not_reversed)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct payment payment = payment_of(500);
    struct allocation allocation = {.id = sample_id(400)};
    struct refund refund = {.id = sample_id(600)};
    ALLOWED(allocate_payment(&payment, &invoice, 100, SAMPLE_NOON, &allocation, &fault));
    REFUSED(payment_reverse(&payment, "bounced", &fault), ERROR_WRONG_STATE, "allocated");
    ALLOWED(allocation_reverse(&allocation, &payment, NULL, &invoice, "r", SAMPLE_NOON, &fault));
    ALLOWED(refund_payment(&payment, 100, "r", SAMPLE_NOON, &refund, &fault));
    REFUSED(payment_reverse(&payment, "bounced", &fault), ERROR_WRONG_STATE, "refunded");
    ALLOWED(refund_cancel(&refund, &payment, NULL, "r", &fault));
    REFUSED(payment_reverse(&payment, "", &fault), ERROR_INVALID, "reason");
    ALLOWED(payment_reverse(&payment, "bounced", &fault));
    assert_int_equal(payment.state, PAYMENT_REVERSED);
    assert_int_equal(payment_unallocated(&payment), 0);
    REFUSED(payment_reverse(&payment, "again", &fault), ERROR_WRONG_STATE, "state");
    REFUSED(allocate_payment(&payment, &invoice, 1, SAMPLE_NOON, &allocation, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    arena_free(arena);
}

CASE(a_refund_that_comes_back_is_owed_again_and_can_be_cancelled)
{
    struct payment payment = payment_of(500);
    struct refund refund = {.id = sample_id(600)};
    int32_t today = sample_day("2016-07-20");
    ALLOWED(refund_payment(&payment, 500, "duplicate", SAMPLE_NOON, &refund, &fault));
    REFUSED(refund_return(&refund, "closed account", &fault), ERROR_WRONG_STATE, "state");
    ALLOWED(refund_pay(&refund, today, today, &fault));
    REFUSED(refund_cancel(&refund, &payment, NULL, "no", &fault), ERROR_WRONG_STATE, "state");
    REFUSED(refund_return(&refund, " ", &fault), ERROR_INVALID, "reason");
    ALLOWED(refund_return(&refund, "closed account", &fault));
    assert_int_equal(refund.paid_day, DAY_NONE);
    ALLOWED(refund_cancel(&refund, &payment, NULL, "kept as credit", &fault));
    assert_int_equal(refund.state, REFUND_CANCELLED);
    assert_int_equal(payment.state, PAYMENT_CONFIRMED);
    assert_int_equal(payment_unallocated(&payment), 500);
}

CASE(the_oldest_due_is_paid_first)
{
    struct arena *arena = arena_new();
    struct invoice invoices[5];
    struct allocation_share shares[5];
    for (size_t i = 0; i < 5; i++)
        invoices[i] = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 5 - (int64_t)i);
    invoices[1].due_day -= 10;
    invoices[2].paid_minor = 9999;
    invoices[3].currency = "EUR";
    invoices[4].client_id = sample_id(99);
    struct list list = {invoices, 5};
    size_t count =
        allocate_oldest_first(arena, &list, sample_id(2), "USD", 10000 + 1 + 500, shares);
    assert_int_equal(count, 3);
    assert_int_equal(shares[0].invoice, 1); /* due first */
    assert_int_equal(shares[0].amount_minor, 10000);
    assert_int_equal(shares[1].invoice, 2); /* then by number, 3 before 5 */
    assert_int_equal(shares[1].amount_minor, 1);
    assert_int_equal(shares[2].invoice, 0);
    assert_int_equal(shares[2].amount_minor, 500);
    assert_int_equal(allocate_oldest_first(arena, &list, sample_id(2), "USD", 999999, shares), 3);
    assert_int_equal(shares[2].amount_minor, 10000); /* an overpayment is left over */
    assert_int_equal(allocate_oldest_first(arena, &list, sample_id(2), "CHF", 5, shares), 0);
    arena_free(arena);
}

CASE(an_invoice_is_found_by_the_reference_in_what_the_payer_wrote)
{
    struct arena *arena = arena_new();
    struct invoice invoices[2] = {issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1),
                                  issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 2)};
    struct list list = {invoices, 2};
    const char *reference = invoices[1].reference;
    assert_ptr_equal(invoice_by_reference(arena, &list, reference), &invoices[1]);
    assert_ptr_equal(
        invoice_by_reference(
            arena, &list, arena_format(arena, "Rechnung rf%.2s 2016 00-02, danke", reference + 2)),
        &invoices[1]);
    assert_null(invoice_by_reference(arena, &list, "RF00 2016 0002")); /* a typo */
    assert_null(invoice_by_reference(arena, &list, "2016-0002"));
    assert_null(invoice_by_reference(
        arena, &list,
        arena_format(arena, "%s and %s", invoices[0].reference, invoices[1].reference)));
    arena_free(arena);
}

CASE(a_refund_takes_what_is_left_of_a_payment)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 10000, TAX_OUTSIDE_SCOPE, 0, 1);
    struct payment payment = payment_of(12000);
    struct allocation allocation = {.id = sample_id(400)};
    struct refund refund = {.id = sample_id(600), .number = "R-2016-0001"};
    ALLOWED(allocate_payment(&payment, &invoice, 10000, SAMPLE_NOON, &allocation, &fault));
    REFUSED(refund_payment(&payment, 2001, "overpaid", SAMPLE_NOON, &refund, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    assert_string_equal(fault.detail, "only 20.00 USD is left");
    REFUSED(refund_payment(&payment, 0, "overpaid", SAMPLE_NOON, &refund, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    REFUSED(refund_payment(&payment, 2000, NULL, SAMPLE_NOON, &refund, &fault), ERROR_INVALID,
            "reason");
    ALLOWED(refund_payment(&payment, 2000, "overpaid", SAMPLE_NOON, &refund, &fault));
    assert_int_equal(payment_unallocated(&payment), 0);
    assert_int_equal(payment.state, PAYMENT_CONFIRMED);
    assert_string_equal(refund.number, "R-2016-0001");
    assert_true(id_equal(refund.payment_id, payment.id));
    arena_free(arena);
}

CASE(a_payment_given_back_in_full_is_refunded)
{
    struct payment payment = payment_of(500);
    struct refund refund = {.id = sample_id(600)};
    ALLOWED(refund_payment(&payment, 200, "duplicate", SAMPLE_NOON, &refund, &fault));
    assert_int_equal(payment.state, PAYMENT_CONFIRMED);
    ALLOWED(refund_payment(&payment, 300, "duplicate", SAMPLE_NOON, &refund, &fault));
    assert_int_equal(payment.state, PAYMENT_REFUNDED);
}

CASE(the_rest_of_a_credit_note_is_refunded_too)
{
    struct invoice note = {.id = sample_id(300),
                           .kind = INVOICE_CREDIT_NOTE,
                           .currency = "USD",
                           .client_id = sample_id(2),
                           .state = INVOICE_ISSUED,
                           .total_minor = 700};
    struct refund refund = {.id = sample_id(600)};
    REFUSED(refund_credit_note(&note, 701, "credit", SAMPLE_NOON, &refund, &fault),
            ERROR_OUT_OF_RANGE, "amount");
    ALLOWED(refund_credit_note(&note, 700, "credit", SAMPLE_NOON, &refund, &fault));
    assert_int_equal(note.state, INVOICE_PAID);
    assert_true(id_equal(refund.credit_note_id, note.id));
    assert_true(id_is_none(refund.payment_id));
}

CASE(a_refund_is_paid_once_and_not_tomorrow)
{
    struct refund refund = {.id = sample_id(600), .state = REFUND_REQUESTED, .paid_day = DAY_NONE};
    int32_t today = sample_day("2016-07-20");
    REFUSED(refund_pay(&refund, today + 1, today, &fault), ERROR_INVALID, "paid_day");
    REFUSED(refund_pay(&refund, DAY_NONE, today, &fault), ERROR_INVALID, "paid_day");
    ALLOWED(refund_pay(&refund, today, today, &fault));
    assert_int_equal(refund.state, REFUND_PAID);
    REFUSED(refund_pay(&refund, today, today, &fault), ERROR_WRONG_STATE, "state");
}

RUN(T(a_payment_is_of_something_and_not_from_the_future), T(a_payment_pays_an_invoice_in_parts),
    T(an_allocation_exceeds_neither_its_money_nor_the_invoice),
    T(money_stays_with_its_client_and_currency),
    T(a_reversed_allocation_gives_the_money_back_and_cannot_be_reversed_again),
    T(the_rest_of_a_credit_note_pays_other_invoices), T(the_oldest_due_is_paid_first),
    T(an_invoice_is_found_by_the_reference_in_what_the_payer_wrote),
    T(what_a_credit_note_took_off_its_own_invoice_stands), T(a_payment_in_use_is_not_reversed),
    T(a_refund_that_comes_back_is_owed_again_and_can_be_cancelled),
    T(a_refund_takes_what_is_left_of_a_payment), T(a_payment_given_back_in_full_is_refunded),
    T(the_rest_of_a_credit_note_is_refunded_too), T(a_refund_is_paid_once_and_not_tomorrow))
