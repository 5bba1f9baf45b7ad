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
    FIELD(struct user, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape user_shape = SHAPE("user_account", struct user, user_fields);
