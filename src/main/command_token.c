#include <stdio.h>
#include <string.h>

#include "action/api_token.h"
#include "base/day.h"
#include "main/commands.h"
#include "main/desk.h"
#include "main/show.h"

/* ---- listing ------------------------------------------------------------------------------- */

static enum error list_tokens(struct desk *desk, const char *email, struct list *tokens,
                              struct fault *fault)
{
    struct list_api_tokens query = {0};
    struct user user;
    if (email) {
        enum error error = desk_find_user(desk, email, &user, fault);
        if (error)
            return error;
        query.user_id = user.id;
    }
    return desk_list(desk, &list_api_tokens_operation, &query, tokens, fault);
}

enum error command_token_list(struct command_call *call, struct fault *fault)
{
    const struct show show = {
        .shape = &api_token_shape,
        .columns = (const char *const[]){"id", "name", "scopes", "expires_at", "revoked_at",
                                         "user_id", NULL},
        .is_json = command_switch(call, "json"),
    };
    const char *email = command_flag(call, "user");
    struct desk desk;
    struct list tokens;
    enum error error = command_arguments(call, 1, 1, fault);
    if (!error)
        error = desk_open(call, HOUSE_READS, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = list_tokens(&desk, email, &tokens, fault);
    desk_close(&desk);
    if (!error)
        show_rows(call->arena, &show, &tokens);
    return error;
}

/* ---- making -------------------------------------------------------------------------------- */

struct new_token {
    struct api_token token;
    int64_t days;
};

static const struct field new_token_fields[] = {
    FIELD(struct new_token, days, INTEGER, .minimum = 1, .maximum = TOKEN_DAYS_LIMIT),
};
static const struct shape new_token_shape = SHAPE("new_token", struct new_token, new_token_fields);

/* Only as many as there are scopes: the operation checks each. */
static enum error split_scopes(const struct command_call *call, const char *text,
                               struct texts *scopes, struct fault *fault)
{
    const struct field *field = shape_field(create_api_token_operation.in, "scopes", NULL);
    char *rest = arena_text(call->arena, text);
    scopes->texts = arena_array(call->arena, field->limit, sizeof *scopes->texts);
    while (rest) {
        if (scopes->count == field->limit)
            return refuse(fault, ERROR_OUT_OF_RANGE, "scopes", "at most %zu", field->limit);
        scopes->texts[scopes->count++] = strsep(&rest, ",");
    }
    return OK;
}

static enum error read_new_token(struct command_call *call, struct new_token *new_token,
                                 struct fault *fault)
{
    const char *name = command_flag(call, "name");
    const char *scopes = command_flag(call, "scopes");
    const char *days = command_flag(call, "days");
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = command_member(call, create_api_token_operation.in, "name", name, &new_token->token,
                               fault);
    if (!error)
        error = split_scopes(call, scopes ? scopes : "read,write", &new_token->token.scopes, fault);
    if (!error)
        error =
            command_member(call, &new_token_shape, "days", days ? days : "90", new_token, fault);
    return error;
}

static enum error make_token(struct desk *desk, const char *email, struct new_token *new_token,
                             struct api_token *token, struct fault *fault)
{
    struct user user;
    enum error error = desk_find_user(desk, email, &user, fault);
    if (error)
        return error;
    new_token->token.user_id = user.id;
    new_token->token.expires_at = clock_now_ms(&desk->house.clock) + new_token->days * DAY_MS;
    return desk_perform(desk, &create_api_token_operation, &new_token->token, token, fault);
}

/* The secret alone goes to standard output, for a script to take. */
enum error command_token_add(struct command_call *call, struct fault *fault)
{
    struct new_token new_token = {0};
    struct api_token token;
    struct desk desk;
    enum error error = read_new_token(call, &new_token, fault);
    if (!error)
        error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = make_token(&desk, call->arguments[1], &new_token, &token, fault);
    desk_close(&desk);
    if (error)
        return error;
    puts(token.secret);
    fputs("keep this token: it is not shown again\n", stderr);
    return OK;
}

/* ---- ending -------------------------------------------------------------------------------- */

enum error command_token_revoke(struct command_call *call, struct fault *fault)
{
    struct subject in = {0};
    struct api_token token;
    struct desk desk;
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = command_member(call, revoke_api_token_operation.in, "token_id", call->arguments[1],
                               &in, fault);
    if (!error)
        error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_perform(&desk, &revoke_api_token_operation, &in, &token, fault);
    desk_close(&desk);
    if (!error)
        printf("token %s is revoked\n", token.name);
    return error;
}
