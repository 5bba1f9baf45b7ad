#include "action/contact.h"
#include "action/requirement.h"

#include "../scenario.h"

static void set_stage(struct scenario *s, void **state)
{
    scenario_client(s, *state);
    scenario_engagement(s);
}

static enum error add(const struct scenario *s, const char *code, const char *criterion_code,
                      struct requirement *out)
{
    struct criterion criteria[] = {{.code = criterion_code, .text = "in less than a second"},
                                   {.text = "on a telephone"}};
    struct requirement in = {
        .engagement_id = s->engagement.id,
        .code = code,
        .text = "Pages load fast",
        .priority = PRIORITY_MUST,
        .criteria = {criteria, 2},
    };
    enum error error =
        stage_perform(s->stage, scenario_owner(s), &add_requirement_operation, &in, out);
    assert_null(criteria[1].code); /* a body may run again: it leaves its input alone */
    return error;
}

static enum error revise(const struct scenario *s, struct id id, const char *text,
                         struct requirement *out)
{
    struct criterion criterion = {.text = "in half a second"};
    struct requirement in = {
        .id = id, .text = text, .priority = PRIORITY_SHOULD, .criteria = {&criterion, 1}};
    return stage_perform(s->stage, scenario_owner(s), &revise_requirement_operation, &in, out);
}

static void show_set(const struct scenario *s, struct requirement_set *set)
{
    struct subject subject = {s->engagement.id};
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_contact(s, CONTACT_VIEWER),
                                &show_requirement_set_operation, &subject, set),
                  OK);
}

static enum error confirm(const struct scenario *s, struct actor actor, struct hash set_hash)
{
    struct confirm_requirements in = {s->engagement.id, set_hash};
    struct requirement_confirmation out;
    return stage_perform(s->stage, actor, &confirm_requirements_operation, &in, &out);
}

static size_t count_listed(const struct scenario *s, struct list_requirements query)
{
    struct page page;
    query.page.limit = 50;
    query.engagement_id = s->engagement.id;
    assert_result(s->stage,
                  stage_perform(s->stage, scenario_contact(s, CONTACT_PAYER),
                                &list_requirements_operation, &query, &page),
                  OK);
    return page.items.count;
}

CASE(requirements_and_criteria_are_numbered_where_no_code_is_given)
{
    struct scenario s;
    struct requirement out;
    set_stage(&s, state);
    assert_result(s.stage, add(&s, NULL, NULL, &out), OK);
    assert_string_equal(out.code, "R1");
    assert_string_equal(LIST_AT(struct criterion, out.criteria, 1)->code, "R1.2");
    assert_result(s.stage, add(&s, "R7", "Q1", &out), OK);
    assert_string_equal(LIST_AT(struct criterion, out.criteria, 0)->code, "Q1");
    assert_result(s.stage, add(&s, NULL, NULL, &out), OK);
    assert_string_equal(out.code, "R8");
    assert_int_equal(scenario_events(&s, "requirement.added"), 3);
}

CASE(a_code_is_taken_once)
{
    struct scenario s;
    struct requirement out;
    set_stage(&s, state);
    assert_result(s.stage, add(&s, "R1", "Q1", &out), OK);
    assert_result(s.stage, add(&s, "R1", NULL, &out), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "code");
    assert_result(s.stage, add(&s, "R2", "Q1", &out), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "criteria/0/code");
    assert_int_equal(count_listed(&s, (struct list_requirements){0}), 1);
}

CASE(a_revision_takes_the_place_of_the_one_before)
{
    struct scenario s;
    struct requirement first, second, out;
    set_stage(&s, state);
    assert_result(s.stage, add(&s, NULL, NULL, &first), OK);
    assert_result(s.stage, revise(&s, first.id, "Pages load faster", &second), OK);
    assert_string_equal(second.code, "R1");
    assert_int_equal(second.revision, 2);
    assert_int_equal(second.version, 1);
    assert_string_equal(LIST_AT(struct criterion, second.criteria, 0)->code, "R1.3");
    scenario_load(&s, &requirement_shape, first.id, &first);
    assert_int_equal(first.state, REQUIREMENT_SUPERSEDED);
    assert_string_equal(first.text, "Pages load fast");
    assert_result(s.stage, revise(&s, first.id, "Or not", &out), ERROR_WRONG_STATE);
    assert_int_equal(count_listed(&s, (struct list_requirements){0}), 1);
    assert_int_equal(count_listed(&s, (struct list_requirements){.code = "R1"}), 2);
    assert_int_equal(count_listed(&s, (struct list_requirements){.state = REQUIREMENT_SUPERSEDED}),
                     1);
}

