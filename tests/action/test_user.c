#include "action/user.h"

#include "../check.h"
#include "../stage.h"
#include "action/session.h"
#include "store/person.h"

static struct actor owner(void)
{
    return stage_user(USER_OWNER);
}

static struct user hire(struct stage *stage, const char *email, enum user_role role,
                        const char *password)
{
    struct create_user in = {.user = {.email = email, .name = "Someone", .role = role},
                             .password = password};
    struct user user;
    assert_result(stage, stage_perform(stage, owner(), &create_user_operation, &in, &user), OK);
    return user;
}

/* The user as the one who acts. */
static struct actor as(const struct user *user)
{
    struct actor actor = stage_user(user->role);
    actor.id = user->id;
    return actor;
}

static enum error sign_in(struct stage *stage, const char *email, const char *password)
{
    struct sign_in in = {.company = "acme", .email = email, .password = password};
    struct session_view view;
    return stage_perform(stage, stage_nobody(), &sign_in_operation, &in, &view);
}

static enum error act_on(struct stage *stage, const struct operation *operation, struct id id,
                         struct user *user)
{
    struct subject in = {id};
    return stage_perform(stage, owner(), operation, &in, user);
}

static struct user olga(struct stage *stage)
{
    struct list_users query;
    struct page page;
    shape_init(list_users_operation.in, &query);
    query.role = USER_OWNER;
    assert_result(stage, stage_perform(stage, owner(), &list_users_operation, &query, &page), OK);
    assert_true(page.items.count > 0);
    return *LIST_AT(struct user, page.items, 0);
}

/* ---- coming -------------------------------------------------------------------------------- */

CASE(a_new_user_signs_in_whatever_the_case_of_the_address)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "Sally.Sales@Acme.example", USER_SALES, STAGE_PASSWORD);
    assert_string_equal(user.email, "sally.sales@acme.example");
    assert_int_equal(user.version, 1);
    assert_result(stage, sign_in(stage, "SALLY.sales@acme.example", STAGE_PASSWORD), OK);
}

CASE(one_address_is_one_user)
{
    struct stage *stage = *state;
    struct create_user in = {
        .user = {.email = "OLGA@acme.example", .name = "O", .role = USER_SALES}};
    struct user user;
    assert_result(stage, stage_perform(stage, owner(), &create_user_operation, &in, &user),
                  ERROR_CONFLICT);
    assert_string_equal(stage->fault.field, "email");
}

CASE(a_wrong_address_or_short_password_is_refused)
{
    struct stage *stage = *state;
    struct create_user in = {.user = {.email = "nobody", .name = "N", .role = USER_SALES}};
    struct user user;
    assert_result(stage, stage_perform(stage, owner(), &create_user_operation, &in, &user),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "email");
    in.user.email = "nora@acme.example";
    in.password = "short";
    assert_result(stage, stage_perform(stage, owner(), &create_user_operation, &in, &user),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "password");
}

CASE(a_user_without_password_cannot_sign_in_until_an_owner_sets_one)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "late@acme.example", USER_DELIVERY, NULL);
    assert_result(stage, sign_in(stage, "late@acme.example", STAGE_PASSWORD),
                  ERROR_UNAUTHENTICATED);
    struct set_password in = {.id = user.id, .password = STAGE_PASSWORD};
    assert_result(stage, stage_perform(stage, owner(), &set_password_operation, &in, &user), OK);
    assert_int_equal(user.version, 2);
    assert_result(stage, sign_in(stage, "late@acme.example", STAGE_PASSWORD), OK);
}

/* ---- reading ------------------------------------------------------------------------------- */

CASE(users_are_listed_by_role_and_in_order_of_name)
{
    struct stage *stage = *state;
    struct list_users query;
    struct page page;
    hire(stage, "aud1@acme.example", USER_AUDITOR, NULL);
    hire(stage, "aud2@acme.example", USER_AUDITOR, NULL);
    shape_init(list_users_operation.in, &query);
    query.role = USER_AUDITOR;
    query.page.sort = "-email";
    query.page.limit = 1;
    struct actor auditor = stage_user(USER_AUDITOR);
    assert_result(stage, stage_perform(stage, auditor, &list_users_operation, &query, &page), OK);
    assert_int_equal(page.items.count, 1);
    assert_string_equal(LIST_AT(struct user, page.items, 0)->email, "aud2@acme.example");
    query.page.cursor = page.next_cursor;
    assert_result(stage, stage_perform(stage, auditor, &list_users_operation, &query, &page), OK);
    assert_string_equal(LIST_AT(struct user, page.items, 0)->email, "aud1@acme.example");
    assert_null(page.next_cursor);
}

