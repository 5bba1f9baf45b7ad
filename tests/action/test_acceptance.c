#include "action/acceptance.h"

#include "../scene.h"
#include "action/milestone.h"
#include "action/submission.h"
#include "base/day.h"
#include "billing.h"

static struct decide_submission decide(struct scene *scene, const struct submission *submission,
                                       bool met, enum severity severity)
{
    return (struct decide_submission){
        .submission_id = submission->id,
        .decisions = {scene_decision(scene, 0, met, severity), 1},
    };
}

static enum error accept(struct scene *scene, struct actor actor, struct decide_submission *in,
                         struct acceptance *acceptance)
{
    return stage_perform(scene->stage, actor, &accept_submission_operation, in, acceptance);
}

static enum error reject(struct scene *scene, struct actor actor, struct decide_submission *in,
                         struct submission *submission)
{
    return stage_perform(scene->stage, actor, &reject_submission_operation, in, submission);
}

static struct decide_submission refusal(struct scene *scene, const struct submission *submission)
{
    struct decide_submission in = decide(scene, submission, false, SEVERITY_MAJOR);
    in.reason_code = REJECTION_DEFECT;
    in.reason = "The numbers are last year's";
    return in;
}

/* ---- accepting ----------------------------------------------------------------------------- */

CASE(an_acceptance_certifies_and_readies_what_comes_next)
{
    struct scene scene;
    struct milestone milestone;
    struct certificate certificate;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct acceptance acceptance = scene_accept(&scene, 0, &submission);
    assert_int_equal(acceptance.state, SUBMISSION_ACCEPTED);
    assert_int_equal(acceptance.version, 2);

    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_ACCEPTED);
    assert_int_equal(milestone.accepted_at, STAGE_NOW_MS);
    assert_true(id_equal(milestone.certificate_id, acceptance.certificate_id));
    get_row(scene.stage, &milestone_shape, scene.milestones[1].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_READY);
    get_row(scene.stage, &milestone_shape, scene.milestones[2].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_PLANNED);

    struct subject subject = {acceptance.certificate_id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.payer, &show_certificate_operation, &subject,
                                &certificate),
                  OK);
    assert_int_equal(certificate.kind, CERTIFICATE_ACCEPTED);
    assert_int_equal(certificate.method, METHOD_EMAIL_LINK);
    assert_string_equal(certificate.accepted_by_name, scene.approver.name);
    assert_string_equal(certificate.accepted_by_role, "approver");
    assert_int_equal(certificate.decisions.count, 1);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, NULL), 2);
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, submission.id, NULL), 1);
    assert_int_equal(scenario_events(&scene.scenario, "milestone.accepted"), 1);
}

CASE(minor_defects_are_accepted_with_reservations_only)
{
    struct scene scene;
    struct acceptance acceptance;
    struct certificate certificate;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, false, SEVERITY_MINOR);
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "reservations");
    in.reservations = "The footer is to be mended within a month";
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), OK);
    get_row(scene.stage, &certificate_shape, acceptance.certificate_id, &certificate);
    assert_string_equal(certificate.reservations, in.reservations);
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, submission.id, &body), 1);
    assert_non_null(strstr(body, "The footer is to be mended"));
    assert_non_null(strstr(body, "R1.1: minor"));
}

CASE(partial_and_foreign_decisions_are_refused)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    in.decisions.count = 0;
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions");
    in = decide(&scene, &submission, true, SEVERITY_NONE);
    LIST_AT(struct decision, in.decisions, 0)->criterion = "R2.1";
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions/0/criterion");
    in = decide(&scene, &submission, false, SEVERITY_CRITICAL);
    in.reservations = "It does not start";
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions/0/met");
}

CASE(approved_milestone_cannot_be_rejected)
{
    struct scene scene;
    struct submission decided;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &submission);
    struct decide_submission in = refusal(&scene, &submission);
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), ERROR_WRONG_STATE);
    in = decide(&scene, &submission, true, SEVERITY_NONE);
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_WRONG_STATE);
    struct withdraw_submission back = {.submission_id = submission.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &withdraw_submission_operation, &back, &decided),
        ERROR_WRONG_STATE);
    struct milestone milestone;
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_ACCEPTED);
}

