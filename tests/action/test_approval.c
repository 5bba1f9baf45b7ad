#include "core/approval.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "action/milestone.h"
#include "action/submission.h"
#include "platform/random.h"

/* Another approver of the scene's client. */
static struct actor second_approver(struct scene *scene)
{
    struct contact contact = scene->approver_row;
    struct actor actor = scene->approver;
    contact.id = new_id(&scene->stage->clock);
    contact.version = 1;
    contact.name = "Bert Budget";
    contact.email = arena_format(scene->stage->arena, "bert.%s", scene->approver_row.email);
    put_row(scene->stage, &contact_shape, &contact);
    actor.id = contact.id;
    actor.name = contact.name;
    return actor;
}

static void by_two(struct plan *plan)
{
    plan->terms->approvers_needed = 2;
}

static void limited(struct plan *plan)
{
    static struct approver_limit limit = {"EUR", SCENARIO_PRICE_MINOR};
    plan->terms->one_approver_limit = &limit;
    LIST_AT(struct plan_milestone, plan->milestones, 0)->price_minor++;
    plan->total_minor++;
}

static struct decide_submission decide(struct scene *scene, const struct submission *submission,
                                       enum severity severity)
{
    return (struct decide_submission){
        .submission_id = submission->id,
        .decisions = {scene_decision(scene, 0, severity == SEVERITY_NONE, severity), 1},
        .reservations = severity == SEVERITY_NONE ? NULL : "all rights",
        .reason_code = REJECTION_DEFECT,
        .reason = "no",
    };
}

static enum error accept(struct scene *scene, struct actor actor,
                         const struct submission *submission, enum severity severity,
                         struct acceptance *acceptance)
{
    struct decide_submission in = decide(scene, submission, severity);
    return stage_perform(scene->stage, actor, &accept_submission_operation, &in, acceptance);
}

static size_t count_approvals(struct scene *scene, const struct submission *submission)
{
    struct list_approvals query = {.page.limit = 50, .submission_id = submission->id};
    struct page page;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->viewer, &list_approvals_operation, &query, &page), OK);
    return page.items.count;
}

CASE(an_acceptance_takes_effect_with_the_last_approval)
{
    struct scene scene;
    struct acceptance acceptance;
    struct milestone milestone;
    scene_set_as(&scene, *state, by_two);
    struct actor other = second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance), OK);
    assert_int_equal(acceptance.state, SUBMISSION_SUBMITTED);
    assert_int_equal(acceptance.approvals, 1);
    assert_int_equal(acceptance.approvals_needed, 2);
    assert_true(id_is_none(acceptance.certificate_id));
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_SUBMITTED);
    assert_int_equal(scenario_events(&scene.scenario, "submission.approved"), 1);
    assert_int_equal(scenario_events(&scene.scenario, "certificate.issued"), 0);

    assert_result(scene.stage, accept(&scene, other, &submission, SEVERITY_NONE, &acceptance), OK);
    assert_int_equal(acceptance.state, SUBMISSION_ACCEPTED);
    assert_int_equal(acceptance.approvals, 2);
    assert_int_equal(count_approvals(&scene, &submission), 2);
    const char *paper = paper_of(scene.stage, acceptance.certificate_id, DOCUMENT_CERTIFICATE);
    assert_non_null(strstr(paper, "\"approved_by_name\":\"Bert Budget\""));
    assert_non_null(strstr(paper, scene.approver.name));
    assert_false(id_is_none(acceptance.invoice_id));
    assert_sound(scene.stage);
}

CASE(nobody_approves_twice_and_all_decide_alike)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, by_two);
    struct actor other = second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance), OK);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance),
                  ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "approved_by");
    assert_result(scene.stage, accept(&scene, other, &submission, SEVERITY_MINOR, &acceptance),
                  ERROR_CONFLICT);
    assert_string_equal(scene.stage->fault.field, "decisions");
    assert_int_equal(count_approvals(&scene, &submission), 1);
    assert_sound(scene.stage);
}

CASE(what_could_not_be_accepted_is_not_approved)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, by_two);
    second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_CRITICAL, &acceptance),
                  ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions/0/met");
    assert_int_equal(count_approvals(&scene, &submission), 0);
}

CASE(one_refusal_refuses_what_others_approved)
{
    struct scene scene;
    struct acceptance acceptance;
    struct submission rejected;
    scene_set_as(&scene, *state, by_two);
    struct actor other = second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance), OK);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MAJOR);
    assert_result(scene.stage,
                  stage_perform(scene.stage, other, &reject_submission_operation, &in, &rejected),
                  OK);
    assert_int_equal(rejected.state, SUBMISSION_REJECTED);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance),
                  ERROR_WRONG_STATE);
    assert_sound(scene.stage);
}

CASE(one_person_accepts_up_to_the_limit_and_two_above_it)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, limited);
    struct actor other = second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance), OK);
    assert_int_equal(acceptance.approvals_needed, 2);
    assert_result(scene.stage, accept(&scene, other, &submission, SEVERITY_NONE, &acceptance), OK);
    submission = scene_submit(&scene, 1);
    acceptance = scene_accept(&scene, 1, &submission);
    assert_int_equal(acceptance.approvals_needed, 1);
    assert_int_equal(acceptance.approvals, 0);
    assert_int_equal(acceptance.state, SUBMISSION_ACCEPTED);
    assert_sound(scene.stage);
}

CASE(work_is_not_handed_over_to_fewer_approvers_than_are_needed)
{
    struct scene scene;
    struct milestone milestone;
    struct submission submission;
    scene_set_as(&scene, *state, by_two);
    struct subject subject = {scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &start_milestone_operation, &subject, &milestone),
        OK);
    struct delivered delivered = {.title = "report", .file_id = scene_file(&scene).id};
    struct submit_milestone in = {.milestone_id = scene.milestones[0].id,
                                  .deliverables = {&delivered, 1}};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &submit_milestone_operation, &in, &submission),
        ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "client");
}

CASE(verify_holds_the_approvals_to_the_terms)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, by_two);
    struct actor other = second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage,
                  accept(&scene, scene.approver, &submission, SEVERITY_NONE, &acceptance), OK);
    assert_sound(scene.stage); /* while the second is waited for */
    assert_result(scene.stage, accept(&scene, other, &submission, SEVERITY_NONE, &acceptance), OK);
    tamper(scene.stage,
           "UPDATE contract SET plan ="
           " replace(plan, '\"approvers_needed\":2', '\"approvers_needed\":3')",
           "UPDATE contract SET plan ="
           " replace(plan, '\"approvers_needed\":3', '\"approvers_needed\":2')",
           "M1 was accepted with 2 approvals, and its contract wants 3");
    tamper(scene.stage,
           "UPDATE contract SET plan ="
           " replace(plan, '\"approvers_needed\":2', '\"approvers_needed\":1')",
           "UPDATE contract SET plan ="
           " replace(plan, '\"approvers_needed\":1', '\"approvers_needed\":2')",
           "M1 was accepted with 2 approvals, and its contract wants 1");
    assert_sound(scene.stage);
}

STAGE_RUN(T(an_acceptance_takes_effect_with_the_last_approval),
          T(nobody_approves_twice_and_all_decide_alike),
          T(what_could_not_be_accepted_is_not_approved),
          T(one_refusal_refuses_what_others_approved), T(verify_holds_the_approvals_to_the_terms),
          T(one_person_accepts_up_to_the_limit_and_two_above_it),
          T(work_is_not_handed_over_to_fewer_approvers_than_are_needed))
