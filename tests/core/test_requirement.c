#include "core/requirement.h"

#include "base/limits.h"
#include "sample.h"

static struct requirement *at(struct list *list, size_t i)
{
    return LIST_AT(struct requirement, *list, i);
}

CASE(codes_are_numbered_on_and_never_used_again)
{
    struct arena *arena = arena_new();
    struct list list = sample_requirements(arena);
    assert_string_equal(requirement_next_code(arena, &list), "R3");
    at(&list, 1)->state = REQUIREMENT_WITHDRAWN;
    assert_string_equal(requirement_next_code(arena, &list), "R3");
    assert_string_equal(requirement_next_code(arena, &(struct list){0}), "R1");
    arena_free(arena);
}

CASE(criteria_without_a_code_are_numbered_on)
{
    struct arena *arena = arena_new();
    struct requirement earlier = sample_requirement(arena, "R3", TEXTS("R3.1", "R3.4"));
    struct requirement next = sample_requirement(arena, "R3", TEXTS("R3.1", NULL, "Q9", ""));
    requirement_number_criteria(arena, &next, &(struct list){&earlier, 1});
    static const char *const expected[] = {"R3.1", "R3.5", "Q9", "R3.6"};
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(LIST_AT(struct criterion, next.criteria, i)->code, expected[i]);
    arena_free(arena);
}

CASE(a_revision_supersedes_the_one_before_and_is_not_confirmed)
{
    struct arena *arena = arena_new();
    struct requirement current = sample_requirement(arena, "R1", TEXTS("Q1"));
    current.confirmed_at = SAMPLE_NOON;
    struct requirement next = current;
    next.text = "It also prints well";
    struct fault fault = {0};
    ALLOWED(requirement_revise(&current, &next, &fault));
    assert_int_equal(current.state, REQUIREMENT_SUPERSEDED);
    assert_int_equal(next.state, REQUIREMENT_CURRENT);
    assert_int_equal(next.revision, 2);
    assert_string_equal(next.code, "R1");
    assert_int_equal(next.confirmed_at, 0);
    REFUSED(requirement_revise(&current, &next, &fault), ERROR_WRONG_STATE, "state");
    assert_string_equal(fault.detail, "the requirement is superseded and cannot be revised");
    arena_free(arena);
}

CASE(a_withdrawn_requirement_stays_withdrawn)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct requirement requirement = sample_requirement(arena, "R1", TEXTS("Q1"));
    ALLOWED(requirement_withdraw(&requirement, &fault));
    REFUSED(requirement_withdraw(&requirement, &fault), ERROR_WRONG_STATE, "state");
    arena_free(arena);
}

CASE(codes_of_requirements_and_criteria_are_unique)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct list list = sample_requirements(arena);
    struct requirement fresh = sample_requirement(arena, "R3", TEXTS("Q6"));
    ALLOWED(requirement_check(&fresh, &list, &fault));
    fresh.code = "R1";
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_CONFLICT, "code");
    fresh = sample_requirement(arena, "R3", TEXTS("Q6", "Q5"));
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_CONFLICT, "criteria/1/code");
    fresh = sample_requirement(arena, "R3", TEXTS("Q6", "Q6"));
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_CONFLICT, "criteria/1/code");
    fresh = sample_requirement(arena, "R 3", TEXTS("Q6"));
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_INVALID, "code");
    fresh = sample_requirement(arena, "R3", TEXTS("Q 6"));
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_INVALID, "criteria/0/code");
    fresh = sample_requirement(arena, "R3", TEXTS("Q6"));
    fresh.text = "";
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_INVALID, "text");
    fresh = sample_requirement(arena, "R3", TEXTS("Q6"));
    fresh.priority = 0;
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_INVALID, "priority");
    fresh = sample_requirement(arena, "R3", TEXTS("Q6"));
    LIST_AT(struct criterion, fresh.criteria, 0)->text = NULL;
    REFUSED(requirement_check(&fresh, &list, &fault), ERROR_INVALID, "criteria/0/text");
    arena_free(arena);
}

CASE(a_revision_may_keep_its_criteria)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct list list = sample_requirements(arena);
    struct requirement next = *at(&list, 0);
    next.revision = 2;
    ALLOWED(requirement_check(&next, &list, &fault));
    at(&list, 1)->state = REQUIREMENT_WITHDRAWN; /* its criteria are free again */
    next.criteria = at(&list, 1)->criteria;
    ALLOWED(requirement_check(&next, &list, &fault));
    arena_free(arena);
}

