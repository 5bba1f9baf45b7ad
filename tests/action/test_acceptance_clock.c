/* Silence as time passes: the stage's clock is moved, and what is due runs. */
#include "action/acceptance_clock.h"

#include "../scene.h"
#include "action/submission.h"
#include "base/day.h"

enum { HOUR = 60 * 60 * 1000, MINUTE = 60 * 1000 };

static void assert_moment(int64_t time_ms, const char *expected)
{
    char text[TIME_TEXT_SIZE];
    assert_string_equal(time_format(time_ms, text), expected);
}

/* Silence is acceptance after ten calendar days in Berlin, with reminders three and one day
 * before. */
static struct reminder reminders[] = {{3}, {1}};
static struct contract_terms deeming(void)
{
    struct contract_terms terms;
    shape_init(&contract_terms_shape, &terms);
    terms.payment_days = 30;
    terms.acceptance_days = 10;
    terms.acceptance_day_kind = DAYS_CALENDAR;
    terms.silence = SILENCE_DEEMED;
    terms.reminders = (struct list){reminders, 2};
    terms.time_zone = "Europe/Berlin";
    return terms;
}

static void set(struct scene *scene, struct stage *stage, const struct contract_terms *terms)
{
    clock_set(&stage->clock, STAGE_NOW_MS);
    scene_set(scene, stage, terms);
}

static struct submission now(struct scene *scene, struct id submission_id)
{
    struct submission submission;
    get_row(scene->stage, &submission_shape, submission_id, &submission);
    return submission;
}

static enum milestone_state state_of(struct scene *scene, size_t number)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[number].id, &milestone);
    return milestone.state;
}

static size_t mails_to_approver(struct scene *scene, struct id submission_id)
{
    return count_mail(scene->stage, scene->approver_row.email, submission_id, NULL);
}

/* ---- the deadline -------------------------------------------------------------------------- */

CASE(the_deadline_is_the_end_of_its_day_in_the_contracts_zone)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    assert_int_equal(submission.clock_start_at, STAGE_NOW_MS);
    assert_moment(submission.deadline_at, "2016-07-02T21:59:59.999Z"); /* Berlin: UTC+2 */
    terms.time_zone = "America/New_York";
    set(&scene, *state, &terms);
    assert_moment(scene_submit(&scene, 0).deadline_at, "2016-07-03T03:59:59.999Z");
    terms.time_zone = "Pacific/Kiritimati"; /* where it is tomorrow already: UTC+14 */
    set(&scene, *state, &terms);
    assert_moment(scene_submit(&scene, 0).deadline_at, "2016-07-03T09:59:59.999Z");
}

CASE(business_days_leave_out_weekends_and_holidays)
{
    static const char *holidays[] = {"2016-07-04"};
    struct scene scene;
    struct contract_terms terms = deeming();
    terms.acceptance_day_kind = DAYS_BUSINESS;
    terms.time_zone = "America/New_York";
    set(&scene, *state, &terms);
    assert_moment(scene_submit(&scene, 0).deadline_at, "2016-07-07T03:59:59.999Z"); /* 6 July */
    terms.holidays = (struct texts){holidays, 1};
    set(&scene, *state, &terms);
    assert_moment(scene_submit(&scene, 0).deadline_at, "2016-07-08T03:59:59.999Z"); /* 7 July */
}

CASE(without_a_period_no_clock_runs)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    terms.acceptance_days = 0;
    terms.silence = SILENCE_NONE;
    terms.reminders.count = 0;
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    assert_int_equal(submission.deadline_at, 0);
    set_time(&scene, "2017-06-22T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_SUBMITTED);
    assert_int_equal(mails_to_approver(&scene, submission.id), 1);
}

/* ---- silence ------------------------------------------------------------------------------- */

