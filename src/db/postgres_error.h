/* What PostgreSQL's error codes mean to us. */
#ifndef WAYMARK_DB_POSTGRES_ERROR_H
#define WAYMARK_DB_POSTGRES_ERROR_H

#include "base/error.h"

/* state is a SQLSTATE of five characters. */
enum error postgres_error(const char *state);

#endif
