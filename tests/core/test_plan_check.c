#include "core/plan_check.h"

#include "core/plan_price.h"

#include "core/contract_terms.h"
#include "sample.h"

static const struct texts known = {(const char *[]){"Q1", "Q2", "Q3", "Q4", "Q5"}, 5};

static enum error check(struct arena *arena, const struct plan *plan, struct fault *fault)
{
    return plan_check(arena, plan, &known, fault);
}

CASE(the_plan_of_a_real_order_holds)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    ALLOWED(check(arena, sample_plan(arena), &fault));
    arena_free(arena);
}

CASE(prices_that_do_not_sum_to_the_total_are_refused_with_the_difference)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 2)->price_minor -= 50;
    REFUSED(check(arena, plan, &fault), ERROR_SUM_MISMATCH, "plan/total");
    assert_string_equal(fault.detail, "the prices sum to 119999.50 USD, 0.50 below the total");
    sprint(plan, 2)->price_minor += 51;
    REFUSED(check(arena, plan, &fault), ERROR_SUM_MISMATCH, "plan/total");
    assert_string_equal(fault.detail, "the prices sum to 120000.01 USD, 0.01 above the total");
    arena_free(arena);
}

CASE(the_difference_can_be_put_on_a_chosen_milestone)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    plan->total_minor += 1;
    ALLOWED(plan_put_difference(plan, "S4", &fault));
    assert_int_equal(sprint(plan, 4)->price_minor, 2700001);
    ALLOWED(check(arena, plan, &fault));
    REFUSED(plan_put_difference(plan, "S9", &fault), ERROR_NOT_FOUND, "code");
    plan->total_minor = 0;
    REFUSED(plan_put_difference(plan, "S4", &fault), ERROR_OUT_OF_RANGE, "code");
    arena_free(arena);
}

/* frappe/erpnext#26951: three equal parts of 30,000.00 did not sum to it. */
CASE(three_equal_parts_of_30000_are_10000_each)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    plan->total_minor = 3000000;
    plan->milestones.count = 3;
    for (size_t i = 0; i < 3; i++)
        sprint(plan, i)->price_minor = 1000000;
    ALLOWED(check(arena, plan, &fault));
    arena_free(arena);
}

CASE(a_cycle_is_refused_and_named)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 1)->after = TEXTS("S2");
    REFUSED(check(arena, plan, &fault), ERROR_CYCLE, "plan/milestones");
    assert_string_equal(fault.detail, "S1 -> S2 -> S1");
    sprint(plan, 1)->after = TEXTS("S1");
    REFUSED(check(arena, plan, &fault), ERROR_CYCLE, "plan/milestones");
    assert_string_equal(fault.detail, "S1 -> S1");
    arena_free(arena);
}

CASE(codes_are_unique_and_references_are_known)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 3)->code = "S1";
    REFUSED(check(arena, plan, &fault), ERROR_CONFLICT, "plan/milestones/3/code");
    plan = sample_plan(arena);
    sprint(plan, 3)->code = NULL;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/3/code");
    plan = sample_plan(arena);
    sprint(plan, 3)->after = TEXTS("S2", "S9");
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/3/after/1");
    sprint(plan, 3)->after = TEXTS("S2", "S2");
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/3/after/1");
    plan = sample_plan(arena);
    sprint(plan, 3)->criteria = TEXTS("Q2", "Q9");
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/3/criteria/1");
    sprint(plan, 3)->criteria = TEXTS("Q2", "Q2");
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/3/criteria/1");
    arena_free(arena);
}

CASE(days_follow_each_other)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 2)->due_day = sprint(plan, 1)->due_day - 1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/milestones/2/due_day");
    assert_string_equal(fault.detail, "is before that of S1, which comes first");
    plan = sample_plan(arena);
    sprint(plan, 0)->start_day = sprint(plan, 0)->due_day + 1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/milestones/0/due_day");
    sprint(plan, 0)->start_day = sprint(plan, 0)->due_day;
    sprint(plan, 1)->start_day = sprint(plan, 0)->due_day - 1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/milestones/1/start_day");
    sprint(plan, 0)->due_day = DAY_NONE;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/0/due_day");
    arena_free(arena);
}

CASE(a_milestone_has_a_title_and_deliverables_of_their_own)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 0)->title = "";
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/0/title");
    struct deliverable twice[] = {{"report", DELIVERABLE_FILE, NULL},
                                  {"report", DELIVERABLE_LINK, NULL}};
    plan = sample_plan(arena);
    sprint(plan, 0)->deliverables = (struct list){twice, 2};
    REFUSED(check(arena, plan, &fault), ERROR_CONFLICT, "plan/milestones/0/deliverables/1/title");
    twice[1].title = NULL;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/0/deliverables/1/title");
    arena_free(arena);
}

