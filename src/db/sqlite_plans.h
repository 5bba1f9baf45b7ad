/* How SQLite chooses its indexes. Without figures it takes every table for a small one and may walk
 * all rows of a company where an index names the few that are wanted. ANALYZE would count what is
 * there today, which is nothing in a new database. So each index is given the figures of a large
 * installation, and the plans are the same from the first row on. */
#ifndef WAYMARK_DB_SQLITE_PLANS_H
#define WAYMARK_DB_SQLITE_PLANS_H

#include <sqlite3.h>

/* Writes the figures when they are not those of the present indexes, and has the connection use
 * them; others do when they open next. Outside a transaction. Returns a result of SQLite. */
int sqlite_settle_plans(sqlite3 *connection);

#endif
