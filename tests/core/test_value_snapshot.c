#include "core/value_snapshot.h"

#include "core/estimate.h"
#include "core/tracking.h"
#include "sample.h"

enum { COUNT = 3, START = 100, DUE = 109, BUDGET = 90000 };

/* Three milestones: the first by tasks, the second by criteria, the third cancelled. */
struct scene {
    struct arena *arena;
    struct milestone milestones[COUNT];
    int32_t accepted[COUNT], started[COUNT];
    struct task tasks[3];
    int32_t created[3];
    struct submission rounds[2];
    int32_t decided[2];
    struct approved_time times[2];
    struct estimate_figures estimates[2];
    struct earning_choice choices[2];
    bool has_estimate;
};

static const char *const codes[COUNT] = {"S1", "S2", "S3"};
static struct decision first_decisions[] = {{"Q1", true, SEVERITY_NONE, NULL},
                                            {"Q2", false, SEVERITY_MAJOR, NULL}};

static void set_milestones(struct scene *scene)
{
    for (unsigned i = 0; i < COUNT; i++) {
        struct milestone *milestone = &scene->milestones[i];
        shape_init(&milestone_shape, milestone);
        milestone->id = sample_id(i + 1);
        milestone->code = codes[i];
        milestone->price_minor = 2 * BUDGET;
        milestone->state = i == 2 ? MILESTONE_CANCELLED : MILESTONE_IN_PROGRESS;
        milestone->start_day = START;
        milestone->due_day = DUE;
        milestone->criteria = TEXTS("Q1", "Q2");
        scene->accepted[i] = scene->started[i] = DAY_NONE;
    }
}

static void set_work(struct scene *scene)
{
    for (unsigned i = 0; i < 3; i++) {
        shape_init(&task_shape, &scene->tasks[i]);
        scene->tasks[i].milestone_id = sample_id(1);
        scene->tasks[i].estimate_minutes = 60;
        scene->created[i] = START - 1;
    }
    scene->tasks[0].state = TASK_DONE;
    scene->tasks[0].done_day = START + 2;
    scene->tasks[2].state = TASK_CANCELLED;
    for (unsigned i = 0; i < 2; i++) {
        shape_init(&submission_shape, &scene->rounds[i]);
        scene->rounds[i].milestone_id = sample_id(2);
        scene->decided[i] = DAY_NONE;
        scene->times[i] = (struct approved_time){sample_id(i ? 3 : 1), 60, i ? 700 : 5000};
        scene->estimates[i] = (struct estimate_figures){.code = codes[i], .cost_minor = BUDGET};
        scene->choices[i] = (struct earning_choice){.id = sample_id(i + 1),
                                                    .rule = i ? EARN_BY_CRITERIA : EARN_BY_TASKS};
    }
    scene->rounds[0].state = SUBMISSION_REJECTED;
    scene->rounds[0].decisions = (struct list){first_decisions, 2};
    scene->decided[0] = START + 3;
}

static struct scene scene_new(void)
{
    struct scene scene = {.arena = arena_new(), .has_estimate = true};
    set_milestones(&scene);
    set_work(&scene);
    return scene;
}

static struct value_snapshot reckon(struct scene *scene, int32_t day)
{
    const struct list milestones = {scene->milestones, COUNT}, tasks = {scene->tasks, 3},
                      rounds = {scene->rounds, 2}, times = {scene->times, 2},
                      estimates = {scene->estimates, 2}, choices = {scene->choices, 2};
    const struct value_ground ground = {
        .milestones = &milestones,
        .accepted_days = scene->accepted,
        .started_days = scene->started,
        .tasks = &tasks,
        .created_days = scene->created,
        .submissions = &rounds,
        .decided_days = scene->decided,
        .times = &times,
        .estimates = scene->has_estimate ? &estimates : NULL,
        .choices = &choices,
        .day = day,
    };
    struct value_snapshot snapshot = {.currency = "USD"};
    value_reckon(scene->arena, &ground, &snapshot);
    return snapshot;
}

static struct earned_value row(const struct value_snapshot *snapshot, size_t i)
{
    return *LIST_AT(struct earned_value, snapshot->milestones, i);
}

