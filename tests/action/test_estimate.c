#include "action/estimate.h"

#include "action/proposal.h"
#include "action/rate_card.h"
#include "store/estimate.h"

#include "explained.h"

static const struct explained estimate_explained = {&show_estimate_figures_operation,
                                                    &explain_estimate_operation};

static struct rate day_rates[] = {{"lead", "95.00", "140.00"}, {"developer", "61.3333", "105.00"}};
static struct effort sure[] = {{"developer", 960, 960, 960}};
static struct effort unsure[] = {{"lead", 60, 90, 240}, {"developer", 960, 1440, 3360}};

static void set_stage(struct scenario *s, void **state)
{
    scenario_client(s, *state);
    scenario_engagement(s);
    scenario_requirements(s, 3);
    scenario_draft(s, scenario_plan(s, 3));
}

static enum error write_card(const struct scenario *s, struct actor actor, const char *currency,
                             size_t count, struct rate_card *card)
{
    struct rate_card in = {.name = "2016", .currency = currency, .rates = {day_rates, count}};
    return stage_perform(s->stage, actor, &create_rate_card_operation, &in, card);
}

static enum error change_card(const struct scenario *s, const struct rate_card *card,
                              struct rate *rates, size_t count)
{
    struct rate_card in = {.id = card->id, .name = "later", .rates = {rates, count}}, out;
    return stage_perform(s->stage, scenario_owner(s), &change_rate_card_operation, &in, &out);
}

static struct rate_card card_of(const struct scenario *s)
{
    struct rate_card card;
    assert_result(s->stage, write_card(s, scenario_owner(s), "EUR", 2, &card), OK);
    return card;
}

static struct list estimated(const struct scenario *s, struct effort *efforts, size_t count)
{
    struct estimated_milestone *milestones = arena_array(s->stage->arena, 2, sizeof *milestones);
    milestones[0] = (struct estimated_milestone){"M1", 1, {sure, 1}};
    milestones[1] = (struct estimated_milestone){"M2", 1, {efforts, count}};
    return (struct list){milestones, 2};
}

static enum error estimate(const struct scenario *s, struct id card_id, struct effort *efforts,
                           size_t count, struct estimate *out)
{
    struct estimate in = {
        .proposal_id = s->proposal.id,
        .rate_card_id = card_id,
        .day_minutes = WORKING_DAY_MINUTES,
        .contingency_ppm = 100000,
        .milestones = estimated(s, efforts, count),
    };
    return stage_perform(s->stage, scenario_owner(s), &create_estimate_operation, &in, out);
}

static struct estimate estimate_of(const struct scenario *s, struct id card_id)
{
    struct estimate out;
    assert_result(s->stage, estimate(s, card_id, unsure, 2, &out), OK);
    return out;
}

static struct estimate_sheet figures(const struct scenario *s, struct id id)
{
    struct subject subject = {id};
    struct estimate_sheet sheet;
    assert_result(s->stage,
                  stage_perform(s->stage, stage_user(USER_AUDITOR),
                                &show_estimate_figures_operation, &subject, &sheet),
                  OK);
    explain_shown(s->stage, stage_user(USER_AUDITOR), &estimate_explained, &subject, 0);
    return sheet;
}

static void agree_and_sign(struct scenario *s)
{
    scenario_send(s);
    scenario_accept(s);
    scenario_draw_up(s);
    scenario_send_contract(s);
    scenario_sign(s);
}

