#include "action/task.h"

#include "../scenario.h"
#include "base/day.h"

static void set_stage(struct scenario *s, void **state)
{
    scenario_signed(s, *state, 3);
}

static enum error create(const struct scenario *s, size_t milestone, const char *code,
                         struct task *out)
{
    struct task in = {
        .milestone_id = scenario_milestone(s, milestone)->id,
        .code = code,
        .title = "Write it",
        .owner_id = s->owner.id,
        .estimate_minutes = 960,
        .planned_start_day = stage_day("2016-06-22"),
        .planned_due_day = stage_day("2016-06-23"),
    };
    return stage_perform(s->stage, stage_user(USER_DELIVERY), &create_task_operation, &in, out);
}

static struct task task_of(const struct scenario *s, size_t milestone)
{
    struct task task;
    assert_result(s->stage, create(s, milestone, NULL, &task), OK);
    return task;
}

static enum error step(const struct scenario *s, const struct operation *operation, struct id id)
{
    struct subject subject = {id};
    struct task out;
    return stage_perform(s->stage, scenario_owner(s), operation, &subject, &out);
}

static enum error depend(const struct scenario *s, struct id id, struct id after_task,
                         struct id after_milestone, struct task_dependency *out)
{
    struct task_dependency in = {
        .task_id = id, .after_task_id = after_task, .after_milestone_id = after_milestone};
    return stage_perform(s->stage, scenario_owner(s), &add_task_dependency_operation, &in, out);
}

static const struct id none;

CASE(tasks_are_numbered_and_go_from_planned_to_done)
{
    struct scenario s;
    struct task task;
    set_stage(&s, state);
    struct task first = task_of(&s, 0);
    assert_string_equal(first.code, "T1");
    assert_string_equal(task_of(&s, 0).code, "T2");
    assert_result(s.stage, create(&s, 0, "T2", &task), ERROR_CONFLICT);
    assert_result(s.stage, create(&s, 0, "M2", &task), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "code");
    assert_result(s.stage, step(&s, &finish_task_operation, first.id), ERROR_WRONG_STATE);
    assert_result(s.stage, step(&s, &make_task_ready_operation, first.id), OK);
    assert_result(s.stage, step(&s, &start_task_operation, first.id), OK);
    assert_result(s.stage, step(&s, &finish_task_operation, first.id), OK);
    scenario_load(&s, &task_shape, first.id, &task);
    assert_int_equal(task.state, TASK_DONE);
    assert_int_equal(task.done_day, stage_day("2016-06-22"));
    assert_int_equal(scenario_events(&s, "task.finished"), 1);
    assert_result(s.stage, step(&s, &cancel_task_operation, first.id), ERROR_WRONG_STATE);
    assert_result(s.stage, step(&s, &reopen_task_operation, first.id), OK);
}

CASE(an_owner_who_is_not_there_is_invalid)
{
    struct scenario s;
    struct task out;
    set_stage(&s, state);
    struct task in = {.milestone_id = scenario_milestone(&s, 0)->id,
                      .title = "x",
                      .owner_id = s.client.id,
                      .planned_start_day = DAY_NONE,
                      .planned_due_day = DAY_NONE};
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &create_task_operation, &in, &out),
                  ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "owner_id");
}

CASE(a_task_waits_for_what_it_comes_after)
{
    struct scenario s;
    struct task_dependency made;
    set_stage(&s, state);
    struct task first = task_of(&s, 0), second = task_of(&s, 0), later = task_of(&s, 1);
    assert_result(s.stage, depend(&s, second.id, first.id, none, &made), OK);
    assert_result(s.stage, step(&s, &start_task_operation, second.id), ERROR_WRONG_STATE);
    assert_string_equal(s.stage->fault.detail, "T1 comes first and is not done");
    assert_result(s.stage, step(&s, &start_task_operation, later.id), ERROR_WRONG_STATE);
    assert_result(s.stage, depend(&s, second.id, first.id, none, &made), ERROR_CONFLICT);
    struct subject subject = {made.id};
    struct list_task_dependencies query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &list_task_dependencies_operation,
                                &query, &page),
                  OK);
    subject.id = LIST_AT(struct task_dependency, page.items, 0)->id;
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &remove_task_dependency_operation,
                                &subject, &made),
                  OK);
    assert_result(s.stage, step(&s, &start_task_operation, second.id), OK);
}

