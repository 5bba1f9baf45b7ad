#include "core/work_plan.h"

#include "core/obligation.h"
#include "sample.h"

enum { M1, M2, T1 = 0, T2, T3, T4 };

/* M1 with T1 and T2, M2 after M1 with T3 and T4: T2 after T1, T4 after T3. Each task takes two
 * days. Today is Monday 2016-06-20; M1 is signed for Friday, M2 for the next. */
struct scene {
    struct arena *arena;
    struct milestone milestones[2];
    struct milestone_dependency between;
    struct task tasks[4];
    struct task_dependency after[3];
    struct list lists[4];
    struct work_plan plan;
};

static struct task task_of(unsigned number, const char *code, struct id milestone_id,
                           const char *start, const char *due)
{
    struct task task;
    shape_init(&task_shape, &task);
    task.id = sample_id(number);
    task.code = code;
    task.title = code;
    task.milestone_id = milestone_id;
    task.estimate_minutes = 960;
    task.planned_start_day = sample_day(start);
    task.planned_due_day = sample_day(due);
    return task;
}

static void set(struct scene *scene)
{
    *scene = (struct scene){.arena = arena_new()};
    for (unsigned i = 0; i < 2; i++) {
        shape_init(&milestone_shape, &scene->milestones[i]);
        scene->milestones[i].id = sample_id(30 + i);
        scene->milestones[i].code = scene->milestones[i].title = i ? "M2" : "M1";
        scene->milestones[i].due_day = sample_day(i ? "2016-07-01" : "2016-06-24");
    }
    scene->milestones[M1].state = MILESTONE_READY;
    scene->between = (struct milestone_dependency){sample_id(31), sample_id(30), sample_id(1)};
    scene->tasks[T1] = task_of(41, "T1", sample_id(30), "2016-06-20", "2016-06-21");
    scene->tasks[T2] = task_of(42, "T2", sample_id(30), "2016-06-22", "2016-06-23");
    scene->tasks[T3] = task_of(43, "T3", sample_id(31), "2016-06-24", "2016-06-27");
    scene->tasks[T4] = task_of(44, "T4", sample_id(31), "2016-06-29", "2016-06-30");
    scene->after[0] =
        (struct task_dependency){.task_id = sample_id(42), .after_task_id = sample_id(41)};
    scene->after[1] =
        (struct task_dependency){.task_id = sample_id(44), .after_task_id = sample_id(43)};
    scene->lists[0] = (struct list){scene->milestones, 2};
    scene->lists[1] = (struct list){&scene->between, 1};
    scene->lists[2] = (struct list){scene->tasks, 4};
    scene->lists[3] = (struct list){scene->after, 2};
    scene->plan = (struct work_plan){
        &scene->lists[0],        &scene->lists[1], &scene->lists[2], &scene->lists[3], NULL,
        sample_day("2016-06-20")};
}

static struct list scheduled(struct scene *scene, struct texts *path, int32_t *finish_day)
{
    struct list rows;
    struct fault fault = {0};
    ALLOWED(work_plan_schedule(scene->arena, &scene->plan, &rows, path, finish_day, &fault));
    return rows;
}

static const struct plan_row *row_in(const struct list *rows, const char *code)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (strcmp(LIST_AT(struct plan_row, *rows, i)->code, code) == 0)
            return LIST_AT(struct plan_row, *rows, i);
    }
    return NULL;
}

CASE(a_milestone_is_reached_when_its_tasks_are_done_and_the_next_ones_follow)
{
    struct scene scene;
    struct texts path;
    int32_t finish_day;
    set(&scene);
    struct list rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(rows.count, 6);
    assert_int_equal(row_in(&rows, "M1")->early_finish_day, sample_day("2016-06-23"));
    assert_int_equal(row_in(&rows, "T3")->early_start_day, sample_day("2016-06-24"));
    assert_int_equal(row_in(&rows, "T4")->early_start_day,
                     sample_day("2016-06-29")); /* as planned */
    assert_int_equal(row_in(&rows, "T3")->slack_days, 1);
    assert_true(row_in(&rows, "T4")->is_critical);
    assert_int_equal(finish_day, sample_day("2016-06-30"));
    assert_int_equal(row_in(&rows, "M2")->days_late, 0);
    assert_string_equal(path.texts[path.count - 1], "M2");
    arena_free(scene.arena);
}

