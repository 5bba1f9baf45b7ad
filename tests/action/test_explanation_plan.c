/* Where the numbers of plans come from: what the work is expected to cost, what it has earned, what
 * a change does to the sum, and when the money comes. */
#include "action/budget.h"
#include "action/change_order.h"
#include "action/client_statement.h"
#include "action/contract_position.h"
#include "action/earned_value.h"
#include "action/estimate.h"
#include "action/ledger.h"
#include "action/rate_card.h"
#include "action/time_entry.h"

#include "explained.h"

static const struct explained all[] = {
    {&show_invoice_operation, &explain_invoice_operation},
    {&show_contract_position_operation, &explain_position_operation},
    {&show_budget_operation, &explain_budget_operation},
    {&show_forecast_operation, &explain_forecast_operation},
    {&show_estimate_figures_operation, &explain_estimate_operation},
    {&show_earned_value_operation, &explain_earned_value_operation},
    {&show_change_effect_operation, &explain_change_effect_operation},
    {&show_client_statement_operation, &explain_client_statement_operation},
    {&show_trial_balance_operation, &explain_trial_balance_operation},
};
static const struct explained *const forecast_explained = &all[3];
static const struct explained *const estimate_explained = &all[4];
static const struct explained *const value_explained = &all[5];
static const struct explained *const effect_explained = &all[6];

static struct rate rates[] = {{"lead", "95.00", "140.00"}, {"developer", "61.3333", "105.00"}};
static struct effort sure[] = {{"developer", 960, 960, 960}};
static struct effort unsure[] = {{"lead", 60, 90, 240}, {"developer", 960, 1440, 3361}};

/* An estimate of the first two of three milestones, the first to be worked on from today. */
static struct estimate set_estimate(struct scenario *s, void **state)
{
    struct stage *stage = *state;
    clock_set(&stage->clock, STAGE_NOW_MS);
    scenario_client(s, stage);
    scenario_engagement(s);
    scenario_requirements(s, 3);
    struct plan *plan = scenario_plan(s, 3);
    scenario_planned(plan, 0)->start_day = time_day(STAGE_NOW_MS);
    scenario_draft(s, plan);
    struct rate_card card = {.name = "2016", .currency = "EUR", .rates = {rates, 2}}, made;
    assert_result(
        stage, stage_perform(stage, scenario_owner(s), &create_rate_card_operation, &card, &made),
        OK);
    struct estimated_milestone milestones[] = {{"M1", 1, {sure, 1}}, {"M2", 1, {unsure, 2}}};
    struct estimate in = {.proposal_id = s->proposal.id,
                          .rate_card_id = made.id,
                          .day_minutes = WORKING_DAY_MINUTES,
                          .contingency_ppm = 100000,
                          .milestones = {milestones, 2}},
                    out;
    assert_result(
        stage, stage_perform(stage, scenario_owner(s), &create_estimate_operation, &in, &out), OK);
    return out;
}

static void sign(struct scenario *s)
{
    scenario_send(s);
    scenario_accept(s);
    scenario_draw_up(s);
    scenario_send_contract(s);
    scenario_sign(s);
}

static struct actor auditor(void)
{
    return stage_user(USER_AUDITOR);
}

/* 16 hours at 61.3333 are 981.3328; (60 + 4 * 90 + 240) / 6 is 110, (960 + 4 * 1440 + 3361) / 6
 * is 1680.17 minutes. */
