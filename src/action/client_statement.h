/* What a client owes and has to its credit, for both sides. */
#ifndef WAYMARK_ACTION_CLIENT_STATEMENT_H
#define WAYMARK_ACTION_CLIENT_STATEMENT_H

#include "action/operation.h"
#include "core/client_statement.h"

extern const struct operation show_client_statement_operation; /* struct subject */

/* With the rows that it is made of. In the arena. */
enum error load_statement(struct call *call, struct id client_id, struct client_rows *rows,
                          struct client_statement *statement, struct fault *fault) WARN_UNUSED;

#endif