CASE(silence_is_acceptance_from_the_end_of_the_last_day)
{
    struct scene scene;
    struct certificate certificate;
    struct milestone milestone;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    clock_set(&scene.stage->clock, submission.deadline_at);
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_SUBMITTED);
    clock_set(&scene.stage->clock, submission.deadline_at + 1);
    run_due_jobs(scene.stage);

    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_DEEMED_ACCEPTED);
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_DEEMED_ACCEPTED);
    assert_int_equal(milestone.accepted_at, submission.deadline_at);
    assert_int_equal(state_of(&scene, 1), MILESTONE_READY);
    get_row(scene.stage, &certificate_shape, milestone.certificate_id, &certificate);
    assert_int_equal(certificate.kind, CERTIFICATE_DEEMED_ACCEPTED);
    assert_int_equal(certificate.method, METHOD_SILENCE);
    assert_null(certificate.accepted_by_name);
    assert_int_equal(certificate.accepted_at, submission.deadline_at);
    const char *body = NULL;
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, submission.id, &body), 1);
    assert_non_null(strstr(body, "counts as accepted"));
    const char *paper = paper_of(scene.stage, certificate.id, DOCUMENT_CERTIFICATE);
    assert_non_null(strstr(paper, "Request to accept"));
    assert_non_null(strstr(paper, "Reminder"));
    assert_non_null(strstr(paper, scene.approver_row.email));
}

CASE(a_job_that_comes_late_acts_with_the_deadlines_date)
{
    struct scene scene;
    struct milestone milestone;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    set_time(&scene, "2016-09-01T12:00:00Z");
    assert_true(run_due_jobs(scene.stage) > 0);
    get_row(scene.stage, &milestone_shape, scene.milestones[0].id, &milestone);
    assert_int_equal(milestone.state, MILESTONE_DEEMED_ACCEPTED);
    assert_moment(milestone.accepted_at, "2016-07-02T21:59:59.999Z");
    assert_int_equal(mails_to_approver(&scene, submission.id), 2); /* no reminder after the end */
}

/* The first milestone is deemed accepted while the program is down; so is the second, handed over
 * after that, in its turn. */
CASE(one_deadline_after_the_other_is_kept_over_restarts)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission first = scene_submit(&scene, 0);
    set_time(&scene, "2016-07-10T08:00:00Z");
    run_due_jobs(scene.stage);
    struct submission second = scene_submit(&scene, 1);
    assert_moment(second.deadline_at, "2016-07-20T21:59:59.999Z");
    set_time(&scene, "2016-07-20T21:59:59Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 1), MILESTONE_SUBMITTED);
    set_time(&scene, "2016-12-24T18:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, first.id).state, SUBMISSION_DEEMED_ACCEPTED);
    assert_int_equal(now(&scene, second.id).decided_at, second.deadline_at);
    assert_int_equal(state_of(&scene, 2), MILESTONE_READY);
    assert_int_equal(scenario_events(&scene.scenario, "milestone.deemed_accepted"), 2);
}

CASE(silence_means_nothing_unless_the_contract_says_so)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    terms.silence = SILENCE_NONE;
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    set_time(&scene, "2016-09-01T12:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_SUBMITTED);
    scene_accept(&scene, 0, &submission); /* late, and good */
    assert_int_equal(state_of(&scene, 0), MILESTONE_ACCEPTED);
}

CASE(a_rejection_or_withdrawal_stops_the_clock_and_a_new_round_has_its_own)
{
    struct scene scene;
    struct submission decided;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission first = scene_submit(&scene, 0);
    set_time(&scene, "2016-06-30T10:00:00Z");
    struct withdraw_submission back = {.submission_id = first.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &withdraw_submission_operation, &back, &decided),
        OK);
    set_time(&scene, "2016-07-04T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_IN_PROGRESS);
    struct submission second = scene_submit(&scene, 0);
    assert_moment(second.deadline_at, "2016-07-14T21:59:59.999Z");
    struct decide_submission no = {
        .submission_id = second.id,
        .decisions = {scene_decision(&scene, 0, false, SEVERITY_MAJOR), 1},
        .reason_code = REJECTION_CRITERION_NOT_MET,
        .reason = "It is not there",
    };
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &reject_submission_operation, &no, &decided),
        OK);
    set_time(&scene, "2016-08-01T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_REJECTED);
    assert_int_equal(now(&scene, first.id).state, SUBMISSION_WITHDRAWN);
}

