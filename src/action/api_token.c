#include "action/api_token.h"

#include "action/secret.h"
#include "base/limits.h"
#include "core/user.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_api_tokens),
    FIELD(struct list_api_tokens, user_id, ID, .flags = FROM_QUERY),
};
static const struct shape list_shape =
    SHAPE("list_api_tokens", struct list_api_tokens, list_fields);

static const struct shape page_shape = PAGE_SHAPE("api_token_page", api_token_shape);

static const struct listing tokens = {
    .shape = &api_token_shape,
    .sorts = (const char *const[]){"name", "expires_at", NULL},
};

static enum error list_api_tokens(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    return store_page(&call->store, &tokens, &list_shape, input, output, fault);
}

const struct operation list_api_tokens_operation = {
    .name = "list_api_tokens",
    .permission = PERMIT_MANAGE_USERS,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_api_tokens,
};

/* ---- making and revoking ------------------------------------------------------------------- */

static const struct field create_fields[] = {
    FIELD(struct api_token, name, TEXT, .flags = REQUIRED),
    FIELD(struct api_token, user_id, ID),
    FIELD(struct api_token, scopes, TEXTS, .flags = REQUIRED, .limit = 3),
    FIELD(struct api_token, expires_at, MOMENT, .flags = REQUIRED),
};
static const struct shape create_shape = SHAPE("create_api_token", struct api_token, create_fields);

static enum error load_bearer(struct call *call, struct id id, struct fault *fault)
{
    struct user user;
    enum error error = load_row(call, &user_shape, id, &user, fault);
    if (error == ERROR_NOT_FOUND)
        return refuse(fault, ERROR_INVALID, "user_id", "there is no such user");
    if (!error && user.disabled_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, "user_id", "this user is disabled");
    return error;
}

static enum error create_api_token(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct api_token *in = input;
    struct api_token *token = output;
    *token = *in;
    if (id_is_none(token->user_id))
        token->user_id = call->actor.id;
    enum error error = api_token_check(token, call->now_ms, fault);
    if (!error)
        error = load_bearer(call, token->user_id, fault);
    if (error)
        return error;
    token->id = call_id(call);
    token->secret = secret_make(call->arena, call->store.company, &token->token_hash);
    token->created_at = call->now_ms;
    happened(call, "api_token.created", token->id, (struct id){0});
    return insert_row(call, &api_token_shape, token, fault);
}

const struct operation create_api_token_operation = {
    .name = "create_api_token",
    .permission = PERMIT_MANAGE_USERS,
    .writes = true,
    .in = &create_shape,
    .out = &api_token_shape,
    .run = create_api_token,
};

static const struct shape subject_shape = SUBJECT_SHAPE(token_id);

static enum error revoke_api_token(struct call *call, const void *input, void *output,
                                   struct fault *fault)
{
    const struct subject *in = input;
    struct api_token *token = output;
    enum error error = load_subject(call, &api_token_shape, in->id, token, fault);
    if (!error)
        error = api_token_revoke(token, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "api_token.revoked", token->id, (struct id){0});
    return save_row(call, &api_token_shape, token, fault);
}

const struct operation revoke_api_token_operation = {
    .name = "revoke_api_token",
    .permission = PERMIT_MANAGE_USERS,
    .writes = true,
    .in = &subject_shape,
    .out = &api_token_shape,
    .run = revoke_api_token,
};
