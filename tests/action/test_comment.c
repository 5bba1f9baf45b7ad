#include "action/comment.h"

#include "../check.h"
#include "../stage.h"
#include "core/domain.h"

/* An engagement with one row of each kind that can be spoken of. */
struct scene {
    struct id client_id;
    struct id engagement_id;
    struct id proposal_id;
    struct id requirement_id;
    struct id milestone_id;
};

static struct id fresh(void)
{
    static unsigned count;
    return id_make(STAGE_NOW_MS, 0, 1000 + ++count);
}

static void plant_proposal(struct stage *stage, const struct scene *scene, int64_t sent_at)
{
    struct contract_terms terms;
    struct plan_milestone milestone;
    struct plan plan;
    struct proposal proposal;
    shape_init(&contract_terms_shape, &terms);
    shape_init(&plan_milestone_shape, &milestone);
    shape_init(&plan_shape, &plan);
    shape_init(&proposal_shape, &proposal);
    terms.time_zone = "Europe/Berlin";
    milestone.code = "S1";
    milestone.title = "Prototype";
    milestone.tax_category = TAX_STANDARD;
    milestone.due_day = 17000;
    plan.currency = "EUR";
    plan.milestones = (struct list){&milestone, 1};
    plan.terms = &terms;
    proposal.id = scene->proposal_id;
    proposal.engagement_id = scene->engagement_id;
    proposal.revision = 1;
    proposal.state = sent_at ? PROPOSAL_SENT : PROPOSAL_DRAFT;
    proposal.plan = &plan;
    proposal.currency = "EUR";
    proposal.valid_until_day = 17000;
    proposal.sent_at = sent_at;
    proposal.created_at = STAGE_NOW_MS;
    stage_plant(stage, &proposal_shape, &proposal);
}

static void plant_requirement(struct stage *stage, const struct scene *scene)
{
    struct requirement requirement;
    shape_init(&requirement_shape, &requirement);
    requirement.id = scene->requirement_id;
    requirement.engagement_id = scene->engagement_id;
    requirement.code = "R1";
    requirement.revision = 1;
    requirement.text = "It shows all packages";
    requirement.priority = PRIORITY_MUST;
    requirement.created_at = STAGE_NOW_MS;
    stage_plant(stage, &requirement_shape, &requirement);
}

static void plant_milestone(struct stage *stage, const struct scene *scene)
{
    struct milestone milestone;
    shape_init(&milestone_shape, &milestone);
    milestone.id = scene->milestone_id;
    milestone.engagement_id = scene->engagement_id;
    milestone.contract_id = fresh();
    milestone.number = 1;
    milestone.code = "S1";
    milestone.title = "Prototype";
    milestone.currency = "EUR";
    milestone.tax_category = TAX_STANDARD;
    milestone.due_day = 17000;
    stage_plant(stage, &milestone_shape, &milestone);
}

