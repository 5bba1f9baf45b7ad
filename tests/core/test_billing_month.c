#include "core/billing_month.h"

#include "../random.h"
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
    ALLOWED(billing_month_before(month.issue_day, &again, &fault));
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

static struct month_work *work_at(const struct list *works, size_t i)
{
    return LIST_AT(struct month_work, *works, i);
}

static struct list three_milestones(struct arena *arena)
{
    struct month_work *works = arena_array(arena, 3, sizeof *works);
    const int64_t prices[] = {10003, 20001, 5};
    for (unsigned i = 0; i < 3; i++) {
        works[i] = (struct month_work){
            .milestone = billable_milestone(prices[i], TAX_STANDARD, i == 1 ? 70000 : 190000)};
        works[i].milestone.id = sample_id(90 + i);
        works[i].milestone.certificate_id = sample_id(80 + i);
    }
    return (struct list){works, 3};
}

static enum error bill(struct arena *arena, struct list *works, struct invoice *invoice)
{
    struct client client = sample_client();
    const struct contract contract = monthly_contract(arena, 15);
    const struct invoice_basis basis = {.client = &client, .contract = &contract};
    struct billing_month month;
    ALLOWED(billing_month_of(contract.plan->terms, sample_day("2016-06-30"), &month, &fault));
    *invoice = (struct invoice){.id = sample_id(200)};
    return invoice_for_month(arena, &basis, &month, works, SAMPLE_NOON, invoice, &fault);
}

CASE(a_month_is_one_invoice_with_a_line_for_each_acceptance_and_tax_by_group)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct list works = three_milestones(arena);
    ALLOWED(bill(arena, &works, &invoice));
    assert_int_equal(invoice.lines.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, i);
        const struct milestone *milestone = &work_at(&works, i)->milestone;
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
    struct list works = three_milestones(arena);
    works.count = 1;
    ALLOWED(bill(arena, &works, &invoice));
    assert_true(id_equal(invoice.milestone_id, sample_id(90)));
    assert_true(id_equal(invoice.certificate_id, sample_id(80)));
    arena_free(arena);
}

CASE(a_milestone_that_is_not_billable_stops_the_invoice_and_nothing_is_marked)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct list works = three_milestones(arena);
    work_at(&works, 2)->milestone.billing = BILLING_CLOSED;
    REFUSED(bill(arena, &works, &invoice), ERROR_WRONG_STATE, "billing");
    assert_int_equal(work_at(&works, 0)->milestone.billing, BILLING_BILLABLE);
    arena_free(arena);
}

/* ---- progress ------------------------------------------------------------------------------ */

enum { DAY = 24 * 60 * 60 * 1000 };

static struct milestone progress_milestone(int64_t price_minor)
{
    struct milestone milestone = billable_milestone(price_minor, TAX_STANDARD, 190000);
    milestone.pricing = PRICING_PROGRESS;
    milestone.state = MILESTONE_IN_PROGRESS;
    milestone.billing = BILLING_UNBILLED;
    milestone.reduction_minor = INTEGER_NONE;
    milestone.claimed_minor = INTEGER_NONE;
    milestone.claimed_ppm = INTEGER_NONE;
    milestone.certificate_id = (struct id){0};
    milestone.accepted_at = 0;
    return milestone;
}

/* Progress that is claimed and accepted; false where there is nothing to claim. */
static bool claim(struct milestone *milestone, unsigned number, int64_t percent_ppm, int64_t at_ms,
                  struct month_work *work)
{
    static const struct actor actor = {.name = "Carl"};
    struct progress_claim claim = {
        .id = sample_id(1000 + number), .number = number, .percent_ppm = percent_ppm};
    if (progress_claim_make(&claim, milestone, &actor, at_ms, NULL) != OK)
        return false;
    ALLOWED(progress_claim_decide(&claim, PROGRESS_ACCEPT, NULL, &actor, at_ms, &fault));
    ALLOWED(progress_claim_count(&claim, milestone, &fault));
    *work = (struct month_work){*milestone, claim};
    return true;
}

static struct month_work accept_whole(struct milestone *milestone, int64_t at_ms)
{
    milestone->state = MILESTONE_SUBMITTED;
    ALLOWED(milestone_accept(milestone, false, sample_id(80), at_ms, &fault));
    return (struct month_work){.milestone = *milestone};
}