CASE(an_answer_after_the_deadline_comes_too_late_even_before_the_job)
{
    struct scene scene;
    struct submission decided;
    struct acceptance acceptance;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    clock_set(&scene.stage->clock, submission.deadline_at + 1);
    struct decide_submission in = {
        .submission_id = submission.id,
        .decisions = {scene_decision(&scene, 0, false, SEVERITY_MAJOR), 1},
        .reason_code = REJECTION_DEFECT,
        .reason = "Too late",
    };
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &reject_submission_operation, &in, &decided),
        ERROR_EXPIRED);
    assert_string_equal(scene.stage->fault.field, "deadline_at");
    in.decisions.rows = scene_decision(&scene, 0, true, SEVERITY_NONE);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in, &acceptance),
        ERROR_EXPIRED);
    struct withdraw_submission back = {.submission_id = submission.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &withdraw_submission_operation, &back, &decided),
        ERROR_EXPIRED);
    clock_set(&scene.stage->clock, submission.deadline_at);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.approver, &accept_submission_operation, &in, &acceptance),
        OK);
}

CASE(nothing_is_deemed_in_an_engagement_that_was_terminated)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    scene_submit(&scene, 0);
    get_row(scene.stage, &engagement_shape, scene.engagement.id, &scene.engagement);
    scene.engagement.state = ENGAGEMENT_TERMINATED;
    change_row(scene.stage, &engagement_shape, &scene.engagement);
    set_time(&scene, "2016-09-01T12:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_SUBMITTED);
}

/* ---- reminders ----------------------------------------------------------------------------- */

CASE(reminders_go_out_in_the_morning_of_their_days_and_are_on_record)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    const char *body = NULL;
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    set_time(&scene,
             "2016-06-29T06:59:59Z"); /* a second before nine in Berlin, three days before */
    run_due_jobs(scene.stage);
    assert_int_equal(mails_to_approver(&scene, submission.id), 1);
    set_time(&scene, "2016-06-29T07:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, &body), 2);
    assert_non_null(strstr(body, "until the end of 2 Jul 2016 (Europe/Berlin)"));
    assert_non_null(strstr(body, "it counts as accepted"));
    set_time(&scene, "2016-07-01T07:00:00Z");
    run_due_jobs(scene.stage);
    struct submission reminded = now(&scene, submission.id);
    assert_int_equal(reminded.notices.count, 3);
    const struct acceptance_notice *last = LIST_AT(struct acceptance_notice, reminded.notices, 2);
    assert_int_equal(last->kind, NOTICE_REMINDER);
    assert_moment(last->sent_at, "2016-07-01T07:00:00.000Z");
    assert_int_equal(scenario_events(&scene.scenario, "submission.reminded"), 2);
}

CASE(missed_reminders_are_made_up_for_by_one)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    set_time(&scene, "2016-07-02T12:00:00Z"); /* both were missed, and there is still time */
    run_due_jobs(scene.stage);
    assert_int_equal(mails_to_approver(&scene, submission.id), 2);
}

CASE(who_has_decided_is_not_reminded)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &submission);
    size_t before = mails_to_approver(&scene, submission.id);
    set_time(&scene, "2016-09-01T12:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(mails_to_approver(&scene, submission.id), before);
    assert_int_equal(state_of(&scene, 0), MILESTONE_ACCEPTED);
}

/* ---- consumers ----------------------------------------------------------------------------- */

static struct contract_terms consumer(void)
{
    struct contract_terms terms = deeming();
    terms.consumer_client = true;
    terms.notice_text = "Say nothing for ten days, and you will have accepted.";
    return terms;
}

/* As if the request had been delivered at that moment. */
static void deliver(struct scene *scene, const struct submission *submission, int64_t at)
{
    const struct acceptance_notice *notice =
        LIST_AT(struct acceptance_notice, submission->notices, 0);
    deliver_message(scene->stage, notice->message_id, at);
}

