/* Engagements at a glance. */
#include "action/engagement.h"
#include "action/overview.h"

#include "billing.h"

static struct page overviews_for(struct stage *stage, struct actor actor)
{
    struct list_engagements in = {.page.limit = 20};
    struct page page;
    assert_result(stage, stage_perform(stage, actor, &list_overviews_operation, &in, &page), OK);
    return page;
}

static const struct overview *only_overview(const struct page *page)
{
    assert_int_equal(page->items.count, 1);
    return LIST_AT(struct overview, page->items, 0);
}

CASE(until_the_contract_is_signed_there_is_no_position_and_no_budget)
{
    struct scenario scenario;
    scenario_client(&scenario, *state);
    scenario_engagement(&scenario);
    struct page page = overviews_for(scenario.stage, scenario_contact(&scenario, CONTACT_APPROVER));
    const struct overview *overview = only_overview(&page);
    assert_true(id_equal(overview->engagement->id, scenario.engagement.id));
    assert_int_equal(overview->milestones->items.count, 0);
    assert_null(overview->position);
    assert_null(overview->budget);
}

CASE(what_is_signed_is_seen_with_what_is_done_and_paid_when)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    struct submission submission = scene_submit(&scene, 0);
    scene_accept(&scene, 0, &submission);
    struct page page = overviews_for(scene.stage, scene.viewer);
    const struct overview *overview = only_overview(&page);
    assert_int_equal(overview->milestones->items.count, SCENE_MILESTONES);
    const struct milestone *first = LIST_AT(struct milestone, overview->milestones->items, 0);
    assert_string_equal(first->code, "M1");
    assert_true(milestone_is_accepted(first));
    assert_int_equal(overview->position->accepted_minor, NET);
    assert_int_equal(overview->budget->outstanding_minor, TOTAL);
    assert_int_equal(overview->budget->events.count, SCENE_MILESTONES);
}

CASE(a_stranger_sees_no_overview)
{
    struct scene scene;
    scene_set(&scene, *state, NULL);
    assert_int_equal(overviews_for(scene.stage, scene.stranger).items.count, 0);
}

STAGE_RUN(T(until_the_contract_is_signed_there_is_no_position_and_no_budget),
          T(what_is_signed_is_seen_with_what_is_done_and_paid_when), T(a_stranger_sees_no_overview))
