#include "core/billing_month.h"

#include "billing.h"

static struct fault fault;

static struct contract monthly_contract(struct arena *arena, int64_t day)
{
    struct contract contract = sample_contract(arena);
    contract.plan->terms->billing_mode = BILLING_MONTHLY;
    contract.plan->terms->billing_day = day;
    return contract;
}

static void assert_month(int64_t billing_day, const char *accepted, const char *start,
                         const char *end, const char *issue)
{
    struct arena *arena = arena_new();
    struct billing_month month, again;
    const struct contract contract = monthly_contract(arena, billing_day);
    const struct contract_terms *terms = contract.plan->terms;
    ALLOWED(billing_month_of(terms, sample_day(accepted), &month, &fault));
    assert_int_equal(month.start_day, sample_day(start));
    assert_int_equal(month.end_day, sample_day(end));
    assert_int_equal(month.issue_day, sample_day(issue));
    ALLOWED(billing_month_before(terms, month.issue_day, &again, &fault));
    assert_memory_equal(&month, &again, sizeof month);
    arena_free(arena);
}

CASE(work_of_a_month_is_billed_on_the_agreed_day_of_the_next)
{
    assert_month(1, "2016-06-01", "2016-06-01", "2016-06-30", "2016-07-01");
    assert_month(1, "2016-06-30", "2016-06-01", "2016-06-30", "2016-07-01");
    assert_month(15, "2015-12-31", "2015-12-01", "2015-12-31", "2016-01-15");
}

CASE(a_shorter_month_bills_on_its_last_day)
{
    assert_month(31, "2016-01-10", "2016-01-01", "2016-01-31", "2016-02-29");
    assert_month(31, "2016-02-10", "2016-02-01", "2016-02-29", "2016-03-31");
    assert_month(30, "2015-01-31", "2015-01-01", "2015-01-31", "2015-02-28");
}

/* ---- the invoice --------------------------------------------------------------------------- */

static struct list three_milestones(struct arena *arena)
{
    struct milestone *milestones = arena_array(arena, 3, sizeof *milestones);
    const int64_t prices[] = {10003, 20001, 5};
    for (unsigned i = 0; i < 3; i++) {
        milestones[i] = i == 1 ? billable_milestone(prices[i], TAX_STANDARD, 70000)
                               : billable_milestone(prices[i], TAX_STANDARD, 190000);
        milestones[i].id = sample_id(90 + i);
        milestones[i].certificate_id = sample_id(80 + i);
    }
    return (struct list){milestones, 3};
}

static enum error bill(struct arena *arena, struct list *milestones, struct invoice *invoice)
{
    struct client client = sample_client();
    const struct contract contract = monthly_contract(arena, 15);
    const struct invoice_basis basis = {.client = &client, .contract = &contract};
    struct billing_month month;
    ALLOWED(billing_month_of(contract.plan->terms, sample_day("2016-06-30"), &month, &fault));
    *invoice = (struct invoice){.id = sample_id(200)};
    return invoice_for_month(arena, &basis, &month, milestones, SAMPLE_NOON, invoice, &fault);
}

CASE(a_month_is_one_invoice_with_a_line_for_each_acceptance_and_tax_by_group)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct list milestones = three_milestones(arena);
    ALLOWED(bill(arena, &milestones, &invoice));
    assert_int_equal(invoice.lines.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, i);
        const struct milestone *milestone = LIST_AT(struct milestone, milestones, i);
        assert_int_equal(line->number, i + 1);
        assert_true(id_equal(line->invoice_id, invoice.id));
        assert_true(id_equal(line->milestone_id, milestone->id));
        assert_true(id_equal(line->certificate_id, milestone->certificate_id));
        assert_int_equal(milestone->billing, BILLING_INVOICED);
        assert_true(id_equal(milestone->invoice_id, invoice.id));
    }
    assert_int_equal(invoice.net_minor, 30009);
    assert_int_equal(invoice.taxes.count, 2);
    assert_int_equal(invoice.tax_minor, 1902 + 1400); /* 19.0152 and 14.0007, each rounded once */
    assert_true(id_is_none(invoice.milestone_id));
    assert_int_equal(invoice.issue_day, sample_day("2016-07-15"));
    assert_int_equal(invoice.due_day, sample_day("2016-08-14"));
    assert_int_equal(invoice.period_start_day, sample_day("2016-06-01"));
    assert_int_equal(invoice.period_end_day, sample_day("2016-06-30"));
    arena_free(arena);
}

CASE(an_invoice_of_one_milestone_is_that_milestones)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct list milestones = three_milestones(arena);
    milestones.count = 1;
    ALLOWED(bill(arena, &milestones, &invoice));
    assert_true(id_equal(invoice.milestone_id, sample_id(90)));
    assert_true(id_equal(invoice.certificate_id, sample_id(80)));
    arena_free(arena);
}

CASE(a_milestone_that_is_not_billable_stops_the_invoice_and_nothing_is_marked)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct list milestones = three_milestones(arena);
    LIST_AT(struct milestone, milestones, 2)->billing = BILLING_CLOSED;
    REFUSED(bill(arena, &milestones, &invoice), ERROR_WRONG_STATE, "billing");
    assert_int_equal(LIST_AT(struct milestone, milestones, 0)->billing, BILLING_BILLABLE);
    arena_free(arena);
}

RUN(T(work_of_a_month_is_billed_on_the_agreed_day_of_the_next),
    T(a_shorter_month_bills_on_its_last_day),
    T(a_month_is_one_invoice_with_a_line_for_each_acceptance_and_tax_by_group),
    T(an_invoice_of_one_milestone_is_that_milestones),
    T(a_milestone_that_is_not_billable_stops_the_invoice_and_nothing_is_marked))
