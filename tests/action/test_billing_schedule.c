/* How a contract says that work is priced and billed, from the signature to the invoice. */
#include "../audit/tamper.h"
#include "action/billing_period.h"
#include "action/contract.h"
#include "action/credit_note.h"
#include "action/engagement.h"

#include <stdlib.h>

#include "agree.h"
#include "billing.h"

/* ---- prices -------------------------------------------------------------------------------- */

/* M1 is a third of 1000.01, M2 two thirds; M3 is not billed, M4 costs nothing, M5 the rest. */
static void price_by_share(struct plan *plan)
{
    static const int64_t prices[] = {33334, 66667, 0, 0, 0};
    static const enum pricing pricings[] = {PRICING_PERCENTAGE, PRICING_PERCENTAGE,
                                            PRICING_NON_BILLABLE, PRICING_FIXED, PRICING_FIXED};
    plan->total_minor = 100001;
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        struct plan_milestone *milestone = scenario_planned(plan, i);
        milestone->pricing = pricings[i];
        milestone->price_minor = prices[i];
    }
    scenario_planned(plan, 0)->percent_ppm = 333333;
    scenario_planned(plan, 1)->percent_ppm = 666667;
}

static struct acceptance submit_and_accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

CASE(percentages_are_billed_to_exactly_the_signed_total)
{
    struct scene scene;
    scene_set_as(&scene, *state, price_by_share);
    struct acceptance first = submit_and_accept(&scene, 0), second = submit_and_accept(&scene, 1);
    assert_int_equal(stored_invoice(&scene, first.invoice_id).net_minor, 33334);
    assert_int_equal(stored_invoice(&scene, second.invoice_id).net_minor, 66667);
}

CASE(what_is_not_billable_is_closed_without_an_invoice_and_can_never_have_one)
{
    struct scene scene;
    struct milestone milestone;
    struct invoice invoice;
    scene_set_as(&scene, *state, price_by_share);
    for (size_t i = 0; i < 3; i++)
        submit_and_accept(&scene, i);
    get_row(scene.stage, &milestone_shape, scene.milestones[2].id, &milestone);
    assert_int_equal(milestone.pricing, PRICING_NON_BILLABLE);
    assert_int_equal(milestone.state, MILESTONE_ACCEPTED);
    assert_int_equal(milestone.billing, BILLING_CLOSED);
    assert_true(id_is_none(milestone.invoice_id));
    struct subject subject = {milestone.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &invoice),
        ERROR_WRONG_STATE);
    get_row(scene.stage, &milestone_shape, scene.milestones[3].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_READY);
    assert_int_equal(milestone.pricing, PRICING_FIXED);
}

/* ---- by calendar month --------------------------------------------------------------------- */

/* The stage opens on 2016-06-22; the days are those of Europe/Berlin. */
static void collect_monthly(struct plan *plan)
{
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
    scenario_planned(plan, 0)->price_minor += 3;
    scenario_planned(plan, 1)->price_minor -= 3;
}

static struct invoice shown_invoice(struct scene *scene, const struct list *invoices, size_t i)
{
    struct subject subject = {LIST_AT(struct invoice, *invoices, i)->id};
    struct invoice invoice;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->payer, &show_invoice_operation, &subject, &invoice), OK);
    return invoice;
}

static void assert_days(const struct invoice *invoice, const char *start, const char *end,
                        const char *issued)
{
    char day[DAY_TEXT_SIZE];
    assert_string_equal(day_format(invoice->period_start_day, day), start);
    assert_string_equal(day_format(invoice->period_end_day, day), end);
    assert_string_equal(day_format(invoice->issue_day, day), issued);
}

