#include "core/session.h"

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
    FIELD(struct api_token, token_hash, HASH, .flags = REQUIRED | SECRET),
    FIELD(struct api_token, user_id, ID, .flags = REQUIRED),
    FIELD(struct api_token, scopes, TEXTS, .limit = 3),
    FIELD(struct api_token, created_at, MOMENT, .flags = REQUIRED),
    FIELD(struct api_token, expires_at, MOMENT, .flags = REQUIRED),
    FIELD(struct api_token, revoked_at, MOMENT, OPTIONAL),
};
const struct shape api_token_shape = SHAPE("api_token", struct api_token, api_token_fields);

static const struct field login_link_fields[] = {
    FIELD(struct login_link, token_hash, HASH, .flags = REQUIRED | SECRET),
    FIELD(struct login_link, contact_id, ID, .flags = REQUIRED),
    FIELD(struct login_link, created_at, MOMENT, .flags = REQUIRED),
    FIELD(struct login_link, expires_at, MOMENT, .flags = REQUIRED),
    FIELD(struct login_link, used_at, MOMENT, OPTIONAL),
};
const struct shape login_link_shape = SHAPE("login_link", struct login_link, login_link_fields);
