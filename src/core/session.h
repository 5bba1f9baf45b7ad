/* What lets people and programs in: sessions of the portal, API tokens, one-time links. Only hashes
 * of the secrets are kept. */
#ifndef WAYMARK_CORE_SESSION_H
#define WAYMARK_CORE_SESSION_H

#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

struct session {
    struct hash token_hash;
    enum actor_kind actor_kind; /* user or contact */
    struct id actor_id;
    struct hash csrf_hash;
    int64_t created_at;
    int64_t expires_at;
};
extern const struct shape session_shape;

struct api_token {
    struct id id;
    int64_t version;
    const char *name;   /* what it is for */
    const char *secret; /* the token itself, in the answer that made it and never again */
    struct hash token_hash;
    struct id user_id;   /* it may at most what the user may */
    struct texts scopes; /* "read", "write", "admin" */
    int64_t created_at;
    int64_t expires_at;
    int64_t revoked_at;
};
extern const struct shape api_token_shape;

enum { TOKEN_DAYS_LIMIT = 366 };

/* Holds a new token to its rules: scopes, each known and named once, and an end within
 * TOKEN_DAYS_LIMIT days. ERROR_INVALID, ERROR_OUT_OF_RANGE. */
enum error api_token_check(const struct api_token *token, int64_t now_ms,
                           struct fault *fault) WARN_UNUSED;

/* ERROR_WRONG_STATE, field "revoked_at", if it is already. */
enum error api_token_revoke(struct api_token *token, int64_t now_ms,
                            struct fault *fault) WARN_UNUSED;

struct login_link {
    struct hash token_hash;
    struct id contact_id;
    int64_t created_at;
    int64_t expires_at;
    int64_t used_at;
};
extern const struct shape login_link_shape;

#endif
