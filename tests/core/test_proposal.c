#include "core/proposal.h"

#include "base/limits.h"
#include "sample.h"

static struct fault fault;

/* A proposal in that state, and what it is sent on. */
struct table {
    struct arena *arena;
    struct proposal proposal;
    struct engagement engagement;
    struct list requirements;
    struct requirement_confirmation confirmation;
    struct proposal_basis basis;
    struct actor approver;
    struct actor manager;
    int32_t today;
};

static void set_table(struct table *t, enum proposal_state state)
{
    *t = (struct table){.arena = arena_new(), .today = sample_day("2016-06-22")};
    t->proposal = sample_proposal(t->arena);
    t->proposal.state = state;
    t->engagement = sample_engagement();
    t->requirements = sample_requirements(t->arena);
    t->confirmation.set_hash = requirement_set_hash(t->arena, &t->requirements);
    t->basis =
        (struct proposal_basis){&t->engagement, &t->requirements, &t->confirmation, t->today};
    t->approver = sample_approver();
    t->manager = sample_manager();
}

static enum error send(struct table *t)
{
    return proposal_send(t->arena, &t->proposal, &t->basis, SAMPLE_NOON, &fault);
}

CASE(a_draft_on_confirmed_requirements_is_sent)
{
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    ALLOWED(send(&t));
    assert_int_equal(t.proposal.state, PROPOSAL_SENT);
    assert_int_equal(t.proposal.sent_at, SAMPLE_NOON);
    REFUSED(send(&t), ERROR_WRONG_STATE, "state");
    assert_string_equal(fault.detail, "the proposal is sent and cannot be sent");
    arena_free(t.arena);
}

CASE(a_proposal_is_valid_for_a_time_that_a_contract_could_set)
{
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    t.proposal.valid_until_day = t.today - 1;
    REFUSED(send(&t), ERROR_INVALID, "valid_until_day");
    t.proposal.valid_until_day = t.today + DAYS_LIMIT + 1;
    REFUSED(send(&t), ERROR_OUT_OF_RANGE, "valid_until_day");
    t.proposal.valid_until_day = t.today;
    ALLOWED(send(&t));
    arena_free(t.arena);
}

CASE(a_proposal_on_unconfirmed_requirements_is_not_sent)
{
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    t.basis.confirmation = NULL;
    REFUSED(send(&t), ERROR_WRONG_STATE, "requirements");
    t.basis.confirmation = &t.confirmation;
    LIST_AT(struct requirement, t.requirements, 0)->text = "changed since";
    REFUSED(send(&t), ERROR_WRONG_STATE, "requirements");
    assert_int_equal(t.proposal.state, PROPOSAL_DRAFT);
    arena_free(t.arena);
}

CASE(a_plan_that_does_not_hold_is_not_sent)
{
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    t.proposal.plan->total_minor++;
    REFUSED(send(&t), ERROR_SUM_MISMATCH, "plan/total");
    t.proposal.plan->total_minor--;
    t.engagement.currency = "EUR";
    REFUSED(send(&t), ERROR_INVALID, "plan/currency");
    t.engagement.currency = "USD";
    t.proposal.valid_until_day = t.today - 1;
    REFUSED(send(&t), ERROR_INVALID, "valid_until_day");
    t.proposal.valid_until_day = t.today;
    ALLOWED(send(&t));
    arena_free(t.arena);
}

