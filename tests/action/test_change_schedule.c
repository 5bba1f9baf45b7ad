/* A contract of percentages and periods that change orders restate, from the draft to the invoices
 * after it, the audit and the bundle. */
#include "action/billing_period.h"
#include "action/budget.h"
#include "action/change_order.h"
#include "action/credit_note.h"
#include "action/engagement_copy.h"
#include "action/engagement_import.h"
#include "core/budget.h"

#include <stdlib.h>

#include "../audit/tamper.h"
#include "bundle.h"
#include "explained.h"

static const struct explained effect_explained = {&show_change_effect_operation,
                                                  &explain_change_effect_operation};

/* M1 is care, month by month, for 1000.01; M2 and M3 are a quarter of the sum each, M4 is the rest
 * at a fixed price and M5 is not billed. */
static void price_in_every_way(struct plan *plan)
{
    static struct recurrence recurrence;
    static const int64_t prices[] = {100001, 100000, 100000, 99999, 0};
    static const enum pricing pricings[] = {PRICING_RECURRING, PRICING_PERCENTAGE,
                                            PRICING_PERCENTAGE, PRICING_FIXED,
                                            PRICING_NON_BILLABLE};
    shape_init(&recurrence_shape, &recurrence);
    recurrence.rhythm = RHYTHM_MONTHLY;
    recurrence.start_day = stage_day("2016-08-31");
    recurrence.end_day = stage_day("2016-12-30");
    plan->total_minor = 400000;
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        scenario_planned(plan, i)->pricing = pricings[i];
        scenario_planned(plan, i)->price_minor = prices[i];
    }
    scenario_planned(plan, 0)->recurrence = &recurrence;
    scenario_planned(plan, 1)->percent_ppm = scenario_planned(plan, 2)->percent_ppm = 250000;
}

static struct acceptance submit_and_accept(struct scene *scene, size_t number)
{
    struct submission submission = scene_submit(scene, number);
    return scene_accept(scene, number, &submission);
}

/* M1 and M2 are accepted, one month of care is billed, and it is the next day. */
static void set_at_work(struct scene *scene, struct stage *stage)
{
    scene_set_as(scene, stage, price_in_every_way);
    submit_and_accept(scene, 0);
    submit_and_accept(scene, 1);
    run_until(scene, "2016-09-01T10:00:00Z");
}

static struct plan *plan_of(const struct scene *scene)
{
    struct contract contract;
    get_row(scene->stage, &contract_shape, scene->scenario.contract.id, &contract);
    return contract.plan;
}

static struct change_order drafted(struct scene *scene, struct plan *plan)
{
    struct change_order order;
    struct change_order form = {
        .engagement_id = scene->engagement.id,
        .title = "More care and more work",
        .plan = plan,
        .start_day = DAY_NONE,
        .valid_until_day = time_day(clock_now_ms(&scene->stage->clock)) + 20,
    };
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->owner, &create_change_order_operation, &form, &order),
        OK);
    return order;
}

static struct change_order settled(struct scene *scene, struct id id, const char *code)
{
    struct change_order order;
    struct settle_change_order in = {id, code};
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->owner, &settle_change_order_operation, &in, &order), OK);
    return order;
}

static enum error propose(struct scene *scene, struct id id, struct change_order *order)
{
    struct signer signers[] = {{SIDE_AGENCY, scene->owner.id, NULL},
                               {SIDE_CLIENT, scene->approver.id, NULL}};
    struct propose_change_order in = {id, {signers, 2}};
    return stage_perform(scene->stage, scene->owner, &propose_change_order_operation, &in, order);
}

static struct change_order sign_all(struct scene *scene, const struct change_order *proposed)
{
    struct change_order order;
    struct sign_contract in = {proposed->id, proposed->document_hash,
                               "I have read it and sign it."};
    const struct actor actors[] = {scene->owner, scene->approver};
    for (size_t i = 0; i < 2; i++)
        assert_result(
            scene->stage,
            stage_perform(scene->stage, actors[i], &sign_change_order_operation, &in, &order), OK);
    return order;
}

static void agree(struct scene *scene, struct id id)
{
    struct change_order order;
    assert_result(scene->stage, propose(scene, id, &order), OK);
    order = sign_all(scene, &order);
    assert_int_equal(order.state, CHANGE_ORDER_APPLIED);
}

/* 600.00 more in all, and the care goes on for three months more, for 1500.00 in all. */
static struct plan *restated(const struct scene *scene)
{
    struct plan *plan = plan_of(scene);
    struct plan_milestone *care = scenario_planned(plan, 0);
    plan->total_minor = 460000;
    care->price_minor = 150000;
    care->recurrence->end_day = stage_day("2017-03-30");
    return plan;
}

