#include "action/api_token.h"

#include "../check.h"
#include "../stage.h"
#include "action/secret.h"
#include "action/user.h"
#include "base/day.h"
#include "store/idempotency.h"
#include "store/person.h"

static struct user robot(struct stage *stage, const char *email)
{
    struct create_user in = {.user = {.email = email, .name = "Robot", .role = USER_FINANCE}};
    struct user user;
    assert_result(stage,
                  stage_perform(stage, stage_user(USER_OWNER), &create_user_operation, &in, &user),
                  OK);
    return user;
}

static enum error create(struct stage *stage, struct id user_id, struct api_token *token)
{
    static const char *scopes[] = {"read", "write"};
    struct api_token in = {
        .name = "bookkeeping",
        .user_id = user_id,
        .scopes = {scopes, 2},
        .expires_at = STAGE_NOW_MS + DAY_MS,
    };
    return stage_perform(stage, stage_user(USER_OWNER), &create_api_token_operation, &in, token);
}

struct lookup {
    const char *secret;
    struct api_token token;
    bool found;
};

static enum error look_up(struct call *call, const void *input, void *output, struct fault *fault)
{
    struct lookup *lookup = output;
    struct hash hash;
    (void)input;
    assert_true(secret_read(lookup->secret, &call->store.company, &hash));
    return find_api_token(&call->store, hash, &lookup->token, &lookup->found, fault);
}

static struct lookup find_by_secret(struct stage *stage, const char *secret)
{
    static const struct operation operation = {
        .name = "look_up", .permission = PERMIT_READ, .run = look_up};
    struct lookup lookup = {.secret = secret};
    assert_result(stage, stage_perform(stage, stage_user(USER_OWNER), &operation, NULL, &lookup),
                  OK);
    return lookup;
}

CASE(a_token_opens_with_the_secret_that_its_answer_told)
{
    struct stage *stage = *state;
    struct user user = robot(stage, "one@acme.example");
    struct api_token token;
    assert_result(stage, create(stage, user.id, &token), OK);
    assert_non_null(token.secret);
    struct lookup lookup = find_by_secret(stage, token.secret);
    assert_true(lookup.found);
    assert_true(id_equal(lookup.token.id, token.id));
    assert_true(id_equal(lookup.token.user_id, user.id));
    assert_int_equal(lookup.token.scopes.count, 2);
    assert_null(lookup.token.secret);
}

CASE(the_list_never_tells_a_secret)
{
    struct stage *stage = *state;
    struct user user = robot(stage, "two@acme.example");
    struct api_token token;
    struct list_api_tokens query;
    struct page page;
    assert_result(stage, create(stage, user.id, &token), OK);
    shape_init(list_api_tokens_operation.in, &query);
    query.user_id = user.id;
    assert_result(
        stage,
        stage_perform(stage, stage_user(USER_OWNER), &list_api_tokens_operation, &query, &page),
        OK);
    assert_int_equal(page.items.count, 1);
    assert_null(LIST_AT(struct api_token, page.items, 0)->secret);
    assert_true(id_equal(LIST_AT(struct api_token, page.items, 0)->id, token.id));
}

/* What was kept under the key of a write. */
static enum error find_kept(struct call *call, const void *input, void *output, struct fault *fault)
{
    bool found;
    enum error error = find_idempotency(&call->store, call->actor.id, input, output, &found, fault);
    assert_true(error || found);
    return error;
}

CASE(an_answer_that_is_given_again_tells_no_secret)
{
    struct stage *stage = *state;
    static const struct operation finding = {
        .name = "find_kept", .permission = PERMIT_READ, .run = find_kept};
    static const char *scopes[] = {"read"};
    struct user user = robot(stage, "three@acme.example");
    struct api_token in = {.name = "keyed",
                           .user_id = user.id,
                           .scopes = {scopes, 1},
                           .expires_at = STAGE_NOW_MS + DAY_MS};
    struct api_token token;
    struct idempotency kept = {0};
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    call.actor = stage_user(USER_OWNER);
    call.idempotency_key = "key-1";
    call.request_hash = hash_bytes("request", 7);
    assert_result(stage,
                  perform_writing(&call, stage->writer, stage->reading, &create_api_token_operation,
                                  &in, &token, &stage->fault),
                  OK);
    assert_non_null(token.secret);
    assert_result(
        stage, stage_perform(stage, stage_user(USER_OWNER), &finding, (void *)"key-1", &kept), OK);
    assert_non_null(strstr(kept.response, "\"keyed\""));
    assert_non_null(strstr(kept.response, "\"secret\":null"));
    assert_null(strstr(kept.response, token.secret));
}

