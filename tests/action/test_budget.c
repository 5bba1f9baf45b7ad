/* What falls due when, and when the money comes. */
#include "action/budget.h"
#include "action/credit_note.h"
#include "core/forecast.h"

#include "explained.h"

static const struct explained budget_explained = {&show_budget_operation,
                                                  &explain_budget_operation};
static const struct explained forecast_explained = {&show_forecast_operation,
                                                    &explain_forecast_operation};

static struct budget budget_of_scene(struct scene *scene, struct actor actor)
{
    struct subject subject = {scene->engagement.id};
    struct budget budget;
    assert_result(scene->stage,
                  stage_perform(scene->stage, actor, &show_budget_operation, &subject, &budget),
                  OK);
    explain_shown(scene->stage, actor, &budget_explained, &subject, 0);
    return budget;
}

static const struct budget_event *event_at(const struct budget *budget, size_t i)
{
    assert_true(i < budget->events.count);
    return LIST_AT(struct budget_event, budget->events, i);
}

static void assert_day(int32_t day, const char *expected)
{
    char text[DAY_TEXT_SIZE];
    assert_string_equal(day_format(day, text), expected);
}

static struct acceptance submit_and_accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

/* ---- the budget ---------------------------------------------------------------------------- */

CASE(what_is_signed_falls_due_after_its_signed_days)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct budget budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, SCENE_MILESTONES);
    assert_int_equal(budget.planned_minor, SCENE_MILESTONES * TOTAL);
    assert_int_equal(budget.total_minor, SCENE_MILESTONES * TOTAL);
    const struct budget_event *first = event_at(&budget, 0);
    assert_int_equal(first->stage, BUDGET_PLANNED);
    assert_int_equal(first->basis, BASIS_SIGNED_DAY);
    assert_day(first->issue_day, "2016-06-29");
    assert_day(first->due_day, "2016-07-29");
    assert_int_equal(first->net_minor, NET);
    assert_int_equal(first->total_minor, TOTAL);
    assert_string_equal(first->why, "to be accepted on its signed day, 2016-06-29; to be paid "
                                    "within 30 days");
    const struct budget_part *part = LIST_AT(struct budget_part, first->parts, 0);
    assert_string_equal(part->code, "M1");
    assert_int_equal(budget.months.count, 2); /* July and August */
    const struct budget_month *august = LIST_AT(struct budget_month, budget.months, 1);
    assert_day(august->start_day, "2016-08-01");
    assert_int_equal(august->total_minor, 4 * TOTAL);
    assert_int_equal(august->cumulative_minor, SCENE_MILESTONES * TOTAL);
}

CASE(a_milestone_stays_one_event_from_plan_to_payment)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    struct budget budget = budget_of_scene(&scene, scene.payer);
    assert_int_equal(budget.events.count, SCENE_MILESTONES);
    const struct budget_event *first = event_at(&budget, 0);
    assert_int_equal(first->stage, BUDGET_INVOICED);
    assert_int_equal(first->basis, BASIS_INVOICE);
    assert_true(id_equal(first->invoice_id, acceptance.invoice_id));
    assert_day(first->issue_day, "2016-06-22");
    assert_int_equal(first->outstanding_minor, TOTAL);
    assert_int_equal(budget.outstanding_minor, TOTAL);
    struct invoice invoice = stored_invoice(&scene, acceptance.invoice_id);
    pay(&scene, TOTAL - 1, invoice.reference, ALLOCATE_AUTOMATICALLY);
    budget = budget_of_scene(&scene, scene.payer);
    assert_int_equal(event_at(&budget, 0)->stage, BUDGET_INVOICED);
    assert_int_equal(event_at(&budget, 0)->outstanding_minor, 1);
    pay(&scene, 1, invoice.reference, ALLOCATE_AUTOMATICALLY);
    budget = budget_of_scene(&scene, scene.owner);
    assert_int_equal(budget.events.count, SCENE_MILESTONES);
    assert_int_equal(event_at(&budget, 0)->stage, BUDGET_PAID);
    assert_int_equal(budget.paid_minor, TOTAL);
    assert_int_equal(budget.outstanding_minor, 0);
    assert_int_equal(budget.planned_minor, (SCENE_MILESTONES - 1) * TOTAL);
    assert_int_equal(budget.total_minor, SCENE_MILESTONES * TOTAL);
}