CASE(a_withdrawn_requirement_is_no_longer_asked_for)
{
    struct scenario s;
    struct requirement requirement, out;
    struct requirement_set set;
    set_stage(&s, state);
    assert_result(s.stage, add(&s, NULL, NULL, &requirement), OK);
    struct subject subject = {requirement.id};
    assert_result(
        s.stage,
        stage_perform(s.stage, scenario_owner(&s), &withdraw_requirement_operation, &subject, &out),
        OK);
    assert_int_equal(out.state, REQUIREMENT_WITHDRAWN);
    show_set(&s, &set);
    assert_int_equal(set.requirements.count, 0);
    assert_result(s.stage, revise(&s, requirement.id, "Back again", &out), ERROR_WRONG_STATE);
}

CASE(the_client_confirms_the_set_that_it_was_shown)
{
    struct scenario s;
    struct requirement requirement;
    struct requirement_set set;
    set_stage(&s, state);
    struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(s.stage, add(&s, NULL, NULL, &requirement), OK);
    show_set(&s, &set);
    assert_false(set.is_confirmed);
    assert_result(s.stage, confirm(&s, approver, (struct hash){{1}}), ERROR_STALE);
    assert_result(s.stage, confirm(&s, scenario_contact(&s, CONTACT_VIEWER), set.set_hash),
                  ERROR_FORBIDDEN);
    assert_result(s.stage, confirm(&s, scenario_owner(&s), set.set_hash), ERROR_FORBIDDEN);
    assert_result(s.stage, confirm(&s, approver, set.set_hash), OK);
    show_set(&s, &set);
    assert_true(set.is_confirmed);
    assert_int_equal(set.confirmed_at, STAGE_NOW_MS);
    scenario_load(&s, &requirement_shape, requirement.id, &requirement);
    assert_int_equal(requirement.confirmed_at, STAGE_NOW_MS);
    assert_true(id_equal(requirement.confirmed_by, approver.id));
    assert_int_equal(scenario_events(&s, "requirements.confirmed"), 1);
    assert_int_equal(scenario_mails(&s, s.owner.email, "Requirements confirmed"), 1);
}

static enum error send_set(struct scenario *s, struct actor actor)
{
    struct subject in = {s->engagement.id};
    return stage_perform(s->stage, actor, &send_requirements_operation, &in, NULL);
}

CASE(approvers_are_asked_while_there_is_something_to_confirm)
{
    struct scenario s;
    struct requirement requirement;
    struct requirement_set set;
    set_stage(&s, state);
    assert_result(s.stage, send_set(&s, scenario_owner(&s)), ERROR_WRONG_STATE);
    assert_result(s.stage, add(&s, NULL, NULL, &requirement), OK);
    struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
    show_set(&s, &set);
    assert_int_equal(set.asked_at, 0);
    assert_result(s.stage, send_set(&s, approver), ERROR_FORBIDDEN);
    assert_result(s.stage, send_set(&s, scenario_owner(&s)), OK);
    assert_int_equal(scenario_events(&s, "requirements.sent"), 1);
    assert_int_equal(
        scenario_mails(&s, s.contacts[CONTACT_APPROVER].email, "Please confirm the requirements"),
        1);
    show_set(&s, &set);
    assert_false(set.is_confirmed);
    assert_int_equal(set.asked_at, STAGE_NOW_MS);
    assert_result(s.stage, confirm(&s, approver, set.set_hash), OK);
    assert_result(s.stage, send_set(&s, scenario_owner(&s)), ERROR_WRONG_STATE);
    assert_result(s.stage, add(&s, NULL, NULL, &requirement), OK);
    struct subject contact = {approver.id};
    assert_result(s.stage,
                  stage_perform(s.stage, scenario_owner(&s), &disable_contact_operation, &contact,
                                &s.contacts[CONTACT_APPROVER]),
                  OK);
    assert_result(s.stage, send_set(&s, scenario_owner(&s)), ERROR_CONFLICT);
    assert_string_equal(s.stage->fault.field, "client");
}

