#include "action/submission.h"

#include "../scene.h"
#include "action/milestone.h"
#include "base/day.h"

static const struct contract_terms *no_terms;

/* Hands over what is given for the first milestone, which is at work. */
static enum error submit(struct scene *scene, struct actor actor, struct delivered *delivered,
                         size_t count, struct submission *submission)
{
    struct submit_milestone in = {
        .milestone_id = scene->milestones[0].id,
        .deliverables = {delivered, count},
    };
    return stage_perform(scene->stage, actor, &submit_milestone_operation, &in, submission);
}

static void start_first(struct scene *scene)
{
    struct subject subject = {scene->milestones[0].id};
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->manager, &start_milestone_operation, &subject,
                                &scene->milestones[0]),
                  OK);
}

static enum error withdraw(struct scene *scene, struct actor actor, struct id submission_id)
{
    struct withdraw_submission in = {.submission_id = submission_id};
    struct submission submission;
    return stage_perform(scene->stage, actor, &withdraw_submission_operation, &in, &submission);
}

CASE(a_submission_records_what_was_handed_over)
{
    struct scene scene;
    struct submission submission, shown;
    struct milestone milestone;
    scene_set(&scene, *state, no_terms);
    start_first(&scene);
    struct file file = scene_file(&scene);
    struct delivered given[] = {
        {.title = "report", .file_id = file.id},
        {.title = "live site", .link = "https://example.org/"},
    };
    assert_result(scene.stage, submit(&scene, scene.manager, given, 2, &submission), OK);
    struct subject subject = {submission.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &show_submission_operation, &subject, &shown), OK);
    const struct delivered *report = LIST_AT(struct delivered, shown.deliverables, 0);
    assert_int_equal(report->kind, DELIVERABLE_FILE);
    assert_string_equal(report->name, "report.txt");
    assert_true(hash_equal(report->hash, file.hash));
    assert_string_equal(LIST_AT(struct delivered, shown.deliverables, 1)->link,
                        "https://example.org/");
    assert_int_equal(shown.round, 1);
    assert_int_equal(shown.state, SUBMISSION_SUBMITTED);
    assert_string_equal(shown.submitted_by_name, scene.manager.name);
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_SUBMITTED);
    assert_int_equal(milestone.round, 1);
}

CASE(the_approver_is_asked_by_mail_and_that_is_on_record)
{
    struct scene scene;
    const char *body = NULL;
    scene_set(&scene, *state, no_terms);
    struct submission submission = scene_submit(&scene, 0);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, &body), 1);
    assert_non_null(strstr(body, "report: report.txt"));
    assert_non_null(strstr(body, "until the end of 6 Jul 2016 (Europe/Berlin)"));
    assert_null(strstr(body, "counts as accepted")); /* silence means nothing here */
    assert_int_equal(submission.notices.count, 1);
    const struct acceptance_notice *notice =
        LIST_AT(struct acceptance_notice, submission.notices, 0);
    assert_int_equal(notice->kind, NOTICE_REQUEST);
    assert_true(id_equal(notice->contact_id, scene.approver.id));
    assert_int_equal(
        count_mail(scene.stage, scene.scenario.contacts[CONTACT_PAYER].email, submission.id, NULL),
        0);
}

