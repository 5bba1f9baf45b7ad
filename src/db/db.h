/* Statements on a database, SQLite or PostgreSQL, behind one small face. Knows statements and no
 * billing; nobody outside src/db/ can ask which database is open.
 *
 * One SQL text serves both. Parameters are written $1, $2 … numbered by first appearance (the
 * build makes them from :names), so that both databases bind them alike.
 *
 * A session is one connection and belongs to one thread at a time. A writing session runs inside
 * db_begin … db_commit. Changes return no rows and may be *deferred*: the session may send them
 * without waiting (PostgreSQL's pipeline) and report their failure at the next db_select or at
 * db_commit. After any error inside a transaction only db_rollback is allowed.
 *
 * Errors of all functions: ERROR_STORAGE (disk full, I/O error, read-only), ERROR_UNAVAILABLE (no
 * connection, out of memory there), ERROR_RETRY (another transaction got in between: run again),
 * ERROR_CONFLICT (a unique or foreign key or check constraint refused it), ERROR_INTERNAL (a
 * statement that the database does not take, or a count of changed rows that is not as expected).
 */
#ifndef WAYMARK_DB_DB_H
#define WAYMARK_DB_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"

/* ---- values -------------------------------------------------------------------------------- */

enum value_kind {
    VALUE_INTEGER = 1, /* 64-bit; booleans, days, moments and amounts are integers */
    VALUE_TEXT,        /* UTF-8 without NUL */
    VALUE_BYTES,
    VALUE_ID, /* struct id: uuid on PostgreSQL, 16-byte blob on SQLite */
};

/* A null still has a kind, which PostgreSQL needs to know its type. The bytes are borrowed. */
struct value {
    enum value_kind kind;
    bool is_null;
    int64_t integer;
    const void *bytes; /* text (size without NUL), bytes, or the 16 bytes of an id */
    size_t size;
};

struct value value_integer(int64_t integer);
struct value value_text(const char *text); /* NULL gives a null */
struct value value_bytes(const void *bytes, size_t size);
struct value value_id(const struct id *id); /* NULL or the none id gives a null */
struct value value_null(enum value_kind kind);

/* ---- statements ---------------------------------------------------------------------------- */

/* A statement's text and the names of its parameters by number. Lives as long as the sessions
 * that use it: its address is its identity in their caches of prepared statements. */
struct statement {
    const char *name; /* for messages and logs: "invoice_open_by_client" */
    const char *sql;
    const char *const *parameters; /* names, [0] is $1 */
    size_t parameter_count;
};

/* ---- sessions ------------------------------------------------------------------------------ */

/* How many writers are worth having side by side: each owns a lane (db/writer.h). */
int db_lane_count(const char *url);

struct db_session;

enum db_mode {
    DB_READ = 1, /* read only; sees a snapshot between db_begin and db_commit */
    DB_WRITE,    /* the one that writes: at most one open per lane (db/writer.h) */
};

/* url is "sqlite:PATH" or "postgres://…" (as libpq takes it, "postgresql://…" too). lane numbers a
 * writer: on PostgreSQL each transaction of a writing session first takes the advisory lock of its
 * lane, so that a transaction is as if alone among those of its lane, over all processes. */
enum error db_open(const char *url, enum db_mode mode, int lane, struct db_session **session,
                   struct fault *fault) WARN_UNUSED;
void db_close(struct db_session *session);

enum error db_begin(struct db_session *session, struct fault *fault) WARN_UNUSED;

/* Makes it durable. On an error nothing of the transaction remains, with one exception: after
 * ERROR_UNAVAILABLE it is not known (the server did not come back to tell, or the disk neither
 * confirms the transaction nor takes it back). */
enum error db_commit(struct db_session *session, struct fault *fault) WARN_UNUSED;

/* Always leaves the session outside a transaction and usable, or broken so that the next
 * db_begin reports ERROR_UNAVAILABLE or reconnects. */
void db_rollback(struct db_session *session);

/* Counts the connections that the session has had: another number than before tells that what was
 * read earlier may be of a server that has since been replaced. */
unsigned db_connection(const struct db_session *session);

/* Whether a statement of this transaction failed, so that only db_rollback is left. */
bool db_has_failed(const struct db_session *session);

/* Runs an INSERT, UPDATE or DELETE. expected is the count of rows that must change, or DB_ANY.
 * May be deferred: the values' bytes need only live until it returns. */
enum { DB_ANY = -1 };
enum error db_change(struct db_session *session, const struct statement *statement,
                     const struct value *values, size_t value_count, int64_t expected,
                     struct fault *fault) WARN_UNUSED;

/* Runs a SELECT. *rows is owned by the session until db_rows_end, which must be called before the
 * next statement. */
struct db_rows;
enum error db_select(struct db_session *session, const struct statement *statement,
                     const struct value *values, size_t value_count, struct db_rows **rows,
                     struct fault *fault) WARN_UNUSED;

/* Asks for the rows of a SELECT ahead: they come together with those of others in one round trip,
 * those of the same statement at the price of one, and db_select with the same values finds them
 * until the end of the transaction. Returns whether they are there already. Only where db_can_ask:
 * in a session that reads, on a database that is a round trip away. */
bool db_can_ask(const struct db_session *session);
bool db_ask(struct db_session *session, const struct statement *statement,
            const struct value *values, size_t value_count);

/* Waits until all that was asked for is there. */
enum error db_await_asked(struct db_session *session, struct fault *fault) WARN_UNUSED;

/* Steps to the next row; *more tells whether there is one. */
enum error db_rows_next(struct db_rows *rows, bool *more, struct fault *fault) WARN_UNUSED;
size_t db_rows_column_count(const struct db_rows *rows);
const char *db_rows_column_name(const struct db_rows *rows, size_t column);

/* The present row's value, read as kind. Bytes are valid until the next step. */
struct value db_rows_value(const struct db_rows *rows, size_t column, enum value_kind kind);
void db_rows_end(struct db_rows *rows);

/* Runs a script of statements separated by ';' without parameters (schema steps, settings),
 * inside the open transaction. */
enum error db_script(struct db_session *session, const char *sql, struct fault *fault) WARN_UNUSED;

/* Prepares without running, outside a transaction: what the test of every statement calls. */
enum error db_check(struct db_session *session, const struct statement *statement,
                    struct fault *fault) WARN_UNUSED;

/* Translates the type words of a schema text (ID, INTEGER, TEXT, BYTES) and table options to the
 * database's own. Text in the arena. */
const char *db_schema_text(const struct db_session *session, const char *sql, struct arena *arena);

/* To be called when the schema has changed, outside a transaction: tells SQLite's planner what
 * sizes to expect (sqlite_plans.h). PostgreSQL counts on its own. */
enum error db_settle_plans(struct db_session *session, struct fault *fault) WARN_UNUSED;

/* Housekeeping when there is nothing else to do: SQLite moves its log into the database when it
 * has grown past a mark (force: in any case). PostgreSQL does this on its own. */
void db_idle(struct db_session *session, bool force);

/* Bytes that the database holds on disk; 0 if not known. */
int64_t db_size_bytes(struct db_session *session);

/* A consistent copy of an embedded database at path, where no file may be, taken while others read
 * and write. session reads and is outside a transaction.
 * progress(context, done, total) is called now and then. ERROR_UNSUPPORTED_MEDIA on PostgreSQL,
 * whose own tools do this. */
enum error db_backup(struct db_session *session, const char *path,
                     void (*progress)(void *context, int64_t done, int64_t total), void *context,
                     struct fault *fault) WARN_UNUSED;

#endif