CASE(the_set_hash_depends_on_what_is_asked_for_and_on_nothing_else)
{
    struct arena *arena = arena_new();
    struct list list = sample_requirements(arena);
    struct hash hash = requirement_set_hash(arena, &list);
    at(&list, 0)->confirmed_at = 5;
    at(&list, 0)->version = 9;
    struct requirement swap = *at(&list, 0);
    *at(&list, 0) = *at(&list, 1);
    *at(&list, 1) = swap;
    assert_true(hash_equal(hash, requirement_set_hash(arena, &list)));
    LIST_AT(struct criterion, at(&list, 0)->criteria, 0)->measure = "at least 90%";
    assert_false(hash_equal(hash, requirement_set_hash(arena, &list)));
    arena_free(arena);
}

CASE(the_client_confirms_what_it_was_shown)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct list list = sample_requirements(arena);
    struct requirement_confirmation confirmation = {0};
    struct hash shown = requirement_set_hash(arena, &list);
    assert_false(requirement_set_is_confirmed(arena, &list, NULL));
    ALLOWED(
        requirement_confirm(arena, &list, shown, sample_id(7), SAMPLE_NOON, &confirmation, &fault));
    assert_int_equal(confirmation.requirement_count, 2);
    assert_true(id_equal(confirmation.contact_id, sample_id(7)));
    assert_int_equal(at(&list, 1)->confirmed_at, SAMPLE_NOON);
    assert_true(requirement_set_is_confirmed(arena, &list, &confirmation));
    arena_free(arena);
}

CASE(a_set_that_changed_since_it_was_shown_is_not_confirmed)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct list list = sample_requirements(arena);
    struct requirement_confirmation confirmation = {0};
    struct hash shown = requirement_set_hash(arena, &list);
    at(&list, 0)->text = "Something else";
    REFUSED(
        requirement_confirm(arena, &list, shown, sample_id(7), SAMPLE_NOON, &confirmation, &fault),
        ERROR_STALE, "set_hash");
    assert_int_equal(at(&list, 0)->confirmed_at, 0);
    REFUSED(requirement_confirm(arena, &(struct list){0}, shown, sample_id(7), SAMPLE_NOON,
                                &confirmation, &fault),
            ERROR_WRONG_STATE, "requirements");
    arena_free(arena);
}

CASE(withdrawing_a_requirement_needs_a_new_confirmation)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct list list = sample_requirements(arena);
    struct requirement_confirmation confirmation = {0};
    ALLOWED(requirement_confirm(arena, &list, requirement_set_hash(arena, &list), sample_id(7),
                                SAMPLE_NOON, &confirmation, &fault));
    ALLOWED(requirement_withdraw(at(&list, 0), &fault));
    assert_false(requirement_set_is_confirmed(arena, &list, &confirmation));
    ALLOWED(requirement_withdraw(at(&list, 1), &fault));
    assert_true(requirement_set_is_confirmed(arena, &list, NULL)); /* nothing is left to confirm */
    arena_free(arena);
}

CASE(milestones_may_name_the_current_criteria)
{
    struct arena *arena = arena_new();
    struct list list = sample_requirements(arena);
    at(&list, 0)->state = REQUIREMENT_WITHDRAWN;
    struct texts codes = requirement_criteria(arena, &list);
    assert_int_equal(codes.count, 3);
    assert_string_equal(codes.texts[0], "Q3");
    arena_free(arena);
}

/* The set is read, confirmed and signed as a whole. */
CASE(there_is_room_for_so_many_requirements_and_no_more)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    struct requirement *rows = arena_array(arena, LIST_LIMIT, sizeof *rows);
    for (int i = 0; i < LIST_LIMIT; i++)
        rows[i] = sample_requirement(arena, arena_format(arena, "R%d", i + 1), (struct texts){0});
    struct list list = {rows, LIST_LIMIT};
    struct requirement next = sample_requirement(arena, "N1", TEXTS("N1.1"));
    REFUSED(requirement_check(&next, &list, &fault), ERROR_OUT_OF_RANGE, "requirements");
    list.count--;
    ALLOWED(requirement_check(&next, &list, &fault));
    char *long_text = arena_alloc(arena, SCOPE_LIMIT + 1);
    memset(long_text, 'x', SCOPE_LIMIT);
    rows[0].text = long_text;
    REFUSED(requirement_check(&next, &list, &fault), ERROR_OUT_OF_RANGE, "requirements");
    arena_free(arena);
}

RUN(T(there_is_room_for_so_many_requirements_and_no_more),
    T(codes_are_numbered_on_and_never_used_again), T(criteria_without_a_code_are_numbered_on),
    T(a_revision_supersedes_the_one_before_and_is_not_confirmed),
    T(a_withdrawn_requirement_stays_withdrawn), T(codes_of_requirements_and_criteria_are_unique),
    T(a_revision_may_keep_its_criteria),
    T(the_set_hash_depends_on_what_is_asked_for_and_on_nothing_else),
    T(the_client_confirms_what_it_was_shown),
    T(a_set_that_changed_since_it_was_shown_is_not_confirmed),
    T(withdrawing_a_requirement_needs_a_new_confirmation),
    T(milestones_may_name_the_current_criteria))
