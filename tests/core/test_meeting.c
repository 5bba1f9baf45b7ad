#include "core/meeting.h"

#include "sample.h"

CASE(a_record_says_who_was_there_and_each_action_has_an_owner)
{
    struct fault fault = {0};
    struct meeting meeting;
    struct meeting_participant people[] = {{SIDE_AGENCY, "Olga"}, {SIDE_CLIENT, " "}};
    struct meeting_decision decision = {" "};
    struct meeting_action action = {"Send the data", SIDE_CLIENT, "", sample_day("2016-07-01")};
    int32_t today = sample_day("2016-06-22");
    shape_init(&meeting_shape, &meeting);
    meeting.title = "Kickoff";
    meeting.day = today;
    REFUSED(meeting_check(&meeting, today, &fault), ERROR_INVALID, "participants");
    meeting.participants = (struct list){people, 2};
    REFUSED(meeting_check(&meeting, today, &fault), ERROR_INVALID, "participants/1/name");
    people[1].name = "Ada";
    ALLOWED(meeting_check(&meeting, today, &fault));
    meeting.decisions = (struct list){&decision, 1};
    REFUSED(meeting_check(&meeting, today, &fault), ERROR_INVALID, "decisions/0/text");
    decision.text = "We meet on Fridays";
    meeting.actions = (struct list){&action, 1};
    REFUSED(meeting_check(&meeting, today, &fault), ERROR_INVALID, "actions/0/owner_name");
    action.owner_name = "Ada";
    ALLOWED(meeting_check(&meeting, today, &fault));
    action.text = NULL;
    REFUSED(meeting_check(&meeting, today, &fault), ERROR_INVALID, "actions/0/text");
}

CASE(a_meeting_is_recorded_when_it_was)
{
    struct fault fault = {0};
    struct meeting meeting;
    struct meeting_participant somebody = {SIDE_AGENCY, "Olga"};
    shape_init(&meeting_shape, &meeting);
    meeting.title = "Kickoff";
    meeting.participants = (struct list){&somebody, 1};
    meeting.day = sample_day("2016-06-23");
    REFUSED(meeting_check(&meeting, meeting.day - 1, &fault), ERROR_OUT_OF_RANGE, "day");
    ALLOWED(meeting_check(&meeting, meeting.day, &fault));
    meeting.title = "";
    REFUSED(meeting_check(&meeting, meeting.day, &fault), ERROR_INVALID, "title");
}

RUN(T(a_record_says_who_was_there_and_each_action_has_an_owner),
    T(a_meeting_is_recorded_when_it_was))
