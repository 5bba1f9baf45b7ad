#include "core/engagement.h"

#include "sample.h"

CASE(an_engagement_goes_from_talk_to_completion)
{
    static const enum engagement_event way[] = {
        ENGAGEMENT_PROPOSE, ENGAGEMENT_PROPOSE, ENGAGEMENT_AGREE,
        ENGAGEMENT_REOPEN,  ENGAGEMENT_AGREE,   ENGAGEMENT_ACTIVATE,
        ENGAGEMENT_SUSPEND, ENGAGEMENT_RESUME,  ENGAGEMENT_COMPLETE};
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    engagement.state = ENGAGEMENT_CONSULTATION;
    for (size_t i = 0; i < sizeof way / sizeof *way; i++)
        ALLOWED(engagement_advance(&engagement, way[i], &fault));
    assert_int_equal(engagement.state, ENGAGEMENT_COMPLETED);
}

CASE(an_ended_engagement_stays_ended)
{
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    ALLOWED(engagement_advance(&engagement, ENGAGEMENT_TERMINATE, &fault));
    for (enum engagement_event event = 1; event < ENGAGEMENT_EVENT_COUNT; event++)
        REFUSED(engagement_advance(&engagement, event, &fault), ERROR_WRONG_STATE, "state");
    assert_string_equal(fault.detail, "the engagement is terminated and cannot be terminated");
}

CASE(work_is_kicked_off_once_the_contract_is_signed)
{
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    int32_t day = sample_day("2016-06-16");
    REFUSED(engagement_kick_off(&engagement, day, NULL, &fault), ERROR_WRONG_STATE, "state");
    engagement.state = ENGAGEMENT_ACTIVE;
    REFUSED(engagement_kick_off(&engagement, DAY_NONE, NULL, &fault), ERROR_INVALID, "kickoff_day");
    ALLOWED(engagement_kick_off(&engagement, day, "by telephone", &fault));
    assert_int_equal(engagement.kickoff_day, day);
    assert_string_equal(engagement.kickoff_note, "by telephone");
}

CASE(the_scope_is_open_until_a_proposal_is_accepted)
{
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    for (enum engagement_state each = ENGAGEMENT_CONSULTATION; each <= ENGAGEMENT_TERMINATED;
         each++) {
        engagement.state = each;
        if (each <= ENGAGEMENT_PROPOSAL)
            ALLOWED(engagement_check_open(&engagement, &fault));
        else
            REFUSED(engagement_check_open(&engagement, &fault), ERROR_WRONG_STATE, "state");
    }
}

CASE(currency_and_zone_stand_once_a_proposal_was_sent)
{
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    struct engagement changed = engagement;
    changed.title = "another title";
    ALLOWED(engagement_check_change(&engagement, &changed, &fault));
    changed.currency = "EUR";
    REFUSED(engagement_check_change(&engagement, &changed, &fault), ERROR_WRONG_STATE, "currency");
    changed.currency = "USD";
    changed.time_zone = "Europe/Berlin";
    REFUSED(engagement_check_change(&engagement, &changed, &fault), ERROR_WRONG_STATE, "time_zone");
    engagement.state = ENGAGEMENT_CONSULTATION;
    ALLOWED(engagement_check_change(&engagement, &changed, &fault));
    engagement.state = ENGAGEMENT_COMPLETED;
    REFUSED(engagement_check_change(&engagement, &engagement, &fault), ERROR_WRONG_STATE, "state");
}

CASE(work_needs_an_active_engagement)
{
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    for (int s = ENGAGEMENT_CONSULTATION; s <= ENGAGEMENT_TERMINATED; s++) {
        engagement.state = (enum engagement_state)s;
        if (s == ENGAGEMENT_ACTIVE)
            ALLOWED(engagement_check_work(&engagement, &fault));
        else
            REFUSED(engagement_check_work(&engagement, &fault), ERROR_WRONG_STATE, "engagement");
    }
}

CASE(decisions_are_possible_while_work_rests)
{
    struct fault fault = {0};
    struct engagement engagement = sample_engagement();
    for (int s = ENGAGEMENT_CONSULTATION; s <= ENGAGEMENT_TERMINATED; s++) {
        engagement.state = (enum engagement_state)s;
        if (s == ENGAGEMENT_ACTIVE || s == ENGAGEMENT_SUSPENDED)
            ALLOWED(engagement_check_decision(&engagement, &fault));
        else
            REFUSED(engagement_check_decision(&engagement, &fault), ERROR_WRONG_STATE,
                    "engagement");
    }
}

RUN(T(the_scope_is_open_until_a_proposal_is_accepted),
    T(currency_and_zone_stand_once_a_proposal_was_sent),
    T(an_engagement_goes_from_talk_to_completion), T(an_ended_engagement_stays_ended),
    T(work_is_kicked_off_once_the_contract_is_signed), T(work_needs_an_active_engagement),
    T(decisions_are_possible_while_work_rests))