CASE(each_milestone_earns_by_its_rule_what_was_reached_by_the_day)
{
    struct scene scene = scene_new();
    struct value_snapshot before = reckon(&scene, START + 1), after = reckon(&scene, START + 4);
    assert_int_equal(row(&before, 0).earned_minor, 0);
    assert_int_equal(row(&before, 1).earned_minor, 0);
    assert_int_equal(row(&before, 0).planned_minor, 18000);
    assert_int_equal(row(&after, 0).earned_minor, BUDGET / 2); /* one of two tasks */
    assert_int_equal(row(&after, 1).earned_minor, BUDGET / 2); /* one of two criteria */
    assert_int_equal(row(&after, 1).planned_minor, BUDGET / 2);
    scene.accepted[1] = START + 4;
    after = reckon(&scene, START + 4);
    assert_int_equal(row(&after, 1).earned_minor, BUDGET);
    arena_free(scene.arena);
}

CASE(a_task_that_was_not_yet_planned_does_not_lessen_a_past_day)
{
    struct scene scene = scene_new();
    scene.created[1] = START + 5;
    struct value_snapshot then = reckon(&scene, START + 4), now = reckon(&scene, START + 5);
    assert_int_equal(row(&then, 0).earned_minor, BUDGET);
    assert_int_equal(row(&now, 0).earned_minor, BUDGET / 2);
    arena_free(scene.arena);
}

CASE(cancelled_tasks_earn_nothing)
{
    struct scene scene = scene_new();
    scene.tasks[0].state = scene.tasks[1].state = TASK_CANCELLED;
    scene.tasks[0].done_day = DAY_NONE;
    struct value_snapshot snapshot = reckon(&scene, DUE);
    assert_int_equal(row(&snapshot, 0).rule, EARN_BY_TASKS);
    assert_int_equal(row(&snapshot, 0).earned_minor, 0);
    assert_int_equal(row(&snapshot, 0).planned_minor, BUDGET);
    arena_free(scene.arena);
}

CASE(a_milestone_earns_on_acceptance_unless_somebody_chose)
{
    struct scene scene = scene_new();
    scene.choices[0].id = sample_id(50);
    struct value_snapshot snapshot = reckon(&scene, START + 4);
    assert_int_equal(row(&snapshot, 0).rule, EARN_ON_ACCEPTANCE);
    assert_int_equal(row(&snapshot, 0).earned_minor, 0);
    arena_free(scene.arena);
}

CASE(what_was_spent_on_a_cancelled_milestone_counts_and_its_budget_does_not)
{
    struct scene scene = scene_new();
    struct value_snapshot snapshot = reckon(&scene, DUE);
    struct list rows;
    struct earned_value total;
    value_show(scene.arena, &snapshot, &rows, &total);
    assert_int_equal(snapshot.basis, VALUE_BY_COST);
    assert_int_equal(rows.count, 3);
    assert_int_equal(total.budget_minor, 2 * BUDGET);
    assert_int_equal(total.planned_minor, 2 * BUDGET);
    assert_int_equal(total.actual_minor, 5700);
    assert_int_equal(total.schedule_index_ppm, 500000);
    assert_null(total.code);
    scene.times[1].cost_minor = 0;
    assert_int_equal(reckon(&scene, DUE).milestones.count, 2);
    arena_free(scene.arena);
}

CASE(without_an_estimate_prices_are_the_budget_and_cost_is_not_known)
{
    struct scene scene = scene_new();
    scene.has_estimate = false;
    struct value_snapshot snapshot = reckon(&scene, DUE);
    struct list rows;
    struct earned_value total;
    value_show(scene.arena, &snapshot, &rows, &total);
    assert_int_equal(snapshot.basis, VALUE_BY_PRICE);
    assert_int_equal(total.budget_minor, 4 * BUDGET);
    assert_true(total.actual_minor == INTEGER_NONE);
    assert_true(total.cost_index_ppm == INTEGER_NONE);
    assert_int_equal(total.schedule_index_ppm, 500000);
    arena_free(scene.arena);
}

RUN(T(each_milestone_earns_by_its_rule_what_was_reached_by_the_day),
    T(a_task_that_was_not_yet_planned_does_not_lessen_a_past_day), T(cancelled_tasks_earn_nothing),
    T(a_milestone_earns_on_acceptance_unless_somebody_chose),
    T(what_was_spent_on_a_cancelled_milestone_counts_and_its_budget_does_not),
    T(without_an_estimate_prices_are_the_budget_and_cost_is_not_known))