CASE(lateness_is_held_against_the_signed_day)
{
    struct scene scene;
    struct texts path;
    int32_t finish_day;
    set(&scene);
    scene.tasks[T2].estimate_minutes = 4 * 480;
    struct list rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(row_in(&rows, "M1")->early_finish_day, sample_day("2016-06-27"));
    assert_int_equal(row_in(&rows, "M1")->signed_due_day, sample_day("2016-06-24"));
    assert_int_equal(row_in(&rows, "M1")->days_late, 3);
    assert_int_equal(row_in(&rows, "T2")->days_late, 4);
    arena_free(scene.arena);
}

CASE(what_is_done_or_begun_waits_for_nothing)
{
    struct scene scene;
    struct texts path;
    int32_t finish_day;
    set(&scene);
    scene.plan.today = sample_day("2016-06-28");
    scene.tasks[T2].state = TASK_DONE; /* before T1, which it was to come after */
    scene.tasks[T2].started_day = scene.tasks[T2].done_day = sample_day("2016-06-21");
    scene.tasks[T1].state = TASK_IN_PROGRESS;
    scene.tasks[T1].started_day = sample_day("2016-06-20");
    struct list rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(row_in(&rows, "T2")->early_finish_day, sample_day("2016-06-21"));
    assert_int_equal(row_in(&rows, "T1")->early_start_day, sample_day("2016-06-20"));
    assert_int_equal(row_in(&rows, "T1")->early_finish_day, sample_day("2016-06-28")); /* today */
    assert_int_equal(row_in(&rows, "T3")->early_start_day, sample_day("2016-06-29"));
    scene.tasks[T3].state = TASK_CANCELLED;
    rows = scheduled(&scene, &path, &finish_day);
    assert_null(row_in(&rows, "T3"));
    arena_free(scene.arena);
}

CASE(a_milestone_is_not_reached_by_cancelling_its_tasks)
{
    struct scene scene;
    struct texts path;
    int32_t finish_day;
    set(&scene);
    scene.tasks[T1].state = scene.tasks[T2].state = TASK_CANCELLED;
    scene.tasks[T3].planned_start_day = sample_day("2016-06-20");
    struct list rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(row_in(&rows, "M1")->early_finish_day, sample_day("2016-06-24")); /* signed */
    assert_int_equal(row_in(&rows, "T3")->early_start_day, sample_day("2016-06-24"));
    struct fault fault = {0};
    scene.milestones[M2].state = MILESTONE_PLANNED;
    REFUSED(work_plan_check_ready(&scene.plan, &scene.tasks[T3], &fault), ERROR_WRONG_STATE,
            "after");
    arena_free(scene.arena);
}

CASE(a_cycle_over_tasks_and_milestones_is_named_by_codes)
{
    struct scene scene;
    struct list rows;
    struct texts path;
    int32_t finish_day;
    struct fault fault = {0};
    set(&scene);
    scene.after[2] =
        (struct task_dependency){.task_id = sample_id(41), .after_milestone_id = sample_id(31)};
    scene.lists[3].count = 3;
    REFUSED(work_plan_schedule(scene.arena, &scene.plan, &rows, &path, &finish_day, &fault),
            ERROR_CYCLE, "dependencies");
    assert_non_null(strstr(fault.detail, "M1 -> "));
    assert_non_null(strstr(fault.detail, " -> M1"));
    scene.after[2].is_removed = true;
    scheduled(&scene, &path, &finish_day);
    arena_free(scene.arena);
}

CASE(a_slip_moves_what_comes_after_only_as_far_as_it_must)
{
    struct scene scene;
    struct list moves;
    struct fault fault = {0};
    const struct later_days to = {DAY_NONE, sample_day("2016-06-22"),
                                  "the client's data came late"};
    set(&scene);
    ALLOWED(work_plan_slip(scene.arena, &scene.plan, &scene.tasks[T1], &to, &moves, &fault));
    assert_int_equal(moves.count, 3);
    assert_string_equal(LIST_AT(struct task_move, moves, 0)->code, "T1");
    assert_int_equal(scene.tasks[T2].planned_start_day, sample_day("2016-06-23"));
    assert_int_equal(scene.tasks[T2].planned_due_day, sample_day("2016-06-24"));
    assert_int_equal(scene.tasks[T3].planned_start_day, sample_day("2016-06-27"));
    assert_int_equal(scene.tasks[T3].planned_due_day, sample_day("2016-06-28"));
    /* it had a day to spare */
    assert_int_equal(scene.tasks[T4].planned_start_day, sample_day("2016-06-29"));
    assert_int_equal(LIST_AT(struct task_move, moves, 2)->from_due_day, sample_day("2016-06-27"));
    arena_free(scene.arena);
}

