#include "action/proposal.h"
#include "action/requirement.h"
#include "base/day.h"
#include "core/plan_diff.h"

#include "../scene.h"

enum { TODAY = 16974 }; /* 2016-06-22, STAGE_NOW_MS */

static void set_stage(struct scenario *s, void **state, size_t count)
{
    scenario_client(s, *state);
    scenario_engagement(s);
    scenario_requirements(s, count);
    assert_int_equal(time_day(STAGE_NOW_MS), TODAY);
}

static enum error act(const struct scenario *s, struct actor actor,
                      const struct operation *operation, struct id id, struct proposal *out)
{
    struct subject subject = {id};
    return stage_perform(s->stage, actor, operation, &subject, out);
}

static enum error say(const struct scenario *s, enum contact_role role,
                      const struct operation *operation, const char *reason, struct proposal *out)
{
    struct proposal in = {.id = s->proposal.id, .reason = reason};
    return stage_perform(s->stage, scenario_contact(s, role), operation, &in, out);
}

static enum error send(const struct scenario *s, struct id id)
{
    struct proposal out;
    return act(s, scenario_owner(s), &send_proposal_operation, id, &out);
}

static enum error accept(const struct scenario *s, struct id id)
{
    struct proposal out;
    return act(s, scenario_contact(s, CONTACT_APPROVER), &accept_proposal_operation, id, &out);
}

static enum proposal_state state_of(const struct scenario *s, struct id id)
{
    struct proposal proposal;
    scenario_load(s, &proposal_shape, id, &proposal);
    return proposal.state;
}

static enum error change(const struct scenario *s, int64_t version, struct plan *plan,
                         int32_t valid_until_day)
{
    struct proposal in = {.id = s->proposal.id, .plan = plan, .valid_until_day = valid_until_day};
    struct proposal out;
    return stage_perform_at(s->stage, scenario_owner(s), version, &change_proposal_operation, &in,
                            &out);
}

/* ---- drafts -------------------------------------------------------------------------------- */

CASE(a_draft_is_the_agencys_own)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    assert_int_equal(s.proposal.revision, 1);
    struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(s.stage, act(&s, approver, &show_proposal_operation, s.proposal.id, &out),
                  ERROR_NOT_FOUND);
    assert_result(s.stage, act(&s, approver, &view_proposal_operation, s.proposal.id, &out),
                  ERROR_NOT_FOUND);
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_NOT_FOUND);
    struct list_proposals query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(s.stage,
                  stage_perform(s.stage, approver, &list_proposals_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 0);
    scenario_send(&s);
    assert_result(s.stage, act(&s, approver, &show_proposal_operation, s.proposal.id, &out), OK);
    assert_int_equal(out.plan->milestones.count, 1);
}

CASE(there_is_one_draft_at_a_time)
{
    struct scenario s;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    struct proposal in = {
        .engagement_id = s.engagement.id, .plan = scenario_plan(&s, 1), .valid_until_day = TODAY};
    struct proposal out;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &create_proposal_operation, &in, &out),
                  ERROR_CONFLICT);
    assert_result(s.stage,
                  act(&s, scenario_owner(&s), &revise_proposal_operation, s.proposal.id, &out),
                  ERROR_CONFLICT);
}

CASE(a_draft_changes_at_the_version_that_was_read_and_never_once_it_is_sent)
{
    struct scenario s;
    set_stage(&s, state, 2);
    scenario_draft(&s, scenario_plan(&s, 1));
    struct plan *plan = scenario_plan(&s, 2);
    assert_result(s.stage, change(&s, 5, plan, TODAY), ERROR_STALE);
    assert_result(s.stage, change(&s, 1, plan, TODAY), OK);
    plan->terms->time_zone = "Europe/Nowhere";
    assert_result(s.stage, change(&s, 2, plan, TODAY), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "plan/terms/time_zone");
    plan->terms->time_zone = "Europe/Berlin";
    scenario_send(&s);
    assert_int_equal(s.proposal.total_minor, 2 * SCENARIO_PRICE_MINOR);
    assert_result(s.stage, change(&s, 3, plan, TODAY), ERROR_WRONG_STATE);
}

