/* API tokens: what programs enter with. A token acts as its user, less what its scopes leave out
 * (api/guard.c). Its text is told once, by the answer that made it. */
#ifndef WAYMARK_ACTION_API_TOKEN_H
#define WAYMARK_ACTION_API_TOKEN_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/session.h"
#include "store/list.h"

struct list_api_tokens {
    struct page_query page;
    struct id user_id;
};

extern const struct operation list_api_tokens_operation;

/* For the user who asks, or another that it names. */
extern const struct operation create_api_token_operation;

extern const struct operation revoke_api_token_operation;

#endif