static struct billing_schedule schedule_of(struct scene *scene)
{
    struct subject subject = {scene->milestones[0].id};
    struct billing_schedule schedule;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->payer, &show_billing_schedule_operation,
                                &subject, &schedule),
                  OK);
    return schedule;
}

static int64_t price_of(const struct scene *scene, size_t number)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[number].id, &milestone);
    return milestone.price_minor;
}

CASE(both_sides_see_what_is_restated_before_anyone_agrees)
{
    struct scene scene;
    struct change_order order;
    struct change_effect effect;
    set_at_work(&scene, *state);
    order = drafted(&scene, restated(&scene));
    struct subject subject = {order.id};
    struct stage *stage = scene.stage;
    assert_result(stage, propose(&scene, order.id, &order), ERROR_SUM_MISMATCH);
    assert_string_equal(stage->fault.field, "plan/milestones/2/price");
    settled(&scene, subject.id, "M4");
    assert_result(stage, propose(&scene, subject.id, &order), OK);
    assert_result(
        stage, stage_perform(stage, scene.viewer, &show_change_effect_operation, &subject, &effect),
        OK);
    explain_shown(stage, scene.viewer, &effect_explained, &subject, 0);
    static const int64_t prices[] = {150000, 100000, 130000, 80000, 0};
    static const int64_t comes_to[] = {150000, 100000, 130000, INTEGER_NONE, INTEGER_NONE};
    static const int64_t settled_minor[] = {25000, 100000, INTEGER_NONE, INTEGER_NONE,
                                            INTEGER_NONE};
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        const struct milestone_effect *shown =
            LIST_AT(struct milestone_effect, effect.milestones, i);
        assert_int_equal(shown->price_after_minor, prices[i]);
        assert_int_equal(shown->comes_to_minor, comes_to[i]);
        assert_int_equal(shown->settled_minor, settled_minor[i]);
    }
    assert_int_equal(effect.sum_after_minor, 460000);
    assert_int_equal(effect.tax_change_minor, 11400);
    assert_int_equal(effect.problems.count, 0);
    int64_t before_minor = 0, after_minor = 0;
    for (size_t i = 0; i < effect.falls_due.count; i++) {
        before_minor += LIST_AT(struct due_effect, effect.falls_due, i)->before_minor;
        after_minor += LIST_AT(struct due_effect, effect.falls_due, i)->after_minor;
    }
    assert_int_equal(before_minor, 119000 + 118999 + 89251); /* each rounded for itself */
    assert_int_equal(after_minor - 154700 - 95200, 148748);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(billed_periods_and_accepted_shares_stay_and_the_rest_is_billed_as_restated)
{
    struct scene scene;
    struct explanation explanation;
    set_at_work(&scene, *state);
    struct change_order order = drafted(&scene, restated(&scene));
    settled(&scene, order.id, "M4");
    agree(&scene, order.id);
    assert_int_equal(price_of(&scene, 1), 100000);
    assert_int_equal(price_of(&scene, 2), 130000);
    struct billing_schedule schedule = schedule_of(&scene);
    assert_int_equal(schedule.periods.count, 7);
    assert_int_equal(schedule.billed_minor, 25000);
    run_until(&scene, "2016-09-30T10:00:00Z"); /* the old job of that day, and the new one */
    assert_int_equal(schedule_of(&scene).billed_minor, 25000 + 20833);
    struct acceptance acceptance = submit_and_accept(&scene, 2);
    assert_int_equal(stored_invoice(&scene, acceptance.invoice_id).net_minor, 130000);
    struct subject subject = {acceptance.invoice_id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.payer, &explain_invoice_operation, &subject, &explanation),
        OK);
    const struct explained_number *line = LIST_AT(struct explained_number, explanation.numbers, 0);
    assert_true(line->is_sound);
    assert_non_null(strstr(line->rule, "25%"));
    assert_non_null(strstr(line->rule, "1300.00"));
    run_until(&scene, "2017-04-30T10:00:00Z");
    schedule = schedule_of(&scene);
    assert_int_equal(schedule.billed_minor, 150000);
    for (size_t i = 0; i < schedule.periods.count; i++)
        assert_false(id_is_none(LIST_AT(struct billing_period, schedule.periods, i)->invoice_id));
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(the_budget_follows_the_restated_schedule)
{
    struct scene scene;
    struct budget budget;
    set_at_work(&scene, *state);
    struct change_order order = drafted(&scene, restated(&scene));
    settled(&scene, order.id, "M4");
    agree(&scene, order.id);
    struct subject subject = {scene.engagement.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &show_budget_operation, &subject, &budget), OK);
    assert_int_equal(budget.total_minor, 119000 + 29750 + 148748 + 154700 + 95200);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_sum_below_what_is_billed_proposes_a_credit_note)
{
    struct scene scene;
    struct change_effect effect;
    struct change_order order;
    struct invoice note;
    set_at_work(&scene, *state);
    struct plan *plan = plan_of(&scene);
    plan->total_minor = 180000; /* half of it is less than M2 */
    scenario_planned(plan, 3)->price_minor = 0;
    scenario_planned(plan, 0)->price_minor = 90000;
    order = drafted(&scene, plan);
    struct subject subject = {order.id};
    order = settled(&scene, order.id, NULL);
    assert_int_equal(scenario_planned(order.plan, 1)->price_minor, 90000);
    assert_int_equal(scenario_planned(order.plan, 2)->price_minor, 0);
    struct stage *stage = scene.stage;
    assert_result(
        stage, stage_perform(stage, scene.owner, &show_change_effect_operation, &subject, &effect),
        OK);
    explain_shown(stage, scene.owner, &effect_explained, &subject, 0);
    assert_int_equal(effect.credits.count, 1);
    struct change_credit credit = *LIST_AT(struct change_credit, effect.credits, 0);
    assert_string_equal(credit.milestone, "M2");
    assert_int_equal(credit.net_minor, 10000);
    assert_result(stage, propose(&scene, subject.id, &order), ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "credits");
    get_row(stage, &change_order_shape, subject.id, &order);
    order.credits = effect.credits;
    struct change_order form = order;
    form.engagement_id = scene.engagement.id;
    assert_result(stage,
                  stage_perform(stage, scene.owner, &create_change_order_operation, &form, &order),
                  OK);
    agree(&scene, order.id);
    struct credit_line line = {1, 10000};
    struct issue_credit_note in = {
        .invoice_id = credit.invoice_id, .reason = "The change order", .lines = {&line, 1}};
    assert_result(
        stage, stage_perform(stage, scene.finance, &issue_credit_note_operation, &in, &note), OK);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(what_is_priced_otherwise_is_billed_from_the_day_it_is_agreed)
{
    struct scene scene;
    struct milestone milestone;
    set_at_work(&scene, *state);
    struct plan *plan = plan_of(&scene);
    struct plan_milestone *fourth = scenario_planned(plan, 3), *fifth = scenario_planned(plan, 4);
    fifth->pricing = PRICING_RECURRING;
    fifth->price_minor = fourth->price_minor;
    fifth->recurrence = arena_copy(scene.stage->arena, scenario_planned(plan, 0)->recurrence,
                                   sizeof *fifth->recurrence);
    fifth->recurrence->start_day = stage_day("2016-11-01");
    fourth->pricing = PRICING_NON_BILLABLE;
    fourth->price_minor = 0;
    struct change_order order = drafted(&scene, plan);
    agree(&scene, order.id);
    get_row(scene.stage, &milestone_shape, scene.milestones[3].id, &milestone);
    assert_int_equal(milestone.pricing, PRICING_NON_BILLABLE);
    run_until(&scene, "2016-11-02T10:00:00Z");
    struct subject subject = {scene.milestones[4].id};
    struct billing_schedule schedule;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.payer, &show_billing_schedule_operation,
                                &subject, &schedule),
                  OK);
    assert_int_equal(schedule.billed_minor, 50000);
    assert_int_equal(schedule.price_minor, 99999);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