CASE(a_months_acceptances_are_one_invoice_on_the_agreed_day)
{
    struct scene scene;
    const struct id any = {0};
    scene_set_as(&scene, *state, collect_monthly);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    assert_int_equal(acceptance.billing, BILLING_BILLABLE);
    assert_true(id_is_none(acceptance.invoice_id));
    submit_and_accept(&scene, 1);
    set_time(&scene, "2016-07-14T21:59:59Z");
    run_due_jobs(scene.stage);
    assert_int_equal(invoices_of(&scene, any).count, 0);
    set_time(&scene, "2016-07-14T22:00:00Z"); /* 15 July in Berlin */
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, any);
    assert_int_equal(invoices.count, 1);
    struct invoice invoice = shown_invoice(&scene, &invoices, 0);
    assert_days(&invoice, "2016-06-01", "2016-06-30", "2016-07-15");
    assert_int_equal(invoice.lines.count, 2);
    assert_int_equal(invoice.net_minor, 2 * NET);
    assert_int_equal(invoice.total_minor, 2 * TOTAL);
    for (size_t i = 0; i < 2; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, invoice.lines, i);
        assert_true(id_equal(line->milestone_id, scene.milestones[i].id));
        assert_int_equal(billing_of(&scene, i), BILLING_INVOICED);
        assert_int_equal(invoices_of(&scene, scene.milestones[i].id).count, 1);
    }
    assert_int_equal(invoices_of(&scene, scene.milestones[2].id).count, 0);
    const char *paper = paper_of(scene.stage, invoice.id, DOCUMENT_INVOICE);
    assert_non_null(strstr(paper, "\"accepted\":{\"amount\":\"2000.00\""));
    assert_non_null(strstr(paper, "\"work\":[{\"milestone_code\":\"M1\""));
    const char *mail;
    struct contact payer;
    get_row(scene.stage, &contact_shape, scene.payer.id, &payer);
    assert_int_equal(count_mail(scene.stage, payer.email, invoice.id, &mail), 1);
    assert_non_null(strstr(mail, "this work has been accepted, and here is its invoice:\n\n"
                                 "    M1 Milestone number 1\n"
                                 "    M2 Milestone number 2\n"));
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_change_order_ends_the_collecting_and_the_month_still_bills_what_it_holds)
{
    struct scene scene;
    const struct id any = {0};
    scene_set_as(&scene, *state, collect_monthly);
    submit_and_accept(&scene, 0);
    struct plan *plan = signed_plan(&scene);
    plan->terms->billing_mode = BILLING_PER_ACCEPTANCE;
    plan->terms->billing_day = INTEGER_NONE;
    struct change_order order = agree(&scene, plan, (struct list){0});
    assert_int_equal(order.plan->terms->billing_day, INTEGER_NONE);
    struct acceptance acceptance = submit_and_accept(&scene, 1);
    assert_int_equal(acceptance.billing, BILLING_INVOICED);
    assert_int_equal(invoices_of(&scene, any).count, 1);
    set_time(&scene, "2016-07-14T22:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(invoices_of(&scene, any).count, 2);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* invoiceninja/invoiceninja#3407: a late run moved what followed. */
CASE(missed_months_are_billed_each_with_its_own_date_and_only_once)
{
    struct scene scene;
    const struct id any = {0};
    scene_set_as(&scene, *state, collect_monthly);
    submit_and_accept(&scene, 0);
    set_time(&scene, "2016-07-05T10:00:00Z");
    submit_and_accept(&scene, 1);
    set_time(&scene, "2016-07-31T21:30:00Z"); /* still July in Berlin */
    submit_and_accept(&scene, 2);
    set_time(&scene, "2016-07-31T22:30:00Z");
    submit_and_accept(&scene, 3);
    set_time(&scene, "2016-11-20T10:00:00Z");
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, any);
    assert_int_equal(invoices.count, 3);
    struct invoice june = shown_invoice(&scene, &invoices, 0);
    struct invoice july = shown_invoice(&scene, &invoices, 1);
    struct invoice august = shown_invoice(&scene, &invoices, 2);
    assert_days(&june, "2016-06-01", "2016-06-30", "2016-07-15");
    assert_days(&july, "2016-07-01", "2016-07-31", "2016-08-15");
    assert_days(&august, "2016-08-01", "2016-08-31", "2016-09-15");
    assert_int_equal(july.lines.count, 2);
    assert_int_equal(august.lines.count, 1);
    assert_true(june.due_day == june.issue_day + 30);
    run_due_jobs(scene.stage);
    assert_int_equal(invoices_of(&scene, any).count, 3);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_month_that_is_billed_again_changes_nothing)
{
    struct scene scene;
    scene_set_as(&scene, *state, collect_monthly);
    submit_and_accept(&scene, 0);
    set_time(&scene, "2016-07-20T10:00:00Z");
    run_due_jobs(scene.stage);
    int64_t leaves = scenario_events(&scene.scenario, "invoice.issued");
    struct job again = {
        .id = new_id(&scene.stage->clock),
        .kind = JOB_BILL_MONTH,
        .subject_id = scene.scenario.contract.id,
        .engagement_id = scene.engagement.id,
        .due_at = STAGE_NOW_MS + INT64_C(23) * DAY_MS,
        .created_at = STAGE_NOW_MS,
    };
    put_row(scene.stage, &job_shape, &again);
    assert_int_equal(run_due_jobs(scene.stage), 1);
    assert_int_equal(invoices_of(&scene, (struct id){0}).count, 1);
    assert_int_equal(scenario_events(&scene.scenario, "invoice.issued"), leaves);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(collected_work_is_not_billed_by_hand_before_its_day)
{
    struct scene scene;
    struct invoice invoice;
    scene_set_as(&scene, *state, collect_monthly);
    submit_and_accept(&scene, 0);
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &invoice),
        ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "billing");
}

