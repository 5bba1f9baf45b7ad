#include "action/dispute.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "action/submission.h"
#include "base/day.h"

static int64_t moment(const char *text)
{
    int64_t time_ms = 0;
    assert_int_equal(time_parse(text, &time_ms, NULL), OK);
    return time_ms;
}

static void set_time(struct scene *scene, const char *text)
{
    clock_set(&scene->stage->clock, moment(text));
}

/* Silence is acceptance after ten business days in Berlin: handed over on Wednesday 22 June 2016,
 * so by the end of Wednesday 6 July. */
static struct submission set(struct scene *scene, struct stage *stage)
{
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 30;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_BUSINESS;
    terms.silence = SILENCE_DEEMED;
    terms.time_zone = "Europe/Berlin";
    clock_set(&stage->clock, STAGE_NOW_MS);
    scene_set(scene, stage, &terms);
    struct submission submission = scene_submit(scene, 0);
    assert_int_equal(submission.deadline_at, moment("2016-07-06T21:59:59.999Z"));
    return submission;
}

static struct submission now(struct scene *scene, struct id id)
{
    struct submission submission;
    get_row(scene->stage, &submission_shape, id, &submission);
    return submission;
}

static enum error dispute(struct scene *scene, struct actor actor, struct id submission_id,
                          struct dispute *out)
{
    struct open_dispute in = {submission_id, "the map was never agreed"};
    return stage_perform(scene->stage, actor, &open_dispute_operation, &in, out);
}

static enum error end(struct scene *scene, struct actor actor, const struct operation *operation,
                      struct id id, struct dispute *out)
{
    struct end_dispute in = {id, "it comes with the next one"};
    return stage_perform(scene->stage, actor, operation, &in, out);
}

static void resolve(struct scene *scene, struct id id)
{
    struct dispute out;
    assert_result(scene->stage, end(scene, scene->manager, &resolve_dispute_operation, id, &out),
                  OK);
    assert_int_equal(out.state, DISPUTE_OPEN);
    assert_result(scene->stage, end(scene, scene->approver, &resolve_dispute_operation, id, &out),
                  OK);
    assert_int_equal(out.state, DISPUTE_RESOLVED);
}

CASE(while_a_dispute_is_open_nothing_is_decided)
{
    struct scene scene;
    struct dispute open, other;
    struct acceptance acceptance;
    struct submission out;
    struct submission submission = set(&scene, *state);
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open), OK);
    assert_result(scene.stage, dispute(&scene, scene.manager, submission.id, &other),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "dispute");
    struct decide_submission in = {
        .submission_id = submission.id,
        .decisions = {scene_decision(&scene, 0, true, SEVERITY_NONE), 1},
        .reason_code = REJECTION_DEFECT,
        .reason = "no",
    };
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in, &acceptance),
        ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "dispute");
    in.decisions.rows = scene_decision(&scene, 0, false, SEVERITY_MAJOR);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &reject_submission_operation, &in, &out),
        ERROR_WRONG_STATE);
    struct withdraw_submission withdrawal = {.submission_id = submission.id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.manager, &withdraw_submission_operation,
                                &withdrawal, &out),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "dispute");
    assert_sound(scene.stage);
    resolve(&scene, open.id);
    scene_accept(&scene, 0, &submission);
    assert_sound(scene.stage);
}