CASE(an_estimate_of_a_proposal_tells_cost_and_margin_by_milestone)
{
    struct scenario s;
    set_stage(&s, state);
    struct estimate made = estimate_of(&s, card_of(&s).id);
    struct estimate_sheet sheet = figures(&s, made.id);
    const struct estimate_figures *first = LIST_AT(struct estimate_figures, sheet.milestones, 0);
    assert_int_equal(sheet.milestones.count, 3);
    assert_string_equal(first->code, "M1");
    assert_int_equal(first->cost_minor, 98133); /* 16 hours at 61.3333 */
    assert_int_equal(first->price_minor, SCENARIO_PRICE_MINOR);
    assert_int_equal(first->margin_minor, SCENARIO_PRICE_MINOR - 98133);
    /* 110 minutes of the lead, 1680 of the developer */
    assert_int_equal(sheet.total->cost_minor, 98133 + 17417 + 171733);
    assert_int_equal(sheet.total->price_minor, 3 * SCENARIO_PRICE_MINOR);
    assert_int_equal(sheet.total->contingency_minor, 28728);
    assert_int_equal(scenario_events(&s, "estimate.created"), 1);
}

CASE(a_proposal_has_one_estimate)
{
    struct scenario s;
    struct estimate out;
    set_stage(&s, state);
    struct rate_card card = card_of(&s);
    estimate_of(&s, card.id);
    assert_result(s.stage, estimate(&s, card.id, sure, 1, &out), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "proposal_id");
}

CASE(a_role_that_the_card_lacks_is_invalid)
{
    struct scenario s;
    struct estimate out;
    struct effort pilot[] = {{"pilot", 1, 2, 3}};
    set_stage(&s, state);
    struct rate_card card = card_of(&s);
    assert_result(s.stage, estimate(&s, card.id, pilot, 1, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "milestones/1/efforts/0/role");
    assert_result(s.stage, estimate(&s, s.client.id, sure, 1, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "rate_card_id");
}

CASE(rates_in_another_currency_than_the_proposal_are_invalid)
{
    struct scenario s;
    struct rate_card card;
    struct estimate out;
    set_stage(&s, state);
    assert_result(s.stage, write_card(&s, scenario_owner(&s), "USD", 2, &card), OK);
    assert_result(s.stage, estimate(&s, card.id, sure, 1, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "currency");
}

CASE(a_card_without_a_role_that_was_on_it_is_refused)
{
    struct scenario s;
    set_stage(&s, state);
    struct rate_card card = card_of(&s);
    assert_result(s.stage, change_card(&s, &card, day_rates, 1), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "rates");
    struct rate wrong[] = {day_rates[0], {"developer", "1.0000001", "2"}};
    assert_result(s.stage, change_card(&s, &card, wrong, 2), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "rates/1/cost_per_hour");
}

CASE(figures_follow_the_card_until_the_contract_is_signed)
{
    struct scenario s;
    struct rate dearer[] = {{"lead", "100.00", "140.00"}, {"developer", "100.00", "105.00"}};
    struct rate dearest[] = {{"lead", "900.00", "140.00"}, {"developer", "900.00", "105.00"}};
    set_stage(&s, state);
    struct rate_card card = card_of(&s);
    struct estimate made = estimate_of(&s, card.id), kept;
    assert_result(s.stage, change_card(&s, &card, dearer, 2), OK);
    assert_int_equal(figures(&s, made.id).total->cost_minor, 160000 + 18333 + 280000);
    agree_and_sign(&s); /* the client signs last, and never sees what that keeps */
    assert_result(s.stage, change_card(&s, &card, dearest, 2), OK);
    assert_int_equal(figures(&s, made.id).total->cost_minor, 160000 + 18333 + 280000);
    scenario_load(&s, &estimate_shape, made.id, &kept);
    assert_int_equal(kept.frozen_at, STAGE_NOW_MS);
    assert_string_equal(LIST_AT(struct rate, kept.rates, 1)->cost_per_hour, "100.00");
}

CASE(an_estimate_of_a_signed_contract_cannot_be_changed)
{
    struct scenario s;
    struct estimate out;
    set_stage(&s, state);
    struct estimate made = estimate_of(&s, card_of(&s).id);
    made.contingency_ppm = 0;
    assert_result(
        s.stage,
        stage_perform_at(s.stage, scenario_owner(&s), 1, &change_estimate_operation, &made, &out),
        OK);
    assert_result(
        s.stage,
        stage_perform_at(s.stage, scenario_owner(&s), 1, &change_estimate_operation, &made, &out),
        ERROR_STALE);
    agree_and_sign(&s);
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &change_estimate_operation, &made, &out),
        ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "frozen_at");
}

static enum error simulate(const struct scenario *s, struct id id, int64_t seed,
                           struct estimate_simulation_view *view)
{
    struct simulate_estimate in = {.id = id, .runs = 1000, .seed = seed, .start_day = DAY_NONE};
    return stage_perform(s->stage, stage_user(USER_DELIVERY), &simulate_estimate_operation, &in,
                         view);
}

CASE(a_simulation_tells_finish_days_and_costs_by_milestone_and_repeats_itself)
{
    struct scenario s;
    struct estimate_simulation_view first, second;
    set_stage(&s, state);
    struct estimate made = estimate_of(&s, card_of(&s).id);
    assert_result(s.stage, simulate(&s, made.id, 7, &first), OK);
    assert_result(s.stage, simulate(&s, made.id, 7, &second), OK);
    assert_int_equal(first.milestones.count, 3);
    const struct simulated *one = LIST_AT(struct simulated, first.milestones, 0);
    assert_int_equal(one->cost_95_minor, 98133); /* without doubt */
    assert_true(one->finish_50_day == one->finish_95_day);
    const struct simulated *two = LIST_AT(struct simulated, first.milestones, 1);
    assert_true(two->finish_50_day < two->finish_95_day);
    assert_true(two->cost_50_minor < two->cost_80_minor);
    assert_int_equal(first.whole->cost_50_minor, second.whole->cost_50_minor);
    assert_int_equal(first.whole->finish_95_day, second.whole->finish_95_day);
}

CASE(an_estimate_that_the_draft_has_left_behind_is_not_reckoned)
{
    struct scenario s;
    struct subject subject;
    struct estimate_sheet sheet;
    set_stage(&s, state);
    subject.id = estimate_of(&s, card_of(&s).id).id;
    struct proposal in = {.id = s.proposal.id,
                          .plan = scenario_plan(&s, 1),
                          .valid_until_day = s.proposal.valid_until_day},
                    out;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &change_proposal_operation, &in, &out),
                  OK);
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &show_estimate_figures_operation,
                                &subject, &sheet),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "milestones/1/code");
}

