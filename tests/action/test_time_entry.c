#include "action/time_entry.h"

#include "../scenario.h"
#include "action/engagement.h"
#include "action/estimate.h"
#include "action/rate_card.h"
#include "action/task.h"
#include "base/day.h"

static struct rate day_rates[] = {{"developer", "60.00", "105.00"}};
static struct effort sure[] = {{"developer", 960, 960, 960}};

/* A contract of three milestones, signed on 2016-06-22, the first of which was estimated. */
static void set_stage(struct scenario *s, void **state)
{
    scenario_client(s, *state);
    scenario_engagement(s);
    scenario_requirements(s, 3);
    scenario_draft(s, scenario_plan(s, 3));
    struct rate_card card = {.name = "2016", .currency = "EUR", .rates = {day_rates, 1}}, made;
    assert_result(
        s->stage,
        stage_perform(s->stage, scenario_owner(s), &create_rate_card_operation, &card, &made), OK);
    struct estimated_milestone milestone = {"M1", 1, {sure, 1}};
    struct estimate in = {.proposal_id = s->proposal.id,
                          .rate_card_id = made.id,
                          .day_minutes = WORKING_DAY_MINUTES,
                          .milestones = {&milestone, 1}},
                    out;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_owner(s), &create_estimate_operation, &in, &out),
                  OK);
    scenario_send(s);
    scenario_accept(s);
    scenario_draw_up(s);
    scenario_send_contract(s);
    scenario_sign(s);
}

static struct time_entry hours(const struct scenario *s, int64_t minutes)
{
    return (struct time_entry){
        .engagement_id = s->engagement.id,
        .milestone_id = scenario_milestone(s, 0)->id,
        .day = stage_day("2016-06-22"),
        .minutes = minutes,
        .role = "developer",
        .note = "Wrote it",
    };
}

static struct time_entry on(struct time_entry entry, const char *text)
{
    entry.day = stage_day(text);
    return entry;
}

static enum error record(const struct scenario *s, struct time_entry in, struct time_entry *out)
{
    return stage_perform(s->stage, scenario_owner(s), &record_time_operation, &in, out);
}

static struct time_entry recorded(const struct scenario *s, int64_t minutes)
{
    struct time_entry entry;
    assert_result(s->stage, record(s, hours(s, minutes), &entry), OK);
    return entry;
}

static enum error by_id(const struct scenario *s, const struct operation *operation, struct id id,
                        struct time_entry *out)
{
    struct subject subject = {id};
    return stage_perform(s->stage, scenario_owner(s), operation, &subject, out);
}

static enum error decide(const struct scenario *s, const struct operation *operation, struct id id,
                         const char *reason, struct time_entry *out)
{
    struct decide_time_entry in = {id, reason};
    return stage_perform(s->stage, scenario_owner(s), operation, &in, out);
}

static size_t listed(const struct scenario *s, struct list_time_entries query)
{
    struct page page;
    query.page.limit = 50;
    assert_result(s->stage,
                  stage_perform(s->stage, stage_user(USER_AUDITOR), &list_time_entries_operation,
                                &query, &page),
                  OK);
    return page.items.count;
}

CASE(recorded_time_is_approved_at_the_frozen_cost_of_its_role)
{
    struct scenario s;
    struct time_entry out;
    set_stage(&s, state);
    struct time_entry entry = recorded(&s, 90);
    assert_int_equal(entry.state, TIME_ENTRY_SUBMITTED);
    assert_true(entry.cost_minor == INTEGER_NONE);
    assert_true(id_equal(entry.user_id, s.owner.id));
    assert_result(s.stage, by_id(&s, &approve_time_entry_operation, entry.id, &out), OK);
    scenario_load(&s, &time_entry_shape, entry.id, &entry);
    assert_int_equal(entry.state, TIME_ENTRY_APPROVED);
    assert_int_equal(entry.cost_minor, 9000);
    assert_true(id_equal(entry.decided_by, s.owner.id));
    assert_int_equal(scenario_events(&s, "time_entry.recorded"), 1);
    assert_int_equal(scenario_events(&s, "time_entry.approved"), 1);
}

