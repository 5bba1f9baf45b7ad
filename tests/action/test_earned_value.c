#include "action/earned_value.h"

#include "../audit/tamper.h"
#include "action/engagement.h"
#include "action/estimate.h"
#include "action/rate_card.h"
#include "action/time_entry.h"
#include "base/day.h"
#include "platform/clock.h"

#include "explained.h"

static const struct explained value_explained = {&show_earned_value_operation,
                                                 &explain_earned_value_operation};

static struct rate day_rates[] = {{"developer", "60.00", "105.00"}};
static struct effort sure[] = {{"developer", 960, 960, 960}};

/* A contract of three milestones, signed on 2016-06-22, of which the first was estimated at 960.00
 * and starts on the day; it is due a week later. */
static void set_stage(struct scenario *s, void **state)
{
    struct stage *stage = *state;
    clock_set(&stage->clock, STAGE_NOW_MS);
    scenario_client(s, stage);
    scenario_engagement(s);
    scenario_requirements(s, 3);
    struct plan *plan = scenario_plan(s, 3);
    scenario_planned(plan, 0)->start_day = time_day(STAGE_NOW_MS);
    scenario_draft(s, plan);
    struct rate_card card = {.name = "2016", .currency = "EUR", .rates = {day_rates, 1}}, made;
    assert_result(
        stage, stage_perform(stage, scenario_owner(s), &create_rate_card_operation, &card, &made),
        OK);
    struct estimated_milestone milestone = {"M1", 1, {sure, 1}};
    struct estimate in = {.proposal_id = s->proposal.id,
                          .rate_card_id = made.id,
                          .day_minutes = WORKING_DAY_MINUTES,
                          .milestones = {&milestone, 1}},
                    out;
    assert_result(
        stage, stage_perform(stage, scenario_owner(s), &create_estimate_operation, &in, &out), OK);
    scenario_send(s);
    scenario_accept(s);
    scenario_draw_up(s);
    scenario_send_contract(s);
    scenario_sign(s);
}

static enum error show(const struct scenario *s, int32_t on, struct earned_value_view *view)
{
    struct show_earned_value in = {s->engagement.id, on};
    return stage_perform(s->stage, stage_user(USER_AUDITOR), &show_earned_value_operation, &in,
                         view);
}

static struct earned_value_view shown(const struct scenario *s, int32_t on)
{
    struct earned_value_view view;
    struct show_earned_value in = {s->engagement.id, on};
    assert_result(s->stage, show(s, on, &view), OK);
    explain_shown(s->stage, stage_user(USER_AUDITOR), &value_explained, &in, 0);
    return view;
}

static enum error choose(const struct scenario *s, size_t milestone, enum earning_rule rule,
                         struct earning_choice *out)
{
    struct choose_earning_rule in = {scenario_milestone(s, milestone)->id, rule};
    return stage_perform(s->stage, scenario_owner(s), &choose_earning_rule_operation, &in, out);
}

static void work_an_hour(const struct scenario *s, int32_t on)
{
    struct time_entry in = {.engagement_id = s->engagement.id,
                            .milestone_id = scenario_milestone(s, 0)->id,
                            .day = on,
                            .minutes = 60,
                            .role = "developer",
                            .note = "Wrote it"},
                      entry;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_owner(s), &record_time_operation, &in, &entry),
                  OK);
    struct subject subject = {entry.id};
    assert_result(
        s->stage,
        stage_perform(s->stage, scenario_owner(s), &approve_time_entry_operation, &subject, &entry),
        OK);
}

static void days_later(const struct scenario *s, int days)
{
    clock_set(&s->stage->clock, STAGE_NOW_MS + (int64_t)days * DAY_MS);
    run_due_jobs(s->stage);
}