CASE(a_slip_never_moves_a_signed_day)
{
    struct scene scene;
    struct list moves;
    struct fault fault = {0};
    const struct later_days to = {DAY_NONE, sample_day("2016-07-29"), "illness"};
    set(&scene);
    ALLOWED(work_plan_slip(scene.arena, &scene.plan, &scene.tasks[T2], &to, &moves, &fault));
    assert_int_equal(scene.milestones[M1].due_day, sample_day("2016-06-24"));
    assert_int_equal(scene.milestones[M2].due_day, sample_day("2016-07-01"));
    assert_int_equal(scene.tasks[T4].planned_start_day, sample_day("2016-08-03"));
    arena_free(scene.arena);
}

/* The early finish of what has that code. */
static int32_t finish_of(struct scene *scene, const char *code)
{
    struct texts path;
    int32_t finish_day;
    struct list rows = scheduled(scene, &path, &finish_day);
    return row_in(&rows, code)->early_finish_day;
}

static enum error slip(struct scene *scene, const char *start, const char *due, const char *reason,
                       struct fault *fault)
{
    struct list moves;
    const struct later_days to = {start ? sample_day(start) : DAY_NONE, sample_day(due), reason};
    return work_plan_slip(scene->arena, &scene->plan, &scene->tasks[T1], &to, &moves, fault);
}

CASE(a_slip_needs_a_reason_a_later_day_and_an_open_task)
{
    struct scene scene;
    struct fault fault = {0};
    struct task *task = &scene.tasks[T1];
    set(&scene);
    REFUSED(slip(&scene, NULL, "2016-06-22", " ", &fault), ERROR_INVALID, "reason");
    REFUSED(slip(&scene, NULL, "2016-06-21", "why", &fault), ERROR_INVALID, "planned_due_day");
    task->state = TASK_DONE;
    REFUSED(slip(&scene, NULL, "2016-06-22", "why", &fault), ERROR_WRONG_STATE, "state");
    assert_int_equal(task->planned_due_day, sample_day("2016-06-21"));
    arena_free(scene.arena);
}

CASE(a_slip_moves_the_start_of_what_has_not_begun)
{
    struct scene scene;
    struct fault fault = {0};
    struct task *task = &scene.tasks[T1];
    set(&scene);
    REFUSED(slip(&scene, "2016-06-17", "2016-06-22", "why", &fault), ERROR_INVALID,
            "planned_start_day");
    REFUSED(slip(&scene, "2016-06-23", "2016-06-22", "why", &fault), ERROR_OUT_OF_RANGE,
            "planned_start_day");
    task->state = TASK_IN_PROGRESS;
    REFUSED(slip(&scene, "2016-06-21", "2016-06-22", "why", &fault), ERROR_WRONG_STATE,
            "planned_start_day");
    assert_int_equal(task->planned_start_day, sample_day("2016-06-20"));
    assert_int_equal(task->planned_due_day, sample_day("2016-06-21"));
    ALLOWED(slip(&scene, "2016-06-20", "2016-06-22", "it takes longer", &fault));
    task->state = TASK_PLANNED;
    ALLOWED(slip(&scene, "2016-06-22", "2016-06-23", "it begins later", &fault));
    assert_int_equal(task->planned_start_day, sample_day("2016-06-22"));
    assert_int_equal(scene.tasks[T2].planned_start_day, sample_day("2016-06-24"));
    arena_free(scene.arena);
}

CASE(what_slipped_is_expected_on_the_day_to_which_it_did)
{
    struct scene scene;
    struct fault fault = {0};
    struct task *task = &scene.tasks[T1];
    set(&scene);
    ALLOWED(slip(&scene, NULL, "2016-06-28", "the data came late", &fault));
    assert_int_equal(finish_of(&scene, "T1"), sample_day("2016-06-28"));
    assert_int_equal(finish_of(&scene, "M1"), sample_day("2016-06-30")); /* T2 takes two days */
    scene.tasks[T1].estimate_minutes = 8 * 480; /* longer than until then */
    assert_int_equal(finish_of(&scene, "T1"), sample_day("2016-06-29"));
    scene.tasks[T1].estimate_minutes = 960;
    task->planned_due_day = sample_day("2016-06-22"); /* planned anew, and earlier */
    assert_int_equal(finish_of(&scene, "T1"), sample_day("2016-06-22"));
    arena_free(scene.arena);
}

