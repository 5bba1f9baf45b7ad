#include "action/defect.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "action/milestone.h"
#include "base/day.h"

static struct decide_submission decide(struct scene *scene, const struct submission *submission,
                                       enum severity severity)
{
    struct decision *decision = scene_decision(scene, 0, severity == SEVERITY_NONE, severity);
    decision->note = severity == SEVERITY_NONE ? NULL : "the footer is wrong";
    return (struct decide_submission){
        .submission_id = submission->id,
        .decisions = {decision, 1},
        .reason_code = REJECTION_DEFECT,
        .reason = "not as it was agreed",
        .reservations = severity == SEVERITY_NONE ? NULL : "rights from the footer are reserved",
    };
}

static enum error accept(struct scene *scene, struct decide_submission *in,
                         struct acceptance *acceptance)
{
    return stage_perform(scene->stage, scene->approver, &accept_submission_operation, in,
                         acceptance);
}

static void reject_and_rework(struct scene *scene, const struct submission *submission)
{
    struct submission rejected;
    struct milestone milestone;
    struct subject subject = {submission->milestone_id};
    struct decide_submission in = decide(scene, submission, SEVERITY_MAJOR);
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->approver, &reject_submission_operation, &in, &rejected),
        OK);
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->manager, &rework_milestone_operation, &subject,
                                &milestone),
                  OK);
}

static struct list defects_of(struct scene *scene, struct list_defects query)
{
    struct page page;
    query.page.limit = 50;
    query.engagement_id = scene->engagement.id;
    if (query.overdue_on == 0)
        query.overdue_on = DAY_NONE;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->viewer, &list_defects_operation, &query, &page), OK);
    return page.items;
}

static struct defect only_defect(struct scene *scene)
{
    struct list all = defects_of(scene, (struct list_defects){0});
    assert_int_equal(all.count, 1);
    return *LIST_AT(struct defect, all, 0);
}

static enum error say(struct scene *scene, struct actor actor, const struct operation *operation,
                      struct id id, const char *words, struct defect *out)
{
    struct say_of_defect in = {id, words, words};
    return stage_perform(scene->stage, actor, operation, &in, out);
}

CASE(a_rejection_leaves_defects_that_the_next_round_confirms)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct submission first = scene_submit(&scene, 0);
    reject_and_rework(&scene, &first);
    struct defect defect = only_defect(&scene);
    assert_int_equal(defect.state, DEFECT_OPEN);
    assert_int_equal(defect.severity, SEVERITY_MAJOR);
    assert_string_equal(defect.text, "the footer is wrong");
    assert_string_equal(defect.criterion, "R1.1");
    assert_true(id_is_none(defect.certificate_id));
    struct submission second = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &second);
    defect = only_defect(&scene);
    assert_int_equal(defect.state, DEFECT_CONFIRMED);
    assert_int_equal(defect.version, 2);
    assert_int_equal(scenario_events(&scene.scenario, "milestone.accepted"), 1);
    assert_sound(scene.stage);
}

CASE(a_defect_that_is_found_again_is_the_same_and_reserved_by_its_certificate)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    reject_and_rework(&scene, &submission);
    submission = scene_submit(&scene, 0);
    reject_and_rework(&scene, &submission);
    assert_int_equal(only_defect(&scene).times_found, 2);
    submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    LIST_AT(struct decision, in.decisions, 0)->correct_by_day = time_day(STAGE_NOW_MS) + 9;
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    struct defect defect = only_defect(&scene);
    assert_int_equal(defect.times_found, 3);
    assert_int_equal(defect.severity, SEVERITY_MINOR);
    assert_int_equal(defect.correct_by_day, time_day(STAGE_NOW_MS) + 9);
    assert_true(id_equal(defect.certificate_id, acceptance.certificate_id));
    assert_sound(scene.stage);
}

CASE(the_certificate_names_the_defects_that_are_open)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    const char *paper = paper_of(scene.stage, acceptance.certificate_id, DOCUMENT_CERTIFICATE);
    assert_non_null(strstr(paper, "\"text\":\"the footer is wrong\""));
    struct defect defect = only_defect(&scene), out;
    assert_result(scene.stage,
                  say(&scene, scene.manager, &correct_defect_operation, defect.id, "mended", &out),
                  OK);
    assert_result(scene.stage,
                  say(&scene, scene.approver, &confirm_defect_operation, defect.id, NULL, &out),
                  OK);
    assert_sound(scene.stage); /* though it was open when the certificate was issued */
    submission = scene_submit(&scene, 1);
    acceptance = scene_accept(&scene, 1, &submission);
    paper = paper_of(scene.stage, acceptance.certificate_id, DOCUMENT_CERTIFICATE);
    assert_non_null(strstr(paper, "\"defects\":[]"));
}

