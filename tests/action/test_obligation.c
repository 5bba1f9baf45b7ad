/* What a client owes, as time passes: the stage's clock is moved, and what is due runs. */
#include "action/obligation.h"

#include "../scene.h"
#include "action/engagement.h"
#include "action/task.h"
#include "base/day.h"

/* Wednesday 2016-06-22 at noon in Berlin. */
static void set(struct scene *scene, struct stage *stage)
{
    clock_set(&stage->clock, STAGE_NOW_MS);
    scene_set(scene, stage, NULL);
}

static enum error ask(struct scene *scene, struct obligation in, struct obligation *out)
{
    in.engagement_id = scene->engagement.id;
    return stage_perform(scene->stage, scene->manager, &create_obligation_operation, &in, out);
}

/* Due on Friday; the second milestone waits for it. */
static struct obligation asked(struct scene *scene)
{
    static struct waiting_milestone waiting;
    struct obligation out;
    waiting.milestone_id = scene->milestones[1].id;
    assert_result(scene->stage,
                  ask(scene,
                      (struct obligation){.text = "Access to the data",
                                          .due_day = stage_day("2016-06-24"),
                                          .contact_id = scene->approver_row.id,
                                          .milestones = {&waiting, 1}},
                      &out),
                  OK);
    return out;
}

static enum error close_as(struct scene *scene, struct actor actor,
                           const struct operation *operation, struct id id, const char *note)
{
    struct close_obligation in = {id, note};
    struct obligation out;
    return stage_perform(scene->stage, actor, operation, &in, &out);
}

static struct obligation now(struct scene *scene, struct id id)
{
    struct obligation obligation;
    get_row(scene->stage, &obligation_shape, id, &obligation);
    return obligation;
}

static struct milestone milestone_now(struct scene *scene, size_t number)
{
    struct milestone milestone;
    get_row(scene->stage, &milestone_shape, scene->milestones[number].id, &milestone);
    return milestone;
}

static struct list slips(struct scene *scene, struct actor actor)
{
    struct list_obligation_slips query = {.page.limit = 50, .engagement_id = scene->engagement.id};
    struct page page;
    assert_result(
        scene->stage,
        stage_perform(scene->stage, actor, &list_obligation_slips_operation, &query, &page), OK);
    return page.items;
}

/* A working day later than the signed day of the second milestone, so many times. */
static int32_t after_signed(struct scene *scene, int days)
{
    struct day_calendar calendar = {.weekend = WEEKEND_SATURDAY_SUNDAY};
    int32_t moved;
    assert_int_equal(day_add_business(scene->milestones[1].due_day, days, &calendar, &moved, NULL),
                     OK);
    return moved;
}

CASE(both_sides_see_what_is_asked_for_and_the_contact_is_told)
{
    struct scene scene;
    struct obligation seen;
    const char *mail = NULL;
    set(&scene, *state);
    struct obligation obligation = asked(&scene);
    assert_string_equal(obligation.code, "O1");
    assert_int_equal(obligation.state, OBLIGATION_OPEN);
    struct subject subject = {obligation.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &show_obligation_operation, &subject, &seen), OK);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &show_obligation_operation, &subject, &seen),
        ERROR_NOT_FOUND);
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, obligation.id, &mail), 1);
    assert_non_null(strstr(mail, "by 24 Jun 2016"));
    assert_string_equal(asked(&scene).code, "O2");
}

CASE(it_is_reminded_of_before_and_on_its_day)
{
    struct scene scene;
    struct obligation out;
    set(&scene, *state);
    assert_result(scene.stage,
                  ask(&scene,
                      (struct obligation){.text = "The logo",
                                          .due_day = stage_day("2016-06-30"),
                                          .contact_id = scene.approver_row.id},
                      &out),
                  OK);
    run_until(&scene, "2016-06-27T06:59:59.999Z");
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, out.id, NULL), 1);
    run_until(&scene, "2016-06-27T07:00:00Z"); /* nine in Berlin */
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, out.id, NULL), 2);
    run_until(&scene, "2016-06-30T07:00:00Z");
    assert_int_equal(count_mail(scene.stage, scene.approver_row.email, out.id, NULL), 3);
    assert_int_equal(scenario_events(&scene.scenario, "obligation.reminded"), 2);
}

