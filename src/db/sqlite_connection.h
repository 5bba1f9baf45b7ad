/* A connection to SQLite with our settings, and what its errors mean. */
#ifndef WAYMARK_DB_SQLITE_CONNECTION_H
#define WAYMARK_DB_SQLITE_CONNECTION_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/error.h"

/* Opens the database at path; one that writes makes it if it is not there. On an error, too,
 * *connection is the caller's to close, or NULL. */
enum error sqlite_connect(const char *path, bool writes, sqlite3 **connection,
                          struct fault *fault) WARN_UNUSED;

/* The connection's last failure as one of ours. what: the statement's name, or the path. */
enum error sqlite_failed(sqlite3 *connection, const char *what, struct fault *fault);

#endif