CASE(each_side_is_told_of_what_the_other_says_of_a_defect)
{
    struct scene scene;
    struct acceptance acceptance;
    struct defect out;
    const char *body = NULL;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    struct id id = only_defect(&scene).id;
    assert_result(scene.stage,
                  say(&scene, scene.manager, &correct_defect_operation, id, "mended", &out), OK);
    count_mail(scene.stage, scene.approver_row.email, submission.id, &body);
    assert_non_null(strstr(body, "R1.1: the footer is wrong"));
    assert_non_null(strstr(body, "mended"));
    assert_result(scene.stage,
                  say(&scene, scene.approver, &reopen_defect_operation, id, "not on page 3", &out),
                  OK);
    count_mail(scene.stage, scene.manager_row.email, submission.id, &body);
    assert_non_null(strstr(body, "not on page 3"));
    assert_int_equal(out.state, DEFECT_OPEN);
    assert_result(scene.stage,
                  say(&scene, scene.approver, &waive_defect_operation, id, "leave it", &out), OK);
    assert_int_equal(out.state, DEFECT_WAIVED);
    assert_result(scene.stage,
                  say(&scene, scene.manager, &correct_defect_operation, id, NULL, &out),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "state");
    assert_sound(scene.stage);
}

CASE(a_day_for_correction_in_the_past_is_refused_and_changes_nothing)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    LIST_AT(struct decision, in.decisions, 0)->correct_by_day = time_day(STAGE_NOW_MS) - 1;
    assert_result(scene.stage, accept(&scene, &in, &acceptance), ERROR_OUT_OF_RANGE);
    assert_string_equal(scene.stage->fault.field, "decisions/0/correct_by_day");
    assert_int_equal(defects_of(&scene, (struct list_defects){0}).count, 0);
    assert_int_equal(scenario_events(&scene.scenario, "certificate.issued"), 0);
}

CASE(defects_are_found_by_milestone_state_and_day)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    int32_t today = time_day(STAGE_NOW_MS);
    LIST_AT(struct decision, in.decisions, 0)->correct_by_day = today;
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    struct list_defects query = {.milestone_id = scene.milestones[0].id, .state = DEFECT_OPEN};
    assert_int_equal(defects_of(&scene, query).count, 1);
    query.milestone_id = scene.milestones[1].id;
    assert_int_equal(defects_of(&scene, query).count, 0);
    assert_int_equal(defects_of(&scene, (struct list_defects){.overdue_on = today}).count, 0);
    assert_int_equal(defects_of(&scene, (struct list_defects){.overdue_on = today + 1}).count, 1);
}

CASE(another_client_finds_no_defect_and_each_side_has_its_own_word)
{
    struct scene scene;
    struct acceptance acceptance;
    struct defect out;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    struct id id = only_defect(&scene).id;
    assert_result(scene.stage,
                  say(&scene, scene.stranger, &confirm_defect_operation, id, NULL, &out),
                  ERROR_NOT_FOUND);
    stage_assert_only(scene.stage, &correct_defect_operation, ROLE_OWNER | ROLE_DELIVERY);
    stage_assert_only(scene.stage, &confirm_defect_operation, ROLE_APPROVER);
    stage_assert_only(scene.stage, &reopen_defect_operation, ROLE_APPROVER);
    stage_assert_only(scene.stage, &waive_defect_operation, ROLE_APPROVER);
}

/* ---- in part ------------------------------------------------------------------------------- */

/* Each milestone has two criteria, and the terms allow to accept one of them alone. */
static void in_part(struct plan *plan)
{
    static const char *const codes[SCENE_MILESTONES + 1] = {"R1.1", "R2.1", "R3.1",
                                                            "R4.1", "R5.1", "R1.1"};
    plan->terms->partial_acceptance = PARTIAL_ACCEPTANCE_BY_CRITERION;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        struct texts *criteria = &LIST_AT(struct plan_milestone, plan->milestones, i)->criteria;
        static const char *rooms[SCENE_MILESTONES][2];
        rooms[i][0] = codes[i];
        rooms[i][1] = codes[i + 1];
        *criteria = (struct texts){rooms[i], 2};
    }
}

static struct decide_submission carrying(struct scene *scene, const struct submission *submission,
                                         const char *to)
{
    struct decision *decisions = arena_array(scene->stage->arena, 2, sizeof *decisions);
    decisions[0] = (struct decision){"R1.1", true, SEVERITY_NONE, NULL, DAY_NONE, 0, NULL};
    decisions[1] =
        (struct decision){"R2.1", false, SEVERITY_MAJOR, "no map", DAY_NONE, REMEDY_CARRY, to};
    return (struct decide_submission){.submission_id = submission->id, .decisions = {decisions, 2}};
}