/* M1 after M2, which comes after it. */
static struct plan *round_way(const struct scenario *s)
{
    static const char *after[] = {"M2"};
    struct plan *plan = scenario_plan(s, 2);
    scenario_planned(plan, 0)->after = (struct texts){after, 1};
    return plan;
}

CASE(a_draft_that_goes_round_is_not_written)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 2);
    struct proposal in = {
        .engagement_id = s.engagement.id, .plan = round_way(&s), .valid_until_day = TODAY};
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &create_proposal_operation, &in, &out),
                  ERROR_CYCLE);
    assert_string_equal(s.stage->fault.field, "plan/milestones");
    assert_string_equal(s.stage->fault.detail, "M1 -> M2 -> M1");
    scenario_draft(&s, scenario_plan(&s, 2));
    assert_result(s.stage, change(&s, 0, round_way(&s), TODAY), ERROR_CYCLE);
    assert_int_equal(scenario_events(&s, "proposal.changed"), 0);
}

/* ---- sending ------------------------------------------------------------------------------- */

/* Each spoils the draft's plan in a way of its own. */
static void spoil_sum(struct plan *plan)
{
    plan->total_minor++;
}

static void spoil_criterion(struct plan *plan)
{
    static const char *criteria[] = {"R9.1"};
    scenario_planned(plan, 0)->criteria = (struct texts){criteria, 1};
}

static void spoil_currency(struct plan *plan)
{
    plan->currency = "USD";
}

CASE(a_plan_that_does_not_hold_together_is_not_sent)
{
    static const struct {
        void (*spoil)(struct plan *plan);
        enum error error;
        const char *field;
    } cases[] = {
        {spoil_sum, ERROR_SUM_MISMATCH, "plan/total"},
        {spoil_criterion, ERROR_INVALID, "plan/milestones/0/criteria/0"},
        {spoil_currency, ERROR_INVALID, "plan/currency"},
    };
    struct scenario s;
    set_stage(&s, state, 2);
    scenario_draft(&s, scenario_plan(&s, 2));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan *plan = scenario_plan(&s, 2);
        cases[i].spoil(plan);
        assert_result(s.stage, change(&s, 0, plan, TODAY), OK);
        assert_result(s.stage, send(&s, s.proposal.id), cases[i].error);
        assert_string_equal(s.stage->fault.field, cases[i].field);
    }
    assert_int_equal(state_of(&s, s.proposal.id), PROPOSAL_DRAFT);
    assert_int_equal(scenario_events(&s, "proposal.sent"), 0);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Our proposal"), 0);
}

CASE(a_chosen_milestone_takes_the_difference_to_the_total)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 3);
    struct plan *plan = scenario_plan(&s, 3);
    plan->total_minor++;
    scenario_draft(&s, plan);
    assert_result(s.stage, send(&s, s.proposal.id), ERROR_SUM_MISMATCH);
    struct settle_proposal in = {s.proposal.id, "M9"};
    struct actor owner = scenario_owner(&s);
    assert_result(s.stage, stage_perform(s.stage, owner, &settle_proposal_operation, &in, &out),
                  ERROR_NOT_FOUND);
    in.code = "M2";
    assert_result(s.stage, stage_perform(s.stage, owner, &settle_proposal_operation, &in, &out),
                  OK);
    assert_int_equal(scenario_planned(out.plan, 1)->price_minor, SCENARIO_PRICE_MINOR + 1);
    assert_result(s.stage, send(&s, s.proposal.id), OK);
    assert_result(s.stage, stage_perform(s.stage, owner, &settle_proposal_operation, &in, &out),
                  ERROR_WRONG_STATE);
}

CASE(requirements_are_confirmed_before_they_are_priced)
{
    struct scenario s;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    struct requirement in = {
        .engagement_id = s.engagement.id, .text = "One thing more", .priority = PRIORITY_COULD};
    struct requirement out;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &add_requirement_operation, &in, &out),
                  OK);
    assert_result(s.stage, send(&s, s.proposal.id), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "requirements");
}

