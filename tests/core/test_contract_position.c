#include "core/contract_position.h"

#include "billing.h"

static struct fault fault;

CASE(a_new_contract_has_everything_left)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct contract contract = sample_contract(arena);
    struct contract_position position;
    ALLOWED(contract_position_of(&contract, 0, &none, &none, &position, &fault));
    assert_int_equal(position.sum_minor, 12000000);
    assert_int_equal(position.sum_to_date_minor, 12000000);
    assert_int_equal(position.left_minor, 12000000);
    assert_int_equal(position.accepted_minor, 0);
    assert_string_equal(position.currency, "USD");
    arena_free(arena);
}

CASE(the_position_counts_net_what_was_accepted_invoiced_and_paid)
{
    struct arena *arena = arena_new();
    struct contract contract = sample_contract(arena);
    struct milestone milestones[3] = {billable_milestone(1200000, TAX_STANDARD, 190000),
                                      billable_milestone(2700000, TAX_STANDARD, 190000),
                                      billable_milestone(2700000, TAX_STANDARD, 190000)};
    struct invoice invoices[3] = {issued_invoice(arena, 1200000, TAX_STANDARD, 190000, 1),
                                  issued_invoice(arena, 2700000, TAX_STANDARD, 190000, 2),
                                  issued_invoice(arena, 700000, TAX_STANDARD, 190000, 3)};
    struct list milestone_list = {milestones, 3}, invoice_list = {invoices, 3};
    struct contract_position position;
    milestones[1].state = MILESTONE_DEEMED_ACCEPTED;
    milestones[2].state = MILESTONE_SUBMITTED;
    invoices[0].paid_minor = invoices[0].total_minor;
    invoices[1].paid_minor = 100; /* of 119 gross for each 100 net */
    invoices[2].kind = INVOICE_CREDIT_NOTE;
    ALLOWED(contract_position_of(&contract, -500000, &milestone_list, &invoice_list, &position,
                                 &fault));
    assert_int_equal(position.sum_to_date_minor, 11500000);
    assert_int_equal(position.changes_minor, -500000);
    assert_int_equal(position.accepted_minor, 3900000);
    assert_int_equal(position.invoiced_minor, 1200000 + 2700000 - 700000);
    assert_int_equal(position.paid_minor, 1200000 + 84);
    assert_int_equal(position.left_minor, 11500000 - 3200000);
    arena_free(arena);
}

CASE(sums_that_do_not_fit_are_refused)
{
    struct arena *arena = arena_new();
    struct list none = {0};
    struct contract contract = sample_contract(arena);
    struct contract_position position;
    assert_int_equal(contract_position_of(&contract, INT64_MAX, &none, &none, &position, &fault),
                     ERROR_OUT_OF_RANGE);
    arena_free(arena);
}

RUN(T(a_new_contract_has_everything_left),
    T(the_position_counts_net_what_was_accepted_invoiced_and_paid),
    T(sums_that_do_not_fit_are_refused))
