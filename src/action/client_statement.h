/* What a client owes and has to its credit, for both sides. */
#ifndef WAYMARK_ACTION_CLIENT_STATEMENT_H
#define WAYMARK_ACTION_CLIENT_STATEMENT_H

#include "action/operation.h"

extern const struct operation show_client_statement_operation; /* struct subject */

#endif
