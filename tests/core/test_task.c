#include "core/task.h"

#include "core/milestone.h"
#include "sample.h"

static struct task task_in(enum task_state state)
{
    struct task task;
    shape_init(&task_shape, &task);
    task.id = sample_id(200);
    task.code = "T1";
    task.title = "Draw it";
    task.state = state;
    return task;
}

CASE(a_task_goes_from_planned_to_done_and_keeps_the_days)
{
    struct fault fault = {0};
    struct task task = task_in(TASK_PLANNED);
    ALLOWED(task_advance(&task, TASK_MAKE_READY, 10, &fault));
    ALLOWED(task_advance(&task, TASK_START, 11, &fault));
    ALLOWED(task_advance(&task, TASK_FINISH, 12, &fault));
    assert_int_equal(task.state, TASK_DONE);
    assert_int_equal(task.started_day, 11);
    assert_int_equal(task.done_day, 12);
    ALLOWED(task_advance(&task, TASK_REOPEN, 13, &fault));
    assert_int_equal(task.state, TASK_IN_PROGRESS);
    assert_true(task.done_day == DAY_NONE);
}

CASE(what_the_states_do_not_allow_is_refused_and_changes_nothing)
{
    static const bool allowed[TASK_CANCELLED + 1][TASK_EVENT_COUNT] = {
        [TASK_PLANNED] = {[TASK_MAKE_READY] = true, [TASK_START] = true, [TASK_CANCEL] = true},
        [TASK_READY] = {[TASK_START] = true, [TASK_CANCEL] = true},
        [TASK_IN_PROGRESS] = {[TASK_FINISH] = true, [TASK_CANCEL] = true},
        [TASK_DONE] = {[TASK_REOPEN] = true},
    };
    for (enum task_state from = TASK_PLANNED; from <= TASK_CANCELLED; from++) {
        for (enum task_event event = TASK_MAKE_READY; event < TASK_EVENT_COUNT; event++) {
            struct fault fault = {0};
            struct task task = task_in(from);
            enum error error = task_advance(&task, event, 10, &fault);
            assert_int_equal(error == OK, allowed[from][event]);
            if (error)
                REFUSED(error, ERROR_WRONG_STATE, "state");
            if (error)
                assert_int_equal(task.state, from);
        }
    }
}

CASE(the_last_day_of_an_estimate_counts_whole)
{
    struct task task = task_in(TASK_PLANNED);
    static const int64_t minutes[] = {0, 1, 480, 481};
    for (int32_t i = 0; i < 4; i++) {
        task.estimate_minutes = minutes[i];
        assert_int_equal(task_duration_days(&task, 480), i > 1 ? i - 1 : i);
    }
}

CASE(codes_are_unique_beside_tasks_and_milestones)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct task others[] = {task_in(TASK_DONE), task_in(TASK_PLANNED)};
    struct milestone milestone = {.code = "S1"};
    struct list tasks = {others, 2}, milestones = {&milestone, 1};
    others[1].code = "T9";
    struct task task = task_in(TASK_PLANNED);
    task.id = sample_id(201);
    REFUSED(task_check(&task, &tasks, &milestones, &fault), ERROR_CONFLICT, "code");
    task.code = "S1";
    REFUSED(task_check(&task, &tasks, &milestones, &fault), ERROR_CONFLICT, "code");
    task.code = task_next_code(arena, &tasks);
    assert_string_equal(task.code, "T10");
    ALLOWED(task_check(&task, &tasks, &milestones, &fault));
    task.title = " ";
    REFUSED(task_check(&task, &tasks, &milestones, &fault), ERROR_INVALID, "title");
    task.title = "x";
    task.planned_start_day = 5;
    task.planned_due_day = 4;
    REFUSED(task_check(&task, &tasks, &milestones, &fault), ERROR_OUT_OF_RANGE, "planned_due_day");
    arena_free(arena);
}

RUN(T(a_task_goes_from_planned_to_done_and_keeps_the_days),
    T(what_the_states_do_not_allow_is_refused_and_changes_nothing),
    T(the_last_day_of_an_estimate_counts_whole), T(codes_are_unique_beside_tasks_and_milestones))