CASE(approved_time_never_changes_and_is_reversed_once_by_an_entry_of_its_own)
{
    struct scenario s;
    struct time_entry out, again;
    set_stage(&s, state);
    struct id id = recorded(&s, 90).id;
    assert_result(s.stage, decide(&s, &reverse_time_entry_operation, id, "Twice", &out),
                  ERROR_WRONG_STATE);
    assert_result(s.stage, by_id(&s, &approve_time_entry_operation, id, &out), OK);
    assert_result(s.stage, by_id(&s, &withdraw_time_entry_operation, id, &out), ERROR_WRONG_STATE);
    assert_result(s.stage, decide(&s, &return_time_entry_operation, id, "No", &out),
                  ERROR_WRONG_STATE);
    assert_result(s.stage, decide(&s, &reverse_time_entry_operation, id, "Twice", &out), OK);
    assert_int_equal(out.minutes, -90);
    assert_int_equal(out.cost_minor, -9000);
    assert_result(s.stage, decide(&s, &reverse_time_entry_operation, id, "Twice", &again),
                  ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "reverses_entry_id");
    assert_result(s.stage, decide(&s, &reverse_time_entry_operation, out.id, "Back", &again),
                  ERROR_WRONG_STATE);
    scenario_load(&s, &time_entry_shape, id, &out);
    assert_int_equal(out.minutes, 90);
    assert_int_equal(out.state, TIME_ENTRY_APPROVED);
    assert_int_equal(scenario_events(&s, "time_entry.reversed"), 1);
}

CASE(returned_and_withdrawn_time_frees_its_hours)
{
    struct scenario s;
    struct time_entry out;
    set_stage(&s, state);
    struct time_entry most = on(hours(&s, 1000), "2016-06-20");
    struct time_entry whole = on(hours(&s, 1440), "2016-06-20");
    assert_result(s.stage, record(&s, most, &out), OK);
    struct id first = out.id;
    assert_result(s.stage, record(&s, on(hours(&s, 441), "2016-06-20"), &out), ERROR_OUT_OF_RANGE);
    assert_string_equal(s.stage->fault.field, "minutes");
    assert_result(s.stage, decide(&s, &return_time_entry_operation, first, "Whose?", &out), OK);
    assert_string_equal(out.reason, "Whose?");
    assert_result(s.stage, record(&s, whole, &out), OK);
    assert_result(s.stage, by_id(&s, &withdraw_time_entry_operation, out.id, &out), OK);
    assert_result(s.stage, record(&s, whole, &out), OK);
    assert_result(s.stage, record(&s, on(hours(&s, 1440), "2016-06-19"), &out), OK);
}

