#include "action/milestone.h"

#include "../scene.h"

static enum error act(struct scene *scene, struct actor actor, const struct operation *operation,
                      size_t number, struct milestone *out)
{
    struct subject subject = {scene->milestones[number].id};
    return stage_perform(scene->stage, actor, operation, &subject, out);
}

static void set_state(struct scene *scene, size_t number, enum milestone_state state)
{
    struct milestone *milestone = &scene->milestones[number];
    get_row(scene->stage, &milestone_shape, milestone->id, milestone);
    milestone->state = state;
    change_row(scene->stage, &milestone_shape, milestone);
}

CASE(milestones_are_listed_in_the_order_of_the_plan)
{
    struct scene scene;
    struct page page;
    scene_set(&scene, *state, NULL);
    struct list_milestones query = {.page.limit = 3, .engagement_id = scene.engagement.id};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_milestones_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(LIST_AT(struct milestone, page.items, i)->number, i + 1);
    query.page.cursor = page.next_cursor;
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_milestones_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 2);
    assert_string_equal(LIST_AT(struct milestone, page.items, 1)->code, "M5");
    query = (struct list_milestones){
        .page.limit = 50, .engagement_id = scene.engagement.id, .state = MILESTONE_READY};
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.viewer, &list_milestones_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
}

CASE(dependencies_are_shown_both_ways)
{
    struct scene scene;
    struct milestone_dependencies both;
    scene_set(&scene, *state, NULL);
    struct subject subject = {scene.milestones[2].id};
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.viewer, &show_milestone_dependencies_operation,
                                &subject, &both),
                  OK);
    assert_int_equal(both.comes_after.count, 1);
    assert_int_equal(both.comes_before.count, 1);
    const struct milestone *before = LIST_AT(struct milestone, both.comes_after, 0);
    assert_string_equal(before->code, "M2");
    assert_int_equal(before->state, MILESTONE_PLANNED);
    assert_string_equal(LIST_AT(struct milestone, both.comes_before, 0)->code, "M4");
}

CASE(a_milestone_starts_when_it_is_ready)
{
    struct scene scene;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    assert_result(scene.stage,
                  act(&scene, scene.manager, &start_milestone_operation, 0, &milestone), OK);
    assert_int_equal(milestone.state, MILESTONE_IN_PROGRESS);
    assert_int_equal(milestone.version, 2);
    assert_result(scene.stage,
                  act(&scene, scene.manager, &start_milestone_operation, 1, &milestone),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "after");
    assert_string_equal(scene.stage->fault.detail, "M1 comes first and is not accepted");
}

CASE(each_state_allows_its_own_step_only)
{
    static const enum milestone_state startable[] = {[MILESTONE_READY] = MILESTONE_IN_PROGRESS};
    static const enum milestone_state reworkable[] = {[MILESTONE_REJECTED] = MILESTONE_REWORK};
    struct scene scene;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    for (int from = MILESTONE_READY; from <= MILESTONE_CANCELLED; from++) {
        set_state(&scene, 0, (enum milestone_state)from);
        bool may_start = from == MILESTONE_READY;
        assert_result(scene.stage,
                      act(&scene, scene.manager, &start_milestone_operation, 0, &milestone),
                      may_start ? OK : ERROR_WRONG_STATE);
        if (may_start)
            assert_int_equal(milestone.state, startable[from]);
        set_state(&scene, 0, (enum milestone_state)from);
        bool may_rework = from == MILESTONE_REJECTED;
        assert_result(scene.stage,
                      act(&scene, scene.manager, &rework_milestone_operation, 0, &milestone),
                      may_rework ? OK : ERROR_WRONG_STATE);
        if (may_rework)
            assert_int_equal(milestone.state, reworkable[from]);
    }
}

CASE(nothing_starts_while_the_engagement_rests)
{
    struct scene scene;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    scene.engagement.state = ENGAGEMENT_SUSPENDED;
    change_row(scene.stage, &engagement_shape, &scene.engagement);
    assert_result(scene.stage,
                  act(&scene, scene.manager, &start_milestone_operation, 0, &milestone),
                  ERROR_WRONG_STATE);
    assert_string_equal(scene.stage->fault.field, "engagement");
}

CASE(a_start_at_another_version_is_stale)
{
    struct scene scene;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    struct subject subject = {scene.milestones[0].id};
    assert_result(scene.stage,
                  stage_perform_at(scene.stage, scene.manager, 7, &start_milestone_operation,
                                   &subject, &milestone),
                  ERROR_STALE);
    assert_result(scene.stage,
                  stage_perform_at(scene.stage, scene.manager, 1, &start_milestone_operation,
                                   &subject, &milestone),
                  OK);
}

CASE(only_who_delivers_starts_and_reworks)
{
    struct scene scene;
    struct milestone milestone;
    scene_set(&scene, *state, NULL);
    const struct actor others[] = {scene.finance, scene.auditor, scene.approver,
                                   scene.payer,   scene.viewer,  scene.stranger};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_result(scene.stage,
                      act(&scene, others[i], &start_milestone_operation, 0, &milestone),
                      ERROR_FORBIDDEN);
        assert_result(scene.stage,
                      act(&scene, others[i], &rework_milestone_operation, 0, &milestone),
                      ERROR_FORBIDDEN);
    }
}

CASE(another_clients_contact_sees_no_milestone)
{
    struct scene scene;
    struct milestone milestone;
    struct milestone_dependencies both;
    struct page page;
    scene_set(&scene, *state, NULL);
    struct subject subject = {scene.milestones[0].id};
    struct list_milestones query = {.page.limit = 3, .engagement_id = scene.engagement.id};
    assert_result(scene.stage,
                  act(&scene, scene.stranger, &show_milestone_operation, 0, &milestone),
                  ERROR_NOT_FOUND);
    assert_result(scene.stage,
                  stage_perform(scene.stage, scene.stranger, &show_milestone_dependencies_operation,
                                &subject, &both),
                  ERROR_NOT_FOUND);
    assert_result(
        scene.stage,
        stage_perform(scene.stage, scene.stranger, &list_milestones_operation, &query, &page),
        ERROR_NOT_FOUND);
    assert_result(scene.stage, act(&scene, scene.viewer, &show_milestone_operation, 0, &milestone),
                  OK);
}

STAGE_RUN(T(milestones_are_listed_in_the_order_of_the_plan), T(dependencies_are_shown_both_ways),
          T(a_milestone_starts_when_it_is_ready), T(each_state_allows_its_own_step_only),
          T(nothing_starts_while_the_engagement_rests), T(a_start_at_another_version_is_stale),
          T(only_who_delivers_starts_and_reworks), T(another_clients_contact_sees_no_milestone))
