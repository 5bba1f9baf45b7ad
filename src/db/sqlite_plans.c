#include "db/sqlite_plans.h"

#include <stdbool.h>
#include <stddef.h>

/* A million rows; ten thousand of a company; half of these of a kind or state; ten for what
 * another second column names, two for each further one. A partial index, of what is open, has a
 * hundredth. The form is that of sqlite_stat1.
 */
#define WANTED                                                                                     \
    "SELECT t.name AS tbl, i.name AS idx, iif(i.partial, 10000, 1000000) ||"                       \
    "       (SELECT group_concat(' ' || CASE"                                                      \
    "                 WHEN i.\"unique\" AND c.seqno = c.last THEN 1"                               \
    "                 WHEN c.name = 'company' THEN iif(i.partial, 100, 10000)"                     \
    "                 WHEN c.name IN ('kind', 'state') THEN 5000"                                  \
    "                 WHEN c.seqno < 2 THEN 10"                                                    \
    "                 ELSE 2 END, '')"                                                             \
    "          FROM (SELECT seqno, name, max(seqno) OVER () AS last"                               \
    "                  FROM pragma_index_info(i.name) ORDER BY seqno) c) AS stat"                  \
    "  FROM sqlite_schema t, pragma_index_list(t.name) i"                                          \
    " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"

static const char figures_differ[] = "SELECT 1 FROM (" WANTED " EXCEPT SELECT tbl, idx, stat"
                                     "                  FROM sqlite_stat1) LIMIT 1";

/* ANALYZE makes the table of figures, and reads it. */
static const char write_figures[] = "BEGIN;"
                                    "ANALYZE sqlite_schema;"
                                    "DELETE FROM sqlite_stat1;"
                                    "INSERT INTO sqlite_stat1 (tbl, idx, stat) " WANTED ";"
                                    "COMMIT;"
                                    "ANALYZE sqlite_schema;";

/* There is no such table before they are written for the first time. */
static bool are_settled(sqlite3 *connection)
{
    sqlite3_stmt *statement = NULL;
    bool settled =
        sqlite3_prepare_v2(connection, figures_differ, -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_DONE;
    sqlite3_finalize(statement);
    return settled;
}

int sqlite_settle_plans(sqlite3 *connection)
{
    if (are_settled(connection))
        return SQLITE_OK;
    int result = sqlite3_exec(connection, write_figures, NULL, NULL, NULL);
    if (result != SQLITE_OK && !sqlite3_get_autocommit(connection))
        sqlite3_exec(connection, "ROLLBACK", NULL, NULL, NULL);
    return result;
}