CASE(an_estimate_is_explained_by_role_and_rate)
{
    struct scenario s;
    struct subject subject = {set_estimate(&s, state).id};
    struct explanation explanation =
        explain_shown(s.stage, auditor(), estimate_explained, &subject, 0);
    assert_int_equal(explanation.numbers.count, 4 * 8);
    const struct explained_number *cost = number_named(&explanation, "milestones/0/cost");
    assert_string_equal(cost->label, "M1");
    assert_int_equal(cost->amount_minor, 98133);
    assert_int_equal(cost->rounding_kind, ROUNDED_EACH_ROLE);
    assert_string_equal(input_at(cost, 0)->name, "developer");
    assert_string_equal(input_at(cost, 0)->per_hour, "61.3333");
    assert_string_equal(input_at(cost, 0)->exact, "981.3328");
    assert_string_equal(input_at(cost, 0)->detail, "960 minutes at 61.3333 an hour");
    const struct explained_number *minutes =
        number_named(&explanation, "milestones/1/expected_minutes");
    assert_int_equal(minutes->minutes, 110 + 1680);
    assert_true(minutes->amount_minor == INTEGER_NONE);
    assert_string_equal(input_at(minutes, 1)->detail, "(960 + 4 * 1440 + 3361) / 6 = 1680 minutes");
    assert_true(input_at(minutes, 1)->amount_minor == INTEGER_NONE);
    const struct explained_number *price = number_named(&explanation, "milestones/1/price");
    assert_true(id_equal(input_at(price, 0)->subject_id, s.proposal.id));
    const struct explained_number *spare = number_named(&explanation, "total/contingency");
    assert_int_equal(spare->rate_ppm, 100000);
    assert_int_equal(spare->of_minor, number_named(&explanation, "total/cost")->amount_minor);
    const struct explained_number *nothing =
        number_named(&explanation, "milestones/2/margin_ppm"); /* all of its price */
    assert_int_equal(nothing->ratio_ppm, 1000 * 1000);
    assert_true(nothing->amount_minor == INTEGER_NONE);
}

/* The budget of 981.33 is planned over the eight days to the 29th: 122.66625 on the first. */
CASE(earned_value_is_explained_today_and_as_it_was_kept)
{
    struct scenario s;
    struct estimate estimate = set_estimate(&s, state);
    sign(&s);
    struct choose_earning_rule choose = {scenario_milestone(&s, 0)->id, EARN_BY_TASKS};
    struct earning_choice choice;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &choose_earning_rule_operation,
                                &choose, &choice),
                  OK);
    struct time_entry in = {.engagement_id = s.engagement.id,
                            .milestone_id = choose.milestone_id,
                            .day = time_day(STAGE_NOW_MS),
                            .minutes = 50,
                            .role = "developer",
                            .note = "Wrote it"},
                      entry;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &record_time_operation, &in, &entry),
                  OK);
    struct subject subject = {entry.id};
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &approve_time_entry_operation, &subject, &entry),
        OK);
    struct show_earned_value query = {s.engagement.id, DAY_NONE};
    struct explanation explanation = explain_shown(s.stage, auditor(), value_explained, &query, 0);
    assert_int_equal(explanation.numbers.count, 4 * 10);
    const struct explained_number *budget = number_named(&explanation, "milestones/0/budget");
    assert_int_equal(budget->rule_kind, RULE_ESTIMATED_COST);
    assert_true(id_equal(input_at(budget, 0)->subject_id, estimate.id));
    const struct explained_number *planned = number_named(&explanation, "milestones/0/planned");
    assert_int_equal(planned->amount_minor, 12267);
    assert_int_equal(planned->rule_kind, RULE_PLANNED_BY_DAYS);
    assert_string_equal(planned->exact, "122.66625");
    assert_string_equal(input_at(planned, 0)->detail, "1 of 8");
    assert_true(id_equal(input_at(planned, 0)->subject_id, choose.milestone_id));
    const struct explained_number *actual = number_named(&explanation, "milestones/0/actual");
    assert_int_equal(actual->amount_minor, 5111); /* 50 minutes are 51.1111 */
    assert_int_equal(input_at(actual, 0)->minutes, 50);
    assert_int_equal(number_named(&explanation, "total/schedule_variance")->amount_minor, -12267);
    assert_int_equal(number_named(&explanation, "total/schedule_index_ppm")->ratio_ppm, 0);
    assert_true(number_named(&explanation, "total/expected_cost")->amount_minor == INTEGER_NONE);

    clock_set(&s.stage->clock, STAGE_NOW_MS + DAY_MS);
    run_due_jobs(s.stage);
    query.day = time_day(STAGE_NOW_MS);
    explanation = explain_shown(s.stage, auditor(), value_explained, &query, 0);
    assert_int_equal(number_named(&explanation, "milestones/0/planned")->rule_kind, RULE_AS_KEPT);
    query.day += 9;
    assert_result(
        s.stage,
        stage_perform(s.stage, auditor(), value_explained->explaining, &query, &explanation),
        ERROR_OUT_OF_RANGE);
    assert_string_equal(s.stage->fault.field, "day");
    clock_set(&s.stage->clock, STAGE_NOW_MS);
}

/* Of five invoices paid 1, 2, 3, 4 and 12 days late half are paid within 3 days, and 80 of 100
 * within 4. */