CASE(a_token_is_for_oneself_unless_another_user_is_named)
{
    struct stage *stage = *state;
    struct user owner = robot(stage, "four@acme.example");
    static const char *scopes[] = {"admin"};
    struct api_token in = {
        .name = "mine", .scopes = {scopes, 1}, .expires_at = STAGE_NOW_MS + DAY_MS};
    struct api_token token;
    struct actor actor = stage_user(USER_OWNER);
    actor.id = owner.id;
    assert_result(stage, stage_perform(stage, actor, &create_api_token_operation, &in, &token), OK);
    assert_true(id_equal(token.user_id, owner.id));
    in.user_id = id_make(1, 2, 3);
    assert_result(stage, stage_perform(stage, actor, &create_api_token_operation, &in, &token),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "user_id");
}

CASE(a_token_that_lasts_too_long_or_may_nothing_is_refused)
{
    struct stage *stage = *state;
    static const char *scopes[] = {"read"};
    struct api_token in = {
        .name = "long", .scopes = {scopes, 1}, .expires_at = STAGE_NOW_MS + INT64_C(367) * DAY_MS};
    struct api_token token;
    struct actor owner = stage_user(USER_OWNER);
    assert_result(stage, stage_perform(stage, owner, &create_api_token_operation, &in, &token),
                  ERROR_OUT_OF_RANGE);
    assert_string_equal(stage->fault.field, "expires_at");
    in.expires_at = STAGE_NOW_MS + DAY_MS;
    in.scopes.count = 0;
    assert_result(stage, stage_perform(stage, owner, &create_api_token_operation, &in, &token),
                  ERROR_INVALID);
    assert_string_equal(stage->fault.field, "scopes");
}

CASE(a_disabled_user_gets_no_token)
{
    struct stage *stage = *state;
    struct user user = robot(stage, "five@acme.example");
    struct subject in = {user.id};
    struct api_token token;
    assert_result(stage,
                  stage_perform(stage, stage_user(USER_OWNER), &disable_user_operation, &in, &user),
                  OK);
    assert_result(stage, create(stage, user.id, &token), ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "user_id");
}

CASE(a_token_is_revoked_once_and_for_good)
{
    struct stage *stage = *state;
    struct user user = robot(stage, "six@acme.example");
    struct actor owner = stage_user(USER_OWNER);
    struct api_token token;
    assert_result(stage, create(stage, user.id, &token), OK);
    const char *secret = token.secret;
    struct subject in = {token.id};
    assert_result(stage, stage_perform(stage, owner, &revoke_api_token_operation, &in, &token), OK);
    assert_int_equal(token.revoked_at, STAGE_NOW_MS);
    assert_int_equal(find_by_secret(stage, secret).token.revoked_at, STAGE_NOW_MS);
    assert_result(stage, stage_perform(stage, owner, &revoke_api_token_operation, &in, &token),
                  ERROR_WRONG_STATE);
    assert_string_equal(stage->fault.field, "revoked_at");
}

CASE(only_owners_deal_with_tokens)
{
    struct stage *stage = *state;
    stage_assert_only(stage, &list_api_tokens_operation, ROLE_OWNER);
    stage_assert_only(stage, &create_api_token_operation, ROLE_OWNER);
    stage_assert_only(stage, &revoke_api_token_operation, ROLE_OWNER);
}

CASE(a_token_without_the_scope_admin_makes_no_tokens)
{
    struct stage *stage = *state;
    struct actor token = stage_user(USER_OWNER);
    token.may_administer = false;
    assert_result(stage, stage_perform(stage, token, &create_api_token_operation, NULL, NULL),
                  ERROR_FORBIDDEN);
}

STAGE_RUN(T(a_token_opens_with_the_secret_that_its_answer_told), T(the_list_never_tells_a_secret),
          T(an_answer_that_is_given_again_tells_no_secret),
          T(a_token_is_for_oneself_unless_another_user_is_named),
          T(a_token_that_lasts_too_long_or_may_nothing_is_refused),
          T(a_disabled_user_gets_no_token), T(a_token_is_revoked_once_and_for_good),
          T(only_owners_deal_with_tokens), T(a_token_without_the_scope_admin_makes_no_tokens))