CASE(today_is_reckoned_when_it_is_asked_for)
{
    struct scenario s;
    struct earning_choice choice;
    set_stage(&s, state);
    assert_result(s.stage, choose(&s, 0, EARN_BY_TASKS, &choice), OK);
    work_an_hour(&s, stage_day("2016-06-22"));
    struct earned_value_view view = shown(&s, DAY_NONE);
    assert_int_equal(view.day, stage_day("2016-06-22"));
    assert_int_equal(view.taken_at, 0);
    assert_int_equal(view.basis, VALUE_BY_COST);
    assert_int_equal(view.total->budget_minor, 96000);
    assert_true(view.total->planned_minor > 0 && view.total->planned_minor < 96000);
    assert_int_equal(view.total->earned_minor, 0);
    assert_int_equal(view.total->actual_minor, 6000);
    assert_int_equal(view.total->cost_variance_minor, -6000);
    assert_true(view.total->expected_cost_minor == INTEGER_NONE);
}

CASE(each_day_that_is_over_is_kept_once_with_its_own_date)
{
    struct scenario s;
    set_stage(&s, state);
    work_an_hour(&s, stage_day("2016-06-22"));
    days_later(&s, 4); /* the program was down */
    run_due_jobs(s.stage);
    for (int32_t on = stage_day("2016-06-22"); on < stage_day("2016-06-26"); on++) {
        struct earned_value_view view = shown(&s, on);
        assert_int_equal(view.day, on);
        assert_int_equal(view.taken_at, STAGE_NOW_MS + INT64_C(4) * DAY_MS);
        assert_int_equal(view.total->actual_minor, 6000);
    }
    struct earned_value_view view;
    assert_result(s.stage, show(&s, stage_day("2016-06-21"), &view), ERROR_NOT_FOUND);
    assert_string_equal(s.stage->fault.field, "day");
    assert_result(s.stage, show(&s, stage_day("2016-06-27"), &view), ERROR_OUT_OF_RANGE);
    assert_string_equal(s.stage->fault.field, "day");
}

CASE(a_day_that_is_kept_never_changes)
{
    struct scenario s;
    set_stage(&s, state);
    days_later(&s, 1);
    assert_int_equal(shown(&s, stage_day("2016-06-22")).total->actual_minor, 0);
    work_an_hour(&s, stage_day("2016-06-22"));
    days_later(&s, 2);
    assert_int_equal(shown(&s, stage_day("2016-06-22")).total->actual_minor, 0);
    assert_int_equal(shown(&s, stage_day("2016-06-23")).total->actual_minor, 6000);
}

CASE(what_was_approved_later_is_not_in_a_day_that_is_caught_up)
{
    struct scenario s;
    set_stage(&s, state);
    clock_set(&s.stage->clock, STAGE_NOW_MS + DAY_MS);
    work_an_hour(&s, stage_day("2016-06-22"));
    days_later(&s, 2);
    assert_int_equal(shown(&s, stage_day("2016-06-22")).total->actual_minor, 0);
    assert_int_equal(shown(&s, stage_day("2016-06-23")).total->actual_minor, 6000);
}

CASE(the_day_on_which_an_engagement_ends_is_its_last)
{
    struct scenario s;
    struct engagement ended;
    struct earned_value_view view;
    set_stage(&s, state);
    struct engagement_reason end = {.id = s.engagement.id, .reason = "Out of money"};
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &terminate_engagement_operation, &end, &ended),
        OK);
    days_later(&s, 3);
    shown(&s, stage_day("2016-06-22"));
    assert_result(s.stage, show(&s, stage_day("2016-06-23"), &view), ERROR_NOT_FOUND);
}