CASE(what_has_begun_and_slipped_lasts_until_the_day_to_which_it_did)
{
    struct scene scene;
    struct fault fault = {0};
    set(&scene);
    scene.tasks[T1].state = TASK_IN_PROGRESS;
    scene.tasks[T1].started_day = sample_day("2016-06-20");
    assert_int_equal(finish_of(&scene, "T1"), sample_day("2016-06-21"));
    ALLOWED(slip(&scene, NULL, "2016-06-24", "it takes longer", &fault));
    assert_int_equal(finish_of(&scene, "T1"), sample_day("2016-06-24"));
    assert_int_equal(finish_of(&scene, "M1"), sample_day("2016-06-28"));
    scene.plan.today = sample_day("2016-06-27");
    assert_int_equal(finish_of(&scene, "T1"), sample_day("2016-06-27"));
    arena_free(scene.arena);
}

CASE(a_milestone_without_tasks_that_is_signed_for_a_weekend_is_not_late_by_that)
{
    struct scene scene;
    struct texts path;
    int32_t finish_day;
    set(&scene);
    scene.lists[2].count = scene.lists[3].count = 0;
    scene.milestones[M1].due_day = sample_day("2016-06-25"); /* Saturday */
    struct list rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(row_in(&rows, "M1")->early_finish_day, sample_day("2016-06-25"));
    assert_int_equal(row_in(&rows, "M1")->days_late, 0);
    scene.plan.today = sample_day("2016-06-26"); /* Sunday: nobody works before Monday */
    rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(row_in(&rows, "M1")->early_finish_day, sample_day("2016-06-27"));
    assert_int_equal(row_in(&rows, "M1")->days_late, 2);
    arena_free(scene.arena);
}

CASE(a_task_is_ready_when_all_that_it_comes_after_is_done)
{
    struct scene scene;
    struct fault fault = {0};
    set(&scene);
    ALLOWED(work_plan_check_ready(&scene.plan, &scene.tasks[T1], &fault));
    REFUSED(work_plan_check_ready(&scene.plan, &scene.tasks[T2], &fault), ERROR_WRONG_STATE,
            "after");
    assert_string_equal(fault.detail, "T1 comes first and is not done");
    scene.after[0].lag_days = -1;
    ALLOWED(work_plan_check_ready(&scene.plan, &scene.tasks[T2], &fault));
    REFUSED(work_plan_check_ready(&scene.plan, &scene.tasks[T3], &fault), ERROR_WRONG_STATE,
            "after");
    scene.milestones[M2].state = MILESTONE_READY;
    ALLOWED(work_plan_check_ready(&scene.plan, &scene.tasks[T3], &fault));
    arena_free(scene.arena);
}

/* ---- lateness of the client -------------------------------------------------------------------
 */

static const struct milestone_move *delayed(struct scene *scene, struct id waiting, int32_t days,
                                            size_t task_count, size_t milestone_count)
{
    struct list ids = {&waiting, 1}, tasks, milestones;
    struct fault fault = {0};
    ALLOWED(work_plan_delay(scene->arena, &scene->plan, &ids, days, &tasks, &milestones, &fault));
    assert_int_equal(tasks.count, task_count);
    assert_int_equal(milestones.count, milestone_count);
    return milestones.rows;
}

CASE(a_task_that_waits_moves_by_the_delay_on_working_days_and_what_is_behind_it_as_it_must)
{
    struct scene scene;
    set(&scene);
    delayed(&scene, scene.tasks[T2].id, 2, 3,
            1); /* Friday is free, so T3 and T4 have to give way */
    assert_int_equal(scene.tasks[T1].planned_due_day, sample_day("2016-06-21"));
    assert_int_equal(scene.tasks[T2].planned_start_day, sample_day("2016-06-24"));
    assert_int_equal(scene.tasks[T2].planned_due_day, sample_day("2016-06-27"));
    assert_int_equal(scene.tasks[T3].planned_start_day, sample_day("2016-06-28"));
    assert_int_equal(scene.tasks[T4].planned_start_day, sample_day("2016-06-30"));
    assert_int_equal(milestone_planned_day(&scene.milestones[M1]), sample_day("2016-06-27"));
    assert_int_equal(milestone_planned_day(&scene.milestones[M2]), sample_day("2016-07-01"));
    assert_int_equal(scene.milestones[M1].due_day, sample_day("2016-06-24"));
    arena_free(scene.arena);
}