static struct invoice two_collected(struct scene *scene, struct stage *stage)
{
    scene_set_as(scene, stage, collect_monthly);
    submit_and_accept(scene, 0);
    submit_and_accept(scene, 1);
    set_time(scene, "2016-07-15T10:00:00Z");
    run_due_jobs(scene->stage);
    struct list invoices = invoices_of(scene, (struct id){0});
    struct invoice invoice = shown_invoice(scene, &invoices, 0);
    clock_set(&scene->stage->clock, STAGE_NOW_MS);
    return invoice;
}

CASE(a_paid_months_invoice_settles_all_its_milestones)
{
    struct scene scene;
    struct invoice invoice = two_collected(&scene, *state);
    pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    pay(&scene, TOTAL, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(billing_of(&scene, 0), BILLING_SETTLED);
    assert_int_equal(billing_of(&scene, 1), BILLING_SETTLED);
}

CASE(a_line_that_is_credited_in_full_credits_its_milestone_alone)
{
    struct scene scene;
    struct invoice again;
    struct invoice invoice = two_collected(&scene, *state);
    credit_line(&scene, invoice.id, 1, 3);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    credit_line(&scene, invoice.id, 1, NET);
    assert_int_equal(billing_of(&scene, 0), BILLING_CREDITED);
    assert_int_equal(billing_of(&scene, 1), BILLING_INVOICED);
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again), OK);
    assert_int_equal(again.net_minor, NET + 3);
    pay(&scene,
        stored_invoice(&scene, invoice.id).total_minor -
            stored_invoice(&scene, invoice.id).credited_minor,
        invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_int_equal(billing_of(&scene, 0), BILLING_INVOICED);
    assert_int_equal(billing_of(&scene, 1), BILLING_SETTLED);
}

/* ---- period by period ---------------------------------------------------------------------- */

/* M1 recurs from 31 August to the end of the year: 31 August, 30 September, 31 October, … */
static struct recurrence *month_ends(void)
{
    static struct recurrence recurrence;
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = RHYTHM_MONTHLY;
    recurrence.start_day = stage_day("2016-08-31");
    recurrence.end_day = stage_day("2016-12-30");
    return &recurrence;
}

static void recur(struct plan *plan)
{
    struct plan_milestone *first = scenario_planned(plan, 0);
    first->pricing = PRICING_RECURRING;
    first->recurrence = month_ends();
    first->price_minor = 100001;
    plan->total_minor += 1;
}

static struct billing_schedule schedule_of(struct scene *scene, size_t number)
{
    struct subject subject = {scene->milestones[number].id};
    struct billing_schedule schedule;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->payer, &show_billing_schedule_operation,
                                &subject, &schedule),
                  OK);
    return schedule;
}

static void assert_period(const struct billing_schedule *schedule, size_t i, const char *start,
                          const char *end, int64_t net_minor)
{
    char day[DAY_TEXT_SIZE];
    const struct billing_period *period = LIST_AT(struct billing_period, schedule->periods, i);
    assert_string_equal(day_format(period->start_day, day), start);
    assert_string_equal(day_format(period->end_day, day), end);
    assert_int_equal(period->net_minor, net_minor);
}

