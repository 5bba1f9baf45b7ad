/* The organisations and people that the agency works for. */
#ifndef WAYMARK_ACTION_CLIENT_H
#define WAYMARK_ACTION_CLIENT_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/client.h"
#include "store/list.h"

struct list_clients {
    struct page_query page;
    const char *name_contains; /* in either case of its ASCII letters */
    const char *country;
    const char *currency;
};

extern const struct operation list_clients_operation;
extern const struct operation show_client_operation;
extern const struct operation create_client_operation;
extern const struct operation change_client_operation;

#endif