CASE(work_whose_day_has_passed_is_expected_today_and_says_so)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    set_time(&scene, "2016-07-05T22:30:00Z"); /* 6 July in Berlin */
    struct budget budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(event_at(&budget, 0)->basis, BASIS_TODAY);
    assert_day(event_at(&budget, 0)->issue_day, "2016-07-06");
    assert_day(event_at(&budget, 0)->due_day, "2016-08-05");
    assert_int_equal(event_at(&budget, 1)->basis, BASIS_SIGNED_DAY);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_plan_that_leads_past_the_signed_day_is_believed)
{
    const struct milestone milestone = {.due_day = 17000};
    struct budget_work work = budget_expect(&milestone, 17004, 16990);
    assert_int_equal(work.day, 17004);
    assert_int_equal(work.basis, BASIS_PLANNED_DAY);
    work =
        budget_expect(&milestone, 16998, 16990); /* sooner: it may be accepted, as it is signed */
    assert_int_equal(work.day, 17000);
    assert_int_equal(work.basis, BASIS_SIGNED_DAY);
    work = budget_expect(&milestone, 17004, 17020);
    assert_int_equal(work.day, 17020);
    assert_int_equal(work.basis, BASIS_TODAY);
    const struct milestone late = {.due_day = 17000, .planned_due_day = 17006};
    work = budget_expect(&late, 17004, 16990); /* the client was late with what it supplies */
    assert_int_equal(work.day, 17006);
    assert_int_equal(work.basis, BASIS_PLANNED_DAY);
    (void)state;
}

/* Shares that do not divide, and taxes that round. */
static void price_oddly(struct plan *plan)
{
    static const int64_t prices[] = {33333, 14505, 7, 99999, 1};
    plan->total_minor = 0;
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        scenario_planned(plan, i)->price_minor = prices[i];
        plan->total_minor += prices[i];
    }
}

CASE(what_is_foreseen_is_what_is_billed_to_the_cent)
{
    struct scene scene;
    scene_set_as(&scene, *state, price_oddly);
    struct budget foreseen = budget_of_scene(&scene, scene.viewer);
    for (size_t i = 0; i < SCENE_MILESTONES; i++)
        submit_and_accept(&scene, i);
    struct budget billed = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(billed.total_minor, foreseen.total_minor);
    assert_int_equal(billed.outstanding_minor, foreseen.planned_minor);
    assert_int_equal(billed.planned_minor, 0);
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        const struct budget_event *event = event_at(&foreseen, i);
        struct milestone milestone;
        get_row(scene.stage, &milestone_shape, scene.milestones[i].id, &milestone);
        struct invoice invoice = stored_invoice(&scene, milestone.invoice_id);
        assert_int_equal(event->net_minor, invoice.net_minor);
        assert_int_equal(event->tax_minor, invoice.tax_minor);
        assert_int_equal(event->total_minor, invoice.total_minor);
    }
}

static struct invoice credit(struct scene *scene, struct id invoice_id)
{
    struct issue_credit_note in = {.invoice_id = invoice_id, .reason = "Wrong address"};
    struct invoice note;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &issue_credit_note_operation, &in, &note), OK);
    return note;
}

CASE(what_was_credited_in_full_is_still_to_be_billed)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    credit(&scene, acceptance.invoice_id);
    set_time(&scene, "2016-06-27T10:00:00Z");
    struct budget budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, SCENE_MILESTONES);
    const struct budget_event *first = event_at(&budget, 0);
    assert_int_equal(first->stage, BUDGET_ACCEPTED);
    assert_int_equal(first->basis, BASIS_CREDITED);
    assert_string_equal(first->why, "accepted on 2016-06-22, and its invoice was credited; billed "
                                    "on 2016-06-27; to be paid within 30 days");
    assert_int_equal(budget.accepted_minor, TOTAL);
    assert_int_equal(budget.total_minor, SCENE_MILESTONES * TOTAL);
    struct subject subject = {scene.milestones[0].id};
    struct invoice again;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.finance, &issue_invoice_operation, &subject, &again), OK);
    assert_int_equal(again.issue_day, first->issue_day);
    assert_int_equal(again.total_minor, first->total_minor);
    budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, SCENE_MILESTONES);
    assert_int_equal(budget.accepted_minor, 0);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- by month and by period ---------------------------------------------------------------- */

