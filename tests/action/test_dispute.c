#include "action/dispute.h"

#include "../audit/tamper.h"
#include "../scene.h"
#include "action/submission.h"
#include "action/turn.h"
#include "base/day.h"
#include "core/turn.h"

/* Silence is acceptance after ten business days in Berlin: handed over on Wednesday 22 June 2016,
 * so by the end of Wednesday 6 July. */
static struct submission set_with(struct scene *scene, struct stage *stage, int64_t answer_days)
{
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 30;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_BUSINESS;
    terms.silence = SILENCE_DEEMED;
    terms.time_zone = "Europe/Berlin";
    terms.dispute_answer_days = answer_days;
    clock_set(&stage->clock, STAGE_NOW_MS);
    scene_set(scene, stage, &terms);
    struct submission submission = scene_submit(scene, 0);
    assert_int_equal(submission.deadline_at, moment("2016-07-06T21:59:59.999Z"));
    return submission;
}

static struct submission set(struct scene *scene, struct stage *stage)
{
    return set_with(scene, stage, INTEGER_NONE);
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
    assert_int_equal(open.answer_by_day, DAY_NONE);
    assert_int_equal(now(&scene, submission.id).deadline_at, 0); /* it would be none */
    set_time(&scene, "2016-07-08T10:00:00Z");                    /* the deadline is past */
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
    assert_non_null(strstr(body, "until the end of 6 Jul 2016"));
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

static struct dispute stored(struct scene *scene, struct id id)
{
    struct dispute dispute;
    get_row(scene->stage, &dispute_shape, id, &dispute);
    return dispute;
}

static struct turn its_turn(struct scene *scene)
{
    struct list_turns_in in = {.engagement_id = scene->engagement.id};
    struct turns turns;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->viewer, &list_turns_operation, &in, &turns),
                  OK);
    assert_int_equal(turns.items.count, 1);
    return *LIST_AT(struct turn, turns.items, 0);
}

/* It opens on a Thursday, and three business days are given: until Tuesday, 28 June. */
CASE(the_side_that_is_asked_has_the_agreed_days_to_answer_and_then_the_other)
{
    struct scene scene;
    struct dispute open, out;
    char day[DAY_TEXT_SIZE];
    struct submission submission = set_with(&scene, *state, 3);
    set_time(&scene, "2016-06-23T10:00:00Z");
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open), OK);
    assert_string_equal(day_format(open.answer_by_day, day), "2016-06-28");
    assert_int_equal(its_turn(&scene).side, SIDE_AGENCY);
    assert_int_equal(its_turn(&scene).due_day, open.answer_by_day);
    set_time(&scene, "2016-06-24T10:00:00Z");
    assert_result(scene.stage,
                  end(&scene, scene.manager, &resolve_dispute_operation, open.id, &out), OK);
    assert_string_equal(day_format(out.answer_by_day, day), "2016-06-29");
    assert_int_equal(its_turn(&scene).side, SIDE_CLIENT);
    set_time(&scene, "2016-06-28T10:00:00Z"); /* the day that was the agency's passes silently */
    run_due_jobs(scene.stage);
    assert_int_equal(stored(&scene, open.id).told_day, DAY_NONE);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

CASE(no_answer_is_told_of_and_decides_nothing)
{
    struct scene scene;
    struct dispute open;
    const char *body = NULL;
    struct submission submission = set_with(&scene, *state, 3);
    set_time(&scene, "2016-06-23T10:00:00Z");
    assert_result(scene.stage, dispute(&scene, scene.approver, submission.id, &open), OK);
    size_t told = count_mail(scene.stage, scene.approver_row.email, submission.id, &body);
    set_time(&scene, "2016-06-28T06:59:00Z"); /* before nine in Berlin */
    run_due_jobs(scene.stage);
    assert_int_equal(scenario_events(&scene.scenario, "dispute.reminded"), 0);
    set_time(&scene, "2016-06-28T07:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(scenario_events(&scene.scenario, "dispute.reminded"), 1);
    count_mail(scene.stage, scene.manager_row.email, submission.id, &body);
    assert_non_null(strstr(body, "is due by the end of 28 Jun 2016"));
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, &body), told);
    set_time(&scene, "2016-06-29T07:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(scenario_events(&scene.scenario, "dispute.unanswered"), 1);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, &body),
                     told + 1);
    assert_non_null(strstr(body, "Silence decides nothing"));
    assert_int_equal(stored(&scene, open.id).state, DISPUTE_OPEN);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_SUBMITTED);
    assert_true(its_turn(&scene).is_late);
    assert_sound(scene.stage);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

/* The program was down on both days. */
CASE(a_day_to_answer_that_was_missed_is_told_of_once)
{
    struct scene scene;
    struct dispute open;
    struct submission submission = set_with(&scene, *state, 3);
    set_time(&scene, "2016-06-23T10:00:00Z");
    assert_result(scene.stage, dispute(&scene, scene.manager, submission.id, &open), OK);
    set_time(&scene, "2016-07-04T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(scenario_events(&scene.scenario, "dispute.reminded"), 0);
    assert_int_equal(scenario_events(&scene.scenario, "dispute.unanswered"), 1);
    assert_int_equal(its_turn(&scene).side, SIDE_CLIENT);
    clock_set(&scene.stage->clock, STAGE_NOW_MS);
}

STAGE_RUN(T(while_a_dispute_is_open_nothing_is_decided),
          T(the_clock_stands_still_and_goes_on_with_the_business_days_that_were_left),
          T(the_deadline_of_before_a_dispute_deems_nothing_after_it),
          T(an_answer_after_the_old_deadline_is_in_time_after_a_dispute),
          T(what_silence_has_accepted_is_no_longer_disputed),
          T(both_sides_are_told_and_the_other_side_cannot_withdraw),
          T(the_side_that_is_asked_has_the_agreed_days_to_answer_and_then_the_other),
          T(no_answer_is_told_of_and_decides_nothing),
          T(a_day_to_answer_that_was_missed_is_told_of_once))
