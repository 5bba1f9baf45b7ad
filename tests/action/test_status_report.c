#include "action/status_report.h"

#include "../scene.h"
#include "action/engagement.h"
#include "action/paper.h"
#include "base/day.h"
#include "platform/clock.h"

static void set_stage(struct scene *scene, void **state)
{
    struct stage *stage = *state;
    clock_set(&stage->clock, STAGE_NOW_MS);
    scene_set(scene, stage, NULL);
}

static struct list sent(const struct scene *scene, struct actor actor)
{
    struct list_status_reports query = {.page.limit = 50, .engagement_id = scene->engagement.id};
    struct page page;
    assert_result(scene->stage,
                  stage_perform(scene->stage, actor, &list_status_reports_operation, &query, &page),
                  OK);
    return page.items;
}

static enum error set_rhythm(const struct scene *scene, enum rhythm rhythm, int32_t first_day,
                             bool is_stopped, struct report_rhythm *out)
{
    struct report_rhythm in = {.engagement_id = scene->engagement.id,
                               .rhythm = rhythm,
                               .first_day = first_day,
                               .is_stopped = is_stopped};
    return stage_perform(scene->stage, scene->manager, &set_report_rhythm_operation, &in, out);
}

static void days_later(const struct scene *scene, int days)
{
    clock_set(&scene->stage->clock, STAGE_NOW_MS + (int64_t)days * DAY_MS);
    run_due_jobs(scene->stage);
}

static int32_t today(void)
{
    return time_day(STAGE_NOW_MS);
}

CASE(a_report_goes_to_the_clients_contacts_and_is_kept_as_sent)
{
    struct scene scene;
    struct status_report report;
    const char *body;
    set_stage(&scene, state);
    struct status_report in = {.engagement_id = scene.engagement.id, .note = "All is well."};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &send_status_report_operation, &in, &report), OK);
    assert_int_equal(report.number, 1);
    assert_true(report.recipients > 0);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, report.id, &body), 1);
    assert_non_null(strstr(body, "All is well."));
    assert_non_null(strstr(body, "M1 "));
    struct list seen = sent(&scene, scene.viewer);
    assert_int_equal(seen.count, 1);
    assert_string_equal(LIST_AT(struct status_report, seen, 0)->text, report.text);
    assert_int_equal(scenario_events(&scene.scenario, "status_report.sent"), 1);
    struct subject subject = {report.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &show_status_report_operation, &subject, &in),
        ERROR_NOT_FOUND);
}

CASE(a_report_is_a_paper_for_both_sides_and_names_no_cost)
{
    struct scene scene;
    struct status_report report;
    struct paper_file file, again;
    set_stage(&scene, state);
    struct status_report in = {.engagement_id = scene.engagement.id, .note = "All is well."};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &send_status_report_operation, &in, &report), OK);
    struct show_paper asked = {.id = report.id};
    struct show_paper later = asked, strange = asked;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &show_report_paper_operation, &asked, &file), OK);
    assert_string_equal(file.name, "status-report-1.pdf");
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &show_report_paper_operation, &later, &again), OK);
    assert_true(hash_equal(file.hash, again.hash));
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &show_report_paper_operation, &strange, &again),
        ERROR_NOT_FOUND);
    const char *shown = paper_of(scene.stage, report.id, DOCUMENT_STATUS_REPORT);
    assert_null(strstr(shown, "cost"));
    assert_null(strstr(shown, "minutes"));
}

CASE(reports_are_sent_on_the_days_of_the_rhythm)
{
    struct scene scene;
    struct report_rhythm rhythm;
    set_stage(&scene, state);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 2, false, &rhythm), OK);
    days_later(&scene, 1);
    assert_int_equal(sent(&scene, scene.owner).count, 0);
    days_later(&scene, 2);
    days_later(&scene, 8);
    assert_int_equal(sent(&scene, scene.owner).count, 1);
    days_later(&scene, 9);
    struct list reports = sent(&scene, scene.owner);
    assert_int_equal(reports.count, 2);
    assert_int_equal(LIST_AT(struct status_report, reports, 1)->day, today() + 9);
    assert_true(id_is_none(LIST_AT(struct status_report, reports, 1)->sent_by));
}

