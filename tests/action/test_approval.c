#include "core/approval.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "action/milestone.h"
#include "action/submission.h"
#include "agree.h"
#include "platform/random.h"

static void by_two(struct plan *plan)
{
    plan->terms->approvers_needed = 2;
}

/* M1 is accepted by two criteria. */
static void in_part_by_two(struct plan *plan)
{
    static const char *criteria[] = {"R1.1", "R2.1"};
    by_two(plan);
    plan->terms->partial_acceptance = PARTIAL_ACCEPTANCE_BY_CRITERION;
    LIST_AT(struct plan_milestone, plan->milestones, 0)->criteria = (struct texts){criteria, 2};
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
    struct actor other = scene_second_approver(&scene);
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
    struct actor other = scene_second_approver(&scene);
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
    scene_second_approver(&scene);
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
    struct actor other = scene_second_approver(&scene);
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
    struct actor other = scene_second_approver(&scene);
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
    struct actor other = scene_second_approver(&scene);
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

/* 2026-11-29: the first of two approvals was kept though nobody could ever have accepted so. */
CASE(what_cannot_be_carried_is_not_approved_either)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, in_part_by_two);
    struct actor other = scene_second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    struct decision decisions[] = {
        {"R1.1", .met = true, .severity = SEVERITY_NONE, .correct_by_day = DAY_NONE},
        {"R2.1", .severity = SEVERITY_MINOR, .correct_by_day = DAY_NONE, .remedy = REMEDY_CARRY}};
    struct decide_submission in = {.submission_id = submission.id, .decisions = {decisions, 2}};
    static const char *const impossible[] = {"M1", "M99"};
    for (size_t i = 0; i < sizeof impossible / sizeof *impossible; i++) {
        decisions[1].carry_to = impossible[i];
        assert_result(scene.stage,
                      stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in,
                                    &acceptance),
                      ERROR_INVALID);
        assert_string_equal(scene.stage->fault.field, "decisions/1/carry_to");
    }
    assert_int_equal(count_approvals(&scene, &submission), 0);
    decisions[1].carry_to = "M3";
    const struct actor both[] = {scene.approver, other};
    for (size_t i = 0; i < 2; i++)
        assert_result(
            scene.stage,
            stage_perform(scene.stage, both[i], &accept_submission_operation, &in, &acceptance),
            OK);
    assert_int_equal(acceptance.state, SUBMISSION_ACCEPTED);
    assert_sound(scene.stage);
}

/* ---- terms that change ----------------------------------------------------------------------
 */

static void a_minute_passes(struct scene *scene)
{
    clock_set(&scene->stage->clock, clock_now_ms(&scene->stage->clock) + INT64_C(60000));
}

/* From the next minute on. limit_minor 0: there is none. */
static void agree_on_approvers(struct scene *scene, struct plan *plan, int64_t needed,
                               int64_t limit_minor)
{
    struct approver_limit limit = {"EUR", limit_minor};
    a_minute_passes(scene);
    plan->terms->approvers_needed = needed;
    plan->terms->one_approver_limit = limit_minor ? &limit : NULL;
    agree(scene, plan, (struct list){0});
    plan->terms->one_approver_limit = NULL;
    a_minute_passes(scene);
}

static struct acceptance approved(struct scene *scene, struct actor actor, size_t number,
                                  const struct submission *submission)
{
    struct acceptance acceptance;
    struct decide_submission in = {
        .submission_id = submission->id,
        .decisions = {scene_decision(scene, number, true, SEVERITY_NONE), 1},
    };
    assert_result(
        scene->stage,
        stage_perform(scene->stage, actor, &accept_submission_operation, &in, &acceptance), OK);
    return acceptance;
}

static struct actor third_approver(struct scene *scene)
{
    struct scene other = *scene;
    other.approver_row.email = arena_format(scene->stage->arena, "t.%s", scene->approver_row.email);
    return scene_second_approver(&other);
}

