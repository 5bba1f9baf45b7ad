/* The team and its communication plan. */
#include "action/team_member.h"

#include "../scenario.h"
#include "action/communication.h"
#include "base/day.h"

static enum error add(const struct scenario *s, struct id user_id, struct id contact_id,
                      enum team_part part, struct team_member *out)
{
    struct team_member in = {
        .engagement_id = s->engagement.id,
        .user_id = user_id,
        .contact_id = contact_id,
        .part = part,
        .from_day = stage_day("2016-06-22"),
        .until_day = DAY_NONE,
    };
    return stage_perform(s->stage, scenario_owner(s), &add_team_member_operation, &in, out);
}

static struct list on_day(const struct scenario *s, struct actor actor, const char *text)
{
    struct list_team_members query = {
        .page.limit = 50, .engagement_id = s->engagement.id, .on_day = stage_day(text)};
    struct page page;
    assert_result(s->stage,
                  stage_perform(s->stage, actor, &list_team_members_operation, &query, &page), OK);
    return page.items;
}

static const struct id none;

CASE(both_sides_see_who_has_which_part_on_a_day)
{
    struct scenario s;
    struct team_member manager, sponsor, out;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    assert_result(s.stage, add(&s, s.owner.id, none, PART_PROJECT_MANAGER, &manager), OK);
    assert_int_equal(manager.side, SIDE_AGENCY);
    assert_string_equal(manager.user_name, s.owner.name);
    assert_result(s.stage, add(&s, none, s.contacts[CONTACT_APPROVER].id, PART_SPONSOR, &sponsor),
                  OK);
    assert_null(sponsor.user_name);
    sponsor.until_day = stage_day("2016-06-30");
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1, &change_team_member_operation,
                                   &sponsor, &out),
                  OK);
    struct actor viewer = scenario_contact(&s, CONTACT_VIEWER);
    assert_int_equal(on_day(&s, viewer, "2016-06-21").count, 0);
    assert_int_equal(on_day(&s, viewer, "2016-06-30").count, 2);
    assert_int_equal(on_day(&s, viewer, "2016-07-01").count, 1);
    struct subject subject = {manager.id};
    struct actor stranger = stage_contact(CONTACT_VIEWER, s.owner.id);
    assert_result(s.stage,
                  stage_perform(s.stage, stranger, &show_team_member_operation, &subject, &out),
                  ERROR_NOT_FOUND);
}

CASE(people_who_are_not_there_and_parts_of_the_other_side_are_refused)
{
    struct scenario s;
    struct team_member out;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    struct id approver = s.contacts[CONTACT_APPROVER].id;
    assert_result(s.stage, add(&s, approver, none, PART_TESTER, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "user_id");
    assert_result(s.stage, add(&s, none, s.owner.id, PART_SPONSOR, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "contact_id");
    assert_result(s.stage, add(&s, none, approver, PART_TESTER, &out), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "part");
    assert_result(s.stage, add(&s, none, none, PART_TESTER, &out), ERROR_INVALID);
    assert_result(s.stage, add(&s, s.owner.id, none, PART_TESTER, &out), OK);
    assert_result(s.stage, add(&s, s.owner.id, none, PART_TESTER, &out), ERROR_CONFLICT);
    assert_int_equal(scenario_events(&s, "team.member_added"), 1);
}

static struct communication weekly(const struct scenario *s)
{
    return (struct communication){
        .engagement_id = s->engagement.id,
        .title = "Status",
        .channel = "video call",
        .audience = "Sponsor and product owner",
        .rhythm = COMMUNICATE_WEEKLY,
        .weekday = COMMUNICATE_FRIDAY,
        .month_day = 0,
        .from_day = stage_day("2016-06-22"),
        .until_day = DAY_NONE,
    };
}

CASE(the_next_days_of_the_communication_plan_are_reckoned)
{
    struct scenario s;
    struct communication made, out;
    struct communication_calendar calendar;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    struct communication in = weekly(&s);
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &create_communication_operation, &in, &made),
        OK);
    struct communication_days query = {s.engagement.id, DAY_NONE, DAY_NONE};
    struct actor viewer = scenario_contact(&s, CONTACT_VIEWER);
    assert_result(
        s.stage,
        stage_perform(s.stage, viewer, &show_communication_calendar_operation, &query, &calendar),
        OK);
    assert_int_equal(calendar.from_day, stage_day("2016-06-22"));
    assert_int_equal(calendar.dates.count, 13);
    assert_int_equal(LIST_AT(struct communication_date, calendar.dates, 0)->day,
                     stage_day("2016-06-24"));
    made.until_day = stage_day("2016-07-01");
    assert_result(s.stage,
                  stage_perform_at(s.stage, scenario_owner(&s), 1, &change_communication_operation,
                                   &made, &out),
                  OK);
    query = (struct communication_days){s.engagement.id, stage_day("2016-06-27"),
                                        stage_day("2016-07-31")};
    assert_result(
        s.stage,
        stage_perform(s.stage, viewer, &show_communication_calendar_operation, &query, &calendar),
        OK);
    assert_int_equal(calendar.dates.count, 1);
    query.until_day = stage_day("2016-06-26");
    assert_result(
        s.stage,
        stage_perform(s.stage, viewer, &show_communication_calendar_operation, &query, &calendar),
        ERROR_OUT_OF_RANGE);
    query.until_day = stage_day("2017-06-28");
    assert_result(
        s.stage,
        stage_perform(s.stage, viewer, &show_communication_calendar_operation, &query, &calendar),
        ERROR_OUT_OF_RANGE);
    assert_string_equal(s.stage->fault.field, "until_day");
}

CASE(a_rhythm_that_makes_no_sense_is_refused)
{
    struct scenario s;
    struct communication out;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    struct communication in = weekly(&s);
    in.weekday = 0;
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &create_communication_operation, &in, &out),
        ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "weekday");
    assert_int_equal(scenario_events(&s, "communication.created"), 0);
}

CASE(owners_sales_and_delivery_arrange_and_both_sides_read)
{
    enum {
        WRITERS = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY,
        CONTACTS = ROLE_APPROVER | ROLE_PAYER | ROLE_VIEWER,
        AGENCY = WRITERS | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &add_team_member_operation, WRITERS);
    stage_assert_only(stage, &change_team_member_operation, WRITERS);
    stage_assert_only(stage, &create_communication_operation, WRITERS);
    stage_assert_only(stage, &change_communication_operation, WRITERS);
    stage_assert_only(stage, &list_team_members_operation, AGENCY | CONTACTS);
    stage_assert_only(stage, &list_communications_operation, AGENCY | CONTACTS);
    stage_assert_only(stage, &show_communication_calendar_operation, AGENCY | CONTACTS);
}

STAGE_RUN(T(both_sides_see_who_has_which_part_on_a_day),
          T(people_who_are_not_there_and_parts_of_the_other_side_are_refused),
          T(the_next_days_of_the_communication_plan_are_reckoned),
          T(a_rhythm_that_makes_no_sense_is_refused),
          T(owners_sales_and_delivery_arrange_and_both_sides_read))