CASE(a_sent_proposal_reaches_the_approvers_and_nobody_else)
{
    struct scenario s;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    assert_int_equal(s.proposal.state, PROPOSAL_SENT);
    assert_int_equal(s.proposal.sent_at, STAGE_NOW_MS);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Our proposal"), 1);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_VIEWER].email, "Our proposal"), 0);
    scenario_load(&s, &engagement_shape, s.engagement.id, &s.engagement);
    assert_int_equal(s.engagement.state, ENGAGEMENT_PROPOSAL);
    assert_result(s.stage, send(&s, s.proposal.id), ERROR_WRONG_STATE);
}

CASE(the_first_view_is_recorded)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    struct actor viewer = scenario_contact(&s, CONTACT_VIEWER);
    for (int i = 0; i < 2; i++) {
        assert_result(s.stage, act(&s, viewer, &view_proposal_operation, s.proposal.id, &out), OK);
        assert_int_equal(out.state, PROPOSAL_VIEWED);
        assert_int_equal(out.viewed_at, STAGE_NOW_MS);
    }
    assert_int_equal(scenario_events(&s, "proposal.viewed"), 1);
    assert_result(s.stage,
                  act(&s, scenario_owner(&s), &view_proposal_operation, s.proposal.id, &out),
                  ERROR_FORBIDDEN);
}

/* ---- deciding ------------------------------------------------------------------------------ */

CASE(an_approver_accepts_and_all_other_revisions_are_void)
{
    struct scenario s;
    struct proposal draft;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    assert_result(s.stage,
                  act(&s, scenario_owner(&s), &revise_proposal_operation, s.proposal.id, &draft),
                  OK);
    assert_int_equal(draft.revision, 2);
    scenario_accept(&s);
    assert_int_equal(s.proposal.state, PROPOSAL_ACCEPTED);
    assert_true(id_equal(s.proposal.decided_by, s.contacts[CONTACT_APPROVER].id));
    assert_int_equal(state_of(&s, draft.id), PROPOSAL_SUPERSEDED);
    scenario_load(&s, &engagement_shape, s.engagement.id, &s.engagement);
    assert_int_equal(s.engagement.state, ENGAGEMENT_CONTRACTING);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Accepted"), 1);
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_WRONG_STATE);
    assert_result(s.stage, send(&s, draft.id), ERROR_WRONG_STATE);
}

CASE(only_an_approver_of_that_client_decides)
{
    struct scenario s, other;
    struct proposal out;
    set_stage(&s, state, 1);
    set_stage(&other, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    const struct {
        struct actor actor;
        enum error error;
    } cases[] = {
        {scenario_owner(&s), ERROR_FORBIDDEN},
        {scenario_contact(&s, CONTACT_PAYER), ERROR_FORBIDDEN},
        {scenario_contact(&s, CONTACT_VIEWER), ERROR_FORBIDDEN},
        {scenario_contact(&other, CONTACT_APPROVER), ERROR_NOT_FOUND},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_result(s.stage,
                      act(&s, cases[i].actor, &accept_proposal_operation, s.proposal.id, &out),
                      cases[i].error);
    assert_int_equal(state_of(&s, s.proposal.id), PROPOSAL_SENT);
}

CASE(what_is_no_longer_what_was_confirmed_cannot_be_accepted)
{
    struct scenario s;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    struct requirement in = {
        .engagement_id = s.engagement.id, .text = "One thing more", .priority = PRIORITY_COULD};
    struct requirement out;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &add_requirement_operation, &in, &out),
                  OK);
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.field, "requirements");
    assert_int_equal(state_of(&s, s.proposal.id), PROPOSAL_SENT);
}