CASE(prices_and_totals_stay_within_their_limits)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 1)->price_minor = -1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/milestones/1/price");
    plan->total_minor = -1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/total");
    plan->currency = "XAU";
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/currency");
    plan = sample_plan(arena);
    plan->milestones.count = 0;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones");
    plan = sample_plan(arena);
    plan->terms = NULL;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms");
    arena_free(arena);
}

CASE(tax_goes_together_with_its_rate_and_note)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 1)->tax_rate_ppm = 190000; /* of nothing: outside the scope of tax */
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/tax_rate_ppm");
    sprint(plan, 1)->tax_category = TAX_STANDARD;
    plan->terms->tax_note = "where others need one";
    ALLOWED(check(arena, plan, &fault));
    plan->terms->tax_note = NULL;
    sprint(plan, 1)->tax_category = TAX_EXEMPT;
    sprint(plan, 1)->tax_rate_ppm = 0;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/tax_note");
    sprint(plan, 1)->tax_category = TAX_UNKNOWN;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/milestones/1/tax_category");
    arena_free(arena);
}

CASE(deemed_acceptance_needs_a_period_and_a_notice_for_consumers)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    plan->terms->silence = SILENCE_DEEMED;
    ALLOWED(check(arena, plan, &fault));
    plan->terms->consumer_client = true;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/notice_text");
    plan->terms->notice_text = "If you do not answer within 30 days, the work counts as accepted.";
    ALLOWED(check(arena, plan, &fault));
    plan->terms->acceptance_days = 0;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/acceptance_days");
    plan->terms->silence = 0;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/silence");
    arena_free(arena);
}

CASE(terms_stay_within_their_limits)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct contract_terms *terms = sample_terms(arena);
    struct reminder reminders[] = {{5}, {30}};
    terms->reminders = (struct list){reminders, 2};
    REFUSED(contract_terms_check(arena, terms, &fault), ERROR_OUT_OF_RANGE,
            "plan/terms/reminders/1/days_before");
    reminders[1].days_before = 29;
    ALLOWED(contract_terms_check(arena, terms, &fault));
    terms->holidays = TEXTS("2016-07-04", "2016-02-30");
    REFUSED(contract_terms_check(arena, terms, &fault), ERROR_INVALID, "plan/terms/holidays/1");
    terms->time_zone = "";
    REFUSED(contract_terms_check(arena, terms, &fault), ERROR_INVALID, "plan/terms/time_zone");
    terms->acceptance_day_kind = 0;
    REFUSED(contract_terms_check(arena, terms, &fault), ERROR_INVALID,
            "plan/terms/acceptance_day_kind");
    terms->acceptance_days = -1;
    REFUSED(contract_terms_check(arena, terms, &fault), ERROR_OUT_OF_RANGE,
            "plan/terms/acceptance_days");
    terms->payment_days = 3651;
    REFUSED(contract_terms_check(arena, terms, &fault), ERROR_OUT_OF_RANGE,
            "plan/terms/payment_days");
    arena_free(arena);
}

CASE(holidays_are_sorted)
{
    struct arena *arena = arena_new();
    struct contract_terms *terms = sample_terms(arena);
    struct day_calendar calendar;
    terms->holidays = TEXTS("2016-12-26", "2016-07-04");
    assert_int_equal(contract_terms_calendar(arena, terms, &calendar, NULL), OK);
    assert_int_equal(calendar.holidays[0], sample_day("2016-07-04"));
    assert_false(day_is_business(sample_day("2016-12-26"), &calendar));
    arena_free(arena);
}

CASE(a_thousand_milestones_in_a_row_are_checked)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    struct plan_milestone *milestones = arena_array(arena, 1000, sizeof *milestones);
    plan->total_minor = 0;
    for (size_t i = 0; i < 1000; i++) {
        milestones[i] = *sprint(plan, 0);
        milestones[i].code = arena_format(arena, "M%zu", i);
        milestones[i].price_minor = (int64_t)i;
        plan->total_minor += (int64_t)i;
        if (i > 0) {
            milestones[i].after.texts = arena_copy(arena, &milestones[i - 1].code, sizeof(char *));
            milestones[i].after.count = 1;
        }
    }
    plan->milestones = (struct list){milestones, 1000};
    ALLOWED(check(arena, plan, &fault));
    milestones[0].after = TEXTS("M999");
    REFUSED(check(arena, plan, &fault), ERROR_CYCLE, "plan/milestones");
    assert_string_equal(fault.detail, "M0 -> M1 -> M2 -> M3 -> … -> M998 -> M999 -> M0");
    arena_free(arena);
}

