#include "action/user.h"

#include "action/check.h"
#include "action/limiter.h"
#include "action/password.h"
#include "base/limits.h"
#include "platform/clock.h"
#include "store/person.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_users),
    FIELD(struct list_users, role, CHOICE, .flags = FROM_QUERY, .choices = &user_role_choices),
};
static const struct shape list_shape = SHAPE("list_users", struct list_users, list_fields);

static const struct shape page_shape = PAGE_SHAPE("user_page", user_shape);

static const struct listing users = {
    .shape = &user_shape,
    .sorts = (const char *const[]){"name", "email", NULL},
};

static enum error list_users(struct call *call, const void *input, void *output,
                             struct fault *fault)
{
    return store_page(&call->store, &users, &list_shape, input, output, fault);
}

const struct operation list_users_operation = {
    .name = "list_users",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_users,
};

static const struct shape subject_shape = SUBJECT_SHAPE(user_id);

const struct operation show_user_operation = {
    .name = "show_user",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &user_shape,
};

/* ---- coming -------------------------------------------------------------------------------- */

#define OF_USER(member_, kind_, ...)                                                               \
    {                                                                                              \
        .name = #member_, .kind = FIELD_##kind_,                                                   \
        .offset = offsetof(struct create_user, user.member_), __VA_ARGS__                          \
    }

static const struct field create_fields[] = {
    OF_USER(email, TEXT, .flags = REQUIRED, .limit = EMAIL_LIMIT),
    OF_USER(name, TEXT, .flags = REQUIRED),
    OF_USER(role, CHOICE, .flags = REQUIRED, .choices = &user_role_choices),
    FIELD(struct create_user, password, TEXT, .limit = PASSWORD_LIMIT),
};
static const struct shape create_shape = SHAPE("create_user", struct create_user, create_fields);

static enum error prepare_create_user(struct call *call, void *input, struct fault *fault)
{
    struct create_user *in = input;
    enum error error = check_email(call->arena, "email", &in->user.email, fault);
    if (!error && in->password)
        error = password_hash(call->arena, in->password, &in->user.password_hash, fault);
    return error;
}

static enum error create_user(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct create_user *in = input;
    struct user *user = output;
    bool found;
    enum error error = find_user_by_email(&call->store, in->user.email, user, &found, fault);
    if (error)
        return error;
    if (found)
        return refuse(fault, ERROR_CONFLICT, "email", "another user has this address");
    *user = in->user;
    user->id = call_id(call);
    user->created_at = call->now_ms;
    happened(call, "user.created", user->id, (struct id){0});
    return insert_row(call, &user_shape, user, fault);
}

const struct operation create_user_operation = {
    .name = "create_user",
    .permission = PERMIT_MANAGE_USERS,
    .writes = true,
    .is_slow = true,
    .in = &create_shape,
    .out = &user_shape,
    .prepare = prepare_create_user,
    .run = create_user,
};

/* ---- changing ------------------------------------------------------------------------------ */

static const struct field change_fields[] = {
    ID_FROM_PATH(struct user, user_id),
    FIELD(struct user, name, TEXT, .flags = REQUIRED),
    FIELD(struct user, role, CHOICE, .flags = REQUIRED, .choices = &user_role_choices),
};
static const struct shape change_shape = SHAPE("change_user", struct user, change_fields);

/* The user that the request is about, and how many owners can act. */
static enum error load_with_owners(struct call *call, struct id id, struct user *user,
                                   int64_t *owners, struct fault *fault)
{
    enum error error = load_subject(call, &user_shape, id, user, fault);
    return error ? error : count_active_owners(&call->store, owners, fault);
}

static enum error change_user(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct user *in = input;
    struct user *user = output;
    int64_t owners;
    enum error error = load_with_owners(call, in->id, user, &owners, fault);
    if (!error)
        error = user_change_role(user, in->role, owners, fault);
    if (error)
        return error;
    user->name = in->name;
    happened(call, "user.changed", user->id, (struct id){0});
    return save_row(call, &user_shape, user, fault);
}