CASE(only_those_of_the_agency_who_plan_may_estimate_and_no_client_reads)
{
    enum {
        AGENCY =
            ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &create_rate_card_operation, ROLE_OWNER | ROLE_FINANCE);
    stage_assert_only(stage, &create_estimate_operation, ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY);
    stage_assert_only(stage, &show_rate_card_operation, AGENCY);
    stage_assert_only(stage, &list_rate_cards_operation, AGENCY);
    stage_assert_only(stage, &show_estimate_operation, AGENCY);
    stage_assert_only(stage, &list_estimates_operation, AGENCY);
    stage_assert_only(stage, &show_estimate_figures_operation, AGENCY);
    stage_assert_only(stage, &simulate_estimate_operation, AGENCY);
}

STAGE_RUN(T(an_estimate_of_a_proposal_tells_cost_and_margin_by_milestone),
          T(a_proposal_has_one_estimate), T(a_role_that_the_card_lacks_is_invalid),
          T(rates_in_another_currency_than_the_proposal_are_invalid),
          T(a_card_without_a_role_that_was_on_it_is_refused),
          T(figures_follow_the_card_until_the_contract_is_signed),
          T(an_estimate_of_a_signed_contract_cannot_be_changed),
          T(a_simulation_tells_finish_days_and_costs_by_milestone_and_repeats_itself),
          T(an_estimate_that_the_draft_has_left_behind_is_not_reckoned),
          T(only_those_of_the_agency_who_plan_may_estimate_and_no_client_reads))