CASE(the_clock_stands_still_and_goes_on_with_the_business_days_that_were_left)
{
    struct scene scene;
    struct dispute open;
    struct submission submission = set(&scene, *state);
    set_time(&scene, "2016-06-24T10:00:00Z"); /* Friday: eight business days are left after it */
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open), OK);
    assert_int_equal(open.days_left, 8);
    set_time(&scene, "2016-07-08T10:00:00Z"); /* the deadline is past */
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_SUBMITTED);
    set_time(&scene, "2016-07-20T10:00:00Z");
    resolve(&scene, open.id);
    assert_int_equal(now(&scene, submission.id).deadline_at, moment("2016-08-01T21:59:59.999Z"));
    set_time(&scene, "2016-08-01T21:59:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_SUBMITTED);
    set_time(&scene, "2016-08-01T22:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_DEEMED_ACCEPTED);
    assert_int_equal(now(&scene, submission.id).decided_at, moment("2016-08-01T21:59:59.999Z"));
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(the_deadline_of_before_a_dispute_deems_nothing_after_it)
{
    struct scene scene;
    struct dispute open;
    struct submission submission = set(&scene, *state);
    set_time(&scene, "2016-06-23T10:00:00Z");
    assert_result(scene.stage, dispute(&scene, scene.manager, submission.id, &open), OK);
    assert_int_equal(open.days_left, 9);
    set_time(&scene, "2016-06-27T10:00:00Z");
    assert_result(scene.stage,
                  end(&scene, scene.manager, &withdraw_dispute_operation, open.id, &open), OK);
    assert_int_equal(now(&scene, submission.id).deadline_at, moment("2016-07-08T21:59:59.999Z"));
    set_time(&scene, "2016-07-07T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_SUBMITTED);
    assert_int_equal(scenario_events(&scene.scenario, "submission.deadline_moved"), 0);
    set_time(&scene, "2016-07-08T22:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_DEEMED_ACCEPTED);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(an_answer_after_the_old_deadline_is_in_time_after_a_dispute)
{
    struct scene scene;
    struct dispute open;
    struct submission submission = set(&scene, *state);
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open), OK);
    set_time(&scene, "2016-07-20T10:00:00Z");
    resolve(&scene, open.id);
    set_time(&scene, "2016-07-25T10:00:00Z");
    scene_accept(&scene, 0, &submission);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(what_silence_has_accepted_is_no_longer_disputed)
{
    struct scene scene;
    struct dispute open;
    struct submission submission = set(&scene, *state);
    set_time(&scene, "2016-07-06T22:00:00Z"); /* the job has not come yet */
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open),
                  ERROR_EXPIRED);
    run_due_jobs(scene.stage);
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "state");
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(both_sides_are_told_and_the_other_side_cannot_withdraw)
{
    struct scene scene;
    struct dispute open, out;
    const char *body = NULL;
    struct submission submission = set(&scene, *state);
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open), OK);
    count_mail(scene.stage, scene.manager_row.email, submission.id, &body);
    assert_non_null(strstr(body, "the map was never agreed"));
    assert_result(scene.stage,
                  end(&scene, scene.manager, &withdraw_dispute_operation, open.id, &out),
                  ERROR_FORBIDDEN);
    assert_result(scene.stage,
                  end(&scene, scene.stranger, &resolve_dispute_operation, open.id, &out),
                  ERROR_NOT_FOUND);
    assert_result(scene.stage,
                  end(&scene, scene.approver, &withdraw_dispute_operation, open.id, &out), OK);
    count_mail(scene.stage, scene.manager_row.email, submission.id, &body);
    assert_non_null(strstr(body, "is withdrawn"));
    assert_non_null(strstr(body, "until the end of 2016-07-06"));
    struct list_disputes query = {
        .page.limit = 50, .engagement_id = scene.engagement.id, .state = DISPUTE_WITHDRAWN};
    struct page page;
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &list_disputes_operation, &query, &page),
                  OK);
    assert_int_equal(page.items.count, 1);
    stage_assert_only(scene.stage, &open_dispute_operation,
                      ROLE_OWNER | ROLE_DELIVERY | ROLE_APPROVER);
    stage_assert_only(scene.stage, &resolve_dispute_operation,
                      ROLE_OWNER | ROLE_DELIVERY | ROLE_APPROVER);
    assert_sound(scene.stage);
}

STAGE_RUN(T(while_a_dispute_is_open_nothing_is_decided),
          T(the_clock_stands_still_and_goes_on_with_the_business_days_that_were_left),
          T(the_deadline_of_before_a_dispute_deems_nothing_after_it),
          T(an_answer_after_the_old_deadline_is_in_time_after_a_dispute),
          T(what_silence_has_accepted_is_no_longer_disputed),
          T(both_sides_are_told_and_the_other_side_cannot_withdraw))