CASE(verify_holds_each_approval_to_the_terms_of_its_day)
{
    struct scene scene;
    scene_set_as(&scene, *state, by_two);
    struct actor other = scene_second_approver(&scene), third = third_approver(&scene);
    struct plan *plan = signed_plan(&scene);
    struct submission submission = scene_submit(&scene, 0);
    assert_int_equal(approved(&scene, scene.approver, 0, &submission).state, SUBMISSION_SUBMITTED);
    agree_on_approvers(&scene, plan, 1, 0); /* now one is enough, but somebody has to accept */
    assert_sound(scene.stage);
    assert_int_equal(approved(&scene, other, 0, &submission).state, SUBMISSION_ACCEPTED);
    assert_sound(scene.stage);

    submission = scene_submit(&scene, 1);
    assert_int_equal(approved(&scene, other, 1, &submission).state, SUBMISSION_ACCEPTED);
    agree_on_approvers(&scene, plan, 3, 0);
    assert_sound(scene.stage); /* what one accepted before stays accepted */

    submission = scene_submit(&scene, 2);
    approved(&scene, scene.approver, 2, &submission);
    a_minute_passes(&scene);
    assert_int_equal(approved(&scene, other, 2, &submission).state, SUBMISSION_SUBMITTED);
    agree_on_approvers(&scene, plan, 2, 0); /* and there are two already */
    assert_int_equal(approved(&scene, third, 2, &submission).state, SUBMISSION_ACCEPTED);
    assert_sound(scene.stage);

    agree_on_approvers(&scene, plan, 1, SCENARIO_PRICE_MINOR - 1);
    submission = scene_submit(&scene, 3);
    assert_int_equal(approved(&scene, other, 3, &submission).state, SUBMISSION_SUBMITTED);
    agree_on_approvers(&scene, plan, 1, SCENARIO_PRICE_MINOR);
    assert_int_equal(approved(&scene, scene.approver, 3, &submission).state, SUBMISSION_ACCEPTED);
    assert_sound(scene.stage);
    tamper(scene.stage,
           "UPDATE change_order SET plan ="
           " replace(plan, '\"approvers_needed\":1', '\"approvers_needed\":2')"
           " WHERE applied_number = 1",
           "UPDATE change_order SET plan ="
           " replace(plan, '\"approvers_needed\":2', '\"approvers_needed\":1')"
           " WHERE applied_number = 1",
           "M2 was accepted with 1 approvals, and its contract wants 2");
    tamper(scene.stage,
           "UPDATE change_order SET plan ="
           " replace(plan, '\"approvers_needed\":3', '\"approvers_needed\":2')"
           " WHERE applied_number = 2",
           "UPDATE change_order SET plan ="
           " replace(plan, '\"approvers_needed\":2', '\"approvers_needed\":3')"
           " WHERE applied_number = 2",
           "M3 was accepted with 3 approvals, and its contract wants 2");
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(terms_that_change_in_the_moment_of_an_acceptance_are_no_fault)
{
    struct scene scene;
    scene_set_as(&scene, *state, by_two);
    struct actor other = scene_second_approver(&scene);
    struct plan *plan = signed_plan(&scene);
    struct submission submission = scene_submit(&scene, 0);
    approved(&scene, scene.approver, 0, &submission);
    assert_int_equal(approved(&scene, other, 0, &submission).state, SUBMISSION_ACCEPTED);
    plan->terms->approvers_needed = 1;
    agree(&scene, plan, (struct list){0}); /* the clock has not moved */
    assert_sound(scene.stage);
}

/* 2026-12-01: once the first one's day for a correction had passed, nobody could approve any more.
 */
CASE(a_day_for_a_correction_may_pass_before_the_last_approval)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, by_two);
    struct actor other = scene_second_approver(&scene);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    LIST_AT(struct decision, in.decisions, 0)->correct_by_day = stage_day("2016-06-21");
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in, &acceptance),
        ERROR_OUT_OF_RANGE);
    LIST_AT(struct decision, in.decisions, 0)->correct_by_day = stage_day("2016-06-23");
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in, &acceptance),
        OK);
    clock_set(&scene.stage->clock, clock_now_ms(&scene.stage->clock) + 2 * DAY_MS);
    assert_result(scene.stage,
                  stage_perform(scene.stage, other, &accept_submission_operation, &in, &acceptance),
                  OK);
    assert_int_equal(acceptance.state, SUBMISSION_ACCEPTED);
    assert_sound(scene.stage);
}

STAGE_RUN(T(an_acceptance_takes_effect_with_the_last_approval),
          T(nobody_approves_twice_and_all_decide_alike),
          T(what_could_not_be_accepted_is_not_approved),
          T(one_refusal_refuses_what_others_approved), T(verify_holds_the_approvals_to_the_terms),
          T(one_person_accepts_up_to_the_limit_and_two_above_it),
          T(work_is_not_handed_over_to_fewer_approvers_than_are_needed),
          T(what_cannot_be_carried_is_not_approved_either),
          T(a_day_for_a_correction_may_pass_before_the_last_approval),
          T(verify_holds_each_approval_to_the_terms_of_its_day),
          T(terms_that_change_in_the_moment_of_an_acceptance_are_no_fault))