CASE(a_recurring_milestone_shows_its_periods_before_they_are_billed)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur);
    struct billing_schedule schedule = schedule_of(&scene, 0);
    assert_int_equal(schedule.periods.count, 4);
    assert_period(&schedule, 0, "2016-08-31", "2016-09-29", 25000);
    assert_period(&schedule, 1, "2016-09-30", "2016-10-30", 25001);
    assert_period(&schedule, 2, "2016-10-31", "2016-11-29", 25000);
    assert_period(&schedule, 3, "2016-11-30", "2016-12-30", 25000);
    assert_int_equal(schedule.billed_minor, 0);
    assert_int_equal(schedule_of(&scene, 1).periods.count, 0);
}

CASE(each_period_is_billed_on_its_day_and_the_last_one_too)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur);
    set_time(&scene, "2016-08-30T21:59:59Z");
    run_due_jobs(scene.stage);
    assert_int_equal(invoices_of(&scene, (struct id){0}).count, 0);
    set_time(&scene, "2016-08-30T22:00:00Z"); /* 31 August in Berlin */
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, scene.milestones[0].id);
    assert_int_equal(invoices.count, 1);
    struct invoice first = shown_invoice(&scene, &invoices, 0);
    assert_days(&first, "2016-08-31", "2016-09-29", "2016-08-31");
    const struct invoice_line *line = LIST_AT(struct invoice_line, first.lines, 0);
    assert_int_equal(line->net_minor, 25000);
    assert_string_equal(line->description, "M1 Milestone number 1, 2016-08-31 to 2016-09-29");
    assert_true(id_is_none(line->certificate_id));
    set_time(&scene, "2017-03-01T10:00:00Z");
    run_due_jobs(scene.stage);
    struct billing_schedule schedule = schedule_of(&scene, 0);
    assert_int_equal(schedule.billed_minor, 100001);
    for (size_t i = 0; i < schedule.periods.count; i++)
        assert_false(id_is_none(LIST_AT(struct billing_period, schedule.periods, i)->invoice_id));
    assert_int_equal(scenario_events(&scene.scenario, "invoice.issued"), 4);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* invoiceninja/invoiceninja#3407 and #3963. */
CASE(periods_that_were_missed_are_billed_each_with_its_own_date_and_once)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur);
    set_time(&scene, "2016-11-30T09:00:00Z"); /* on the last day, three months late */
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, (struct id){0});
    assert_int_equal(invoices.count, 4);
    static const char *const days[][2] = {{"2016-08-31", "2016-09-29"},
                                          {"2016-09-30", "2016-10-30"},
                                          {"2016-10-31", "2016-11-29"},
                                          {"2016-11-30", "2016-12-30"}};
    for (size_t i = 0; i < 4; i++) {
        struct invoice invoice = shown_invoice(&scene, &invoices, i);
        assert_days(&invoice, days[i][0], days[i][1], days[i][0]);
        assert_int_equal(invoice.due_day, invoice.issue_day + 30);
    }
    struct job again = {
        .id = new_id(&scene.stage->clock),
        .kind = JOB_BILL_PERIOD,
        .subject_id = scene.milestones[0].id,
        .engagement_id = scene.engagement.id,
        .created_at = STAGE_NOW_MS,
    };
    assert_int_equal(time_parse("2016-09-30T10:00:00Z", &again.due_at, NULL), OK);
    put_row(scene.stage, &job_shape, &again);
    run_due_jobs(scene.stage);
    assert_int_equal(invoices_of(&scene, (struct id){0}).count, 4);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(an_accepted_recurring_milestone_is_not_billed_again_and_its_periods_go_on)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    assert_int_equal(acceptance.billing, BILLING_CLOSED);
    assert_true(id_is_none(acceptance.invoice_id));
    set_time(&scene, "2016-09-30T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(schedule_of(&scene, 0).billed_minor, 50001);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(the_last_period_that_is_billed_completes_the_engagement)
{
    struct scene scene;
    struct engagement engagement;
    scene_set_as(&scene, *state, recur);
    scene_accept_all(&scene);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_ACTIVE);
    assert_result(scene.stage, scene_complete(&scene, &engagement), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.detail,
                        "1 of its milestones are not billed to their end yet");
    set_time(&scene, "2017-03-01T10:00:00Z");
    run_due_jobs(scene.stage);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_COMPLETED);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_terminated_contract_bills_no_period_of_a_later_day)
{
    struct scene scene;
    struct engagement engagement;
    scene_set_as(&scene, *state, recur);
    set_time(&scene, "2016-10-01T10:00:00Z");
    struct engagement_reason in = {.id = scene.engagement.id, .reason = "It is no longer needed"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &terminate_engagement_operation, &in, &engagement),
        OK);
    set_time(&scene, "2017-03-01T10:00:00Z");
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, (struct id){0});
    assert_int_equal(invoices.count, 2); /* of August and September, which were missed */
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* A price for each period, and periods that are cut off at both ends. */
static void recur_prorated(struct plan *plan)
{
    struct plan_milestone *first = scenario_planned(plan, 0);
    recur(plan);
    first->recurrence->anchor_day = stage_day("2016-07-01");
    first->recurrence->start_day = stage_day("2016-07-17");
    first->recurrence->end_day = stage_day("2016-09-15");
    first->recurrence->prorated = true;
    first->recurrence->bill_at = BILL_AT_END;
    first->period_price_minor = 31000;
    plan->total_minor += 15000 + 31000 + 15500 - first->price_minor;
    first->price_minor = 15000 + 31000 + 15500;
}

