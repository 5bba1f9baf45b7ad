#include "action/baseline.h"

#include "../scenario.h"
#include "action/engagement.h"
#include "action/task.h"
#include "base/day.h"

static enum error take(const struct scenario *s, const char *name, struct baseline *out)
{
    struct baseline in = {
        .engagement_id = s->engagement.id, .name = name, .note = "Before the move"};
    return stage_perform(s->stage, scenario_owner(s), &take_baseline_operation, &in, out);
}

static struct page listed(const struct scenario *s)
{
    struct list_baselines query = {.page.limit = 50, .engagement_id = s->engagement.id};
    struct page page;
    assert_result(
        s->stage,
        stage_perform(s->stage, stage_user(USER_AUDITOR), &list_baselines_operation, &query, &page),
        OK);
    return page;
}

static struct task planned(const struct scenario *s)
{
    struct task task;
    struct task in = {.milestone_id = scenario_milestone(s, 0)->id, .title = "Write it"};
    in.planned_start_day = stage_day("2016-06-22");
    in.planned_due_day = in.planned_start_day + 1;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_owner(s), &create_task_operation, &in, &task),
                  OK);
    return task;
}

CASE(now_is_compared_with_a_baseline_by_days_and_the_baseline_stays)
{
    struct scenario s;
    struct baseline baseline, kept;
    struct task_slip slip;
    struct baseline_variance variance;
    scenario_signed(&s, *state, 3);
    struct task task = planned(&s);
    assert_result(s.stage, take(&s, "Plan of June", &baseline), OK);
    assert_int_equal(baseline.rows.count, 4);
    assert_int_equal(baseline.taken_day, task.planned_start_day);
    struct slip_task in = {task.id, task.planned_due_day + 5, "illness", DAY_NONE};
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &slip_task_operation, &in, &slip), OK);
    struct subject subject = {baseline.id};
    assert_result(s.stage,
                  stage_perform(s.stage, stage_user(USER_SALES), &compare_baseline_operation,
                                &subject, &variance),
                  OK);
    assert_string_equal(variance.name, "Plan of June");
    const struct variance *rows = variance.rows.rows;
    assert_int_equal(variance.rows.count, 4);
    assert_string_equal(rows[0].code, "M1");
    assert_int_equal(rows[0].variance_days, 5);
    assert_int_equal(rows[1].variance_days, 0);
    assert_string_equal(rows[3].code, "T1");
    assert_int_equal(rows[3].variance_days, 5);
    scenario_load(&s, &baseline_shape, baseline.id, &kept);
    assert_int_equal(LIST_AT(struct baseline_row, kept.rows, 3)->due_day, task.planned_due_day);
}

CASE(a_name_is_taken_once)
{
    struct scenario s;
    struct baseline baseline;
    scenario_signed(&s, *state, 1);
    assert_result(s.stage, take(&s, "First", &baseline), OK);
    assert_result(s.stage, take(&s, "First", &baseline), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "name");
    assert_result(s.stage, take(&s, " ", &baseline), ERROR_INVALID);
    assert_int_equal(scenario_events(&s, "baseline.taken"), 1);
    assert_int_equal(listed(&s).items.count, 1);
}

CASE(the_first_kickoff_takes_one)
{
    struct scenario s;
    struct engagement out;
    scenario_signed(&s, *state, 2);
    struct engagement in = {.id = s.engagement.id, .kickoff_day = 16974};
    for (size_t i = 0; i < 2; i++) {
        assert_result(s.stage,
                      stage_perform(s.stage, scenario_owner(&s), &kick_off_operation, &in, &out),
                      OK);
        struct page page = listed(&s);
        assert_int_equal(page.items.count, 1);
        assert_string_equal(LIST_AT(struct baseline, page.items, 0)->name, KICKOFF_BASELINE);
    }
}

CASE(nothing_is_taken_before_the_contract_is_signed)
{
    struct scenario s;
    struct baseline baseline;
    scenario_agreed(&s, *state, 1);
    assert_result(s.stage, take(&s, "Early", &baseline), ERROR_WRONG_STATE);
}

CASE(owners_and_delivery_take_and_no_client_reads)
{
    enum {
        PLANNERS = ROLE_OWNER | ROLE_DELIVERY,
        AGENCY = PLANNERS | ROLE_SALES | ROLE_FINANCE | ROLE_AUDITOR | ROLE_OPERATOR,
    };
    struct stage *stage = *state;
    stage_assert_only(stage, &take_baseline_operation, PLANNERS);
    stage_assert_only(stage, &list_baselines_operation, AGENCY);
    stage_assert_only(stage, &show_baseline_operation, AGENCY);
    stage_assert_only(stage, &compare_baseline_operation, AGENCY);
}

STAGE_RUN(T(now_is_compared_with_a_baseline_by_days_and_the_baseline_stays),
          T(a_name_is_taken_once), T(the_first_kickoff_takes_one),
          T(nothing_is_taken_before_the_contract_is_signed),
          T(owners_and_delivery_take_and_no_client_reads))
