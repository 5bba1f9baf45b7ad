#include "core/contract_position.h"

#include "../random.h"
#include "sample.h"

static struct contract_position position_of(int64_t sum_minor)
{
    return (struct contract_position){.currency = "EUR", .sum_minor = sum_minor};
}

CASE(a_contract_without_invoices_is_all_left)
{
    struct contract_position position = position_of(12000000);
    struct fault fault = {0};
    ALLOWED(contract_position_complete(&position, NULL, 0, &fault));
    assert_int_equal(position.sum_to_date_minor, 12000000);
    assert_int_equal(position.left_minor, 12000000);
    assert_int_equal(position.invoiced_ppm, 0);
}

CASE(what_is_paid_with_tax_counts_net)
{
    struct contract_position position = position_of(100000);
    struct fault fault = {0};
    const struct billed billed[] = {
        {30000, 35700, 35700}, /* paid */
        {20000, 23800, 0},
        {10000, 11900, 6000}, /* 5042.02 of it is net */
    };
    position.changes_minor = 20000;
    position.accepted_minor = 60000;
    ALLOWED(contract_position_complete(&position, billed, 3, &fault));
    assert_int_equal(position.sum_to_date_minor, 120000);
    assert_int_equal(position.invoiced_minor, 60000);
    assert_int_equal(position.paid_minor, 30000 + 5042);
    assert_int_equal(position.left_minor, 60000);
    assert_int_equal(position.accepted_ppm, 500000);
    assert_int_equal(position.invoiced_ppm, 500000);
    assert_int_equal(position.paid_ppm, 292017); /* 35042 of 120000 */
}

CASE(an_invoice_taken_back_in_full_counts_for_nothing)
{
    struct contract_position position = position_of(0);
    struct fault fault = {0};
    const struct billed billed[] = {{0, 0, 0}};
    ALLOWED(contract_position_complete(&position, billed, 1, &fault));
    assert_int_equal(position.invoiced_minor, 0);
    assert_int_equal(position.paid_minor, 0);
    assert_int_equal(position.paid_ppm, 0);
}

CASE(sums_that_do_not_fit_are_refused)
{
    struct contract_position position = position_of(INT64_MAX);
    struct fault fault = {0};
    position.changes_minor = 1;
    REFUSED(contract_position_complete(&position, NULL, 0, &fault), ERROR_OUT_OF_RANGE, "amount");
}

/* "Previous" equals last time's "to date": when an invoice is paid in steps, what counts as paid
 * only grows, and the last step brings exactly the net. */
CASE(payments_in_steps_end_at_the_net)
{
    struct random random = {20160815};
    for (int round = 0; round < 500; round++) {
        int64_t net_minor = random_between(&random, 1, 1000000);
        struct billed billed = {net_minor, net_minor + random_between(&random, 0, net_minor), 0};
        int64_t before_minor = 0;
        while (billed.paid_minor < billed.total_minor) {
            struct contract_position position = position_of(net_minor);
            billed.paid_minor += random_between(&random, 1, billed.total_minor - billed.paid_minor);
            assert_int_equal(contract_position_complete(&position, &billed, 1, NULL), OK);
            assert_true(position.paid_minor >= before_minor && position.paid_minor <= net_minor);
            before_minor = position.paid_minor;
        }
        assert_int_equal(before_minor, net_minor);
    }
}

RUN(T(a_contract_without_invoices_is_all_left), T(what_is_paid_with_tax_counts_net),
    T(an_invoice_taken_back_in_full_counts_for_nothing), T(sums_that_do_not_fit_are_refused),
    T(payments_in_steps_end_at_the_net))