CASE(the_last_milestone_completes_engagement_and_contract)
{
    struct scene scene;
    struct engagement engagement;
    struct contract contract;
    const char *body;
    scene_set(&scene, *state, NULL);
    for (size_t i = 0; i < SCENE_MILESTONES; i++) {
        get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
        assert_int_equal(engagement.state, ENGAGEMENT_ACTIVE);
        struct submission submission = scene_submit(&scene, i);
        scene_accept(&scene, i, &submission);
    }
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &engagement);
    assert_int_equal(engagement.state, ENGAGEMENT_COMPLETED);
    get_row(scene.stage, &contract_shape, scene.scenario.contract.id, &contract);
    assert_int_equal(contract.state, CONTRACT_COMPLETED);
    assert_int_equal(contract.ended_at, STAGE_NOW_MS);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, engagement.id, &body), 1);
    assert_non_null(strstr(body, "is completed. Thank you for working with us."));
}

/* One that waits for two is ready with the second of them, not with the first. */
CASE(a_contract_can_let_only_critical_defects_justify_a_refusal)
{
    struct scene scene;
    struct submission rejected;
    struct acceptance acceptance;
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.time_zone = "Europe/Berlin";
    terms.refusal_from = REFUSAL_FROM_CRITICAL;
    scene_set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = refusal(&scene, &submission);
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &rejected), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions");
    in.reason_code = 0;
    in.reason = NULL;
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "reservations");
    in.reservations = "The numbers are to be brought up to date.";
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), OK);
}

CASE(a_milestone_is_ready_once_all_that_it_comes_after_is_accepted)
{
    struct scene scene;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    struct milestone_dependency also = {
        .milestone_id = scene.milestones[2].id,
        .after_id = scene.milestones[0].id,
        .engagement_id = scene.engagement.id,
    };
    put_row(scene.stage, &milestone_dependency_shape, &also);
    for (size_t i = 0; i < 2; i++) {
        get_row(scene.stage, &milestone_shape, scene.milestones[2].id, &milestone);
        assert_int_equal(milestone.state, MILESTONE_PLANNED);
        struct submission submission = scene_submit(&scene, i);
        scene_accept(&scene, i, &submission);
    }
    get_row(scene.stage, &milestone_shape, scene.milestones[2].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_READY);
}

CASE(a_decision_on_another_version_is_stale)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    assert_result(scene.stage,
                  stage_perform_at(scene.stage, scene.approver, 9, &accept_submission_operation,
                                   &in, &acceptance),
                  ERROR_STALE);
    assert_result(scene.stage,
                  stage_perform_at(scene.stage, scene.approver, 1, &accept_submission_operation,
                                   &in, &acceptance),
                  OK);
}

/* What was read before the transaction is read anew when it has moved. */
static enum error accept_prepared(struct scene *scene, struct decide_submission *in,
                                  struct acceptance *acceptance)
{
    struct operation unprepared = accept_submission_operation;
    unprepared.prepare = NULL;
    return stage_perform(scene->stage, scene->approver, &unprepared, in, acceptance);
}

static void prepare(struct scene *scene, struct decide_submission *in)
{
    struct call call = call_by(&scene->stage->app, scene->stage->arena, 1, ACTOR_OPERATOR);
    call.store.session = scene->stage->reading;
    call.actor = scene->approver;
    assert_result(scene->stage, db_begin(scene->stage->reading, &scene->stage->fault), OK);
    assert_result(scene->stage,
                  accept_submission_operation.prepare(&call, in, &scene->stage->fault), OK);
    db_rollback(scene->stage->reading);
}

CASE(a_decision_that_was_overtaken_sees_what_is_there_now)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission late = decide(&scene, &submission, true, SEVERITY_NONE);
    prepare(&scene, &late);
    scene_accept(&scene, 0, &submission);
    assert_result(scene.stage, accept_prepared(&scene, &late, &acceptance), ERROR_WRONG_STATE);
}

