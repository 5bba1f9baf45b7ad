#include "core/user.h"

#include "core/fields.h"

static const struct field user_fields[] = {
    ID_FIELD(struct user),
    VERSION_FIELD(struct user),
    FIELD(struct user, email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),
    FIELD(struct user, name, TEXT, .flags = REQUIRED),
    FIELD(struct user, role, CHOICE, .flags = REQUIRED, .choices = &user_role_choices),
    FIELD(struct user, password_hash, TEXT, .flags = SECRET),
    FIELD(struct user, disabled_at, MOMENT, OPTIONAL),
    FIELD(struct user, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape user_shape = SHAPE("user_account", struct user, user_fields);

/* Whether the company would be without an owner if this one were none any more. */
static bool is_last_owner(const struct user *user, int64_t owners)
{
    return user->role == USER_OWNER && user->disabled_at == 0 && owners <= 1;
}

enum error user_change_role(struct user *user, enum user_role role, int64_t owners,
                            struct fault *fault)
{
    if (role != USER_OWNER && is_last_owner(user, owners))
        return refuse(fault, ERROR_WRONG_STATE, "role",
                      "the last active owner stays owner; make somebody else owner first");
    user->role = role;
    return OK;
}

enum error user_disable(struct user *user, int64_t owners, int64_t now_ms, struct fault *fault)
{
    if (user->disabled_at != 0)
        return refuse(fault, ERROR_WRONG_STATE, "disabled_at", "this user is disabled already");
    if (is_last_owner(user, owners))
        return refuse(fault, ERROR_WRONG_STATE, "disabled_at",
                      "the last active owner cannot be disabled; make somebody else owner first");
    user->disabled_at = now_ms;
    return OK;
}

enum error user_enable(struct user *user, struct fault *fault)
{
    if (user->disabled_at == 0)
        return refuse(fault, ERROR_WRONG_STATE, "disabled_at", "this user is active already");
    user->disabled_at = 0;
    return OK;
}
