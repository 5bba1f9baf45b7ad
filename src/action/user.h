/* The agency's own people. Whoever is disabled is out at once: sessions end, tokens no longer open
 * anything. */
#ifndef WAYMARK_ACTION_USER_H
#define WAYMARK_ACTION_USER_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/user.h"
#include "store/list.h"

struct list_users {
    struct page_query page;
    enum user_role role;
};

/* Without a password the user cannot sign in yet; an owner sets one later. */
struct create_user {
    struct user user;
    const char *password;
};

/* One's own with the old one, another's as owner. All the user's sessions end. */
struct set_password {
    struct id id;
    const char *old_password;
    const char *password;
    const char *password_hash; /* made while preparing */
    int64_t version;           /* of the user whose old password was right */
};

extern const struct operation list_users_operation;
extern const struct operation show_user_operation;
extern const struct operation create_user_operation;
extern const struct operation change_user_operation;
extern const struct operation disable_user_operation;
extern const struct operation enable_user_operation;
extern const struct operation set_password_operation;

#endif