CASE(a_consumer_is_told_in_the_contracts_words_what_silence_means)
{
    struct scene scene;
    struct contract_terms terms = consumer();
    const char *body = NULL;
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, submission.id, &body), 1);
    assert_non_null(strstr(body, terms.notice_text));
    deliver(&scene, &submission, STAGE_NOW_MS + MINUTE);
    set_time(&scene, "2016-07-03T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_DEEMED_ACCEPTED);
}

CASE(a_consumer_whom_no_notice_reached_has_not_accepted)
{
    struct scene scene;
    struct contract_terms terms = consumer();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    set_time(&scene, "2016-07-03T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_SUBMITTED);
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, submission.id, NULL), 1);
    assert_int_equal(scenario_events(&scene.scenario, "submission.lapsed"), 1);
    scene_accept(&scene, 0, &submission);
}

/* 2026-12-01: a company whose only address was mistyped had accepted by silence. */
CASE(a_company_that_no_mail_can_reach_has_not_accepted)
{
    struct scene scene;
    struct contract_terms terms = deeming();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    for (size_t i = 0; i < submission.notices.count; i++)
        give_up_message(scene.stage,
                        LIST_AT(struct acceptance_notice, submission.notices, i)->message_id);
    set_time(&scene, "2016-07-03T10:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(state_of(&scene, 0), MILESTONE_SUBMITTED);
    assert_int_equal(count_mail(scene.stage, scene.manager_row.email, submission.id, NULL), 1);
    assert_int_equal(scenario_events(&scene.scenario, "submission.lapsed"), 1);
    scene_accept(&scene, 0, &submission);
}

CASE(a_consumer_who_got_the_notice_late_has_the_whole_period_from_then)
{
    struct scene scene;
    struct contract_terms terms = consumer();
    set(&scene, *state, &terms);
    struct submission submission = scene_submit(&scene, 0);
    deliver(&scene, &submission, moment("2016-06-25T09:00:00Z")); /* three days later */
    set_time(&scene, "2016-07-03T10:00:00Z");
    run_due_jobs(scene.stage);
    submission = now(&scene, submission.id);
    assert_int_equal(submission.state, SUBMISSION_SUBMITTED);
    assert_moment(submission.clock_start_at, "2016-06-25T09:00:00.000Z");
    assert_moment(submission.deadline_at, "2016-07-05T21:59:59.999Z");
    set_time(&scene, "2016-07-05T22:00:00Z");
    run_due_jobs(scene.stage);
    assert_int_equal(now(&scene, submission.id).state, SUBMISSION_DEEMED_ACCEPTED);
    assert_int_equal(now(&scene, submission.id).decided_at, submission.deadline_at);
}

STAGE_RUN(T(the_deadline_is_the_end_of_its_day_in_the_contracts_zone),
          T(business_days_leave_out_weekends_and_holidays), T(without_a_period_no_clock_runs),
          T(silence_is_acceptance_from_the_end_of_the_last_day),
          T(a_job_that_comes_late_acts_with_the_deadlines_date),
          T(one_deadline_after_the_other_is_kept_over_restarts),
          T(silence_means_nothing_unless_the_contract_says_so),
          T(a_rejection_or_withdrawal_stops_the_clock_and_a_new_round_has_its_own),
          T(an_answer_after_the_deadline_comes_too_late_even_before_the_job),
          T(nothing_is_deemed_in_an_engagement_that_was_terminated),
          T(reminders_go_out_in_the_morning_of_their_days_and_are_on_record),
          T(missed_reminders_are_made_up_for_by_one), T(who_has_decided_is_not_reminded),
          T(a_consumer_is_told_in_the_contracts_words_what_silence_means),
          T(a_consumer_whom_no_notice_reached_has_not_accepted),
          T(a_company_that_no_mail_can_reach_has_not_accepted),
          T(a_consumer_who_got_the_notice_late_has_the_whole_period_from_then))