static void assert_bill_days(const struct billing_schedule *schedule, const char *const *days,
                             size_t count)
{
    char day[DAY_TEXT_SIZE];
    assert_int_equal(schedule->periods.count, count);
    for (size_t i = 0; i < count; i++) {
        const struct billing_period *period = LIST_AT(struct billing_period, schedule->periods, i);
        assert_string_equal(day_format(period->bill_day, day), days[i]);
    }
}

/* The care goes over to quarters on 15 October; a month that begins before is billed as it was. */
static struct change_order agree_from_october(struct scene *scene)
{
    struct change_order order;
    struct plan *plan = restated(scene);
    struct plan_milestone *care = scenario_planned(plan, 0);
    care->recurrence->rhythm = RHYTHM_QUARTERLY;
    struct change_order form = {
        .engagement_id = scene->engagement.id,
        .title = "Quarters from October",
        .plan = plan,
        .valid_until_day = time_day(clock_now_ms(&scene->stage->clock)) + 20,
    };
    form.start_day = stage_day("2016-10-15");
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->owner, &create_change_order_operation, &form, &order),
        OK);
    settled(scene, order.id, "M4");
    assert_result(scene->stage, propose(scene, order.id, &order), OK);
    return sign_all(scene, &order);
}

CASE(an_order_with_a_start_day_leaves_the_periods_before_it_to_the_old_terms)
{
    static const char *const days[] = {"2016-08-31", "2016-09-30", "2016-10-31", "2016-11-30",
                                       "2017-02-28"};
    struct scene scene;
    set_at_work(&scene, *state);
    struct change_order order = agree_from_october(&scene);
    assert_int_equal(order.state, CHANGE_ORDER_APPROVED);
    assert_int_equal(scenario_planned(order.plan, 0)->settled_periods, 2);
    assert_int_equal(scenario_planned(order.plan, 0)->settled_minor, 50001);
    run_until(&scene, "2016-09-30T10:00:00Z");
    assert_int_equal(schedule_of(&scene).billed_minor, 50001);
    assert_int_equal(schedule_of(&scene).periods.count, 4);
    run_until(&scene, "2016-10-15T10:00:00Z");
    struct billing_schedule schedule = schedule_of(&scene);
    assert_bill_days(&schedule, days, 5);
    run_until(&scene, "2017-04-30T10:00:00Z");
    assert_int_equal(schedule_of(&scene).billed_minor, 150000);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(a_server_that_was_down_bills_each_period_by_its_own_terms_and_once)
{
    struct scene scene;
    set_at_work(&scene, *state);
    agree_from_october(&scene);
    run_until(&scene, "2017-04-30T10:00:00Z"); /* all at once */
    struct billing_schedule schedule = schedule_of(&scene);
    assert_int_equal(schedule.billed_minor, 150000);
    for (size_t i = 0; i < schedule.periods.count; i++) {
        const struct billing_period *period = LIST_AT(struct billing_period, schedule.periods, i);
        assert_int_equal(stored_invoice(&scene, period->invoice_id).issue_day, period->bill_day);
        assert_int_equal(stored_invoice(&scene, period->invoice_id).net_minor, period->net_minor);
    }
    assert_int_equal(LIST_AT(struct billing_period, schedule.periods, 1)->net_minor, 25001);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(what_is_accepted_or_billed_meanwhile_stops_the_signature_and_nothing_changes)
{
    struct scene scene;
    struct change_order order;
    set_at_work(&scene, *state);
    struct stage *stage = scene.stage;
    order = drafted(&scene, restated(&scene));
    struct id first_id = order.id;
    settled(&scene, first_id, "M4");
    assert_result(stage, propose(&scene, first_id, &order), OK);
    struct sign_contract in = {order.id, order.document_hash, "I have read it and sign it."};
    run_until(&scene, "2016-09-15T10:00:00Z");
    submit_and_accept(&scene, 2); /* at 1000.00, and the order says 1300.00 */
    assert_result(stage,
                  stage_perform(stage, scene.owner, &sign_change_order_operation, &in, &order),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "plan/milestones/2/price");
    assert_int_equal(price_of(&scene, 2), 100000);
    /* and a period that the order does not know of */
    struct plan *plan = restated(&scene);
    scenario_planned(plan, 3)->price_minor = 460000 - 150000 - 200000;
    order = drafted(&scene, plan);
    order = settled(&scene, order.id, "M4");
    assert_int_equal(scenario_planned(order.plan, 0)->settled_periods, 1);
    assert_result(stage, propose(&scene, order.id, &order), OK);
    in = (struct sign_contract){order.id, order.document_hash, "I have read it and sign it."};
    run_until(&scene, "2016-09-30T10:00:00Z"); /* the second month is billed */
    assert_result(stage,
                  stage_perform(stage, scene.owner, &sign_change_order_operation, &in, &order),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "plan/milestones/0/settled_periods");
    assert_int_equal(schedule_of(&scene).periods.count, 4);
    clock_set(&stage->clock, STAGE_NOW_MS);
}

CASE(an_order_that_another_one_overtook_is_revised_and_restated_again)
{
    struct scene scene;
    struct change_order later, revision;
    set_at_work(&scene, *state);
    struct plan *plan = plan_of(&scene);
    plan->total_minor += 20000; /* half of it is M3's */
    later = drafted(&scene, plan);
    settled(&scene, later.id, "M4");
    struct change_order first = drafted(&scene, restated(&scene));
    settled(&scene, first.id, "M4");
    agree(&scene, first.id);
    assert_result(scene.stage, propose(&scene, later.id, &revision), ERROR_STALE);
    struct subject subject = {later.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &revise_change_order_operation, &subject,
                                &revision),
                  OK);
    assert_int_equal(revision.plan->total_minor, 480000);
    revision = settled(&scene, revision.id, "M4");
    assert_int_equal(scenario_planned(revision.plan, 0)->settled_periods, 1);
    assert_int_equal(scenario_planned(revision.plan, 2)->price_minor, 140000);
    agree(&scene, revision.id);
    assert_int_equal(price_of(&scene, 1), 100000);
    assert_int_equal(price_of(&scene, 2), 140000);
    assert_int_equal(price_of(&scene, 3), 90000);
    assert_int_equal(schedule_of(&scene).periods.count, 7);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* 2026-11-28: what a month's collected invoice bills was not found, so an order could lower it
 * without a credit. */
CASE(what_is_billed_on_a_collected_invoice_is_credited_too)
{
    struct scene scene;
    struct change_order order;
    scene_set_as(&scene, *state, price_in_every_way);
    struct invoice invoice;
    submit_and_accept(&scene, 0);
    struct acceptance acceptance = submit_and_accept(&scene, 1);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    struct id milestone_id = invoice.milestone_id;
    invoice.milestone_id = (struct id){0};
    change_row(scene.stage, &invoice_shape, &invoice);
    struct plan *plan = plan_of(&scene);
    plan->total_minor = 180000;
    scenario_planned(plan, 3)->price_minor = 0;
    scenario_planned(plan, 0)->price_minor = 90000;
    order = drafted(&scene, plan);
    order = settled(&scene, order.id, NULL);
    assert_result(scene.stage, propose(&scene, order.id, &order), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "credits");
    invoice.milestone_id = milestone_id;
    change_row(scene.stage, &invoice_shape, &invoice);
}

/* ---- and all of it ------------------------------------------------------------------------- */

/* The cases above left their rows to be held to the audit. */

CASE(a_restated_contract_is_sound_and_its_bundle_holds)
{
    struct scene scene;
    struct stage *stage = *state;
    set_at_work(&scene, stage);
    struct change_order order = drafted(&scene, restated(&scene));
    settled(&scene, order.id, "M4");
    agree(&scene, order.id);
    submit_and_accept(&scene, 2);
    run_until(&scene, "2016-10-31T10:00:00Z");
    /* 2026-11-28: what was billed by periods led back to no contract in a bundle */
    assert_bundle_holds(stage, bundle_of(stage, scene.owner, scene.engagement.id, 0));
    assert_bundle_holds(stage, bundle_of(stage, scene.viewer, scene.engagement.id, 0));
    clock_set(&stage->clock, STAGE_NOW_MS);
    struct engagement_copy copy;
    struct subject subject = {scene.engagement.id};
    assert_result(
        stage,
        stage_perform(stage, (struct actor){0}, &export_engagement_operation, &subject, &copy), OK);
    assert_int_equal(copy.billing_periods.count, 3);
    assert_result(stage, engagement_copy_check(&copy, &stage->fault), OK);
    assert_sound(stage);
}

CASE(a_billed_period_that_was_never_agreed_is_named)
{
    struct stage *stage = *state;
    forge(stage, "UPDATE billing_period SET number = number + 50 WHERE number > 1");
    struct outcome outcome = audit(stage);
    assert_true(outcome.failed > 0);
    assert_non_null(strstr(outcome.text, "billed periods of M1 are not those that were agreed"));
    free(outcome.text);
}

STAGE_RUN(T(both_sides_see_what_is_restated_before_anyone_agrees),
          T(billed_periods_and_accepted_shares_stay_and_the_rest_is_billed_as_restated),
          T(the_budget_follows_the_restated_schedule),
          T(a_sum_below_what_is_billed_proposes_a_credit_note),
          T(what_is_priced_otherwise_is_billed_from_the_day_it_is_agreed),
          T(an_order_with_a_start_day_leaves_the_periods_before_it_to_the_old_terms),
          T(a_server_that_was_down_bills_each_period_by_its_own_terms_and_once),
          T(what_is_accepted_or_billed_meanwhile_stops_the_signature_and_nothing_changes),
          T(an_order_that_another_one_overtook_is_revised_and_restated_again),
          T(what_is_billed_on_a_collected_invoice_is_credited_too),
          T(a_restated_contract_is_sound_and_its_bundle_holds),
          T(a_billed_period_that_was_never_agreed_is_named))