CASE(an_acceptance_certifies_the_client_as_it_is_now)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    prepare(&scene, &in);
    struct client client;
    get_row(scene.stage, &client_shape, scene.scenario.client.id, &client);
    client.legal_name = "Renamed in the meantime";
    change_row(scene.stage, &client_shape, &client);
    assert_result(scene.stage, accept_prepared(&scene, &in, &acceptance), OK);
    assert_non_null(strstr(paper_of(scene.stage, acceptance.certificate_id, DOCUMENT_CERTIFICATE),
                           "Renamed in the meantime"));
}

CASE(an_acceptance_bills_with_the_payments_that_came_while_it_waited)
{
    struct scene scene;
    struct acceptance first, second;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    first = scene_accept(&scene, 0, &submission);
    submission = scene_submit(&scene, 1);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    in.decisions.rows = scene_decision(&scene, 1, true, SEVERITY_NONE);
    prepare(&scene, &in);
    assert_non_null(in.outcome);
    struct invoice invoice;
    get_row(scene.stage, &invoice_shape, first.invoice_id, &invoice);
    pay(&scene, invoice.total_minor / 2, invoice.reference, ALLOCATE_AUTOMATICALLY);
    assert_result(scene.stage, accept_prepared(&scene, &in, &second), OK);
    assert_non_null(strstr(paper_of(scene.stage, second.invoice_id, DOCUMENT_INVOICE),
                           "\"paid\":{\"amount\":\"500.00\",\"currency\":\"EUR\"},\"leaf\""));
}

/* Nothing is decided twice when nothing has moved. */
CASE(an_acceptance_that_still_holds_is_written_as_it_was_prepared)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    prepare(&scene, &in);
    in.decisions.count = 0; /* would be refused */
    assert_result(scene.stage, accept_prepared(&scene, &in, &acceptance), OK);
    assert_int_equal(acceptance.state, SUBMISSION_ACCEPTED);
}

/* 2026-11-28: the invoice that comes with an acceptance counted itself alone. */
CASE(the_invoice_of_a_later_acceptance_counts_what_came_before)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct submission first = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &first);
    struct submission second = scene_submit(&scene, 1);
    struct acceptance acceptance = scene_accept(&scene, 1, &second);
    const char *paper = paper_of(scene.stage, acceptance.invoice_id, DOCUMENT_INVOICE);
    assert_non_null(strstr(paper, "\"sum\":{\"amount\":\"5000.00\""));
    assert_non_null(strstr(paper, "\"accepted\":{\"amount\":\"2000.00\""));
    assert_non_null(strstr(paper, "\"invoiced\":{\"amount\":\"2000.00\""));
}

/* ---- rejecting ----------------------------------------------------------------------------- */

CASE(a_rejection_names_what_is_not_met_and_tells_both_sides)
{
    struct scene scene;
    struct submission decided;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = refusal(&scene, &submission);
    LIST_AT(struct decision, in.decisions, 0)->note = "page 3";
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), OK);
    assert_int_equal(decided.state, SUBMISSION_REJECTED);
    assert_int_equal(decided.reason_code, REJECTION_DEFECT);
    assert_string_equal(decided.decided_by_role, "approver");
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, submission.id, &body), 1);
    assert_non_null(strstr(body, "The numbers are last year's"));
    assert_non_null(strstr(body, "R1.1: major, page 3"));
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, NULL), 2);
}

CASE(a_rejection_without_reason_or_defect_is_refused)
{
    struct scene scene;
    struct submission decided;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = refusal(&scene, &submission);
    in.reason_code = 0;
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "reason_code");
    in = refusal(&scene, &submission);
    in.reason = " ";
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "reason");
    in = refusal(&scene, &submission);
    in.decisions.rows = scene_decision(&scene, 0, true, SEVERITY_NONE);
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions");
    in.decisions.rows = scene_decision(&scene, 0, false, SEVERITY_MINOR);
    assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions");
}

