#include "core/tracking.h"

#include "core/estimate.h"
#include "sample.h"

enum { DUE = 100 };

/* One milestone due on a day, with what a case gives it. */
struct scene {
    struct milestone milestone;
    struct task tasks[4];
    size_t task_count;
    struct submission rounds[4];
    int32_t days[4];
    size_t round_count;
    struct approved_time time;
    struct estimate_figures estimate;
    bool has_estimate;
    int32_t today;
};

static struct scene scene_at(enum milestone_state state, int32_t today)
{
    struct scene scene = {.today = today};
    shape_init(&milestone_shape, &scene.milestone);
    scene.milestone.id = sample_id(1);
    scene.milestone.code = "S1";
    scene.milestone.state = state;
    scene.milestone.due_day = DUE;
    scene.time.milestone_id = sample_id(9);
    return scene;
}

static void add_task(struct scene *scene, enum task_state state, int64_t minutes)
{
    struct task *task = &scene->tasks[scene->task_count++];
    shape_init(&task_shape, task);
    task->milestone_id = scene->milestone.id;
    task->state = state;
    task->estimate_minutes = minutes;
}

static struct submission *add_round(struct scene *scene, enum submission_state state, int32_t day)
{
    struct submission *round = &scene->rounds[scene->round_count];
    shape_init(&submission_shape, round);
    round->milestone_id = scene->milestone.id;
    round->state = state;
    round->round = (int64_t)scene->round_count + 1;
    scene->days[scene->round_count++] = day;
    return round;
}

static struct tracking reckon(struct scene *scene)
{
    struct arena *arena = arena_new();
    const struct list milestones = {&scene->milestone, 1};
    const struct list tasks = {scene->tasks, scene->task_count};
    const struct list rounds = {scene->rounds, scene->round_count};
    const struct list times = {&scene->time, 1};
    const struct list estimates = {&scene->estimate, 1};
    const struct tracking_ground ground = {
        .milestones = &milestones,
        .tasks = &tasks,
        .submissions = &rounds,
        .submitted_days = scene->days,
        .times = &times,
        .estimates = scene->has_estimate ? &estimates : NULL,
        .currency = "USD",
        .today = scene->today,
    };
    struct list rows;
    struct tracking total;
    tracking_reckon(arena, &ground, &rows, &total);
    struct tracking row = *LIST_AT(struct tracking, rows, 0);
    assert_int_equal(total.tasks_done, row.tasks_done);
    assert_int_equal(total.deadlines_kept, row.deadlines_kept);
    assert_true(total.deadline_adherence_ppm == row.deadline_adherence_ppm);
    assert_true(total.approved_cost_minor == row.approved_cost_minor);
    assert_null(total.code);
    arena_free(arena);
    return row;
}

CASE(completion_counts_tasks_that_are_not_cancelled)
{
    struct scene scene = scene_at(MILESTONE_IN_PROGRESS, DUE);
    assert_true(reckon(&scene).task_completion_ppm == INTEGER_NONE);
    add_task(&scene, TASK_DONE, 60);
    add_task(&scene, TASK_IN_PROGRESS, 30);
    add_task(&scene, TASK_PLANNED, 30);
    add_task(&scene, TASK_CANCELLED, 600);
    struct tracking row = reckon(&scene);
    assert_int_equal(row.tasks, 3);
    assert_int_equal(row.tasks_done, 1);
    assert_int_equal(row.task_completion_ppm, 333333);
    assert_int_equal(row.planned_minutes, 120);
}

struct judged {
    enum milestone_state state;
    enum submission_state round; /* 0: none */
    int32_t handed_over;
    int32_t today;
    int64_t deadlines, kept;
};