static void collect_monthly(struct plan *plan)
{
    price_oddly(plan);
    plan->terms->billing_mode = BILLING_MONTHLY;
    plan->terms->billing_day = 15;
}

CASE(collected_work_is_one_event_for_each_month_with_the_tax_of_its_sum)
{
    struct scene scene;
    scene_set_as(&scene, *state, collect_monthly);
    struct acceptance acceptance = submit_and_accept(&scene, 0);
    assert_true(id_is_none(acceptance.invoice_id));
    struct budget budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, 2);
    const struct budget_event *june = event_at(&budget, 0);
    const struct budget_event *july = event_at(&budget, 1);
    assert_int_equal(june->stage, BUDGET_ACCEPTED);
    assert_int_equal(june->basis, BASIS_ACCEPTED);
    assert_day(june->issue_day, "2016-07-15");
    assert_string_equal(june->why, "accepted on 2016-06-22; billed on 2016-07-15; to be paid "
                                   "within 30 days");
    assert_int_equal(june->payment_days, 30);
    assert_int_equal(budget.accepted_minor, june->total_minor);
    assert_int_equal(july->parts.count, 4);
    assert_day(july->issue_day, "2016-08-15");
    assert_int_equal(july->net_minor, 14505 + 7 + 99999 + 1);
    assert_int_equal(july->tax_minor, 21757); /* 19% of 114512 is 21757.28 */
    set_time(&scene, "2016-07-15T10:00:00Z");
    run_due_jobs(scene.stage);
    budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(event_at(&budget, 0)->stage, BUDGET_INVOICED);
    assert_int_equal(budget.events.count, 2);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

static struct recurrence four_months = {
    .rhythm = RHYTHM_MONTHLY,
    .anchor_day = DAY_NONE,
    .first_of_two = INTEGER_NONE,
    .second_of_two = INTEGER_NONE,
    .bill_at = BILL_AT_START,
};

static void recur(struct plan *plan)
{
    struct plan_milestone *first = scenario_planned(plan, 0);
    four_months.start_day = stage_day("2016-07-01");
    four_months.end_day = stage_day("2016-10-31");
    first->pricing = PRICING_RECURRING;
    first->recurrence = &four_months;
}

/* A credited milestone's month has passed, and others of it wait for theirs. */
CASE(what_was_credited_is_not_collected_again)
{
    struct scene scene;
    scene_set_as(&scene, *state, collect_monthly);
    submit_and_accept(&scene, 0);
    set_time(&scene, "2016-07-15T10:00:00Z");
    run_due_jobs(scene.stage);
    struct milestone milestone;
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    credit(&scene, milestone.invoice_id);
    struct budget budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, 2);
    assert_int_equal(event_at(&budget, 0)->basis, BASIS_CREDITED);
    assert_day(event_at(&budget, 0)->issue_day, "2016-07-15");
    assert_int_equal(event_at(&budget, 0)->parts.count, 1);
    assert_int_equal(event_at(&budget, 1)->parts.count, 4);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(each_period_is_an_event_and_goes_from_planned_to_invoiced)
{
    struct scene scene;
    scene_set_as(&scene, *state, recur);
    struct budget budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, SCENE_MILESTONES - 1 + 4);
    const struct budget_event *first = event_at(&budget, 0);
    assert_int_equal(first->basis, BASIS_PERIOD);
    assert_int_equal(first->net_minor, NET / 4);
    assert_day(first->issue_day, "2016-07-01");
    assert_int_equal(first->done_day, DAY_NONE);
    int64_t total_minor = budget.total_minor;
    set_time(&scene, "2016-08-01T10:00:00Z");
    run_due_jobs(scene.stage);
    budget = budget_of_scene(&scene, scene.viewer);
    assert_int_equal(budget.events.count, SCENE_MILESTONES - 1 + 4);
    assert_int_equal(budget.total_minor, total_minor);
    assert_int_equal(event_at(&budget, 0)->stage, BUDGET_INVOICED);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* ---- the forecast -------------------------------------------------------------------------- */

