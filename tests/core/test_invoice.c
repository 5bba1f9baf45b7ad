#include "core/invoice.h"

#include "base/limits.h"
#include "billing.h"
#include "core/reference.h"

static struct fault fault;

CASE(an_accepted_milestone_is_invoiced_with_its_tax_and_due_by_the_terms)
{
    struct arena *arena = arena_new();
    struct client client = sample_client();
    struct contract contract = sample_contract(arena);
    struct milestone milestone = billable_milestone(14505, TAX_STANDARD, 190000);
    struct certificate certificate = {.id = milestone.certificate_id};
    struct invoice_basis basis = {&client, &contract, &certificate, sample_day("2016-06-29")};
    struct invoice invoice = {.id = sample_id(200)};
    ALLOWED(invoice_for_milestone(arena, &basis, &milestone, sample_day("2016-07-01"), SAMPLE_NOON,
                                  &invoice, &fault));
    assert_int_equal(invoice.net_minor, 14505);
    assert_int_equal(invoice.tax_minor, 2756); /* 27.5595 */
    assert_int_equal(invoice.total_minor, 17261);
    assert_int_equal(invoice.due_day, sample_day("2016-07-31"));
    assert_int_equal(invoice.period_start_day, milestone.start_day);
    assert_int_equal(invoice.period_end_day, sample_day("2016-06-29"));
    assert_int_equal(invoice.state, INVOICE_ISSUED);
    assert_true(id_equal(invoice.client_id, client.id));
    assert_null(invoice.number);
    const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, 0);
    assert_int_equal(invoice.lines.count, 1);
    assert_string_equal(line->description, "S1 Sprint 1");
    assert_int_equal(line->net_minor, 14505);
    assert_true(id_equal(line->certificate_id, certificate.id));
    assert_int_equal(milestone.billing, BILLING_INVOICED);
    assert_true(id_equal(milestone.invoice_id, invoice.id));
    arena_free(arena);
}

CASE(only_a_billable_milestone_is_invoiced_and_only_once)
{
    struct arena *arena = arena_new();
    struct client client = sample_client();
    struct contract contract = sample_contract(arena);
    struct milestone milestone = billable_milestone(100, TAX_OUTSIDE_SCOPE, 0);
    struct certificate certificate = {.id = milestone.certificate_id};
    struct invoice_basis basis = {&client, &contract, &certificate, sample_day("2016-06-29")};
    struct invoice invoice = {.id = sample_id(200)};
    int32_t today = sample_day("2016-07-01");
    milestone.billing = BILLING_UNBILLED;
    REFUSED(invoice_for_milestone(arena, &basis, &milestone, today, SAMPLE_NOON, &invoice, &fault),
            ERROR_WRONG_STATE, "billing");
    assert_string_equal(fault.detail, "the milestone is unbilled and cannot be invoiced");
    milestone.billing = BILLING_BILLABLE;
    ALLOWED(invoice_for_milestone(arena, &basis, &milestone, today, SAMPLE_NOON, &invoice, &fault));
    REFUSED(invoice_for_milestone(arena, &basis, &milestone, today, SAMPLE_NOON, &invoice, &fault),
            ERROR_WRONG_STATE, "billing");
    arena_free(arena);
}

CASE(work_accepted_before_its_start_has_a_period_of_one_day)
{
    struct arena *arena = arena_new();
    struct client client = sample_client();
    struct contract contract = sample_contract(arena);
    struct milestone milestone = billable_milestone(100, TAX_OUTSIDE_SCOPE, 0);
    struct milestone undated = milestone;
    struct certificate certificate = {.id = milestone.certificate_id};
    struct invoice_basis basis = {&client, &contract, &certificate, milestone.start_day - 3};
    struct invoice invoice = {.id = sample_id(200)};
    ALLOWED(invoice_for_milestone(arena, &basis, &milestone, sample_day("2016-07-01"), SAMPLE_NOON,
                                  &invoice, &fault));
    assert_int_equal(invoice.period_start_day, milestone.start_day - 3);
    assert_int_equal(invoice.period_end_day, milestone.start_day - 3);
    undated.start_day = DAY_NONE;
    ALLOWED(invoice_for_milestone(arena, &basis, &undated, sample_day("2016-07-01"), SAMPLE_NOON,
                                  &invoice, &fault));
    assert_int_equal(invoice.period_start_day, DAY_NONE);
    arena_free(arena);
}

CASE(a_total_beyond_any_amount_is_refused)
{
    struct arena *arena = arena_new();
    struct client client = sample_client();
    struct contract contract = sample_contract(arena);
    struct milestone milestone = billable_milestone(AMOUNT_LIMIT, TAX_STANDARD, 1);
    struct certificate certificate = {.id = milestone.certificate_id};
    struct invoice_basis basis = {&client, &contract, &certificate, milestone.due_day};
    struct invoice invoice = {.id = sample_id(200)};
    REFUSED(invoice_for_milestone(arena, &basis, &milestone, sample_day("2016-07-01"), SAMPLE_NOON,
                                  &invoice, &fault),
            ERROR_OUT_OF_RANGE, "total");
    assert_int_equal(milestone.billing, BILLING_BILLABLE);
    arena_free(arena);
}