CASE(a_revision_loses_the_confirmation_and_history_keeps_it)
{
    struct scenario s;
    struct requirement requirement;
    struct requirement_set set;
    set_stage(&s, state);
    struct actor approver = scenario_contact(&s, CONTACT_APPROVER);
    assert_result(s.stage, add(&s, NULL, NULL, &requirement), OK);
    show_set(&s, &set);
    struct hash first_hash = set.set_hash;
    assert_result(s.stage, confirm(&s, approver, first_hash), OK);
    assert_result(s.stage, revise(&s, requirement.id, "Changed", &requirement), OK);
    assert_int_equal(requirement.confirmed_at, 0);
    show_set(&s, &set);
    assert_false(set.is_confirmed);
    assert_int_equal(set.confirmed_at, 0);
    assert_result(s.stage, confirm(&s, approver, first_hash), ERROR_STALE);
    assert_result(s.stage, confirm(&s, approver, set.set_hash), OK);
    struct list_confirmations query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(
        s.stage,
        stage_perform(s.stage, approver, &list_requirement_confirmations_operation, &query, &page),
        OK);
    assert_int_equal(page.items.count, 2);
    struct requirement_confirmation *first =
        LIST_AT(struct requirement_confirmation, page.items, 0);
    assert_true(hash_equal(first->set_hash, first_hash));
    assert_int_equal(first->requirement_count, 1);
}

CASE(another_clients_people_see_and_confirm_nothing)
{
    struct scenario s, other;
    struct requirement requirement, out;
    struct requirement_set set;
    set_stage(&s, state);
    set_stage(&other, state);
    assert_result(s.stage, add(&s, NULL, NULL, &requirement), OK);
    show_set(&s, &set);
    struct actor stranger = scenario_contact(&other, CONTACT_APPROVER);
    struct subject subject = {requirement.id}, engagement = {s.engagement.id};
    struct list_requirements query = {.page.limit = 50, .engagement_id = s.engagement.id};
    struct page page;
    assert_result(s.stage, confirm(&s, stranger, set.set_hash), ERROR_NOT_FOUND);
    assert_result(s.stage,
                  stage_perform(s.stage, stranger, &show_requirement_operation, &subject, &out),
                  ERROR_NOT_FOUND);
    assert_result(
        s.stage,
        stage_perform(s.stage, stranger, &show_requirement_set_operation, &engagement, &set),
        ERROR_NOT_FOUND);
    assert_result(s.stage,
                  stage_perform(s.stage, stranger, &list_requirements_operation, &query, &page),
                  ERROR_NOT_FOUND);
}

CASE(the_scope_stands_once_a_proposal_is_accepted)
{
    struct scenario s;
    struct requirement out;
    struct requirement_set set;
    scenario_agreed(&s, *state, 1);
    assert_result(s.stage, add(&s, NULL, NULL, &out), ERROR_WRONG_STATE);
    show_set(&s, &set);
    assert_result(s.stage, confirm(&s, scenario_contact(&s, CONTACT_APPROVER), set.set_hash),
                  ERROR_WRONG_STATE);
}

STAGE_RUN(T(requirements_and_criteria_are_numbered_where_no_code_is_given), T(a_code_is_taken_once),
          T(a_revision_takes_the_place_of_the_one_before),
          T(a_withdrawn_requirement_is_no_longer_asked_for),
          T(the_client_confirms_the_set_that_it_was_shown),
          T(approvers_are_asked_while_there_is_something_to_confirm),
          T(a_revision_loses_the_confirmation_and_history_keeps_it),
          T(another_clients_people_see_and_confirm_nothing),
          T(the_scope_stands_once_a_proposal_is_accepted))