/* 2026-11-28: PostgreSQL refused the bytes, and the answer was an internal error. */
CASE(a_cursor_with_bytes_that_are_no_text_is_refused)
{
    struct stage *stage = *state;
    struct list_users query;
    struct page page;
    shape_init(list_users_operation.in, &query);
    query.page.sort = "name"; /* "name 01557700-0000-7000-8000-000000000000 \xff" */
    query.page.cursor = "bmFtZSAwMTU1NzcwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDAg/w==";
    assert_result(stage, stage_perform(stage, owner(), &list_users_operation, &query, &page),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "cursor");
}

CASE(a_user_that_is_not_there_is_not_found)
{
    struct stage *stage = *state;
    struct user user;
    assert_result(stage, act_on(stage, &show_user_operation, id_make(1, 2, 3), &user),
                  ERROR_NOT_FOUND);
}

/* ---- changing ------------------------------------------------------------------------------ */

CASE(name_and_role_change_and_the_address_does_not)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "change@acme.example", USER_SALES, NULL);
    struct user in = {.id = user.id, .name = "Renamed", .role = USER_FINANCE};
    assert_result(stage, stage_perform_at(stage, owner(), 7, &change_user_operation, &in, &user),
                  ERROR_STALE);
    assert_result(stage, stage_perform_at(stage, owner(), 1, &change_user_operation, &in, &user),
                  OK);
    assert_string_equal(user.name, "Renamed");
    assert_int_equal(user.role, USER_FINANCE);
    assert_string_equal(user.email, "change@acme.example");
    assert_int_equal(user.version, 2);
}

CASE(the_last_owner_can_be_neither_disabled_nor_demoted)
{
    struct stage *stage = *state;
    struct user user = olga(stage);
    struct user in = {.id = user.id, .name = user.name, .role = USER_SALES};
    assert_result(stage, act_on(stage, &disable_user_operation, user.id, &user), ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "disabled_at");
    assert_result(stage, stage_perform(stage, owner(), &change_user_operation, &in, &user),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "role");
    user = olga(stage);
    assert_int_equal(user.version, 1);

    struct user second = hire(stage, "second@acme.example", USER_OWNER, NULL);
    assert_result(stage, act_on(stage, &disable_user_operation, user.id, &user), OK);
    assert_result(stage, act_on(stage, &disable_user_operation, second.id, &second),
                  ERROR_WRONG_STATE);
    assert_result(stage, act_on(stage, &enable_user_operation, user.id, &user), OK);
    assert_result(stage, act_on(stage, &disable_user_operation, second.id, &second), OK);
}

static enum error count_sessions(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct statement *statement = tables_statement(
        call->store.tables, "sessions",
        "SELECT count(*) FROM session WHERE company = :company AND actor_id = :id");
    return store_count(&call->store, statement, PARAMS({"id", value_id(input)}), output, fault);
}

static int64_t sessions_of(struct stage *stage, struct id id)
{
    static const struct operation operation = {
        .name = "count_sessions", .permission = PERMIT_READ, .run = count_sessions};
    int64_t count;
    assert_result(stage, stage_perform(stage, owner(), &operation, &id, &count), OK);
    return count;
}

CASE(disabling_ends_sessions_and_keeps_out)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "gone@acme.example", USER_SALES, STAGE_PASSWORD);
    assert_result(stage, sign_in(stage, "gone@acme.example", STAGE_PASSWORD), OK);
    assert_int_equal(sessions_of(stage, user.id), 1);
    assert_result(stage, act_on(stage, &disable_user_operation, user.id, &user), OK);
    assert_int_equal(user.disabled_at, STAGE_NOW_MS);
    assert_int_equal(sessions_of(stage, user.id), 0);
    assert_result(stage, sign_in(stage, "gone@acme.example", STAGE_PASSWORD),
                  ERROR_UNAUTHENTICATED);
    assert_result(stage, act_on(stage, &disable_user_operation, user.id, &user), ERROR_WRONG_STATE);
    assert_result(stage, act_on(stage, &enable_user_operation, user.id, &user), OK);
    assert_result(stage, sign_in(stage, "gone@acme.example", STAGE_PASSWORD), OK);
}

/* ---- passwords ----------------------------------------------------------------------------- */

static const char other_password[] = "another long password";

static struct stage *racing_stage;
static struct user racing_user;

/* Shuts the user out between the look at the password and the turn to write. */
static enum error compare_and_lose(struct call *call, void *input, struct fault *fault)
{
    struct user out;
    enum error error = sign_in_operation.prepare(call, input, fault);
    if (!error)
        assert_result(racing_stage,
                      act_on(racing_stage, &disable_user_operation, racing_user.id, &out), OK);
    return error;
}

