#include "action/tracking.h"

#include "../scene.h"
#include "action/submission.h"
#include "action/task.h"
#include "action/time_entry.h"
#include "base/day.h"

static struct tracking_view tracking_for(struct scene *scene, struct actor actor)
{
    struct subject subject = {scene->engagement.id};
    struct tracking_view view;
    assert_result(scene->stage,
                  stage_perform(scene->stage, actor, &show_tracking_operation, &subject, &view),
                  OK);
    return view;
}

static void reject(struct scene *scene, size_t number, const struct submission *submission)
{
    struct decide_submission in = {
        .submission_id = submission->id,
        .decisions = {scene_decision(scene, number, false, SEVERITY_MAJOR), 1},
        .reason_code = REJECTION_DEFECT,
        .reason = "It does not open",
    };
    struct submission out;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, scene->approver, &reject_submission_operation, &in, &out), OK);
}

static struct task plan_and_finish(struct scene *scene, bool finish)
{
    struct task in = {.milestone_id = scene->milestones[0].id,
                      .title = "Write it",
                      .estimate_minutes = 480,
                      .planned_start_day = DAY_NONE,
                      .planned_due_day = DAY_NONE};
    struct task task;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->manager, &create_task_operation, &in, &task),
                  OK);
    struct subject subject = {task.id};
    if (finish) {
        assert_result(
            scene->stage,
            stage_perform(scene->stage, scene->manager, &start_task_operation, &subject, &task),
            OK);
        assert_result(
            scene->stage,
            stage_perform(scene->stage, scene->manager, &finish_task_operation, &subject, &task),
            OK);
    }
    return task;
}

static void work(struct scene *scene, struct id task_id, int64_t minutes, bool approve)
{
    struct time_entry in = {.engagement_id = scene->engagement.id,
                            .task_id = task_id,
                            .day = time_day(STAGE_NOW_MS),
                            .minutes = minutes,
                            .note = "Wrote it"},
                      entry;
    assert_result(scene->stage,
                  stage_perform(scene->stage, scene->manager, &record_time_operation, &in, &entry),
                  OK);
    struct subject subject = {entry.id};
    if (approve)
        assert_result(scene->stage,
                      stage_perform(scene->stage, scene->manager, &approve_time_entry_operation,
                                    &subject, &entry),
                      OK);
}

CASE(tracking_tells_what_became_of_tasks_rounds_and_hours)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct task done = plan_and_finish(&scene, true);
    plan_and_finish(&scene, false);
    work(&scene, done.id, 90, true);
    work(&scene, done.id, 30, false);
    struct submission first = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &first);
    struct submission second = scene_submit(&scene, 1);
    reject(&scene, 1, &second);
    struct tracking_view view = tracking_for(&scene, scene.auditor);
    const struct tracking *one = LIST_AT(struct tracking, view.milestones, 0);
    const struct tracking *two = LIST_AT(struct tracking, view.milestones, 1);
    assert_int_equal(view.milestones.count, SCENE_MILESTONES);
    assert_string_equal(one->code, "M1");
    assert_int_equal(one->task_completion_ppm, 500000);
    assert_int_equal(one->approved_minutes, 90);
    assert_int_equal(one->planned_minutes, 960);
    assert_true(one->estimated_minutes == INTEGER_NONE);
    assert_int_equal(one->deadline_adherence_ppm, 1000000);
    assert_int_equal(one->first_pass_ppm, 1000000);
    assert_true(two->task_completion_ppm == INTEGER_NONE);
    assert_int_equal(two->first_pass_ppm, 0);
    assert_int_equal(two->major_defects, 1);
    assert_int_equal(view.total->first_pass_ppm, 500000);
    assert_int_equal(view.total->major_defects, 1);
    assert_int_equal(view.total->deadlines, 1);
}

CASE(the_client_sees_the_same_without_hours_and_cost)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct task done = plan_and_finish(&scene, true);
    work(&scene, done.id, 90, true);
    struct tracking_view view = tracking_for(&scene, scene.viewer);
    const struct tracking *one = LIST_AT(struct tracking, view.milestones, 0);
    assert_int_equal(one->task_completion_ppm, 1000000);
    assert_int_equal(one->approved_minutes, 0);
    for (size_t i = 0; i < tracking_shape.field_count; i++) {
        const struct field *field = &tracking_shape.fields[i];
        bool is_private = strstr(field->name, "minutes") || strstr(field->name, "cost");
        assert_int_equal(is_private, (field->flags & AGENCY_ONLY) != 0);
    }
}

CASE(no_other_client_sees_it)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct subject subject = {scene.engagement.id};
    struct tracking_view view;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &show_tracking_operation, &subject, &view),
        ERROR_NOT_FOUND);
}

STAGE_RUN(T(tracking_tells_what_became_of_tasks_rounds_and_hours),
          T(the_client_sees_the_same_without_hours_and_cost), T(no_other_client_sees_it))