CASE(a_rejected_milestone_is_reworked_and_handed_over_again)
{
    struct scene scene;
    struct submission decided;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    struct subject subject = {scene.milestones[0].id};
    for (int64_t round = 1; round <= 3; round++) {
        struct submission submission = scene_submit(&scene, 0);
        assert_int_equal(submission.round, round);
        struct decide_submission in = refusal(&scene, &submission);
        assert_result(scene.stage, reject(&scene, scene.approver, &in, &decided), OK);
        assert_result(scene.stage,
                      stage_perform(scene.stage, scene.manager, &rework_milestone_operation,
                                    &subject, &milestone),
                      OK);
        assert_int_equal(milestone.state, MILESTONE_REWORK);
    }
    struct submission submission = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &submission);
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_ACCEPTED);
    assert_int_equal(milestone.round, 4);
}

/* ---- who ----------------------------------------------------------------------------------- */

CASE(only_the_clients_approver_decides)
{
    struct scene scene;
    struct acceptance acceptance;
    struct submission decided;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    const struct actor others[] = {scene.owner,   scene.manager, scene.finance,
                                   scene.auditor, scene.payer,   scene.viewer};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
        assert_result(scene.stage, accept(&scene, others[i], &in, &acceptance), ERROR_FORBIDDEN);
        in = refusal(&scene, &submission);
        assert_result(scene.stage, reject(&scene, others[i], &in, &decided), ERROR_FORBIDDEN);
    }
}

CASE(another_clients_approver_finds_nothing_to_decide)
{
    struct scene scene;
    struct acceptance acceptance;
    struct submission decided;
    struct certificate certificate;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    assert_result(scene.stage, accept(&scene, scene.stranger, &in, &acceptance), ERROR_NOT_FOUND);
    in = refusal(&scene, &submission);
    assert_result(scene.stage, reject(&scene, scene.stranger, &in, &decided), ERROR_NOT_FOUND);
    acceptance = scene_accept(&scene, 0, &submission);
    struct subject subject = {acceptance.certificate_id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &show_certificate_operation, &subject,
                                &certificate),
                  ERROR_NOT_FOUND);
}

CASE(decisions_are_made_while_work_rests_but_not_after_its_end)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, true, SEVERITY_NONE);
    scene.engagement.state = ENGAGEMENT_TERMINATED;
    change_row(scene.stage, &engagement_shape, &scene.engagement);
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "engagement");
    scene.engagement.state = ENGAGEMENT_SUSPENDED;
    change_row(scene.stage, &engagement_shape, &scene.engagement);
    assert_result(scene.stage, accept(&scene, scene.approver, &in, &acceptance), OK);
}

STAGE_RUN(T(an_acceptance_certifies_and_readies_what_comes_next),
          T(minor_defects_are_accepted_with_reservations_only),
          T(partial_and_foreign_decisions_are_refused), T(approved_milestone_cannot_be_rejected),
          T(the_last_milestone_completes_engagement_and_contract),
          T(a_contract_can_let_only_critical_defects_justify_a_refusal),
          T(a_milestone_is_ready_once_all_that_it_comes_after_is_accepted),
          T(a_decision_on_another_version_is_stale),
          T(a_decision_that_was_overtaken_sees_what_is_there_now),
          T(an_acceptance_certifies_the_client_as_it_is_now),
          T(an_acceptance_bills_with_the_payments_that_came_while_it_waited),
          T(an_acceptance_that_still_holds_is_written_as_it_was_prepared),
          T(the_invoice_of_a_later_acceptance_counts_what_came_before),
          T(a_rejection_names_what_is_not_met_and_tells_both_sides),
          T(a_rejection_without_reason_or_defect_is_refused),
          T(a_rejected_milestone_is_reworked_and_handed_over_again),
          T(only_the_clients_approver_decides), T(another_clients_approver_finds_nothing_to_decide),
          T(decisions_are_made_while_work_rests_but_not_after_its_end))