static struct scene set_scene(struct stage *stage, int64_t sent_at)
{
    struct scene scene = {fresh(), fresh(), fresh(), fresh(), fresh()};
    struct client client = {.id = scene.client_id,
                            .name = "Client",
                            .country = "DE",
                            .currency = "EUR",
                            .time_zone = "Europe/Berlin",
                            .created_at = STAGE_NOW_MS};
    struct engagement engagement;
    shape_init(&engagement_shape, &engagement);
    engagement.id = scene.engagement_id;
    engagement.client_id = scene.client_id;
    engagement.title = "Dashboard";
    engagement.currency = "EUR";
    engagement.time_zone = "Europe/Berlin";
    engagement.state = ENGAGEMENT_PROPOSAL;
    engagement.created_at = STAGE_NOW_MS;
    stage_plant(stage, &client_shape, &client);
    stage_plant(stage, &engagement_shape, &engagement);
    plant_proposal(stage, &scene, sent_at);
    plant_requirement(stage, &scene);
    plant_milestone(stage, &scene);
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
    struct scene scene = set_scene(stage, STAGE_NOW_MS);
    struct actor carl = stage_contact(CONTACT_VIEWER, scene.client_id);
    struct actor ursula = stage_user(USER_DELIVERY);
    struct id where = scene.engagement_id;
    struct list comments;
    assert_result(stage, say(stage, carl, where, COMMENT_ON_PROPOSAL, scene.proposal_id), OK);
    assert_result(stage, say(stage, ursula, where, COMMENT_ON_PROPOSAL, scene.proposal_id), OK);
    assert_result(stage, say(stage, carl, where, COMMENT_ON_REQUIREMENT, scene.requirement_id), OK);
    assert_result(stage, say(stage, ursula, where, COMMENT_ON_MILESTONE, scene.milestone_id), OK);
    assert_result(stage, list(stage, ursula, where, (struct id){0}, &comments), OK);
    assert_int_equal(comments.count, 4);
    assert_result(stage, list(stage, carl, where, scene.proposal_id, &comments), OK);
    assert_int_equal(comments.count, 2);
    const struct comment *first = LIST_AT(struct comment, comments, 0);
    assert_int_equal(first->author_kind, ACTOR_CONTACT);
    assert_true(id_equal(first->author_id, carl.id));
    assert_string_equal(first->text, "Could this be done by May?");
}

CASE(nobody_speaks_of_what_the_client_does_not_see)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage, 0);
    struct actor carl = stage_contact(CONTACT_APPROVER, scene.client_id);
    struct id where = scene.engagement_id;
    assert_result(stage,
                  say(stage, stage_user(USER_SALES), where, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "subject_id");
    assert_result(stage, say(stage, carl, where, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  ERROR_INVALID);
}

CASE(a_subject_belongs_to_the_engagement_and_is_of_its_kind)
{
    struct stage *stage = *state;
    struct scene here = set_scene(stage, STAGE_NOW_MS);
    struct scene there = set_scene(stage, STAGE_NOW_MS);
    struct actor ursula = stage_user(USER_OWNER);
    assert_result(stage,
                  say(stage, ursula, here.engagement_id, COMMENT_ON_MILESTONE, there.milestone_id),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "subject_id");
    assert_result(stage,
                  say(stage, ursula, here.engagement_id, COMMENT_ON_MILESTONE, here.proposal_id),
                  ERROR_INVALID);
    assert_result(stage, say(stage, ursula, fresh(), COMMENT_ON_MILESTONE, here.milestone_id),
                  ERROR_NOT_FOUND);
}

CASE(a_stranger_neither_reads_nor_speaks)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage, STAGE_NOW_MS);
    struct scene other = set_scene(stage, STAGE_NOW_MS);
    struct actor stranger = stage_contact(CONTACT_APPROVER, other.client_id);
    struct list comments;
    assert_result(stage,
                  say(stage, stranger, scene.engagement_id, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  ERROR_NOT_FOUND);
    assert_result(stage,
                  say(stage, stranger, other.engagement_id, COMMENT_ON_PROPOSAL, scene.proposal_id),
                  ERROR_INVALID);
    assert_result(stage, list(stage, stranger, scene.engagement_id, (struct id){0}, &comments),
                  ERROR_NOT_FOUND);
}

CASE(an_auditor_only_reads)
{
    struct stage *stage = *state;
    struct scene scene = set_scene(stage, STAGE_NOW_MS);
    struct list comments;
    stage_assert_only(stage, &add_comment_operation,
                      ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE | ROLE_APPROVER |
                          ROLE_PAYER | ROLE_VIEWER);
    assert_result(
        stage,
        list(stage, stage_user(USER_AUDITOR), scene.engagement_id, (struct id){0}, &comments), OK);
}

STAGE_RUN(T(both_sides_speak_of_proposals_requirements_and_milestones),
          T(nobody_speaks_of_what_the_client_does_not_see),
          T(a_subject_belongs_to_the_engagement_and_is_of_its_kind),
          T(a_stranger_neither_reads_nor_speaks), T(an_auditor_only_reads))