CASE(a_further_revision_takes_the_place_of_the_one_before)
{
    struct scenario s;
    struct proposal first, second;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    first = s.proposal;
    assert_result(s.stage,
                  say(&s, CONTACT_APPROVER, &request_change_operation, "Cheaper, please", &first),
                  OK);
    assert_int_equal(first.state, PROPOSAL_CHANGE_REQUESTED);
    assert_string_equal(first.reason, "Cheaper, please");
    assert_int_equal(scenario_mails(&s, s.owner.email, "Change requested"), 1);
    assert_result(s.stage,
                  act(&s, scenario_owner(&s), &revise_proposal_operation, first.id, &second), OK);
    assert_int_equal(second.total_minor, first.total_minor);
    assert_int_equal(second.sent_at, 0);
    assert_result(s.stage, send(&s, second.id), OK);
    assert_int_equal(state_of(&s, first.id), PROPOSAL_SUPERSEDED);
    assert_result(s.stage, accept(&s, first.id), ERROR_WRONG_STATE);
    assert_result(s.stage, accept(&s, second.id), OK);
}

CASE(a_refusal_says_why)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    assert_result(s.stage, say(&s, CONTACT_APPROVER, &decline_proposal_operation, "  ", &out),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "reason");
    assert_result(s.stage, say(&s, CONTACT_PAYER, &decline_proposal_operation, "No", &out),
                  ERROR_FORBIDDEN);
    assert_result(s.stage, say(&s, CONTACT_APPROVER, &decline_proposal_operation, "No money", &out),
                  OK);
    assert_int_equal(out.state, PROPOSAL_DECLINED);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Declined"), 1);
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_WRONG_STATE);
}

CASE(staff_records_an_acceptance_with_its_proof_and_the_client_is_told)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    struct proposal in = {.id = s.proposal.id, .proof = " "};
    struct actor owner = scenario_owner(&s);
    assert_result(s.stage, stage_perform(s.stage, owner, &record_acceptance_operation, &in, &out),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "proof");
    in.proof = "Letter of 21 June 2016, in the file";
    assert_result(
        s.stage,
        stage_perform(s.stage, stage_user(USER_DELIVERY), &record_acceptance_operation, &in, &out),
        ERROR_FORBIDDEN);
    assert_result(s.stage, stage_perform(s.stage, owner, &record_acceptance_operation, &in, &out),
                  OK);
    assert_int_equal(out.state, PROPOSAL_ACCEPTED);
    assert_string_equal(out.proof, in.proof);
    assert_true(id_equal(out.decided_by, s.owner.id));
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Accepted"), 1);
}

CASE(a_withdrawn_proposal_cannot_be_accepted)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    assert_result(s.stage,
                  act(&s, scenario_owner(&s), &withdraw_proposal_operation, s.proposal.id, &out),
                  OK);
    assert_int_equal(scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Withdrawn"), 1);
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_WRONG_STATE);
}

/* ---- saying nothing ------------------------------------------------------------------------ */

CASE(a_proposal_expires_at_the_end_of_its_last_day_there)
{
    struct scenario s;
    struct proposal out;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1)); /* valid until 2016-07-06 in Berlin, UTC+2 */
    scenario_send(&s);
    int64_t end_ms = ((int64_t)TODAY + 15) * DAY_MS - INT64_C(2) * 3600 * 1000;
    clock_set(s.stage->app.clock, end_ms - 1);
    run_due_jobs(s.stage);
    assert_int_equal(state_of(&s, s.proposal.id), PROPOSAL_SENT);
    clock_set(s.stage->app.clock, end_ms + INT64_C(5) * DAY_MS); /* the server was down */
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_EXPIRED);
    run_due_jobs(s.stage);
    scenario_load(&s, &proposal_shape, s.proposal.id, &out);
    clock_set(s.stage->app.clock, STAGE_NOW_MS);
    assert_int_equal(out.state, PROPOSAL_EXPIRED);
    assert_int_equal(out.decided_at, end_ms);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Expired"), 1);
    assert_result(s.stage, accept(&s, s.proposal.id), ERROR_WRONG_STATE);
}