CASE(who_is_shut_out_while_signing_in_does_not_get_in)
{
    struct stage *stage = racing_stage = *state;
    struct operation racing = sign_in_operation;
    struct sign_in in = {
        .company = "acme", .email = "racing@acme.example", .password = STAGE_PASSWORD};
    struct session_view view;
    racing.prepare = compare_and_lose;
    racing_user = hire(stage, "racing@acme.example", USER_SALES, STAGE_PASSWORD);
    assert_result(stage, stage_perform(stage, stage_nobody(), &racing, &in, &view),
                  ERROR_UNAUTHENTICATED);
}

CASE(ones_own_password_changes_with_the_old_one)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "own@acme.example", USER_AUDITOR, STAGE_PASSWORD);
    struct set_password in = {.id = user.id, .password = other_password};
    assert_result(stage, sign_in(stage, "own@acme.example", STAGE_PASSWORD), OK);
    assert_result(stage, stage_perform(stage, as(&user), &set_password_operation, &in, &user),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "old_password");
    in.old_password = "not the old password";
    assert_result(stage, stage_perform(stage, as(&user), &set_password_operation, &in, &user),
                  ERROR_INVALID);
    in.old_password = STAGE_PASSWORD;
    assert_result(stage, stage_perform(stage, as(&user), &set_password_operation, &in, &user), OK);
    assert_int_equal(sessions_of(stage, user.id), 0);
    assert_result(stage, sign_in(stage, "own@acme.example", STAGE_PASSWORD), ERROR_UNAUTHENTICATED);
    assert_result(stage, sign_in(stage, "own@acme.example", other_password), OK);
}

CASE(trying_out_old_passwords_is_slowed_down)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "tried@acme.example", USER_SALES, STAGE_PASSWORD);
    struct set_password in = {.id = user.id, .old_password = "a guess", .password = other_password};
    enum error error = OK;
    for (int i = 0; i < 11; i++)
        error = stage_perform(stage, as(&user), &set_password_operation, &in, &user);
    assert_int_equal(error, ERROR_RATE_LIMITED);
}

CASE(only_an_owner_sets_the_password_of_another)
{
    struct stage *stage = *state;
    struct user user = hire(stage, "other@acme.example", USER_SALES, STAGE_PASSWORD);
    struct set_password in = {
        .id = user.id, .old_password = STAGE_PASSWORD, .password = other_password};
    for (enum user_role role = USER_SALES; role <= USER_AUDITOR; role++)
        assert_result(stage,
                      stage_perform(stage, stage_user(role), &set_password_operation, &in, &user),
                      ERROR_FORBIDDEN);
    struct actor token = owner();
    token.may_administer = false;
    assert_result(stage, stage_perform(stage, token, &set_password_operation, &in, &user),
                  ERROR_FORBIDDEN);
    in.old_password = NULL;
    assert_result(stage, stage_perform(stage, owner(), &set_password_operation, &in, &user), OK);
}

CASE(a_new_password_is_long_enough)
{
    struct stage *stage = *state;
    struct user user = olga(stage);
    struct set_password in = {.id = user.id, .password = "elevenchars"};
    assert_result(stage, stage_perform(stage, owner(), &set_password_operation, &in, &user),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "password");
}

/* ---- who may ------------------------------------------------------------------------------- */

CASE(only_owners_manage_users_and_only_the_agency_sees_them)
{
    struct stage *stage = *state;
    static const struct operation *const managing[] = {
        &create_user_operation,
        &change_user_operation,
        &disable_user_operation,
        &enable_user_operation,
    };
    static const struct operation *const reading[] = {
        &list_users_operation,
        &show_user_operation,
        &set_password_operation,
    };
    unsigned agency = ROLE_OWNER | ROLE_SALES | ROLE_DELIVERY | ROLE_FINANCE | ROLE_AUDITOR;
    for (size_t i = 0; i < sizeof managing / sizeof *managing; i++)
        stage_assert_only(stage, managing[i], ROLE_OWNER);
    for (size_t i = 0; i < sizeof reading / sizeof *reading; i++)
        stage_assert_only(stage, reading[i], agency);
}

STAGE_RUN(T(a_new_user_signs_in_whatever_the_case_of_the_address), T(one_address_is_one_user),
          T(a_wrong_address_or_short_password_is_refused),
          T(a_user_without_password_cannot_sign_in_until_an_owner_sets_one),
          T(users_are_listed_by_role_and_in_order_of_name),
          T(a_cursor_with_bytes_that_are_no_text_is_refused),
          T(a_user_that_is_not_there_is_not_found),
          T(name_and_role_change_and_the_address_does_not),
          T(the_last_owner_can_be_neither_disabled_nor_demoted),
          T(disabling_ends_sessions_and_keeps_out),
          T(who_is_shut_out_while_signing_in_does_not_get_in),
          T(ones_own_password_changes_with_the_old_one), T(trying_out_old_passwords_is_slowed_down),
          T(only_an_owner_sets_the_password_of_another), T(a_new_password_is_long_enough),
          T(only_owners_manage_users_and_only_the_agency_sees_them))
