#include "action/contract.h"
#include "action/engagement.h"
#include "action/proposal.h"
#include "base/day.h"

#include "../scenario.h"

static enum error course(const struct scenario *s, const struct operation *operation,
                         const char *reason)
{
    struct engagement_reason in = {s->engagement.id, reason};
    struct engagement out;
    return stage_perform(s->stage, scenario_owner(s), operation, &in, &out);
}

/* The states of the engagement and its contract as they are now. */
static void assert_states(const struct scenario *s, enum engagement_state engagement_state,
                          enum contract_state contract_state)
{
    struct engagement engagement;
    struct contract contract;
    scenario_load(s, &engagement_shape, s->engagement.id, &engagement);
    scenario_load(s, &contract_shape, s->contract.id, &contract);
    assert_int_equal(engagement.state, engagement_state);
    assert_int_equal(contract.state, contract_state);
}

static int64_t mails_to(const struct scenario *s, enum contact_role role, const char *what)
{
    return scenario_mails(s, s->contacts[role].email, what);
}

/* ---- opening and keeping ------------------------------------------------------------------- */

CASE(an_engagement_takes_currency_and_zone_from_its_client)
{
    struct scenario s;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    assert_int_equal(s.engagement.state, ENGAGEMENT_CONSULTATION);
    assert_string_equal(s.engagement.currency, "EUR");
    assert_string_equal(s.engagement.time_zone, "Europe/Berlin");
    struct engagement in = {
        .client_id = s.client.id, .title = "In yen", .currency = "JPY", .time_zone = "Asia/Tokyo"};
    struct engagement out;
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &create_engagement_operation, &in, &out), OK);
    assert_string_equal(out.currency, "JPY");
    assert_string_equal(out.time_zone, "Asia/Tokyo");
}

CASE(an_engagement_needs_a_client_a_currency_and_a_zone_that_exist)
{
    struct scenario s;
    scenario_client(&s, *state);
    static const struct {
        const char *currency, *time_zone, *field;
        bool no_client;
    } cases[] = {
        {"EUR", "UTC", "client_id", true},
        {"XXX", "UTC", "currency", false},
        {"EUR", "Europe/Nowhere", "time_zone", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct engagement in = {
            .client_id = cases[i].no_client ? s.owner.id : s.client.id,
            .title = "Nothing",
            .currency = cases[i].currency,
            .time_zone = cases[i].time_zone,
        };
        struct engagement out;
        assert_result(
            s.stage,
            stage_perform(s.stage, scenario_owner(&s), &create_engagement_operation, &in, &out),
            ERROR_INVALID);
        assert_string_equal(s.stage->fault.field, cases[i].field);
    }
}

CASE(engagements_are_listed_by_state_and_client_and_contacts_see_their_own)
{
    struct scenario s, other;
    scenario_client(&s, *state);
    scenario_client(&other, *state);
    scenario_engagement(&s);
    scenario_engagement(&s);
    scenario_engagement(&other);
    struct list_engagements query = {.page.limit = 50, .client_id = s.client.id};
    struct page page;
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &list_engagements_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 2);
    query.state = ENGAGEMENT_ACTIVE;
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &list_engagements_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 0);
    query = (struct list_engagements){.page = {.limit = 50, .sort = "-title"}};
    struct actor stranger = scenario_contact(&other, CONTACT_VIEWER);
    assert_result(s.stage,
                  stage_perform(s.stage, stranger, &list_engagements_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    struct subject subject = {s.engagement.id};
    struct engagement out;
    assert_result(s.stage,
                  stage_perform(s.stage, stranger, &show_engagement_operation, &subject, &out),
                  ERROR_NOT_FOUND);
}

CASE(an_engagement_changes_at_the_version_that_was_read)
{
    struct scenario s;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    struct engagement in = {.id = s.engagement.id,
                            .title = "Another title",
                            .reference = "PO-1",
                            .currency = "USD",
                            .time_zone = "UTC"};
    struct engagement out;
    struct actor owner = scenario_owner(&s);
    assert_result(s.stage,
                  stage_perform_at(s.stage, owner, 2, &change_engagement_operation, &in, &out),
                  ERROR_STALE);
    assert_result(s.stage,
                  stage_perform_at(s.stage, owner, 1, &change_engagement_operation, &in, &out), OK);
    assert_int_equal(out.version, 2);
    assert_string_equal(out.title, "Another title");
    assert_int_equal(out.state, ENGAGEMENT_CONSULTATION);
    assert_true(id_equal(out.client_id, s.client.id));
}

CASE(what_a_sent_proposal_states_stands)
{
    struct scenario s;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    scenario_requirements(&s, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    struct engagement in = {
        .id = s.engagement.id, .title = "T", .currency = "USD", .time_zone = "Europe/Berlin"};
    struct engagement out;
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &change_engagement_operation, &in, &out),
        ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "currency");
}

CASE(only_the_agency_opens_and_changes_engagements)
{
    struct scenario s;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    struct engagement in = {.client_id = s.client.id, .title = "Mine"};
    struct engagement out;
    for (enum contact_role role = CONTACT_APPROVER; role <= CONTACT_VIEWER; role++)
        assert_result(s.stage,
                      stage_perform(s.stage, scenario_contact(&s, role),
                                    &create_engagement_operation, &in, &out),
                      ERROR_FORBIDDEN);
    assert_result(
        s.stage,
        stage_perform(s.stage, stage_user(USER_AUDITOR), &create_engagement_operation, &in, &out),
        ERROR_FORBIDDEN);
}

/* ---- its course ---------------------------------------------------------------------------- */