CASE(each_working_day_that_it_is_late_moves_what_waits_and_no_signed_day)
{
    struct scene scene;
    set(&scene, *state);
    struct obligation obligation = asked(&scene);
    run_until(&scene, "2016-06-26T21:59:59.999Z"); /* the weekend does not count */
    assert_int_equal(now(&scene, obligation.id).days_late, 0);
    run_until(&scene, "2016-06-26T22:00:00Z"); /* Monday begins in Berlin */
    assert_int_equal(now(&scene, obligation.id).days_late, 1);
    assert_int_equal(milestone_now(&scene, 1).planned_due_day, after_signed(&scene, 1));
    run_until(&scene, "2016-06-28T10:00:00Z");
    struct milestone milestone = milestone_now(&scene, 1);
    assert_int_equal(milestone.planned_due_day, after_signed(&scene, 2));
    assert_int_equal(milestone.due_day, scene.milestones[1].due_day);
    struct list seen = slips(&scene, scene.viewer);
    assert_int_equal(seen.count, 2);
    const struct obligation_slip *slip = LIST_AT(struct obligation_slip, seen, 1);
    assert_string_equal(slip->reason,
                        "The client's O1, due on 2016-06-24, is late: Access to the data");
    assert_int_equal(slip->late_day, stage_day("2016-06-28"));
    assert_string_equal(LIST_AT(struct milestone_move, slip->milestones, 0)->code, "M2");
    assert_int_equal(scenario_events(&scene.scenario, "obligation.late"), 2);
}

CASE(days_that_nobody_ran_are_caught_up_and_count_until_it_was_there)
{
    struct scene scene;
    set(&scene, *state);
    struct obligation obligation = asked(&scene);
    int64_t time_ms = 0;
    assert_int_equal(time_parse("2016-06-29T10:00:00Z", &time_ms, NULL), OK);
    clock_set(&scene.stage->clock, time_ms);
    assert_result(
        scene.stage,
        close_as(&scene, scene.approver, &fulfil_obligation_operation, obligation.id, NULL), OK);
    run_until(&scene, "2016-07-04T10:00:00Z");
    obligation = now(&scene, obligation.id);
    assert_int_equal(obligation.days_late, 3); /* Monday to Wednesday */
    assert_int_equal(obligation.state, OBLIGATION_FULFILLED);
    assert_int_equal(obligation.closed_day, stage_day("2016-06-29"));
    assert_int_equal(obligation.closed_by_kind, ACTOR_CONTACT);
    assert_int_equal(milestone_now(&scene, 1).planned_due_day, after_signed(&scene, 3));
}

CASE(what_is_there_in_time_moves_nothing)
{
    struct scene scene;
    set(&scene, *state);
    struct obligation obligation = asked(&scene), waived = asked(&scene);
    assert_result(scene.stage,
                  close_as(&scene, scene.manager, &fulfil_obligation_operation, obligation.id,
                           "Came by mail"),
                  OK);
    assert_result(scene.stage,
                  close_as(&scene, scene.manager, &waive_obligation_operation, waived.id, " "),
                  ERROR_INVALID);
    assert_result(
        scene.stage,
        close_as(&scene, scene.manager, &waive_obligation_operation, waived.id, "Not needed"), OK);
    assert_result(scene.stage,
                  close_as(&scene, scene.approver, &fulfil_obligation_operation, waived.id, NULL),
                  ERROR_WRONG_STATE);
    run_until(&scene, "2016-07-04T10:00:00Z");
    assert_int_equal(now(&scene, obligation.id).days_late, 0);
    assert_int_equal(milestone_now(&scene, 1).planned_due_day, DAY_NONE);
    assert_int_equal(slips(&scene, scene.owner).count, 0);
}

CASE(one_that_is_reopened_was_owed_all_the_time)
{
    struct scene scene;
    set(&scene, *state);
    struct obligation obligation = asked(&scene);
    assert_result(
        scene.stage,
        close_as(&scene, scene.approver, &fulfil_obligation_operation, obligation.id, NULL), OK);
    run_until(&scene, "2016-06-28T10:00:00Z");
    assert_int_equal(now(&scene, obligation.id).days_late, 0);
    assert_result(
        scene.stage,
        close_as(&scene, scene.approver, &reopen_obligation_operation, obligation.id, "x"),
        ERROR_FORBIDDEN);
    assert_result(scene.stage,
                  close_as(&scene, scene.manager, &reopen_obligation_operation, obligation.id,
                           "The file is empty"),
                  OK);
    run_until(&scene, "2016-06-28T11:00:00Z");
    obligation = now(&scene, obligation.id);
    assert_int_equal(obligation.days_late, 2);
    assert_int_equal(obligation.closed_day, DAY_NONE);
    assert_string_equal(obligation.note, "The file is empty");
}

CASE(another_due_day_sets_the_clock_anew_and_no_day_counts_twice)
{
    struct scene scene;
    struct obligation out;
    set(&scene, *state);
    struct obligation obligation = asked(&scene);
    run_until(&scene, "2016-06-27T10:00:00Z"); /* a day late */
    obligation = now(&scene, obligation.id);
    obligation.due_day = stage_day("2016-06-27");
    assert_result(scene.stage,
                  stage_perform_at(scene.stage, scene.manager, obligation.version,
                                   &change_obligation_operation, &obligation, &out),
                  OK);
    run_until(&scene, "2016-06-29T10:00:00Z"); /* Tuesday and Wednesday, each once */
    assert_int_equal(now(&scene, obligation.id).days_late, 3);
    assert_int_equal(slips(&scene, scene.owner).count, 3);
}