CASE(periods_that_are_cut_off_cost_their_days_and_are_billed_in_arrears)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur_prorated);
    struct billing_schedule schedule = schedule_of(&scene, 0);
    assert_int_equal(schedule.periods.count, 3);
    assert_period(&schedule, 0, "2016-07-17", "2016-07-31", 15000);
    assert_period(&schedule, 1, "2016-08-01", "2016-08-31", 31000);
    assert_period(&schedule, 2, "2016-09-01", "2016-09-15", 15500);
    set_time(&scene, "2016-09-15T10:00:00Z");
    run_due_jobs(scene.stage);
    struct list invoices = invoices_of(&scene, (struct id){0});
    assert_int_equal(invoices.count, 3);
    struct invoice last = shown_invoice(&scene, &invoices, 2);
    assert_days(&last, "2016-09-01", "2016-09-15", "2016-09-15");
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_stranger_sees_no_schedule)
{
    struct scene scene;
    struct billing_schedule schedule;
    scene_set_as(&scene, *state, recur);
    struct subject subject = {scene.milestones[0].id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &show_billing_schedule_operation,
                                &subject, &schedule),
                  ERROR_NOT_FOUND);
}

/* ---- and all of it ------------------------------------------------------------------------- */

/* The cases above left their rows. */
CASE(what_was_billed_is_sound)
{
    assert_sound(*state);
}

STAGE_RUN(T(percentages_are_billed_to_exactly_the_signed_total),
          T(what_is_not_billable_is_closed_without_an_invoice_and_can_never_have_one),
          T(a_months_acceptances_are_one_invoice_on_the_agreed_day),
          T(a_change_order_ends_the_collecting_and_the_month_still_bills_what_it_holds),
          T(missed_months_are_billed_each_with_its_own_date_and_only_once),
          T(a_month_that_is_billed_again_changes_nothing),
          T(collected_work_is_not_billed_by_hand_before_its_day),
          T(a_paid_months_invoice_settles_all_its_milestones),
          T(a_line_that_is_credited_in_full_credits_its_milestone_alone),
          T(a_recurring_milestone_shows_its_periods_before_they_are_billed),
          T(each_period_is_billed_on_its_day_and_the_last_one_too),
          T(periods_that_were_missed_are_billed_each_with_its_own_date_and_once),
          T(an_accepted_recurring_milestone_is_not_billed_again_and_its_periods_go_on),
          T(the_last_period_that_is_billed_completes_the_engagement),
          T(a_terminated_contract_bills_no_period_of_a_later_day),
          T(periods_that_are_cut_off_cost_their_days_and_are_billed_in_arrears),
          T(a_stranger_sees_no_schedule), T(what_was_billed_is_sound))