CASE(a_dependency_that_goes_round_is_refused_and_named)
{
    struct scenario s;
    struct task_dependency made;
    set_stage(&s, state);
    struct task first = task_of(&s, 0), second = task_of(&s, 0);
    assert_result(s.stage, depend(&s, second.id, first.id, none, &made), OK);
    assert_result(s.stage, depend(&s, first.id, second.id, none, &made), ERROR_CYCLE);
    assert_string_equal(s.stage->fault.field, "dependencies");
    assert_string_equal(s.stage->fault.detail, "T1 -> T2 -> T1");
    assert_result(s.stage, depend(&s, first.id, none, scenario_milestone(&s, 2)->id, &made),
                  ERROR_CYCLE);
    assert_result(s.stage, depend(&s, first.id, none, none, &made), ERROR_INVALID);
    assert_result(s.stage, depend(&s, first.id, s.client.id, none, &made), ERROR_INVALID);
    assert_string_equal(s.stage->fault.field, "after_task_id");
    assert_int_equal(scenario_events(&s, "task.dependency_added"), 1);
}

CASE(the_schedule_shows_slack_and_the_critical_path)
{
    struct scenario s;
    struct schedule_view view;
    set_stage(&s, state);
    task_of(&s, 0);
    struct subject subject = {s.engagement.id};
    assert_result(
        s.stage,
        stage_perform(s.stage, stage_user(USER_AUDITOR), &show_schedule_operation, &subject, &view),
        OK);
    assert_int_equal(view.rows.count, 4);
    assert_int_equal(view.today, stage_day("2016-06-22"));
    const struct plan_row *row = LIST_AT(struct plan_row, view.rows, 0);
    assert_string_equal(row->code, "M1");
    assert_int_equal(row->early_finish_day, stage_day("2016-06-23"));
    assert_int_equal(row->planned_due_day, stage_day("2016-06-23"));
    assert_int_equal(row->signed_due_day, scenario_milestone(&s, 0)->due_day);
    assert_true(row->slack_days > 0);
    assert_string_equal(view.critical_path.texts[view.critical_path.count - 1], "M3");
}

CASE(a_slip_moves_planned_days_with_its_reason_and_no_signed_day)
{
    struct scenario s;
    struct task_dependency made;
    struct task_slip slip;
    struct task moved;
    struct milestone milestone;
    set_stage(&s, state);
    struct task first = task_of(&s, 0), second = task_of(&s, 0);
    assert_result(s.stage, depend(&s, second.id, first.id, none, &made), OK);
    struct slip_task in = {first.id, stage_day("2016-06-24"), "", DAY_NONE};
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &slip_task_operation, &in, &slip),
                  ERROR_INVALID);
    in.reason = "the data came late";
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &slip_task_operation, &in, &slip), OK);
    assert_int_equal(slip.moves.count, 2);
    scenario_load(&s, &task_shape, second.id, &moved);
    assert_int_equal(moved.planned_start_day, stage_day("2016-06-27"));
    assert_int_equal(moved.planned_due_day, stage_day("2016-06-28"));
    scenario_load(&s, &milestone_shape, scenario_milestone(&s, 0)->id, &milestone);
    assert_int_equal(milestone.due_day, scenario_milestone(&s, 0)->due_day);
    struct list_task_slips query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(
        s.stage,
        stage_perform(s.stage, stage_user(USER_SALES), &list_task_slips_operation, &query, &page),
        OK);
    const struct task_slip *kept = LIST_AT(struct task_slip, page.items, 0);
    assert_string_equal(kept->reason, "the data came late");
    assert_string_equal(LIST_AT(struct task_move, kept->moves, 1)->code, "T2");
}

CASE(a_change_names_the_version_that_it_means)
{
    struct scenario s;
    struct task out;
    set_stage(&s, state);
    struct task task = task_of(&s, 0);
    task.title = "Write it well";
    assert_result(
        s.stage,
        stage_perform_at(s.stage, scenario_owner(&s), 1, &change_task_operation, &task, &out), OK);
    assert_string_equal(out.title, "Write it well");
    assert_result(
        s.stage,
        stage_perform_at(s.stage, scenario_owner(&s), 1, &change_task_operation, &task, &out),
        ERROR_STALE);
}

CASE(owners_and_delivery_plan_and_no_client_reads)
{
    enum {
        PLANNERS = ROLE_OWNER | ROLE_DELIVERY,
        AGENCY = PLANNERS | ROLE_SALES | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &create_task_operation, PLANNERS);
    stage_assert_only(stage, &slip_task_operation, PLANNERS);
    stage_assert_only(stage, &add_task_dependency_operation, PLANNERS);
    stage_assert_only(stage, &show_task_operation, AGENCY);
    stage_assert_only(stage, &list_tasks_operation, AGENCY);
    stage_assert_only(stage, &show_schedule_operation, AGENCY);
}

STAGE_RUN(T(tasks_are_numbered_and_go_from_planned_to_done),
          T(an_owner_who_is_not_there_is_invalid), T(a_task_waits_for_what_it_comes_after),
          T(a_dependency_that_goes_round_is_refused_and_named),
          T(the_schedule_shows_slack_and_the_critical_path),
          T(a_slip_moves_planned_days_with_its_reason_and_no_signed_day),
          T(a_change_names_the_version_that_it_means),
          T(owners_and_delivery_plan_and_no_client_reads))