CASE(progress_stands_beside_acceptances_each_with_its_line_in_the_order_of_acceptance)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct milestone milestone = progress_milestone(14505);
    struct month_work rows[4];
    rows[3] = (struct month_work){.milestone = billable_milestone(10003, TAX_STANDARD, 190000)};
    rows[3].milestone.id = sample_id(90);
    rows[3].milestone.accepted_at = SAMPLE_NOON + DAY;
    assert_true(claim(&milestone, 1, 350000, SAMPLE_NOON, &rows[2]));
    assert_true(claim(&milestone, 2, 600000, SAMPLE_NOON + 2 * DAY, &rows[1]));
    rows[0] = accept_whole(&milestone, SAMPLE_NOON + 2 * DAY);
    struct list works = {rows, 4};
    month_works_sort(&works);
    ALLOWED(bill(arena, &works, &invoice));
    static const struct {
        const char *description;
        int64_t net_minor;
    } expected[] = {
        {"S1 Sprint 1\nprogress 0% to 35%", 5077},
        {"S1 Sprint 1", 10003},
        {"S1 Sprint 1\nprogress 35% to 60%", 3626},
        {"S1 Sprint 1\nprogress 60% to 100%", 14505 - 5077 - 3626},
    };
    for (size_t i = 0; i < 4; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, i);
        const struct month_work *work = work_at(&works, i);
        bool is_claim = month_work_is_claim(work);
        assert_string_equal(line->description, expected[i].description);
        assert_int_equal(line->net_minor, expected[i].net_minor);
        assert_true(id_equal(line->progress_claim_id, work->claim.id));
        assert_int_equal(id_is_none(line->certificate_id), is_claim);
        assert_true(
            id_equal(is_claim ? work->claim.invoice_id : work->milestone.invoice_id, invoice.id));
    }
    assert_int_equal(invoice.net_minor, 14505 + 10003);
    assert_int_equal(invoice.tax_minor, 4657); /* 19% of 245.08 is 46.5652, rounded once */
    assert_true(id_is_none(invoice.milestone_id));
    arena_free(arena);
}

CASE(a_month_of_one_claim_is_its_milestones_without_a_certificate)
{
    struct arena *arena = arena_new();
    struct invoice invoice;
    struct milestone milestone = progress_milestone(14505);
    struct month_work work;
    assert_true(claim(&milestone, 1, 350000, SAMPLE_NOON, &work));
    struct list works = {&work, 1};
    ALLOWED(bill(arena, &works, &invoice));
    assert_true(id_equal(invoice.milestone_id, milestone.id));
    assert_true(id_is_none(invoice.certificate_id));
    arena_free(arena);
}

/* ---- property: whatever is claimed when, the months together bill the price, each claim once ----
 */

enum { ROUNDS = 1500, CLAIMS = 10, MONTHS = 4 };

static void play(struct arena *arena, struct random *random)
{
    struct milestone milestone = progress_milestone(random_between(random, 1, 100000000));
    struct month_work rows[CLAIMS + 1];
    size_t month_of[CLAIMS + 1], count = 0;
    int64_t at_ms = SAMPLE_NOON, billed_minor = 0;
    size_t month = 0;
    for (unsigned number = 1; number <= CLAIMS; number++) {
        month += random_between(random, 0, 3) == 0 && month + 1 < MONTHS;
        month_of[count] = month;
        at_ms += random_between(random, 0, 2);
        count += claim(&milestone, number, random_between(random, 0, 1000000), at_ms, &rows[count]);
    }
    struct month_work whole = accept_whole(&milestone, at_ms);
    if (whole.milestone.billing == BILLING_BILLABLE) {
        month_of[count] = month;
        rows[count++] = whole;
    }
    for (month = 0; month < MONTHS; month++) {
        struct invoice invoice;
        struct month_work own[CLAIMS + 1];
        struct list works = {own, 0};
        int64_t net_minor = 0;
        for (size_t i = count; i-- > 0;) {
            if (month_of[i] == month)
                own[works.count++] = rows[i];
        }
        if (works.count == 0)
            continue;
        month_works_sort(&works);
        ALLOWED(bill(arena, &works, &invoice));
        assert_int_equal(invoice.lines.count, works.count);
        for (size_t i = 0; i < works.count; i++) {
            const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, i);
            assert_true(line->net_minor > 0);
            assert_true(i == 0 || month_work_accepted_at(work_at(&works, i - 1)) <=
                                      month_work_accepted_at(work_at(&works, i)));
            net_minor += line->net_minor;
        }
        assert_int_equal(net_minor, invoice.net_minor);
        billed_minor += net_minor;
    }
    assert_int_equal(billed_minor, milestone.price_minor);
}

CASE(the_months_of_a_milestone_sum_to_its_price_whatever_is_claimed_when)
{
    static const uint64_t seeds[] = {1, 20160622, 0x9E3779B97F4A7C15, 145051, 4};
    for (size_t s = 0; s < sizeof seeds / sizeof *seeds; s++) {
        struct random random = {seeds[s]};
        for (int i = 0; i < ROUNDS; i++) {
            struct arena *arena = arena_new();
            play(arena, &random);
            arena_free(arena);
        }
    }
}

RUN(T(progress_stands_beside_acceptances_each_with_its_line_in_the_order_of_acceptance),
    T(a_month_of_one_claim_is_its_milestones_without_a_certificate),
    T(the_months_of_a_milestone_sum_to_its_price_whatever_is_claimed_when),
    T(work_of_a_month_is_billed_on_the_agreed_day_of_the_next),
    T(a_shorter_month_bills_on_its_last_day),
    T(a_month_is_one_invoice_with_a_line_for_each_acceptance_and_tax_by_group),
    T(an_invoice_of_one_milestone_is_that_milestones),
    T(a_milestone_that_is_not_billable_stops_the_invoice_and_nothing_is_marked))
