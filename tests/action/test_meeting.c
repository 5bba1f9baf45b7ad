#include "action/meeting.h"

#include "../scenario.h"
#include "base/day.h"

static struct meeting form(const struct scenario *s, const char *title, bool is_shared)
{
    static struct meeting_participant people[] = {{SIDE_AGENCY, "Olga"}, {SIDE_CLIENT, "Ada"}};
    static struct meeting_decision decision = {"We meet on Fridays"};
    static struct meeting_action action = {"Send the data", SIDE_CLIENT, "Ada", 16980};
    return (struct meeting){
        .engagement_id = s->engagement.id,
        .title = title,
        .day = 16974, /* 2016-06-22 */
        .participants = {people, 2},
        .notes = "All were there.",
        .decisions = {&decision, 1},
        .actions = {&action, 1},
        .is_shared = is_shared,
    };
}

static struct meeting recorded(const struct scenario *s, const char *title, bool is_shared)
{
    struct meeting in = form(s, title, is_shared), out;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_owner(s), &record_meeting_operation, &in, &out),
                  OK);
    return out;
}

static enum error revise(const struct scenario *s, struct id id, bool is_shared,
                         struct meeting *out)
{
    struct meeting in = form(s, "Kickoff, corrected", is_shared);
    in.id = id;
    return stage_perform(s->stage, scenario_owner(s), &revise_meeting_operation, &in, out);
}

static struct list listed(const struct scenario *s, struct actor actor, bool with_older)
{
    struct list_meetings query = {.page.limit = 50,
                                  .engagement_id = s->engagement.id,
                                  .with_older = with_older,
                                  .from_day = DAY_NONE};
    struct page page;
    assert_result(s->stage, stage_perform(s->stage, actor, &list_meetings_operation, &query, &page),
                  OK);
    return page.items;
}

static void set(struct scenario *s, void **state)
{
    scenario_client(s, *state);
    scenario_engagement(s);
}

CASE(each_version_stays_as_it_was_and_the_latest_is_listed)
{
    struct scenario s;
    struct meeting second, kept;
    set(&s, state);
    struct meeting first = recorded(&s, "Kickoff", true);
    assert_int_equal(first.revision, 1);
    assert_result(s.stage, revise(&s, first.id, true, &second), OK);
    assert_int_equal(second.revision, 2);
    assert_true(id_equal(second.first_id, first.id));
    scenario_load(&s, &meeting_shape, first.id, &kept);
    assert_string_equal(kept.title, "Kickoff");
    assert_string_equal(LIST_AT(struct meeting_action, kept.actions, 0)->owner_name, "Ada");
    struct list latest = listed(&s, scenario_owner(&s), false);
    assert_int_equal(latest.count, 1);
    assert_string_equal(LIST_AT(struct meeting, latest, 0)->title, "Kickoff, corrected");
    assert_int_equal(listed(&s, scenario_owner(&s), true).count, 2);
    assert_int_equal(scenario_events(&s, "meeting.revised"), 1);
}

CASE(only_the_latest_version_is_revised)
{
    struct scenario s;
    struct meeting out;
    set(&s, state);
    struct meeting first = recorded(&s, "Kickoff", true);
    assert_result(s.stage, revise(&s, first.id, true, &out), OK);
    assert_result(s.stage, revise(&s, first.id, true, &out), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "revision");
    assert_int_equal(listed(&s, scenario_owner(&s), true).count, 2);
}

CASE(the_client_sees_what_is_shared_and_a_version_that_is_not_hides_none_that_is)
{
    struct scenario s;
    struct meeting out;
    set(&s, state);
    struct actor viewer = scenario_contact(&s, CONTACT_VIEWER);
    struct meeting internal = recorded(&s, "Among us", false);
    struct meeting first = recorded(&s, "Kickoff", true);
    assert_result(s.stage, revise(&s, first.id, false, &out), OK);
    struct list seen = listed(&s, viewer, false);
    assert_int_equal(seen.count, 1);
    assert_string_equal(LIST_AT(struct meeting, seen, 0)->title, "Kickoff");
    assert_int_equal(listed(&s, viewer, true).count, 1);
    assert_int_equal(listed(&s, scenario_owner(&s), false).count, 2);
    struct subject subject = {internal.id};
    assert_result(s.stage, stage_perform(s.stage, viewer, &show_meeting_operation, &subject, &out),
                  ERROR_NOT_FOUND);
    subject.id = first.id;
    assert_result(s.stage, stage_perform(s.stage, viewer, &show_meeting_operation, &subject, &out),
                  OK);
}

CASE(what_says_too_little_is_refused_and_kept_nowhere)
{
    struct scenario s;
    struct meeting out;
    set(&s, state);
    struct meeting in = form(&s, "Kickoff", true);
    in.participants.count = 0;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &record_meeting_operation, &in, &out),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "participants");
    in = form(&s, "Kickoff", true);
    in.day++;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &record_meeting_operation, &in, &out),
                  ERROR_OUT_OF_RANGE);
    assert_int_equal(listed(&s, scenario_owner(&s), true).count, 0);
}

CASE(owners_sales_and_delivery_record_and_both_sides_read)
{
    enum {
        WRITERS = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY,
        READERS = WRITERS | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR | ROLE_APPROVER |
                  ROLE_PAYER | ROLE_VIEWER,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &record_meeting_operation, WRITERS);
    stage_assert_only(stage, &revise_meeting_operation, WRITERS);
    stage_assert_only(stage, &list_meetings_operation, READERS);
    stage_assert_only(stage, &show_meeting_operation, READERS);
}

STAGE_RUN(T(each_version_stays_as_it_was_and_the_latest_is_listed),
          T(only_the_latest_version_is_revised),
          T(the_client_sees_what_is_shared_and_a_version_that_is_not_hides_none_that_is),
          T(what_says_too_little_is_refused_and_kept_nowhere),
          T(owners_sales_and_delivery_record_and_both_sides_read))
