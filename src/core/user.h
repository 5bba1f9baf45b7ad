/* A user is a person of the agency who signs in with a password. */
#ifndef WAYMARK_CORE_USER_H
#define WAYMARK_CORE_USER_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

struct user {
    struct id id;
    int64_t version;
    const char *email; /* lower case; unique in the company */
    const char *name;
    enum user_role role;
    const char *password_hash; /* argon2id; none until the first password is set */
    int64_t disabled_at;
    int64_t created_at;
};
extern const struct shape user_shape; /* table user_account: "user" is a word of SQL */

/* The three ways that a user's rights change. A company always keeps an owner who is active: owners
 * is how many are now, this one included. Errors: ERROR_WRONG_STATE, field "role" or "disabled_at".
 */
enum error user_change_role(struct user *user, enum user_role role, int64_t owners,
                            struct fault *fault) WARN_UNUSED;
enum error user_disable(struct user *user, int64_t owners, int64_t now_ms,
                        struct fault *fault) WARN_UNUSED;
enum error user_enable(struct user *user, struct fault *fault) WARN_UNUSED;

#endif