CASE(no_day_counts_while_work_is_suspended)
{
    struct scene scene;
    struct engagement out;
    set(&scene, *state);
    struct obligation obligation = asked(&scene);
    struct engagement_reason in = {scene.engagement.id, "The client asked for it"};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.owner, &suspend_engagement_operation, &in, &out),
                  OK);
    run_until(&scene, "2016-06-28T10:00:00Z");
    assert_int_equal(now(&scene, obligation.id).days_late, 0);
    struct subject subject = {scene.engagement.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.owner, &resume_engagement_operation, &subject, &out), OK);
    run_until(&scene, "2016-06-29T10:00:00Z");
    assert_int_equal(now(&scene, obligation.id).days_late, 1);
}

CASE(tasks_that_wait_move_and_no_client_sees_them)
{
    struct scene scene;
    struct task task, moved;
    struct obligation out;
    set(&scene, *state);
    struct task in = {.milestone_id = scene.milestones[0].id,
                      .title = "Load it",
                      .planned_start_day = stage_day("2016-06-27"),
                      .planned_due_day = stage_day("2016-06-28")};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.manager, &create_task_operation, &in, &task),
                  OK);
    struct waiting_task waiting = {task.id};
    assert_result(scene.stage,
                  ask(&scene,
                      (struct obligation){.text = "The export",
                                          .due_day = stage_day("2016-06-24"),
                                          .tasks = {&waiting, 1}},
                      &out),
                  OK);
    run_until(&scene, "2016-06-28T10:00:00Z");
    get_row(scene.stage, &task_shape, task.id, &moved);
    assert_int_equal(moved.planned_start_day, stage_day("2016-06-29"));
    assert_int_equal(moved.planned_due_day, stage_day("2016-06-30"));
    struct list seen = slips(&scene, scene.owner);
    const struct obligation_slip *slip = LIST_AT(struct obligation_slip, seen, 0);
    assert_string_equal(LIST_AT(struct task_move, slip->tasks, 0)->code, "T1");
    assert_true(shape_field(&obligation_slip_shape, "tasks", NULL)->flags & AGENCY_ONLY);
}

CASE(what_cannot_be_asked_for_is_refused_and_changes_nothing)
{
    struct scene scene;
    struct obligation out;
    set(&scene, *state);
    struct obligation in = {.text = " ", .due_day = stage_day("2016-06-24")};
    assert_result(scene.stage, ask(&scene, in, &out), ERROR_INVALID);
    in.text = "The logo";
    in.due_day = stage_day("2016-06-21");
    assert_result(scene.stage, ask(&scene, in, &out), ERROR_OUT_OF_RANGE);
    in.due_day = stage_day("9999-12-31");
    assert_result(scene.stage, ask(&scene, in, &out), ERROR_OUT_OF_RANGE);
    in.due_day = stage_day("2016-06-24");
    in.contact_id = scene.stranger.id;
    assert_result(scene.stage, ask(&scene, in, &out), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "contact_id");
    struct waiting_milestone waiting = {scene.engagement.id};
    in.contact_id = (struct id){0};
    in.milestones = (struct list){&waiting, 1};
    assert_result(scene.stage, ask(&scene, in, &out), ERROR_INVALID);
    assert_string_equal(scene.stage->fault.field, "milestones/0/milestone_id");
    assert_int_equal(scenario_events(&scene.scenario, "obligation.created"), 0);
}

CASE(the_agency_asks_and_any_contact_of_the_client_may_say_that_it_is_there)
{
    enum {
        PLANNERS = ROLE_OWNER | ROLE_DELIVERY,
        CONTACTS = ROLE_APPROVER | ROLE_PAYER | ROLE_VIEWER,
        AGENCY = PLANNERS | ROLE_SALES | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &create_obligation_operation, PLANNERS);
    stage_assert_only(stage, &change_obligation_operation, PLANNERS);
    stage_assert_only(stage, &waive_obligation_operation, PLANNERS);
    stage_assert_only(stage, &reopen_obligation_operation, PLANNERS);
    stage_assert_only(stage, &fulfil_obligation_operation, PLANNERS | CONTACTS);
    stage_assert_only(stage, &list_obligations_operation, AGENCY | CONTACTS);
    stage_assert_only(stage, &list_obligation_slips_operation, AGENCY | CONTACTS);
}

STAGE_RUN(T(both_sides_see_what_is_asked_for_and_the_contact_is_told),
          T(it_is_reminded_of_before_and_on_its_day),
          T(each_working_day_that_it_is_late_moves_what_waits_and_no_signed_day),
          T(days_that_nobody_ran_are_caught_up_and_count_until_it_was_there),
          T(what_is_there_in_time_moves_nothing), T(one_that_is_reopened_was_owed_all_the_time),
          T(another_due_day_sets_the_clock_anew_and_no_day_counts_twice),
          T(no_day_counts_while_work_is_suspended), T(tasks_that_wait_move_and_no_client_sees_them),
          T(what_cannot_be_asked_for_is_refused_and_changes_nothing),
          T(the_agency_asks_and_any_contact_of_the_client_may_say_that_it_is_there))