CASE(what_was_decided_in_time_does_not_expire)
{
    struct scenario s;
    set_stage(&s, state, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    scenario_send(&s);
    scenario_accept(&s);
    clock_set(s.stage->app.clock, STAGE_NOW_MS + INT64_C(30) * DAY_MS);
    run_due_jobs(s.stage);
    clock_set(s.stage->app.clock, STAGE_NOW_MS);
    assert_int_equal(state_of(&s, s.proposal.id), PROPOSAL_ACCEPTED);
    assert_int_equal(scenario_events(&s, "proposal.expired"), 0);
}

/* ---- comparing ----------------------------------------------------------------------------- */

CASE(two_revisions_are_compared_in_money_dates_and_scope)
{
    struct scenario s, other;
    struct proposal second;
    struct proposal_difference difference;
    set_stage(&s, state, 2);
    set_stage(&other, state, 1);
    scenario_draft(&s, scenario_plan(&s, 2));
    scenario_send(&s);
    struct compare_proposals in = {.id = s.proposal.id};
    struct actor owner = scenario_owner(&s), approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(s.stage,
                  stage_perform(s.stage, owner, &compare_proposals_operation, &in, &difference),
                  ERROR_NOT_FOUND);
    assert_result(s.stage, act(&s, owner, &revise_proposal_operation, s.proposal.id, &second), OK);
    struct plan *plan = scenario_plan(&s, 2);
    scenario_planned(plan, 1)->price_minor += 120000;
    scenario_planned(plan, 1)->due_day += 9;
    plan->total_minor += 120000;
    struct id first_id = s.proposal.id;
    s.proposal.id = second.id;
    assert_result(s.stage, change(&s, 1, plan, TODAY), OK);
    in.id = second.id;
    assert_result(s.stage,
                  stage_perform(s.stage, approver, &compare_proposals_operation, &in, &difference),
                  ERROR_NOT_FOUND); /* it is a draft yet */
    assert_result(s.stage, send(&s, second.id), OK);
    assert_result(s.stage,
                  stage_perform(s.stage, approver, &compare_proposals_operation, &in, &difference),
                  OK);
    assert_int_equal(difference.from_revision, 1);
    assert_int_equal(difference.to_revision, 2);
    assert_int_equal(difference.difference_minor, 120000);
    assert_int_equal(difference.changes.count, 3);
    struct plan_change *change = LIST_AT(struct plan_change, difference.changes, 1);
    assert_string_equal(change->milestone, "M2");
    assert_string_equal(change->difference, "+1200.00 EUR");
    in.from_id = first_id;
    assert_result(s.stage,
                  stage_perform(s.stage, approver, &compare_proposals_operation, &in, &difference),
                  OK);
    in.from_id = other.engagement.id;
    assert_result(s.stage,
                  stage_perform(s.stage, approver, &compare_proposals_operation, &in, &difference),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "from_id");
}

STAGE_RUN(T(a_draft_is_the_agencys_own), T(there_is_one_draft_at_a_time),
          T(a_draft_changes_at_the_version_that_was_read_and_never_once_it_is_sent),
          T(a_draft_that_goes_round_is_not_written),
          T(a_plan_that_does_not_hold_together_is_not_sent),
          T(a_chosen_milestone_takes_the_difference_to_the_total),
          T(requirements_are_confirmed_before_they_are_priced),
          T(a_sent_proposal_reaches_the_approvers_and_nobody_else), T(the_first_view_is_recorded),
          T(an_approver_accepts_and_all_other_revisions_are_void),
          T(only_an_approver_of_that_client_decides),
          T(what_is_no_longer_what_was_confirmed_cannot_be_accepted),
          T(a_further_revision_takes_the_place_of_the_one_before), T(a_refusal_says_why),
          T(staff_records_an_acceptance_with_its_proof_and_the_client_is_told),
          T(a_withdrawn_proposal_cannot_be_accepted),
          T(a_proposal_expires_at_the_end_of_its_last_day_there),
          T(what_was_decided_in_time_does_not_expire),
          T(two_revisions_are_compared_in_money_dates_and_scope))
