#include "action/comment.h"

#include "../check.h"
#include "../scenario.h"
#include "../stage.h"
#include "action/requirement.h"

/* A signed contract of one milestone, and what can be spoken of. */
struct scene {
    struct scenario scenario;
    struct id where; /* the engagement */
    struct id proposal_id;
    struct id requirement_id;
    struct id milestone_id;
};

static struct id first_requirement(struct scenario *scenario)
{
    struct list_requirements query;
    struct page page;
    shape_init(list_requirements_operation.in, &query);
    query.engagement_id = scenario->engagement.id;
    assert_result(scenario->stage,
                  stage_perform(scenario->stage, scenario_owner(scenario),
                                &list_requirements_operation, &query, &page),
                  OK);
    return LIST_AT(struct requirement, page.items, 0)->id;
}

static struct scene set_scene(struct stage *stage)
{
    struct scene scene;
    scenario_signed(&scene.scenario, stage, 1);
    scene.where = scene.scenario.engagement.id;
    scene.proposal_id = scene.scenario.proposal.id;
    scene.requirement_id = first_requirement(&scene.scenario);
    scene.milestone_id = scenario_milestone(&scene.scenario, 0)->id;
    return scene;
}

static enum error say(struct stage *stage, struct actor actor, struct id engagement_id,
                      enum comment_subject kind, struct id subject_id)
{
    struct add_comment in = {
        .engagement_id = engagement_id,
        .subject_kind = kind,
        .subject_id = subject_id,
        .text = "Could this be done by May?",
    };
    struct comment comment;
    enum error error = stage_perform(stage, actor, &add_comment_operation, &in, &comment);
    if (!error)
        assert_string_equal(comment.author_name, actor.name);
    return error;
}

static enum error list(struct stage *stage, struct actor actor, struct id engagement_id,
                       struct id subject_id, struct list *comments)
{
    struct list_comments query;
    struct page page = {0};
    shape_init(list_comments_operation.in, &query);
    query.engagement_id = engagement_id;
    query.subject_id = subject_id;
    enum error error = stage_perform(stage, actor, &list_comments_operation, &query, &page);
    *comments = page.items;
    return error;
}

CASE(both_sides_speak_of_proposals_requirements_and_milestones)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage);
    struct actor carl = scenario_contact(&scene.scenario, CONTACT_VIEWER);
    struct actor ursula = stage_user(USER_DELIVERY);
    struct list comments;
    assert_result(stage, say(stage, carl, scene.where, COMMENT_ON_PROPOSAL, scene.proposal_id), OK);
    assert_result(stage, say(stage, ursula, scene.where, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  OK);
    assert_result(stage,
                  say(stage, carl, scene.where, COMMENT_ON_REQUIREMENT, scene.requirement_id), OK);
    assert_result(stage, say(stage, ursula, scene.where, COMMENT_ON_MILESTONE, scene.milestone_id),
                  OK);
    assert_int_equal(scenario_events(&scene.scenario, "comment.added"), 4);
    assert_result(stage, list(stage, ursula, scene.where, (struct id){0}, &comments), OK);
    assert_int_equal(comments.count, 4);
    assert_result(stage, list(stage, carl, scene.where, scene.proposal_id, &comments), OK);
    assert_int_equal(comments.count, 2);
    const struct comment *first = LIST_AT(struct comment, comments, 0);
    assert_int_equal(first->author_kind, ACTOR_CONTACT);
    assert_true(id_equal(first->author_id, carl.id));
    assert_string_equal(first->text, "Could this be done by May?");
}