static struct forecast forecast_of_client(struct scene *scene)
{
    struct show_forecast in = {scene->scenario.client.id};
    struct forecast forecast;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->finance, &show_forecast_operation, &in, &forecast), OK);
    explain_shown(scene->stage, scene->finance, &forecast_explained, &in, 0);
    return forecast;
}

CASE(money_is_forecast_by_how_the_client_has_paid)
{
    struct scene scene, more;
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < SCENE_MILESTONES; i++)
        submit_and_accept(&scene, i);         /* due on 22 July */
    set_time(&scene, "2016-08-01T10:00:00Z"); /* ten days late */
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        struct milestone milestone;
        get_row(scene.stage, &milestone_shape, scene.milestones[i].id, &milestone);
        pay(&scene, TOTAL, stored_invoice(&scene, milestone.invoice_id).reference,
            ALLOCATE_AUTOMATICALLY);
    }
    assert_int_equal(forecast_of_client(&scene).events.count, 0);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
    scene_set_beside(&more, &scene);
    struct forecast forecast = forecast_of_client(&scene);
    assert_int_equal(forecast.events.count, SCENE_MILESTONES);
    const struct forecast_event *first = LIST_AT(struct forecast_event, forecast.events, 0);
    assert_true(id_equal(first->engagement_id, more.engagement.id));
    assert_int_equal(first->history, HISTORY_CLIENT);
    assert_int_equal(first->history_count, SCENE_MILESTONES);
    assert_day(first->due_day, "2016-07-29");
    assert_day(first->paid_50_day, "2016-08-08");
    assert_string_equal(first->codes.texts[0], "M1");
    assert_string_equal(first->client_name, "Client & Sons");
    assert_int_equal(first->outstanding_minor, TOTAL);
}

/* ---- who may see it ------------------------------------------------------------------------ */

CASE(a_stranger_sees_no_budget_and_no_client_a_forecast)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct subject subject = {scene.engagement.id};
    struct budget budget;
    struct show_forecast in = {0};
    struct forecast forecast;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &show_budget_operation, &subject, &budget),
        ERROR_NOT_FOUND);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &show_forecast_operation, &in, &forecast),
        ERROR_FORBIDDEN);
}

CASE(without_a_signed_contract_there_is_no_budget)
{
    struct scenario scenario;
    scenario_client(&scenario, *state);
    scenario_engagement(&scenario);
    struct subject subject = {scenario.engagement.id};
    struct budget budget;
    assert_result(scenario.stage,
                  stage_perform(scenario.stage, scenario_owner(&scenario), &show_budget_operation,
                                &subject, &budget),
                  ERROR_NOT_FOUND);
}

STAGE_RUN(T(what_is_signed_falls_due_after_its_signed_days),
          T(a_milestone_stays_one_event_from_plan_to_payment),
          T(work_whose_day_has_passed_is_expected_today_and_says_so),
          T(a_plan_that_leads_past_the_signed_day_is_believed),
          T(what_is_foreseen_is_what_is_billed_to_the_cent),
          T(what_was_credited_in_full_is_still_to_be_billed),
          T(collected_work_is_one_event_for_each_month_with_the_tax_of_its_sum),
          T(what_was_credited_is_not_collected_again),
          T(each_period_is_an_event_and_goes_from_planned_to_invoiced),
          T(money_is_forecast_by_how_the_client_has_paid),
          T(a_stranger_sees_no_budget_and_no_client_a_forecast),
          T(without_a_signed_contract_there_is_no_budget))