CASE(a_milestone_that_waits_moves_with_its_tasks_and_never_its_signed_day)
{
    struct scene scene;
    set(&scene);
    const struct milestone_move *move = delayed(&scene, scene.milestones[M2].id, 1, 2, 1);
    assert_string_equal(move->code, "M2");
    assert_int_equal(move->from_due_day, sample_day("2016-07-01"));
    assert_int_equal(move->to_due_day, sample_day("2016-07-04"));
    assert_int_equal(move->signed_due_day, sample_day("2016-07-01"));
    assert_int_equal(scene.milestones[M2].due_day, sample_day("2016-07-01"));
    assert_int_equal(scene.tasks[T3].planned_start_day, sample_day("2016-06-27"));
    assert_int_equal(scene.tasks[T4].planned_due_day, sample_day("2016-07-01"));
    assert_int_equal(scene.tasks[T2].planned_due_day, sample_day("2016-06-23"));
    arena_free(scene.arena);
}

CASE(each_further_day_moves_from_where_the_last_one_left)
{
    struct scene scene;
    set(&scene);
    delayed(&scene, scene.milestones[M2].id, 1, 2, 1);
    const struct milestone_move *move = delayed(&scene, scene.milestones[M2].id, 1, 2, 1);
    assert_int_equal(move->from_due_day, sample_day("2016-07-04"));
    assert_int_equal(move->to_due_day, sample_day("2016-07-05"));
    arena_free(scene.arena);
}

CASE(milestones_without_tasks_stand_on_the_day_to_which_they_moved)
{
    struct scene scene;
    struct texts path;
    int32_t finish_day;
    set(&scene);
    scene.lists[2].count = scene.lists[3].count = 0;
    delayed(&scene, scene.milestones[M1].id, 7, 0, 2); /* to 5 July, and M2 cannot be before it */
    struct list rows = scheduled(&scene, &path, &finish_day);
    assert_int_equal(row_in(&rows, "M1")->planned_due_day, sample_day("2016-07-05"));
    assert_int_equal(row_in(&rows, "M1")->early_finish_day, sample_day("2016-07-05"));
    assert_int_equal(row_in(&rows, "M1")->signed_due_day, sample_day("2016-06-24"));
    assert_int_equal(row_in(&rows, "M1")->days_late, 11);
    assert_int_equal(row_in(&rows, "M2")->planned_due_day, sample_day("2016-07-05"));
    arena_free(scene.arena);
}

CASE(what_is_done_or_handed_over_does_not_move_and_what_has_begun_keeps_its_start)
{
    struct scene scene;
    set(&scene);
    scene.milestones[M1].state = MILESTONE_SUBMITTED;
    scene.tasks[T1].state = TASK_DONE;
    scene.tasks[T1].done_day = sample_day("2016-06-21");
    scene.tasks[T2].state = TASK_IN_PROGRESS;
    scene.tasks[T2].started_day = sample_day("2016-06-22");
    delayed(&scene, scene.milestones[M1].id, 1, 2, 0);
    assert_int_equal(scene.tasks[T1].planned_due_day, sample_day("2016-06-21"));
    assert_int_equal(scene.tasks[T2].planned_start_day, sample_day("2016-06-22"));
    assert_int_equal(scene.tasks[T2].planned_due_day, sample_day("2016-06-24"));
    assert_int_equal(scene.tasks[T3].planned_start_day, sample_day("2016-06-27"));
    arena_free(scene.arena);
}

RUN(T(a_milestone_is_reached_when_its_tasks_are_done_and_the_next_ones_follow),
    T(lateness_is_held_against_the_signed_day), T(what_is_done_or_begun_waits_for_nothing),
    T(a_milestone_is_not_reached_by_cancelling_its_tasks),
    T(a_cycle_over_tasks_and_milestones_is_named_by_codes),
    T(a_slip_moves_what_comes_after_only_as_far_as_it_must), T(a_slip_never_moves_a_signed_day),
    T(a_slip_needs_a_reason_a_later_day_and_an_open_task),
    T(a_slip_moves_the_start_of_what_has_not_begun),
    T(what_slipped_is_expected_on_the_day_to_which_it_did),
    T(what_has_begun_and_slipped_lasts_until_the_day_to_which_it_did),
    T(a_milestone_without_tasks_that_is_signed_for_a_weekend_is_not_late_by_that),
    T(a_task_is_ready_when_all_that_it_comes_after_is_done),
    T(a_task_that_waits_moves_by_the_delay_on_working_days_and_what_is_behind_it_as_it_must),
    T(a_milestone_that_waits_moves_with_its_tasks_and_never_its_signed_day),
    T(each_further_day_moves_from_where_the_last_one_left),
    T(milestones_without_tasks_stand_on_the_day_to_which_they_moved),
    T(what_is_done_or_handed_over_does_not_move_and_what_has_begun_keeps_its_start))
