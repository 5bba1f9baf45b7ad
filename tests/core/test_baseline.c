#include "core/baseline.h"

#include "sample.h"

/* A milestone without tasks, and one with a task; nothing comes after anything. */
struct scene {
    struct arena *arena;
    struct milestone milestones[2];
    struct task tasks[2];
    struct list milestone_list, task_list, none;
    struct work_plan plan;
    struct baseline baseline;
};

static void set(struct scene *scene)
{
    *scene = (struct scene){.arena = arena_new()};
    for (unsigned i = 0; i < 2; i++) {
        shape_init(&milestone_shape, &scene->milestones[i]);
        scene->milestones[i].id = sample_id(30 + i);
        scene->milestones[i].code = i ? "M2" : "M1";
        scene->milestones[i].due_day = sample_day("2016-07-01");
        shape_init(&task_shape, &scene->tasks[i]);
        scene->tasks[i].id = sample_id(40 + i);
        scene->tasks[i].code = i ? "T2" : "T1";
        scene->tasks[i].milestone_id = sample_id(31);
        scene->tasks[i].planned_due_day = sample_day("2016-06-24");
    }
    scene->tasks[0].planned_start_day = sample_day("2016-06-23");
    scene->milestone_list = (struct list){scene->milestones, 2};
    scene->task_list = (struct list){scene->tasks, 2};
    scene->plan =
        (struct work_plan){&scene->milestone_list, &scene->none, &scene->task_list,
                           &scene->none,           NULL,         sample_day("2016-06-20")};
    scene->baseline.rows = baseline_rows(scene->arena, &scene->plan);
}

static struct list compared(struct scene *scene)
{
    struct list rows = baseline_rows(scene->arena, &scene->plan);
    return baseline_compare(scene->arena, &scene->baseline, &rows);
}

static const struct variance *variance_in(const struct list *variances, const char *code)
{
    for (size_t i = 0; i < variances->count; i++) {
        if (strcmp(LIST_AT(struct variance, *variances, i)->code, code) == 0)
            return LIST_AT(struct variance, *variances, i);
    }
    return NULL;
}

CASE(a_baseline_has_the_planned_days_of_all_that_is_not_cancelled)
{
    struct scene scene;
    set(&scene);
    const struct baseline_row *row = scene.baseline.rows.rows;
    assert_int_equal(scene.baseline.rows.count, 4);
    assert_int_equal(row[0].due_day, sample_day("2016-07-01")); /* as signed */
    assert_int_equal(row[1].due_day, sample_day("2016-06-24")); /* the last of its tasks */
    assert_int_equal(row[1].signed_due_day, sample_day("2016-07-01"));
    assert_int_equal(row[2].kind, PLAN_TASK);
    scene.tasks[1].state = TASK_CANCELLED;
    scene.milestones[0].state = MILESTONE_CANCELLED;
    assert_int_equal(baseline_rows(scene.arena, &scene.plan).count, 2);
    arena_free(scene.arena);
}

CASE(the_variance_of_each_row_is_in_calendar_days_and_later_is_positive)
{
    struct scene scene;
    set(&scene);
    scene.tasks[0].planned_due_day = sample_day("2016-06-28");
    scene.tasks[0].planned_start_day = sample_day("2016-06-21");
    scene.milestones[0].planned_due_day = sample_day("2016-07-04");
    struct list variances = compared(&scene);
    assert_int_equal(variance_in(&variances, "T1")->variance_days, 4);
    assert_int_equal(variance_in(&variances, "T1")->start_variance_days, -2);
    assert_int_equal(variance_in(&variances, "T2")->variance_days, 0);
    assert_true(variance_in(&variances, "T2")->start_variance_days == INTEGER_NONE);
    assert_int_equal(variance_in(&variances, "M1")->variance_days, 3);
    assert_int_equal(variance_in(&variances, "M2")->variance_days, 4);
    assert_int_equal(variance_in(&variances, "M2")->change, VARIANCE_KEPT);
    arena_free(scene.arena);
}

CASE(what_was_added_or_dropped_since_has_no_variance)
{
    struct scene scene;
    set(&scene);
    scene.tasks[0].state = TASK_CANCELLED;
    scene.tasks[1].id = sample_id(50);
    scene.tasks[1].code = "T3";
    struct list variances = compared(&scene);
    assert_int_equal(variances.count, 5);
    assert_int_equal(variance_in(&variances, "T1")->change, VARIANCE_DROPPED);
    assert_true(variance_in(&variances, "T1")->variance_days == INTEGER_NONE);
    assert_int_equal(variance_in(&variances, "T1")->baseline_due_day, sample_day("2016-06-24"));
    assert_int_equal(variance_in(&variances, "T3")->change, VARIANCE_ADDED);
    assert_true(variance_in(&variances, "T3")->variance_days == INTEGER_NONE);
    arena_free(scene.arena);
}

RUN(T(a_baseline_has_the_planned_days_of_all_that_is_not_cancelled),
    T(the_variance_of_each_row_is_in_calendar_days_and_later_is_positive),
    T(what_was_added_or_dropped_since_has_no_variance))
