#include <stdio.h>

#include "action/link.h"
#include "action/user.h"
#include "main/commands.h"
#include "main/desk.h"
#include "main/show.h"

enum error command_user_list(struct command_call *call, struct fault *fault)
{
    const struct show show = {
        .shape = &user_shape,
        .columns = (const char *const[]){"email", "name", "role", "disabled_at", "id", NULL},
        .is_json = command_switch(call, "json"),
    };
    const char *role = command_flag(call, "role");
    struct list_users query = {0};
    struct desk desk;
    struct list users;
    enum error error = command_arguments(call, 1, 1, fault);
    if (!error)
        error = command_member(call, list_users_operation.in, "role", role, &query, fault);
    if (!error)
        error = desk_open(call, HOUSE_READS, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_list(&desk, &list_users_operation, &query, &users, fault);
    desk_close(&desk);
    if (!error)
        show_rows(call->arena, &show, &users);
    return error;
}

/* ---- adding -------------------------------------------------------------------------------- */

static enum error read_new_user(struct command_call *call, struct create_user *in,
                                struct fault *fault)
{
    const struct shape *shape = create_user_operation.in;
    const char *role = command_flag(call, "role");
    const char *name = command_flag(call, "name");
    const char *password = NULL;
    enum error error = command_arguments(call, 2, 2, fault);
    if (error)
        return error;
    const char *email = call->arguments[1];
    error = command_member(call, shape, "email", email, in, fault);
    if (!error)
        error = command_member(call, shape, "name", name ? name : email, in, fault);
    if (!error)
        error = command_member(call, shape, "role", role, in, fault);
    if (!error)
        error = command_password(call, &password, fault);
    if (!error && *password)
        error = command_member(call, shape, "password", password, in, fault);
    return error;
}

enum error command_user_add(struct command_call *call, struct fault *fault)
{
    struct create_user in = {0};
    struct user user;
    struct desk desk;
    enum error error = read_new_user(call, &in, fault);
    if (!error)
        error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_perform(&desk, &create_user_operation, &in, &user, fault);
    desk_close(&desk);
    if (!error)
        printf("user %s is added as %s\n", user.email,
               choice_name(&user_role_choices, (int)user.role));
    return error;
}

/* ---- one that is there --------------------------------------------------------------------- */

enum error command_user_password(struct command_call *call, struct fault *fault)
{
    struct set_password in = {0};
    struct user user;
    struct desk desk;
    const char *password;
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = command_password(call, &password, fault);
    if (!error)
        error = command_member(call, set_password_operation.in, "password", password, &in, fault);
    if (!error)
        error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_find_user(&desk, call->arguments[1], &user, fault);
    in.id = user.id;
    if (!error)
        error = desk_perform(&desk, &set_password_operation, &in, &user, fault);
    desk_close(&desk);
    if (!error)
        printf("user %s has a new password\n", user.email);
    return error;
}

/* An operation that takes the user alone. */
static enum error change_user(struct command_call *call, const struct operation *operation,
                              const char *done, struct fault *fault)
{
    struct user user;
    struct desk desk;
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_find_user(&desk, call->arguments[1], &user, fault);
    struct subject in = {user.id};
    if (!error)
        error = desk_perform(&desk, operation, &in, &user, fault);
    desk_close(&desk);
    if (!error)
        printf("user %s is %s\n", user.email, done);
    return error;
}

enum error command_user_disable(struct command_call *call, struct fault *fault)
{
    return change_user(call, &disable_user_operation, "disabled", fault);
}

enum error command_user_enable(struct command_call *call, struct fault *fault)
{
    return change_user(call, &enable_user_operation, "enabled", fault);
}

/* ---- a client's contact -------------------------------------------------------------------- */

enum error command_link(struct command_call *call, struct fault *fault)
{
    struct make_link_for in = {0};
    struct link_view view;
    struct desk desk;
    enum error error = command_arguments(call, 2, 2, fault);
    if (!error)
        error = command_member(call, make_link_for_operation.in, "email", call->arguments[1], &in,
                               fault);
    if (!error)
        error = desk_open(call, HOUSE_WRITES, call->arguments[0], &desk, fault);
    if (error)
        return error;
    error = desk_perform(&desk, &make_link_for_operation, &in, &view, fault);
    desk_close(&desk);
    if (!error)
        puts(view.url);
    return error;
}
