/* The operator's desk in one company: the house open, the company found by its short name, and
 * operations performed there without a server. */
#ifndef WAYMARK_MAIN_DESK_H
#define WAYMARK_MAIN_DESK_H

#include "action/operation.h"
#include "core/user.h"
#include "main/command.h"
#include "main/house.h"
#include "store/list.h"
#include "store/person.h"

struct desk {
    struct house house;
    struct arena *arena; /* the command's: results live here */
    struct db_session *reading;
    struct company_entry company;
};

/* ERROR_NOT_FOUND if there is no such company; what house_open refuses. */
enum error desk_open(const struct command_call *call, enum house_use use, const char *slug,
                     struct desk *desk, struct fault *fault) WARN_UNUSED;
void desk_close(struct desk *desk);

/* Performs the operation as the operator. One that writes needs a desk opened for writing. */
enum error desk_perform(struct desk *desk, const struct operation *operation, void *in, void *out,
                        struct fault *fault) WARN_UNUSED;

/* All pages of an operation that lists: query is its input, whose first member is a struct
 * page_query. */
enum error desk_list(struct desk *desk, const struct operation *operation, void *query,
                     struct list *all, struct fault *fault) WARN_UNUSED;

/* ERROR_NOT_FOUND. */
enum error desk_find_user(struct desk *desk, const char *email, struct user *user,
                          struct fault *fault) WARN_UNUSED;

#endif