CASE(a_criterion_is_carried_to_a_later_milestone_and_the_certificate_says_so)
{
    struct scene scene;
    struct acceptance acceptance;
    struct milestone milestone;
    struct invoice invoice;
    scene_set_as(&scene, *state, in_part);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = carrying(&scene, &submission, "M3");
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    get_row(scene.stage, &milestone_shape, scene.milestones[2].id, &milestone);
    assert_int_equal(milestone.carried_criteria.count, 1);
    assert_string_equal(milestone.carried_criteria.texts[0], "R2.1");
    assert_int_equal(milestone.criteria.count, 2);
    const char *paper = paper_of(scene.stage, acceptance.certificate_id, DOCUMENT_CERTIFICATE);
    assert_non_null(strstr(paper, "\"carry_to\":\"M3\""));
    assert_int_equal(scenario_events(&scene.scenario, "milestone.accepted"), 1);
    get_row(scene.stage, &invoice_shape, acceptance.invoice_id, &invoice);
    assert_int_equal(invoice.net_minor, SCENARIO_PRICE_MINOR); /* no more than was signed */
    assert_int_equal(defects_of(&scene, (struct list_defects){0}).count, 0);
    assert_sound(scene.stage);
}

CASE(a_milestone_that_is_freed_by_the_acceptance_takes_what_is_carried)
{
    struct scene scene;
    struct acceptance acceptance;
    struct milestone milestone;
    scene_set_as(&scene, *state, in_part);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = carrying(&scene, &submission, "M2");
    LIST_AT(struct decision, in.decisions, 0)->met = false;
    LIST_AT(struct decision, in.decisions, 0)->severity = SEVERITY_MINOR;
    in.reservations = "all rights";
    LIST_AT(struct decision, in.decisions, 1)->criterion = "R1.1";
    LIST_AT(struct decision, in.decisions, 0)->criterion = "R2.1";
    assert_result(scene.stage, accept(&scene, &in, &acceptance), OK);
    get_row(scene.stage, &milestone_shape, scene.milestones[1].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_READY);
    assert_string_equal(milestone.carried_criteria.texts[0], "R1.1");
    assert_string_equal(only_defect(&scene).criterion, "R2.1");
    assert_sound(scene.stage);
}

CASE(a_criterion_is_not_carried_back_nowhere_or_to_what_was_handed_over)
{
    static const struct {
        const char *to;
        enum error error;
    } rows[] = {{"M1", ERROR_INVALID}, {"M9", ERROR_INVALID}, {"M4", ERROR_WRONG_STATE}};
    struct scene scene;
    struct acceptance acceptance;
    scene_set_as(&scene, *state, in_part);
    struct submission submission = scene_submit(&scene, 0);
    get_row(scene.stage, &milestone_shape, scene.milestones[3].id, &scene.milestones[3]);
    scene.milestones[3].state = MILESTONE_SUBMITTED;
    change_row(scene.stage, &milestone_shape, &scene.milestones[3]);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct decide_submission in = carrying(&scene, &submission, rows[i].to);
        assert_result(scene.stage, accept(&scene, &in, &acceptance), rows[i].error);
        assert_string_equal(scene.stage->fault.field, "decisions/1/carry_to");
    }
    assert_int_equal(scenario_events(&scene.scenario, "milestone.criterion_carried"), 0);
    assert_int_equal(scenario_events(&scene.scenario, "certificate.issued"), 0);
}

CASE(a_contract_that_does_not_allow_it_is_accepted_as_a_whole)
{
    struct scene scene;
    struct acceptance acceptance;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    struct decide_submission in = decide(&scene, &submission, SEVERITY_MINOR);
    LIST_AT(struct decision, in.decisions, 0)->remedy = REMEDY_CARRY;
    LIST_AT(struct decision, in.decisions, 0)->carry_to = "M2";
    assert_result(scene.stage, accept(&scene, &in, &acceptance), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "decisions/0/remedy");
}

STAGE_RUN(T(a_criterion_is_carried_to_a_later_milestone_and_the_certificate_says_so),
          T(a_milestone_that_is_freed_by_the_acceptance_takes_what_is_carried),
          T(a_criterion_is_not_carried_back_nowhere_or_to_what_was_handed_over),
          T(a_contract_that_does_not_allow_it_is_accepted_as_a_whole),
          T(a_rejection_leaves_defects_that_the_next_round_confirms),
          T(a_defect_that_is_found_again_is_the_same_and_reserved_by_its_certificate),
          T(the_certificate_names_the_defects_that_are_open),
          T(each_side_is_told_of_what_the_other_says_of_a_defect),
          T(a_day_for_correction_in_the_past_is_refused_and_changes_nothing),
          T(defects_are_found_by_milestone_state_and_day),
          T(another_client_finds_no_defect_and_each_side_has_its_own_word))