CASE(of_days_that_were_missed_only_the_last_is_reported)
{
    struct scene scene;
    struct report_rhythm rhythm;
    set_stage(&scene, state);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 1, false, &rhythm), OK);
    days_later(&scene, 17);
    struct list reports = sent(&scene, scene.owner);
    assert_int_equal(reports.count, 1);
    assert_int_equal(LIST_AT(struct status_report, reports, 0)->day, today() + 15);
}

CASE(a_rhythm_that_is_stopped_or_changed_sends_nothing_of_before)
{
    struct scene scene;
    struct report_rhythm rhythm;
    set_stage(&scene, state);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 1, false, &rhythm), OK);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_MONTHLY, today() + 2, false, &rhythm), OK);
    days_later(&scene, 1);
    assert_int_equal(sent(&scene, scene.owner).count, 0);
    days_later(&scene, 10);
    assert_int_equal(sent(&scene, scene.owner).count, 1);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_MONTHLY, today() + 2, true, &rhythm), OK);
    assert_int_equal(rhythm.version, 3);
    days_later(&scene, 100);
    assert_int_equal(sent(&scene, scene.owner).count, 1);
}

/* Its day has come once, however often the rhythm is set on it. */
CASE(a_day_is_reported_once_though_its_rhythm_is_set_anew)
{
    struct scene scene;
    struct report_rhythm rhythm;
    set_stage(&scene, state);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 1, false, &rhythm), OK);
    days_later(&scene, 1);
    assert_int_equal(sent(&scene, scene.owner).count, 1);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 1, true, &rhythm), OK);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 1, false, &rhythm), OK);
    days_later(&scene, 1);
    assert_int_equal(sent(&scene, scene.owner).count, 1);
    days_later(&scene, 8);
    assert_int_equal(sent(&scene, scene.owner).count, 2);
}

CASE(a_rhythm_begins_today_at_the_earliest_and_a_closed_engagement_is_not_reported)
{
    struct scene scene;
    struct report_rhythm rhythm;
    struct engagement ended;
    struct status_report in, out;
    set_stage(&scene, state);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() - 1, false, &rhythm),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(scene.stage->fault.field, "first_day");
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_SEMI_MONTHLY, today(), false, &rhythm),
                  ERROR_INVALID);
    assert_result(scene.stage, set_rhythm(&scene, RHYTHM_WEEKLY, today() + 1, false, &rhythm), OK);
    struct engagement_reason end = {.id = scene.engagement.id, .reason = "Out of money"};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &terminate_engagement_operation, &end, &ended), OK);
    in = (struct status_report){.engagement_id = scene.engagement.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.manager, &send_status_report_operation, &in, &out),
        ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "engagement");
    days_later(&scene, 9);
    assert_int_equal(sent(&scene, scene.owner).count, 0);
}

CASE(planners_send_and_everybody_of_both_sides_reads)
{
    enum { PLANNERS = ROLE_OWNER | ROLE_DELIVERY };
    struct stage *stage = *state;
    stage_assert_only(stage, &send_status_report_operation, PLANNERS);
    stage_assert_only(stage, &set_report_rhythm_operation, PLANNERS);
}

STAGE_RUN(T(a_report_goes_to_the_clients_contacts_and_is_kept_as_sent),
          T(a_report_is_a_paper_for_both_sides_and_names_no_cost),
          T(reports_are_sent_on_the_days_of_the_rhythm),
          T(of_days_that_were_missed_only_the_last_is_reported),
          T(a_rhythm_that_is_stopped_or_changed_sends_nothing_of_before),
          T(a_day_is_reported_once_though_its_rhythm_is_set_anew),
          T(a_rhythm_begins_today_at_the_earliest_and_a_closed_engagement_is_not_reported),
          T(planners_send_and_everybody_of_both_sides_reads))
