#include "core/obligation.h"

#include "core/milestone.h"
#include "core/task.h"
#include "sample.h"

static struct obligation owed(void)
{
    struct obligation obligation;
    shape_init(&obligation_shape, &obligation);
    obligation.id = sample_id(1);
    obligation.code = "O1";
    obligation.text = "Access to the data";
    obligation.due_day = sample_day("2016-06-24");
    return obligation;
}

CASE(an_obligation_is_fulfilled_or_waived_once_and_may_be_reopened)
{
    struct obligation obligation = owed();
    struct fault fault = {0};
    REFUSED(obligation_advance(&obligation, OBLIGATION_REOPEN, &fault), ERROR_WRONG_STATE, "state");
    ALLOWED(obligation_advance(&obligation, OBLIGATION_FULFIL, &fault));
    assert_int_equal(obligation.state, OBLIGATION_FULFILLED);
    REFUSED(obligation_advance(&obligation, OBLIGATION_WAIVE, &fault), ERROR_WRONG_STATE, "state");
    obligation.closed_day = sample_day("2016-06-22");
    ALLOWED(obligation_advance(&obligation, OBLIGATION_REOPEN, &fault));
    assert_int_equal(obligation.state, OBLIGATION_OPEN);
    assert_int_equal(obligation.closed_day, DAY_NONE);
    ALLOWED(obligation_advance(&obligation, OBLIGATION_WAIVE, &fault));
    REFUSED(obligation_advance(&obligation, OBLIGATION_FULFIL, &fault), ERROR_WRONG_STATE, "state");
}

CASE(it_is_late_on_each_day_that_it_was_still_owed_and_each_counts_once)
{
    struct obligation obligation = owed();
    assert_false(obligation_is_late_on(&obligation, sample_day("2016-06-24")));
    assert_true(obligation_is_late_on(&obligation, sample_day("2016-06-27")));
    obligation.counted_day = sample_day("2016-06-27");
    assert_false(obligation_is_late_on(&obligation, sample_day("2016-06-27")));
    assert_true(obligation_is_late_on(&obligation, sample_day("2016-06-28")));
    obligation.state = OBLIGATION_FULFILLED;
    obligation.closed_day = sample_day("2016-06-29"); /* and the days before are counted late */
    assert_true(obligation_is_late_on(&obligation, sample_day("2016-06-29")));
    assert_false(obligation_is_late_on(&obligation, sample_day("2016-06-30")));
}

CASE(it_is_reminded_of_before_and_on_its_day_and_once_a_day)
{
    struct obligation obligation = owed();
    assert_false(obligation_is_to_remind(&obligation, sample_day("2016-06-20")));
    assert_true(obligation_is_to_remind(&obligation, sample_day("2016-06-21")));
    assert_true(obligation_is_to_remind(&obligation, sample_day("2016-06-24")));
    assert_false(obligation_is_to_remind(&obligation, sample_day("2016-06-25")));
    obligation.reminded_day = sample_day("2016-06-24");
    assert_false(obligation_is_to_remind(&obligation, sample_day("2016-06-24")));
    obligation.reminded_day = DAY_NONE;
    obligation.state = OBLIGATION_WAIVED;
    assert_false(obligation_is_to_remind(&obligation, sample_day("2016-06-24")));
}

CASE(what_waits_is_still_to_be_done_here_and_named_once)
{
    struct milestone milestones[2];
    struct task task;
    struct fault fault = {0};
    int32_t today = sample_day("2016-06-20");
    for (unsigned i = 0; i < 2; i++) {
        shape_init(&milestone_shape, &milestones[i]);
        milestones[i].id = sample_id(30 + i);
    }
    milestones[1].state = MILESTONE_ACCEPTED;
    shape_init(&task_shape, &task);
    task.id = sample_id(40);
    struct list all = {milestones, 2}, tasks = {&task, 1};
    struct waiting_milestone waiting[] = {{sample_id(30)}, {sample_id(30)}};
    struct waiting_task waiting_task = {sample_id(40)};
    struct obligation obligation = owed();
    obligation.milestones = (struct list){waiting, 1};
    obligation.tasks = (struct list){&waiting_task, 1};
    ALLOWED(obligation_check(&obligation, NULL, &all, &tasks, today, &fault));
    obligation.milestones.count = 2;
    REFUSED(obligation_check(&obligation, NULL, &all, &tasks, today, &fault), ERROR_INVALID,
            "milestones/1/milestone_id");
    waiting[1].milestone_id = sample_id(31);
    REFUSED(obligation_check(&obligation, NULL, &all, &tasks, today, &fault), ERROR_INVALID,
            "milestones/1/milestone_id");
    ALLOWED(obligation_check(&obligation, &obligation, &all, &tasks, today, &fault));
    obligation.milestones.count = 1;
    task.state = TASK_DONE;
    REFUSED(obligation_check(&obligation, NULL, &all, &tasks, today, &fault), ERROR_INVALID,
            "tasks/0/task_id");
    obligation.tasks.count = 0;
    obligation.text = " ";
    REFUSED(obligation_check(&obligation, NULL, &all, &tasks, today, &fault), ERROR_INVALID,
            "text");
}

CASE(a_due_day_is_not_in_the_past_unless_it_was_there)
{
    struct obligation obligation = owed();
    struct fault fault = {0};
    struct list none = {0};
    ALLOWED(obligation_check(&obligation, NULL, &none, &none, obligation.due_day, &fault));
    REFUSED(obligation_check(&obligation, NULL, &none, &none, obligation.due_day + 1, &fault),
            ERROR_OUT_OF_RANGE, "due_day");
    ALLOWED(
        obligation_check(&obligation, &obligation, &none, &none, obligation.due_day + 1, &fault));
    REFUSED(obligation_check(&obligation, NULL, &none, &none, obligation.due_day - 3651, &fault),
            ERROR_OUT_OF_RANGE, "due_day");
}

CASE(obligations_are_numbered)
{
    struct arena *arena = arena_new();
    struct obligation obligations[] = {owed(), owed()};
    obligations[1].code = "O9";
    struct list list = {obligations, 2};
    assert_string_equal(obligation_next_code(arena, &list), "O10");
    assert_string_equal(obligation_reason(arena, &obligations[0]),
                        "The client's O1, due on 2016-06-24, is late: Access to the data");
    arena_free(arena);
}

RUN(T(an_obligation_is_fulfilled_or_waived_once_and_may_be_reopened),
    T(it_is_late_on_each_day_that_it_was_still_owed_and_each_counts_once),
    T(it_is_reminded_of_before_and_on_its_day_and_once_a_day),
    T(what_waits_is_still_to_be_done_here_and_named_once),
    T(a_due_day_is_not_in_the_past_unless_it_was_there), T(obligations_are_numbered))