CASE(how_a_milestone_earns_can_be_chosen_until_it_is_accepted)
{
    struct scenario s;
    struct earning_choice choice;
    set_stage(&s, state);
    assert_result(s.stage, choose(&s, 0, EARN_IN_HALVES, &choice), OK);
    assert_result(s.stage, choose(&s, 0, EARN_BY_CRITERIA, &choice), OK);
    assert_int_equal(choice.rule, EARN_BY_CRITERIA);
    assert_int_equal(choice.version, 2);
    struct choose_earning_rule in = {scenario_milestone(&s, 0)->id, EARN_BY_TASKS};
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1, &choose_earning_rule_operation,
                                   &in, &choice),
                  ERROR_STALE);
    in.milestone_id = scenario_milestone(&s, 1)->id; /* nobody has chosen yet */
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1, &choose_earning_rule_operation,
                                   &in, &choice),
                  ERROR_STALE);
    assert_int_equal(scenario_events(&s, "milestone.earning_rule_chosen"), 2);
    struct milestone accepted = *scenario_milestone(&s, 0);
    scenario_load(&s, &milestone_shape, accepted.id, &accepted);
    accepted.state = MILESTONE_ACCEPTED;
    accepted.accepted_at = STAGE_NOW_MS;
    change_row(s.stage, &milestone_shape, &accepted);
    assert_result(s.stage, choose(&s, 0, EARN_BY_TASKS, &choice), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "state");
    assert_int_equal(shown(&s, DAY_NONE).total->earned_minor, 96000);
}

CASE(only_the_agency_sees_value_and_planners_choose)
{
    enum {
        PLANNERS = ROLE_OWNER | ROLE_DELIVERY,
        AGENCY = PLANNERS | ROLE_SALES | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &show_earned_value_operation, AGENCY);
    stage_assert_only(stage, &choose_earning_rule_operation, PLANNERS);
}

/* What is kept of each milestone, with one amount exchanged for another and back. */
static void exchange(const struct scenario *s, const char *kept, const char *forged,
                     const char *said)
{
    static const char sql[] =
        "UPDATE value_snapshot SET milestones = replace(milestones, '%s', '%s')";
    struct arena *arena = s->stage->arena;
    tamper(s->stage, arena_format(arena, sql, kept, forged), arena_format(arena, sql, forged, kept),
           said);
}

CASE(verify_holds_what_was_kept_to_budgets_and_approved_time)
{
    struct scenario s;
    struct earning_choice choice;
    set_stage(&s, state);
    assert_result(s.stage, choose(&s, 0, EARN_BY_TASKS, &choice), OK);
    work_an_hour(&s, stage_day("2016-06-22"));
    days_later(&s, 1);
    work_an_hour(&s, stage_day("2016-06-22")); /* approved too late for that day */
    days_later(&s, 2);
    assert_int_equal(shown(&s, stage_day("2016-06-22")).total->actual_minor, 6000);
    assert_int_equal(shown(&s, stage_day("2016-06-23")).total->actual_minor, 12000);
    assert_sound(s.stage);
    exchange(&s, "\"actual\":{\"amount\":\"60.00\"", "\"actual\":{\"amount\":\"61.01\"",
             "its costs sum to 6101, and the time approved by then cost 6000");
    exchange(&s, "\"budget\":{\"amount\":\"960.00\"", "\"budget\":{\"amount\":\"3.00\"",
             "more is planned than its budget");
    exchange(&s, "\"earned\":{\"amount\":\"0.00\"", "\"earned\":{\"amount\":\"960.01\"",
             "it has earned more than its budget");
    tamper(s.stage, "UPDATE time_entry SET cost_minor = cost_minor + 1",
           "UPDATE time_entry SET cost_minor = cost_minor - 1",
           ", and the time approved by then cost ");
    tamper(s.stage, "UPDATE value_snapshot SET basis = 'price'",
           "UPDATE value_snapshot SET basis = 'cost'", "it has a cost without an estimate");
    assert_sound(s.stage);
}

STAGE_RUN(T(today_is_reckoned_when_it_is_asked_for),
          T(each_day_that_is_over_is_kept_once_with_its_own_date),
          T(a_day_that_is_kept_never_changes),
          T(what_was_approved_later_is_not_in_a_day_that_is_caught_up),
          T(verify_holds_what_was_kept_to_budgets_and_approved_time),
          T(the_day_on_which_an_engagement_ends_is_its_last),
          T(how_a_milestone_earns_can_be_chosen_until_it_is_accepted),
          T(only_the_agency_sees_value_and_planners_choose))