CASE(the_other_side_is_told_what_was_said)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage);
    const struct scenario *s = &scene.scenario;
    struct actor viewer = scenario_contact(s, CONTACT_VIEWER);
    const char *const people[] = {s->contacts[CONTACT_APPROVER].email,
                                  s->contacts[CONTACT_VIEWER].email,
                                  s->contacts[CONTACT_PAYER].email};
    assert_result(
        stage, say(stage, viewer, scene.where, COMMENT_ON_REQUIREMENT, scene.requirement_id), OK);
    assert_int_equal(scenario_mails(s, s->owner.email, "Comment on requirement R1"), 1);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(scenario_mails(s, people[i], "Comment on requirement R1"), 0);
    assert_result(
        stage,
        say(stage, scenario_owner(s), scene.where, COMMENT_ON_REQUIREMENT, scene.requirement_id),
        OK);
    assert_int_equal(scenario_mails(s, people[0], "Comment on requirement R1"), 1);
    assert_int_equal(scenario_mails(s, people[1], "Comment on requirement R1"), 1);
    assert_int_equal(scenario_mails(s, people[2], "Comment on requirement R1"), 0);
    assert_int_equal(scenario_mails(s, s->owner.email, "Comment on requirement R1"), 1);
    assert_non_null(strstr(stage_mail_to(stage, people[1]), "Could this be done by May?"));
    assert_result(stage, say(stage, viewer, scene.where, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  OK);
    assert_int_equal(scenario_mails(s, s->owner.email, "Comment on revision 1 of the proposal"), 1);
}

CASE(nobody_speaks_of_what_the_client_does_not_see)
{
    struct stage *stage = *state;
    struct scenario s;
    scenario_client(&s, stage);
    scenario_engagement(&s);
    scenario_requirements(&s, 1);
    scenario_draft(&s, scenario_plan(&s, 1));
    struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(
        stage,
        say(stage, stage_user(USER_SALES), s.engagement.id, COMMENT_ON_PROPOSAL, s.proposal.id),
        ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "subject_id");
    assert_result(stage, say(stage, approver, s.engagement.id, COMMENT_ON_PROPOSAL, s.proposal.id),
                  ERROR_INVALID);
    scenario_send(&s);
    assert_result(stage, say(stage, approver, s.engagement.id, COMMENT_ON_PROPOSAL, s.proposal.id),
                  OK);
}

CASE(a_subject_belongs_to_the_engagement_and_is_of_its_kind)
{
    struct stage *stage = *state;
    struct scene here = set_scene(stage);
    struct scene there = set_scene(stage);
    struct actor ursula = stage_user(USER_OWNER);
    assert_result(stage, say(stage, ursula, here.where, COMMENT_ON_MILESTONE, there.milestone_id),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "subject_id");
    assert_result(stage, say(stage, ursula, here.where, COMMENT_ON_MILESTONE, here.proposal_id),
                  ERROR_INVALID);
    assert_result(stage,
                  say(stage, ursula, here.proposal_id, COMMENT_ON_MILESTONE, here.milestone_id),
                  ERROR_NOT_FOUND);
}

CASE(a_stranger_neither_reads_nor_speaks)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage);
    struct scene other = set_scene(stage);
    struct actor stranger = scenario_contact(&other.scenario, CONTACT_APPROVER);
    struct list comments;
    assert_result(stage, say(stage, stranger, scene.where, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  ERROR_NOT_FOUND);
    assert_result(stage, say(stage, stranger, other.where, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  ERROR_INVALID);
    assert_result(stage, list(stage, stranger, scene.where, (struct id){0}, &comments),
                  ERROR_NOT_FOUND);
}

CASE(an_auditor_only_reads)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage);
    struct list comments;
    stage_assert_only(stage, &add_comment_operation,
                      ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE | ROLE_APPROVER |
                          ROLE_PAYER | ROLE_VIEWER);
    assert_result(
        stage, list(stage, stage_user(USER_AUDITOR), scene.where, (struct id){0}, &comments), OK);
}

STAGE_RUN(T(both_sides_speak_of_proposals_requirements_and_milestones),
          T(the_other_side_is_told_what_was_said), T(nobody_speaks_of_what_the_client_does_not_see),
          T(a_subject_belongs_to_the_engagement_and_is_of_its_kind),
          T(a_stranger_neither_reads_nor_speaks), T(an_auditor_only_reads))