const struct operation change_user_operation = {
    .name = "change_user",
    .permission = PERMIT_MANAGE_USERS,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &user_shape,
    .run = change_user,
};

static enum error disable_user(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct subject *in = input;
    struct user *user = output;
    int64_t owners;
    enum error error = load_with_owners(call, in->id, user, &owners, fault);
    if (!error)
        error = user_disable(user, owners, call->now_ms, fault);
    if (error)
        return error;
    happened(call, "user.disabled", user->id, (struct id){0});
    error = save_row(call, &user_shape, user, fault);
    return error ? error : delete_sessions_of(&call->store, user->id, fault);
}

const struct operation disable_user_operation = {
    .name = "disable_user",
    .permission = PERMIT_MANAGE_USERS,
    .writes = true,
    .in = &subject_shape,
    .out = &user_shape,
    .run = disable_user,
};

static enum error enable_user(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct subject *in = input;
    struct user *user = output;
    enum error error = load_subject(call, &user_shape, in->id, user, fault);
    if (!error)
        error = user_enable(user, fault);
    if (error)
        return error;
    happened(call, "user.enabled", user->id, (struct id){0});
    return save_row(call, &user_shape, user, fault);
}

const struct operation enable_user_operation = {
    .name = "enable_user",
    .permission = PERMIT_MANAGE_USERS,
    .writes = true,
    .in = &subject_shape,
    .out = &user_shape,
    .run = enable_user,
};

/* ---- passwords ----------------------------------------------------------------------------- */

static const struct field password_fields[] = {
    ID_FROM_PATH(struct set_password, user_id),
    FIELD(struct set_password, old_password, TEXT, .limit = PASSWORD_LIMIT),
    FIELD(struct set_password, password, TEXT, .flags = REQUIRED, .limit = PASSWORD_LIMIT),
};
static const struct shape password_shape =
    SHAPE("set_password", struct set_password, password_fields);

/* Whoever found a session open must not learn the password by trying. */
static enum error check_old_password(struct call *call, const struct user *user,
                                     const char *old_password, struct fault *fault)
{
    char id[ID_TEXT_SIZE];
    struct limiter *limiter = call->app->sign_in_limiter;
    const char *key = arena_format(call->arena, "password/%s", id_format(user->id, id));
    int64_t now_ms = monotonic_ns() / 1000000;
    enum error error = limiter_check(limiter, key, now_ms, fault);
    if (error)
        return error;
    if (!old_password || !password_matches(old_password, user->password_hash)) {
        limiter_failed(limiter, key, now_ms);
        return refuse(fault, ERROR_INVALID, "old_password", "this is not your present password");
    }
    limiter_succeeded(limiter, key);
    return OK;
}

static enum error prepare_set_password(struct call *call, void *input, struct fault *fault)
{
    struct set_password *in = input;
    struct user user;
    bool is_own = call->actor.kind == ACTOR_USER && id_equal(call->actor.id, in->id);
    enum error error = is_own ? OK : policy_check(&call->actor, PERMIT_MANAGE_USERS, fault);
    if (!error)
        error = load_row(call, &user_shape, in->id, &user, fault);
    if (!error && is_own)
        error = check_old_password(call, &user, in->old_password, fault);
    if (error)
        return error;
    in->version = user.version;
    return password_hash(call->arena, in->password, &in->password_hash, fault);
}

static enum error set_password(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct set_password *in = input;
    struct user *user = output;
    enum error error = load_subject(call, &user_shape, in->id, user, fault);
    if (error)
        return error;
    if (user->version != in->version)
        return refuse(fault, ERROR_STALE, NULL, "this user has just been changed; try again");
    user->password_hash = in->password_hash;
    happened(call, "user.password_set", user->id, (struct id){0});
    error = save_row(call, &user_shape, user, fault);
    return error ? error : delete_sessions_of(&call->store, user->id, fault);
}

const struct operation set_password_operation = {
    .name = "set_password",
    .permission = PERMIT_READ_AGENCY, /* whose it may be is checked while preparing */
    .writes = true,
    .is_slow = true,
    .in = &password_shape,
    .out = &user_shape,
    .prepare = prepare_set_password,
    .run = set_password,
};