CASE(a_day_of_payment_names_the_invoice_whose_delay_it_takes)
{
    static const char *const days[] = {"2016-07-23", "2016-07-24", "2016-07-25", "2016-07-26",
                                       "2016-08-03"};
    struct scene scene, more;
    struct invoice invoices[SCENE_MILESTONES];
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        struct submission submission = scene_submit(&scene, i);
        invoices[i] = stored_invoice(&scene, scene_accept(&scene, i, &submission).invoice_id);
    }
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        clock_set(&scene.stage->clock,
                  moment(arena_format(scene.stage->arena, "%sT10:00:00Z", days[i])));
        pay(&scene, TOTAL, invoices[i].reference, ALLOCATE_AUTOMATICALLY);
    }
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
    scene_set_beside(&more, &scene);
    struct show_forecast in = {scene.scenario.client.id};
    struct explanation explanation =
        explain_shown(scene.stage, scene.finance, forecast_explained, &in, 0);
    const struct explained_number *half = number_named(&explanation, "events/0/paid_50_day");
    assert_int_equal(half->rule_kind, RULE_DAY_BY_CLIENT);
    assert_int_equal(half->rate_ppm, 500000);
    assert_int_equal(half->day, input_at(half, 0)->day + 3);
    assert_true(id_equal(input_at(half, 1)->subject_id, invoices[2].id));
    assert_string_equal(input_at(half, 1)->detail, "3 days, 3 of 5");
    const struct explained_number *most = number_named(&explanation, "events/0/paid_80_day");
    assert_true(id_equal(input_at(most, 1)->subject_id, invoices[3].id));
    const struct explained_number *month = number_named(&explanation, "months/0/due");
    assert_string_equal(month->label, "2016-07");
    assert_string_equal(month->currency, "EUR");
    assert_int_equal(month->amount_minor, TOTAL);
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.approver, forecast_explained->explaining, &in,
                                &explanation),
                  ERROR_FORBIDDEN);
}

/* 1234.57 with 19% is 234.5683 of tax. */
CASE(a_change_is_explained_by_milestone_with_its_tax)
{
    struct scene scene;
    struct contract contract;
    struct change_order order;
    scene_set(&scene, *state, NULL);
    get_row(scene.stage, &contract_shape, scene.scenario.contract.id, &contract);
    scenario_planned(contract.plan, 2)->price_minor += 23457;
    contract.plan->total_minor += 23457;
    struct change_order form = {
        .engagement_id = scene.engagement.id,
        .title = "Search",
        .purpose = "The client asked for a search",
        .plan = contract.plan,
        .start_day = DAY_NONE,
        .valid_until_day = time_day(STAGE_NOW_MS) + 14,
    };
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &create_change_order_operation, &form, &order), OK);
    struct subject subject = {order.id};
    struct explanation explanation =
        explain_shown(scene.stage, scene.owner, effect_explained, &subject, 0);
    assert_int_equal(explanation.numbers.count, 6);
    const struct explained_number *change = number_named(&explanation, "change");
    assert_int_equal(change->amount_minor, 23457);
    assert_int_equal(change->inputs.count, 1);
    assert_true(id_equal(input_at(change, 0)->subject_id, scene.milestones[2].id));
    const struct explained_number *tax = number_named(&explanation, "tax_after");
    assert_int_equal(tax->rounding_kind, ROUNDED_EACH_MILESTONE);
    assert_int_equal(input_at(tax, 2)->amount_minor, 23457);
    assert_string_equal(input_at(tax, 2)->exact, "234.5683");
    assert_int_equal(number_named(&explanation, "tax_change")->amount_minor, 4457);
    assert_result(scene.stage, /* a draft is the agency's own */
                  stage_perform(scene.stage, scene.approver, effect_explained->explaining, &subject,
                                &explanation),
                  ERROR_NOT_FOUND);
}

CASE(an_explanation_is_for_those_who_see_what_it_explains)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_int_equal(all[i].explaining->permission, all[i].shown->permission);
        stage_assert_only(*state, all[i].explaining, policy_roles(all[i].shown->permission));
    }
}

STAGE_RUN(T(an_estimate_is_explained_by_role_and_rate),
          T(earned_value_is_explained_today_and_as_it_was_kept),
          T(a_day_of_payment_names_the_invoice_whose_delay_it_takes),
          T(a_change_is_explained_by_milestone_with_its_tax),
          T(an_explanation_is_for_those_who_see_what_it_explains))
