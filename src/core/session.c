#include "core/session.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"
#include "core/code.h"
#include "core/fields.h"

static const struct field session_fields[] = {
    FIELD(struct session, token_hash, HASH, .flags = REQUIRED | SECRET),
    FIELD(struct session, actor_kind, CHOICE, .flags = REQUIRED, .choices = &actor_kind_choices),
    FIELD(struct session, actor_id, ID, .flags = REQUIRED),
    FIELD(struct session, csrf_hash, HASH, .flags = REQUIRED | SECRET),
    FIELD(struct session, created_at, MOMENT, .flags = REQUIRED),
    FIELD(struct session, expires_at, MOMENT, .flags = REQUIRED),
};
const struct shape session_shape = SHAPE("session", struct session, session_fields);

static const struct field api_token_fields[] = {
    ID_FIELD(struct api_token),
    VERSION_FIELD(struct api_token),
    FIELD(struct api_token, name, TEXT, .flags = REQUIRED),
    FIELD(struct api_token, secret, TEXT, .flags = NOT_STORED | SHOWN_ONCE),
    FIELD(struct api_token, token_hash, HASH, .flags = REQUIRED | FIXED | SECRET),
    FIELD(struct api_token, user_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct api_token, scopes, TEXTS, .flags = FIXED, .limit = 3),
    FIELD(struct api_token, created_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct api_token, expires_at, MOMENT, .flags = REQUIRED),
    FIELD(struct api_token, revoked_at, MOMENT, OPTIONAL),
};
const struct shape api_token_shape = SHAPE("api_token", struct api_token, api_token_fields);

static bool is_scope(const char *text)
{
    return strcmp(text, "read") == 0 || strcmp(text, "write") == 0 || strcmp(text, "admin") == 0;
}

static enum error check_scopes(const struct texts *scopes, struct fault *fault)
{
    char field[32];
    if (scopes->count == 0)
        return refuse(fault, ERROR_INVALID, "scopes", "name at least one of read, write and admin");
    for (size_t i = 0; i < scopes->count; i++) {
        struct texts before = {scopes->texts, i};
        snprintf(field, sizeof field, "scopes/%zu", i);
        if (!is_scope(scopes->texts[i]))
            return refuse(fault, ERROR_INVALID, field, "must be one of: read, write, admin");
        if (texts_hold(&before, scopes->texts[i]))
            return refuse(fault, ERROR_INVALID, field, "is named twice");
    }
    return OK;
}

enum error api_token_check(const struct api_token *token, int64_t now_ms, struct fault *fault)
{
    int64_t latest = now_ms + (int64_t)TOKEN_DAYS_LIMIT * DAY_MS;
    if (token->expires_at <= now_ms || token->expires_at > latest)
        return refuse(fault, ERROR_OUT_OF_RANGE, "expires_at",
                      "must be after now and within %d days", TOKEN_DAYS_LIMIT);
    return check_scopes(&token->scopes, fault);
}

enum error api_token_revoke(struct api_token *token, int64_t now_ms, struct fault *fault)
{
    if (token->revoked_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, "revoked_at", "this token is revoked already");
    token->revoked_at = now_ms;
    return OK;
}

static const struct field login_link_fields[] = {
    FIELD(struct login_link, token_hash, HASH, .flags = REQUIRED | SECRET),
    FIELD(struct login_link, contact_id, ID, .flags = REQUIRED),
    FIELD(struct login_link, created_at, MOMENT, .flags = REQUIRED),
    FIELD(struct login_link, expires_at, MOMENT, .flags = REQUIRED),
    FIELD(struct login_link, used_at, MOMENT, OPTIONAL),
};
const struct shape login_link_shape = SHAPE("login_link", struct login_link, login_link_fields);