CASE(time_belongs_to_work_of_its_engagement_in_the_past)
{
    struct scenario s;
    struct time_entry out, in;
    set_stage(&s, state);
    in = on(hours(&s, 60), "2016-06-23");
    assert_result(s.stage, record(&s, in, &out), ERROR_OUT_OF_RANGE);
    assert_string_equal(s.stage->fault.field, "day");
    in = hours(&s, 60);
    in.milestone_id = s.client.id;
    assert_result(s.stage, record(&s, in, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "milestone_id");
    in.milestone_id = (struct id){0};
    assert_result(s.stage, record(&s, in, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "task_id");
    in.task_id = s.client.id;
    assert_result(s.stage, record(&s, in, &out), ERROR_INVALID);
    in = hours(&s, 60);
    in.role = "king";
    assert_result(s.stage, record(&s, in, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "role");
    assert_int_equal(scenario_events(&s, "time_entry.recorded"), 0);
}

CASE(time_on_a_task_is_time_on_its_milestone)
{
    struct scenario s;
    struct task task;
    struct time_entry out, in;
    set_stage(&s, state);
    struct task planned = {.milestone_id = scenario_milestone(&s, 1)->id,
                           .title = "Write it",
                           .planned_start_day = DAY_NONE,
                           .planned_due_day = DAY_NONE};
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &create_task_operation, &planned, &task), OK);
    in = hours(&s, 60);
    in.milestone_id = (struct id){0};
    in.task_id = task.id;
    assert_result(s.stage, record(&s, in, &out), OK);
    assert_true(id_equal(out.milestone_id, scenario_milestone(&s, 1)->id));
    assert_int_equal(listed(&s, (struct list_time_entries){.task_id = task.id,
                                                           .from_day = DAY_NONE,
                                                           .to_day = DAY_NONE}),
                     1);
}

CASE(entries_are_found_by_person_state_and_days)
{
    struct scenario s;
    struct time_entry out;
    set_stage(&s, state);
    struct list_time_entries all = {
        .engagement_id = s.engagement.id, .from_day = DAY_NONE, .to_day = DAY_NONE};
    recorded(&s, 60);
    assert_result(s.stage, record(&s, on(hours(&s, 30), "2016-06-21"), &out), OK);
    assert_result(s.stage, by_id(&s, &approve_time_entry_operation, out.id, &out), OK);
    assert_int_equal(listed(&s, all), 2);
    struct list_time_entries some = all;
    some.state = TIME_ENTRY_APPROVED;
    assert_int_equal(listed(&s, some), 1);
    some = all;
    some.from_day = stage_day("2016-06-22");
    assert_int_equal(listed(&s, some), 1);
    some = all;
    some.to_day = stage_day("2016-06-21");
    assert_int_equal(listed(&s, some), 1);
    some = all;
    some.user_id = s.client.id;
    assert_int_equal(listed(&s, some), 0);
}

CASE(no_time_is_recorded_on_a_closed_engagement)
{
    struct scenario s;
    struct time_entry out;
    struct engagement closed;
    set_stage(&s, state);
    struct id id = recorded(&s, 60).id;
    struct engagement_reason end = {.id = s.engagement.id, .reason = "Out of money"};
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &terminate_engagement_operation, &end, &closed),
        OK);
    assert_result(s.stage, record(&s, hours(&s, 60), &out), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "engagement");
    assert_result(s.stage, by_id(&s, &approve_time_entry_operation, id, &out), OK);
    assert_int_equal(out.cost_minor, 6000);
}

CASE(staff_record_time_owners_and_delivery_approve_and_no_client_reads)
{
    enum {
        APPROVERS = ROLE_OWNER | ROLE_DELIVERY,
        STAFF = APPROVERS | ROLE_SALES | ROLE_FINANCE,
        AGENCY = STAFF | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &record_time_operation, STAFF);
    stage_assert_only(stage, &withdraw_time_entry_operation, STAFF);
    stage_assert_only(stage, &approve_time_entry_operation, APPROVERS);
    stage_assert_only(stage, &return_time_entry_operation, APPROVERS);
    stage_assert_only(stage, &reverse_time_entry_operation, APPROVERS);
    stage_assert_only(stage, &list_time_entries_operation, AGENCY);
    stage_assert_only(stage, &show_time_entry_operation, AGENCY);
}

CASE(only_who_recorded_it_withdraws_it)
{
    struct scenario s;
    struct time_entry out;
    set_stage(&s, state);
    struct subject subject = {recorded(&s, 60).id};
    struct actor other = stage_user(USER_SALES);
    assert_result(s.stage,
                  stage_perform(s.stage, other, &withdraw_time_entry_operation, &subject, &out),
                  ERROR_FORBIDDEN);
}

STAGE_RUN(T(recorded_time_is_approved_at_the_frozen_cost_of_its_role),
          T(approved_time_never_changes_and_is_reversed_once_by_an_entry_of_its_own),
          T(returned_and_withdrawn_time_frees_its_hours),
          T(time_belongs_to_work_of_its_engagement_in_the_past),
          T(time_on_a_task_is_time_on_its_milestone), T(entries_are_found_by_person_state_and_days),
          T(no_time_is_recorded_on_a_closed_engagement),
          T(staff_record_time_owners_and_delivery_approve_and_no_client_reads),
          T(only_who_recorded_it_withdraws_it))