CASE(only_a_draft_is_edited)
{
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    struct plan *plan = sample_plan(t.arena);
    plan->total_minor = 5;
    ALLOWED(proposal_edit(&t.proposal, plan, t.today, &fault));
    assert_int_equal(t.proposal.total_minor, 5);
    t.proposal.state = PROPOSAL_SENT;
    REFUSED(proposal_edit(&t.proposal, plan, t.today, &fault), ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

CASE(a_first_look_is_recorded)
{
    struct table t;
    set_table(&t, PROPOSAL_SENT);
    assert_true(proposal_view(&t.proposal, SAMPLE_NOON));
    assert_int_equal(t.proposal.state, PROPOSAL_VIEWED);
    assert_false(proposal_view(&t.proposal, SAMPLE_NOON + 1));
    assert_int_equal(t.proposal.viewed_at, SAMPLE_NOON);
    t.proposal.state = PROPOSAL_DRAFT;
    assert_false(proposal_view(&t.proposal, SAMPLE_NOON));
    arena_free(t.arena);
}

CASE(a_proposal_in_the_clients_hands_is_accepted_until_its_last_day)
{
    struct table t;
    set_table(&t, PROPOSAL_VIEWED);
    int32_t last = t.proposal.valid_until_day;
    REFUSED(proposal_accept(&t.proposal, &t.approver, last + 1, SAMPLE_NOON, &fault), ERROR_EXPIRED,
            "valid_until_day");
    assert_string_equal(fault.detail, "it was valid until 2016-06-30");
    assert_int_equal(t.proposal.state, PROPOSAL_VIEWED);
    ALLOWED(proposal_accept(&t.proposal, &t.approver, last, SAMPLE_NOON, &fault));
    assert_int_equal(t.proposal.state, PROPOSAL_ACCEPTED);
    assert_true(id_equal(t.proposal.decided_by, t.approver.id));
    assert_int_equal(t.proposal.decided_at, SAMPLE_NOON);
    arena_free(t.arena);
}

CASE(superseded_expired_or_withdrawn_proposals_cannot_be_accepted)
{
    static const enum proposal_state states[] = {
        PROPOSAL_DRAFT,      PROPOSAL_ACCEPTED, PROPOSAL_DECLINED,  PROPOSAL_CHANGE_REQUESTED,
        PROPOSAL_SUPERSEDED, PROPOSAL_EXPIRED,  PROPOSAL_WITHDRAWN,
    };
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        t.proposal.state = states[i];
        REFUSED(proposal_accept(&t.proposal, &t.approver, t.today, SAMPLE_NOON, &fault),
                ERROR_WRONG_STATE, "state");
    }
    arena_free(t.arena);
}

CASE(staff_records_an_acceptance_only_with_proof)
{
    struct table t;
    set_table(&t, PROPOSAL_SENT);
    REFUSED(proposal_record_acceptance(&t.proposal, &t.manager, " ", t.today, SAMPLE_NOON, &fault),
            ERROR_INVALID, "proof");
    ALLOWED(proposal_record_acceptance(&t.proposal, &t.manager, "mail of 21 June", t.today,
                                       SAMPLE_NOON, &fault));
    assert_string_equal(t.proposal.proof, "mail of 21 June");
    assert_true(id_equal(t.proposal.decided_by, t.manager.id));
    arena_free(t.arena);
}

CASE(declining_and_asking_for_changes_need_a_reason)
{
    struct table t;
    set_table(&t, PROPOSAL_VIEWED);
    REFUSED(proposal_decline(&t.proposal, &t.approver, NULL, SAMPLE_NOON, &fault), ERROR_INVALID,
            "reason");
    REFUSED(proposal_request_change(&t.proposal, &t.approver, "", SAMPLE_NOON, &fault),
            ERROR_INVALID, "reason");
    ALLOWED(proposal_request_change(&t.proposal, &t.approver, "less", SAMPLE_NOON, &fault));
    assert_int_equal(t.proposal.state, PROPOSAL_CHANGE_REQUESTED);
    REFUSED(proposal_decline(&t.proposal, &t.approver, "no", SAMPLE_NOON, &fault),
            ERROR_WRONG_STATE, "state");
    t.proposal.state = PROPOSAL_SENT;
    ALLOWED(proposal_decline(&t.proposal, &t.approver, "too dear", SAMPLE_NOON, &fault));
    assert_string_equal(t.proposal.reason, "too dear");
    arena_free(t.arena);
}

CASE(what_is_open_is_superseded_by_a_later_revision)
{
    struct table t;
    set_table(&t, PROPOSAL_DRAFT);
    for (enum proposal_state each = PROPOSAL_DRAFT; each <= PROPOSAL_WITHDRAWN; each++) {
        t.proposal.state = each;
        bool open = each == PROPOSAL_DRAFT || each == PROPOSAL_SENT || each == PROPOSAL_VIEWED ||
                    each == PROPOSAL_CHANGE_REQUESTED;
        assert_int_equal(proposal_supersede(&t.proposal, &fault), open ? OK : ERROR_WRONG_STATE);
        t.proposal.state = each;
        assert_int_equal(proposal_withdraw(&t.proposal, &fault), open ? OK : ERROR_WRONG_STATE);
    }
    arena_free(t.arena);
}

CASE(a_proposal_expires_after_its_last_day_and_not_before)
{
    struct table t;
    set_table(&t, PROPOSAL_SENT);
    int32_t last = t.proposal.valid_until_day;
    REFUSED(proposal_expire(&t.proposal, last, &fault), ERROR_OUT_OF_RANGE, "valid_until_day");
    ALLOWED(proposal_expire(&t.proposal, last + 1, &fault));
    assert_int_equal(t.proposal.state, PROPOSAL_EXPIRED);
    t.proposal.state = PROPOSAL_ACCEPTED;
    REFUSED(proposal_expire(&t.proposal, last + 1, &fault), ERROR_WRONG_STATE, "state");
    arena_free(t.arena);
}

RUN(T(a_proposal_is_valid_for_a_time_that_a_contract_could_set),
    T(a_draft_on_confirmed_requirements_is_sent),
    T(a_proposal_on_unconfirmed_requirements_is_not_sent), T(a_plan_that_does_not_hold_is_not_sent),
    T(only_a_draft_is_edited), T(a_first_look_is_recorded),
    T(a_proposal_in_the_clients_hands_is_accepted_until_its_last_day),
    T(superseded_expired_or_withdrawn_proposals_cannot_be_accepted),
    T(staff_records_an_acceptance_only_with_proof),
    T(declining_and_asking_for_changes_need_a_reason),
    T(what_is_open_is_superseded_by_a_later_revision),
    T(a_proposal_expires_after_its_last_day_and_not_before))