CASE(a_deadline_is_kept_by_what_was_handed_over_in_time_and_accepted)
{
    static const struct judged cases[] = {
        {MILESTONE_IN_PROGRESS, 0, 0, DUE, 0, 0}, /* the day is not over */
        {MILESTONE_IN_PROGRESS, 0, 0, DUE + 1, 1, 0},
        {MILESTONE_SUBMITTED, SUBMISSION_SUBMITTED, DUE, DUE + 9, 0, 0}, /* the client's turn */
        {MILESTONE_SUBMITTED, SUBMISSION_SUBMITTED, DUE + 1, DUE + 9, 1, 0},
        {MILESTONE_REJECTED, SUBMISSION_REJECTED, DUE - 5, DUE, 0, 0}, /* can be put right */
        {MILESTONE_REJECTED, SUBMISSION_REJECTED, DUE, DUE + 1, 1, 0},
        {MILESTONE_IN_PROGRESS, SUBMISSION_WITHDRAWN, DUE, DUE + 1, 1, 0},
        {MILESTONE_ACCEPTED, SUBMISSION_ACCEPTED, DUE, DUE + 30, 1, 1}, /* however long it took */
        {MILESTONE_ACCEPTED, SUBMISSION_ACCEPTED, DUE - 9, DUE - 8, 1, 1},
        {MILESTONE_DEEMED_ACCEPTED, SUBMISSION_DEEMED_ACCEPTED, DUE + 1, DUE + 30, 1, 0},
        {MILESTONE_CANCELLED, 0, 0, DUE + 30, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scene scene = scene_at(cases[i].state, cases[i].today);
        if (cases[i].round)
            add_round(&scene, cases[i].round, cases[i].handed_over);
        struct tracking row = reckon(&scene);
        assert_int_equal(row.deadlines, cases[i].deadlines);
        assert_int_equal(row.deadlines_kept, cases[i].kept);
        assert_true(row.deadline_adherence_ppm ==
                    (row.deadlines ? row.deadlines_kept * 1000000 : INTEGER_NONE));
    }
}

CASE(the_round_that_was_accepted_is_the_one_held_to_the_deadline)
{
    struct scene scene = scene_at(MILESTONE_ACCEPTED, DUE + 9);
    add_round(&scene, SUBMISSION_REJECTED, DUE - 5);
    add_round(&scene, SUBMISSION_ACCEPTED, DUE + 1);
    assert_int_equal(reckon(&scene).deadlines_kept, 0);
}

CASE(first_pass_is_judged_by_the_first_round_that_was_not_withdrawn)
{
    struct scene scene = scene_at(MILESTONE_SUBMITTED, DUE);
    add_round(&scene, SUBMISSION_WITHDRAWN, DUE);
    struct submission *round = add_round(&scene, SUBMISSION_SUBMITTED, DUE);
    assert_true(reckon(&scene).first_pass_ppm == INTEGER_NONE);
    round->state = SUBMISSION_ACCEPTED;
    assert_int_equal(reckon(&scene).first_pass_ppm, 1000000);
    round->state = SUBMISSION_REJECTED;
    add_round(&scene, SUBMISSION_ACCEPTED, DUE);
    assert_int_equal(reckon(&scene).first_decisions, 1);
    assert_int_equal(reckon(&scene).first_pass_ppm, 0);
}

CASE(defects_of_all_rounds_are_counted_by_severity)
{
    static struct decision first[] = {{"Q1", false, SEVERITY_CRITICAL, NULL},
                                      {"Q2", false, SEVERITY_MAJOR, NULL},
                                      {"Q3", true, SEVERITY_NONE, NULL}};
    static struct decision second[] = {
        {"Q1", true, SEVERITY_NONE, NULL},
        {"Q2", false, SEVERITY_MINOR, NULL},
        {"Q3", false, SEVERITY_MINOR, NULL},
        {.criterion = "Q4", .severity = SEVERITY_MINOR, .remedy = REMEDY_CARRY, .carry_to = "S2"}};
    struct scene scene = scene_at(MILESTONE_ACCEPTED, DUE);
    add_round(&scene, SUBMISSION_REJECTED, DUE)->decisions = (struct list){first, 3};
    add_round(&scene, SUBMISSION_ACCEPTED, DUE)->decisions = (struct list){second, 4};
    struct tracking row = reckon(&scene);
    assert_int_equal(row.critical_defects, 1);
    assert_int_equal(row.major_defects, 1);
    assert_int_equal(row.minor_defects, 2);
}

CASE(hours_and_cost_stand_beside_the_estimate_or_are_none)
{
    struct scene scene = scene_at(MILESTONE_CANCELLED, DUE);
    scene.time = (struct approved_time){scene.milestone.id, 90, INTEGER_NONE};
    struct tracking row = reckon(&scene);
    assert_int_equal(row.approved_minutes, 90);
    assert_true(row.estimated_minutes == INTEGER_NONE);
    assert_true(row.approved_cost_minor == INTEGER_NONE);
    scene.has_estimate = true;
    scene.time.cost_minor = 9200;
    scene.estimate =
        (struct estimate_figures){.code = "S1", .expected_minutes = 960, .cost_minor = 98133};
    row = reckon(&scene);
    assert_int_equal(row.estimated_minutes, 960);
    assert_int_equal(row.estimated_cost_minor, 98133);
    assert_int_equal(row.approved_cost_minor, 9200);
}

RUN(T(completion_counts_tasks_that_are_not_cancelled),
    T(a_deadline_is_kept_by_what_was_handed_over_in_time_and_accepted),
    T(the_round_that_was_accepted_is_the_one_held_to_the_deadline),
    T(first_pass_is_judged_by_the_first_round_that_was_not_withdrawn),
    T(defects_of_all_rounds_are_counted_by_severity),
    T(hours_and_cost_stand_beside_the_estimate_or_are_none))