CASE(where_no_tax_is_charged_the_invoice_says_why)
{
    struct arena *arena = arena_new();
    struct invoice reverse = issued_invoice(arena, 100, TAX_REVERSE_CHARGE, 0, 1);
    const struct invoice_tax *tax = LIST_AT(struct invoice_tax, reverse.taxes, 0);
    assert_int_equal(tax->tax_minor, 0);
    assert_non_null(tax->reason);
    struct invoice standard = issued_invoice(arena, 100, TAX_STANDARD, 190000, 2);
    assert_null(LIST_AT(struct invoice_tax, standard.taxes, 0)->reason);
    arena_free(arena);
}

CASE(an_issued_invoice_has_a_number_and_the_reference_that_follows_from_it)
{
    struct arena *arena = arena_new();
    char reference[REFERENCE_SIZE];
    struct invoice invoice = issued_invoice(arena, 100, TAX_OUTSIDE_SCOPE, 0, 12);
    assert_string_equal(invoice.number, "2016-0012");
    assert_true(reference_parse(invoice.reference, reference));
    assert_string_equal(reference + 4, "20160012");
    arena_free(arena);
}

CASE(the_state_follows_from_what_was_paid_and_credited)
{
    static const struct {
        int64_t paid_minor, credited_minor;
        enum invoice_state state;
    } cases[] = {
        {0, 0, INVOICE_ISSUED},      {1, 0, INVOICE_PART_PAID}, {100, 0, INVOICE_PAID},
        {0, 40, INVOICE_ISSUED},     {60, 40, INVOICE_PAID},    {59, 40, INVOICE_PART_PAID},
        {0, 100, INVOICE_CANCELLED}, {1, 99, INVOICE_PAID},
    };
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 100, TAX_OUTSIDE_SCOPE, 0, 1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        invoice.paid_minor = cases[i].paid_minor;
        invoice.credited_minor = cases[i].credited_minor;
        invoice_derive_state(&invoice);
        assert_int_equal(invoice.state, cases[i].state);
        assert_int_equal(invoice_outstanding(&invoice),
                         100 - cases[i].paid_minor - cases[i].credited_minor);
    }
    arena_free(arena);
}

CASE(an_invoice_is_overdue_after_its_day_while_something_is_outstanding)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 100, TAX_OUTSIDE_SCOPE, 0, 1);
    assert_false(invoice_is_overdue(&invoice, invoice.due_day));
    assert_true(invoice_is_overdue(&invoice, invoice.due_day + 1));
    invoice.disputed_at = 1; /* an objection lets it rest */
    assert_false(invoice_is_overdue(&invoice, invoice.due_day + 1));
    invoice.disputed_at = 0;
    invoice.paid_minor = 100;
    assert_false(invoice_is_overdue(&invoice, invoice.due_day + 1));
    arena_free(arena);
}

CASE(a_milestone_is_settled_while_its_invoice_is_paid)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 100, TAX_OUTSIDE_SCOPE, 0, 1);
    struct milestone milestone = billable_milestone(100, TAX_OUTSIDE_SCOPE, 0);
    milestone.billing = BILLING_INVOICED;
    milestone.invoice_id = invoice.id;
    assert_false(invoice_settles(&invoice, &milestone));
    invoice.state = INVOICE_PAID;
    assert_true(invoice_settles(&invoice, &milestone));
    assert_int_equal(milestone.billing, BILLING_SETTLED);
    assert_false(invoice_settles(&invoice, &milestone));
    invoice.state = INVOICE_PART_PAID;
    assert_true(invoice_settles(&invoice, &milestone));
    assert_int_equal(milestone.billing, BILLING_INVOICED);
    arena_free(arena);
}

CASE(a_breakdown_survives_being_stored)
{
    struct arena *arena = arena_new();
    struct invoice invoice = issued_invoice(arena, 14505, TAX_STANDARD, 190000, 1);
    struct tax_breakdown breakdown = invoice_breakdown(&invoice);
    struct invoice other = {.id = sample_id(201)};
    invoice_set_breakdown(arena, &other, &breakdown);
    assert_int_equal(other.total_minor, invoice.total_minor);
    assert_int_equal(other.taxes.count, 1);
    assert_memory_equal(other.taxes.rows, invoice.taxes.rows, sizeof(struct invoice_tax));
    arena_free(arena);
}

RUN(T(an_accepted_milestone_is_invoiced_with_its_tax_and_due_by_the_terms),
    T(only_a_billable_milestone_is_invoiced_and_only_once),
    T(work_accepted_before_its_start_has_a_period_of_one_day),
    T(a_total_beyond_any_amount_is_refused), T(where_no_tax_is_charged_the_invoice_says_why),
    T(an_issued_invoice_has_a_number_and_the_reference_that_follows_from_it),
    T(the_state_follows_from_what_was_paid_and_credited),
    T(an_invoice_is_overdue_after_its_day_while_something_is_outstanding),
    T(a_milestone_is_settled_while_its_invoice_is_paid), T(a_breakdown_survives_being_stored))