CASE(what_is_collected_by_month_can_stand_on_one_invoice)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    sprint(plan, 2)->tax_category = TAX_STANDARD;
    sprint(plan, 2)->tax_rate_ppm = 190000;
    ALLOWED(check(arena, plan, &fault));
    plan->terms->billing_mode = BILLING_MONTHLY;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/billing_day");
    plan->terms->billing_day = 32;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/terms/billing_day");
    plan->terms->billing_day = 31;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/billing_mode");
    sprint(plan, 2)->tax_category = TAX_OUTSIDE_SCOPE;
    sprint(plan, 2)->tax_rate_ppm = 0;
    ALLOWED(check(arena, plan, &fault));
    plan->terms->billing_mode = BILLING_PER_ACCEPTANCE;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/billing_day");
    arena_free(arena);
}

CASE(approvers_are_counted_and_limited_in_the_plans_currency)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    struct approver_limit limit = {plan->currency, 100};
    plan->terms->approvers_needed = 2;
    plan->terms->one_approver_limit = &limit;
    ALLOWED(check(arena, plan, &fault));
    plan->terms->approvers_needed = APPROVERS_LIMIT + 1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/terms/approvers_needed");
    plan->terms->approvers_needed = INTEGER_NONE;
    limit.amount_minor = 0;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/terms/one_approver_limit/amount");
    limit = (struct approver_limit){"JPY", 100};
    REFUSED(check(arena, plan, &fault), ERROR_CONFLICT, "plan/terms/one_approver_limit/amount");
    arena_free(arena);
}

CASE(an_objection_has_days_and_goes_with_an_acceptance_by_silence)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    struct contract_terms *terms = plan->terms;
    assert_int_equal(terms->objection_days, INTEGER_NONE);
    terms->dispute_answer_days = DISPUTE_ANSWER_DAYS_LIMIT + 1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/terms/dispute_answer_days");
    terms->dispute_answer_days = DISPUTE_ANSWER_DAYS_LIMIT;
    terms->silence = SILENCE_NONE;
    terms->objection_days = 0;
    ALLOWED(check(arena, plan, &fault));
    terms->objection_days = 1;
    REFUSED(check(arena, plan, &fault), ERROR_INVALID, "plan/terms/objection_days");
    terms->silence = SILENCE_DEEMED;
    ALLOWED(check(arena, plan, &fault));
    terms->objection_days = OBJECTION_DAYS_LIMIT;
    ALLOWED(check(arena, plan, &fault));
    terms->objection_days = OBJECTION_DAYS_LIMIT + 1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/terms/objection_days");
    terms->objection_days = -1;
    REFUSED(check(arena, plan, &fault), ERROR_OUT_OF_RANGE, "plan/terms/objection_days");
    arena_free(arena);
}

CASE(progress_goes_with_several_approvers_and_with_either_way_of_billing)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct plan *plan = sample_plan(arena);
    struct approver_limit limit = {plan->currency, 100};
    sprint(plan, 1)->pricing = PRICING_PROGRESS;
    ALLOWED(check(arena, plan, &fault));
    plan->terms->approvers_needed = 2;
    plan->terms->one_approver_limit = &limit;
    ALLOWED(check(arena, plan, &fault));
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
    ALLOWED(check(arena, plan, &fault));
    arena_free(arena);
}

RUN(T(progress_goes_with_several_approvers_and_with_either_way_of_billing),
    T(approvers_are_counted_and_limited_in_the_plans_currency),
    T(an_objection_has_days_and_goes_with_an_acceptance_by_silence),
    T(the_plan_of_a_real_order_holds),
    T(prices_that_do_not_sum_to_the_total_are_refused_with_the_difference),
    T(the_difference_can_be_put_on_a_chosen_milestone),
    T(three_equal_parts_of_30000_are_10000_each), T(a_cycle_is_refused_and_named),
    T(codes_are_unique_and_references_are_known), T(days_follow_each_other),
    T(a_milestone_has_a_title_and_deliverables_of_their_own),
    T(prices_and_totals_stay_within_their_limits), T(tax_goes_together_with_its_rate_and_note),
    T(deemed_acceptance_needs_a_period_and_a_notice_for_consumers),
    T(terms_stay_within_their_limits), T(holidays_are_sorted),
    T(a_thousand_milestones_in_a_row_are_checked),
    T(what_is_collected_by_month_can_stand_on_one_invoice))