CASE(every_deliverable_is_due_once_as_what_it_is)
{
    struct scene scene;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    start_first(&scene);
    struct id file_id = scene_file(&scene).id;
    struct delivered given[] = {{.title = "report", .file_id = file_id},
                                {.title = "report", .file_id = file_id}};
    assert_result(scene.stage, submit(&scene, scene.manager, given, 0, &submission), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables");
    assert_result(scene.stage, submit(&scene, scene.manager, given, 2, &submission), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables");
    struct delivered link = {.title = "report", .link = "https://example.org/"};
    assert_result(scene.stage, submit(&scene, scene.manager, &link, 1, &submission), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables");
}

CASE(a_file_of_another_engagement_is_refused_by_its_place)
{
    struct scene scene, other;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    scene_set(&other, *state, no_terms);
    start_first(&scene);
    struct delivered given[] = {{.title = "report", .file_id = scene_file(&scene).id},
                                {.title = "extra", .file_id = scene_file(&other).id}};
    assert_result(scene.stage, submit(&scene, scene.manager, given, 2, &submission), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables/1/file_id");
    given[1].file_id = scene.scenario.client.id;
    assert_result(scene.stage, submit(&scene, scene.manager, given, 2, &submission), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables/1/file_id");
}

CASE(a_deliverable_is_a_file_or_a_link)
{
    struct scene scene;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    start_first(&scene);
    struct delivered given = {.title = "report"};
    assert_result(scene.stage, submit(&scene, scene.manager, &given, 1, &submission),
                  ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables/0/file_id");
    given.file_id = scene_file(&scene).id;
    given.link = "https://example.org/";
    assert_result(scene.stage, submit(&scene, scene.manager, &given, 1, &submission),
                  ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables/0/file_id");
    given = (struct delivered){.title = "report", .link = "javascript:alert(1)"};
    assert_result(scene.stage, submit(&scene, scene.manager, &given, 1, &submission),
                  ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "deliverables/0/link");
}

CASE(only_a_milestone_at_work_is_submitted)
{
    struct scene scene;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    struct delivered given = {.title = "report", .file_id = scene_file(&scene).id};
    int64_t rounds = 0;
    for (int from = MILESTONE_PLANNED; from <= MILESTONE_CANCELLED; from++) {
        struct milestone *milestone = &scene.milestones[0];
        get_row(scene.stage, &milestone_shape, milestone->id, milestone);
        milestone->state = (enum milestone_state)from;
        change_row(scene.stage, &milestone_shape, milestone);
        bool is_at_work = from == MILESTONE_IN_PROGRESS || from == MILESTONE_REWORK;
        assert_result(scene.stage, submit(&scene, scene.manager, &given, 1, &submission),
                      is_at_work ? OK : ERROR_WRONG_STATE);
        if (is_at_work)
            assert_int_equal(submission.round, ++rounds);
    }
}

CASE(without_an_approver_nothing_can_be_handed_over)
{
    struct scene scene;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    start_first(&scene);
    struct delivered given = {.title = "report", .file_id = scene_file(&scene).id};
    get_row(scene.stage, &contact_shape, scene.approver.id, &scene.approver_row);
    scene.approver_row.disabled_at = STAGE_NOW_MS;
    change_row(scene.stage, &contact_shape, &scene.approver_row);
    assert_result(scene.stage, submit(&scene, scene.manager, &given, 1, &submission),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "client");
}

CASE(nothing_is_handed_over_while_the_engagement_rests)
{
    struct scene scene;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    start_first(&scene);
    struct delivered given = {.title = "report", .file_id = scene_file(&scene).id};
    scene.engagement.state = ENGAGEMENT_SUSPENDED;
    change_row(scene.stage, &engagement_shape, &scene.engagement);
    assert_result(scene.stage, submit(&scene, scene.manager, &given, 1, &submission),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "engagement");
}

CASE(a_submission_is_withdrawn_before_it_is_decided_on)
{
    struct scene scene;
    struct submission submission;
    struct milestone milestone;
    scene_set(&scene, *state, no_terms);
    struct submission first = scene_submit(&scene, 0);
    assert_result(scene.stage, withdraw(&scene, scene.manager, first.id), OK);
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_IN_PROGRESS);
    get_row(scene.stage, &submission_shape, first.id, &submission);
    assert_int_equal(submission.state, SUBMISSION_WITHDRAWN);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, first.id, NULL), 2);
    assert_result(scene.stage, withdraw(&scene, scene.manager, first.id), ERROR_WRONG_STATE);
    struct submission second = scene_submit(&scene, 0);
    assert_int_equal(second.round, 2);
}

CASE(a_withdrawn_submission_is_not_decided_on)
{
    struct scene scene;
    struct acceptance acceptance;
    struct submission decided;
    scene_set(&scene, *state, no_terms);
    struct submission submission = scene_submit(&scene, 0);
    assert_result(scene.stage, withdraw(&scene, scene.manager, submission.id), OK);
    struct decide_submission in = {
        .submission_id = submission.id,
        .decisions = {scene_decision(&scene, 0, true, SEVERITY_NONE), 1},
    };
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in, &acceptance),
        ERROR_WRONG_STATE);
    in.reason_code = REJECTION_DEFECT;
    in.reason = "too late";
    in.decisions.rows = scene_decision(&scene, 0, false, SEVERITY_MAJOR);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &reject_submission_operation, &in, &decided),
        ERROR_WRONG_STATE);
}

CASE(submissions_are_listed_by_round)
{
    struct scene scene;
    struct page page;
    scene_set(&scene, *state, no_terms);
    struct submission first = scene_submit(&scene, 0);
    assert_result(scene.stage, withdraw(&scene, scene.manager, first.id), OK);
    scene_submit(&scene, 0);
    struct list_submissions query = {.page.limit = 1, .milestone_id = scene.milestones[0].id};
    query.page.sort = "-round";
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_submissions_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    assert_int_equal(LIST_AT(struct submission, page.items, 0)->round, 2);
    query.page.cursor = page.next_cursor;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_submissions_operation, &query, &page), OK);
    assert_int_equal(LIST_AT(struct submission, page.items, 0)->round, 1);
}

CASE(only_who_delivers_hands_over_and_takes_back)
{
    struct scene scene;
    struct submission submission;
    scene_set(&scene, *state, no_terms);
    struct submission there = scene_submit(&scene, 0);
    const struct actor others[] = {scene.finance, scene.auditor, scene.approver,
                                   scene.payer,   scene.viewer,  scene.stranger};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_result(scene.stage, submit(&scene, others[i], NULL, 0, &submission),
                      ERROR_FORBIDDEN);
        assert_result(scene.stage, withdraw(&scene, others[i], there.id), ERROR_FORBIDDEN);
    }
}

CASE(another_clients_contact_sees_no_submission)
{
    struct scene scene;
    struct submission submission;
    struct page page;
    scene_set(&scene, *state, no_terms);
    struct submission there = scene_submit(&scene, 0);
    struct subject subject = {there.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &show_submission_operation, &subject,
                                &submission),
                  ERROR_NOT_FOUND);
    struct list_submissions query = {.page.limit = 1, .milestone_id = scene.milestones[0].id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &list_submissions_operation, &query, &page),
        ERROR_NOT_FOUND);
}

STAGE_RUN(T(a_submission_records_what_was_handed_over),
          T(the_approver_is_asked_by_mail_and_that_is_on_record),
          T(every_deliverable_is_due_once_as_what_it_is),
          T(a_file_of_another_engagement_is_refused_by_its_place),
          T(a_deliverable_is_a_file_or_a_link), T(only_a_milestone_at_work_is_submitted),
          T(without_an_approver_nothing_can_be_handed_over),
          T(nothing_is_handed_over_while_the_engagement_rests),
          T(a_submission_is_withdrawn_before_it_is_decided_on),
          T(a_withdrawn_submission_is_not_decided_on), T(submissions_are_listed_by_round),
          T(only_who_delivers_hands_over_and_takes_back),
          T(another_clients_contact_sees_no_submission))