static enum error kick_off(const struct scenario *s, struct engagement *out)
{
    struct engagement in = {.id = s->engagement.id, .kickoff_note = "By telephone, at ten."};
    in.kickoff_day = time_day(STAGE_NOW_MS) + 1;
    return stage_perform(s->stage, scenario_owner(s), &kick_off_operation, &in, out);
}

CASE(work_begins_once_the_contract_is_signed_and_every_contact_is_told)
{
    struct scenario s;
    struct engagement out;
    scenario_agreed(&s, *state, 1);
    assert_result(s.stage, kick_off(&s, &out), ERROR_WRONG_STATE);
    scenario_draw_up(&s);
    scenario_send_contract(&s);
    scenario_sign(&s);
    assert_result(s.stage, kick_off(&s, &out), OK);
    assert_int_equal(out.kickoff_day, time_day(STAGE_NOW_MS) + 1);
    assert_int_equal(scenario_events(&s, "engagement.kicked_off"), 1);
    for (enum contact_role role = CONTACT_APPROVER; role <= CONTACT_VIEWER; role++)
        assert_int_equal(mails_to(&s, role, "Kickoff"), 1);
}

CASE(a_contract_is_suspended_and_resumed_with_its_engagement)
{
    struct scenario s;
    scenario_signed(&s, *state, 1);
    assert_result(s.stage, course(&s, &suspend_engagement_operation, " "), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "reason");
    assert_states(&s, ENGAGEMENT_ACTIVE, CONTRACT_ACTIVE);
    assert_result(s.stage, course(&s, &suspend_engagement_operation, "No budget this quarter"), OK);
    assert_states(&s, ENGAGEMENT_SUSPENDED, CONTRACT_SUSPENDED);
    assert_result(s.stage, course(&s, &suspend_engagement_operation, "Again"), ERROR_WRONG_STATE);
    assert_result(s.stage, course(&s, &resume_engagement_operation, NULL), OK);
    assert_states(&s, ENGAGEMENT_ACTIVE, CONTRACT_ACTIVE);
    assert_int_equal(mails_to(&s, CONTACT_PAYER, "Suspended"), 1);
    assert_int_equal(mails_to(&s, CONTACT_PAYER, "Resumed"), 1);
}

CASE(an_engagement_with_work_to_accept_is_not_complete)
{
    struct scenario s;
    scenario_signed(&s, *state, 2);
    assert_result(s.stage, course(&s, &complete_engagement_operation, NULL), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "milestones");
    assert_string_equal(s.stage->fault.detail, "2 of its milestones are not accepted yet");
    assert_states(&s, ENGAGEMENT_ACTIVE, CONTRACT_ACTIVE);
}

CASE(a_signed_contract_is_terminated_with_its_engagement)
{
    struct scenario s;
    scenario_signed(&s, *state, 1);
    assert_result(s.stage, course(&s, &terminate_engagement_operation, "Insolvency"), OK);
    assert_states(&s, ENGAGEMENT_TERMINATED, CONTRACT_TERMINATED);
    assert_int_equal(mails_to(&s, CONTACT_APPROVER, "Terminated"), 1);
    assert_result(s.stage, course(&s, &resume_engagement_operation, NULL), ERROR_WRONG_STATE);
    struct contract contract;
    scenario_load(&s, &contract_shape, s.contract.id, &contract);
    assert_string_equal(contract.reason, "Insolvency");
    assert_int_equal(contract.ended_at, STAGE_NOW_MS);
}

CASE(a_contract_that_waits_for_signatures_falls_with_its_engagement)
{
    struct scenario s;
    scenario_agreed(&s, *state, 1);
    scenario_draw_up(&s);
    scenario_send_contract(&s);
    assert_result(s.stage, course(&s, &terminate_engagement_operation, "Called off"), OK);
    assert_states(&s, ENGAGEMENT_TERMINATED, CONTRACT_DECLINED);
    struct sign_contract in = {s.contract.id, s.contract.document_hash, "I sign."};
    struct contract out;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &sign_contract_operation, &in, &out),
                  ERROR_WRONG_STATE);
}

CASE(open_proposals_are_withdrawn_when_the_engagement_ends)
{
    struct scenario s;
    scenario_client(&s, *state);
    scenario_engagement(&s);
    scenario_requirements(&s, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    struct proposal sent = s.proposal;
    struct subject subject = {sent.id};
    struct proposal draft;
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &revise_proposal_operation, &subject, &draft),
        OK);
    assert_result(s.stage, course(&s, &terminate_engagement_operation, "Another supplier"), OK);
    scenario_load(&s, &proposal_shape, sent.id, &sent);
    scenario_load(&s, &proposal_shape, draft.id, &draft);
    assert_int_equal(sent.state, PROPOSAL_WITHDRAWN);
    assert_int_equal(draft.state, PROPOSAL_WITHDRAWN);
}

STAGE_RUN(T(an_engagement_takes_currency_and_zone_from_its_client),
          T(an_engagement_needs_a_client_a_currency_and_a_zone_that_exist),
          T(engagements_are_listed_by_state_and_client_and_contacts_see_their_own),
          T(an_engagement_changes_at_the_version_that_was_read),
          T(what_a_sent_proposal_states_stands), T(only_the_agency_opens_and_changes_engagements),
          T(work_begins_once_the_contract_is_signed_and_every_contact_is_told),
          T(a_contract_is_suspended_and_resumed_with_its_engagement),
          T(an_engagement_with_work_to_accept_is_not_complete),
          T(a_signed_contract_is_terminated_with_its_engagement),
          T(a_contract_that_waits_for_signatures_falls_with_its_engagement),
          T(open_proposals_are_withdrawn_when_the_engagement_ends))
