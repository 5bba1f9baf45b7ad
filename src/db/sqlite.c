/* SQLite behind db.h. How the log is kept, and why only one session writes: sqlite_log.h. */
#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/must.h"
#include "db/backend.h"
#include "db/pointer_map.h"
#include "db/schema_text.h"
#include "db/sqlite_backup.h"
#include "db/sqlite_connection.h"
#include "db/sqlite_log.h"
#include "db/sqlite_plans.h"

enum { PATH_SIZE = 4096 };

struct sqlite_rows {
    struct db_rows base;
    sqlite3_stmt *statement; /* NULL when no rows are being read */
    const struct statement *source;
};

struct sqlite_session {
    struct db_session base;
    char path[PATH_SIZE];
    int lock; /* of the writer, or -1 */
    sqlite3 *connection;
    sqlite3_stmt *begin;
    sqlite3_stmt *commit;
    struct pointer_map prepared;
    struct sqlite_rows rows;
    struct sqlite_log log; /* of the writer */
};

static struct sqlite_session *sqlite_of(struct db_session *session)
{
    return (struct sqlite_session *)session;
}

static enum error failed(struct sqlite_session *session, const char *what, struct fault *fault)
{
    return sqlite_failed(session->connection, what, fault);
}

/* ---- open and close ------------------------------------------------------------------------ */

static int64_t application_id(sqlite3 *connection)
{
    sqlite3_stmt *statement = NULL;
    int64_t id = -1;
    if (sqlite3_prepare_v2(connection, "PRAGMA application_id", -1, &statement, NULL) ==
            SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW)
        id = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return id;
}

/* Takes the writer's place before SQLite sees the files. */
static enum error claim(struct sqlite_session *session, struct fault *fault)
{
    enum error error = log_claim(session->path, &session->lock, fault);
    return error ? error : log_rewrite(session->path, fault);
}

static enum error start_log(struct sqlite_session *session, struct fault *fault)
{
    if (log_watch(&session->log, session->connection) != SQLITE_OK)
        return failed(session, session->path, fault);
    int64_t id = application_id(session->connection);
    if (id == SQLITE_APPLICATION_ID)
        return OK;
    if (id != 0)
        return refuse(fault, ERROR_UNAVAILABLE, "database", "%s is not a waymark database",
                      session->path);
    session->log.doubtful = true; /* settling writes the application id */
    return log_settle(&session->log) == SQLITE_OK ? OK : failed(session, session->path, fault);
}

static enum error prepare_brackets(struct sqlite_session *session, struct fault *fault)
{
    const char *begin = session->base.mode == DB_WRITE ? "BEGIN IMMEDIATE" : "BEGIN";
    unsigned flags = SQLITE_PREPARE_PERSISTENT;
    sqlite3 *connection = session->connection;
    if (sqlite3_prepare_v3(connection, begin, -1, flags, &session->begin, NULL) != SQLITE_OK ||
        sqlite3_prepare_v3(connection, "COMMIT", -1, flags, &session->commit, NULL) != SQLITE_OK)
        return failed(session, session->path, fault);
    return OK;
}

static enum error connect(struct sqlite_session *session, struct fault *fault)
{
    bool writes = session->base.mode == DB_WRITE;
    enum error error = writes ? claim(session, fault) : OK;
    if (!error)
        error = sqlite_connect(session->path, writes, &session->connection, fault);
    if (!error && writes)
        error = start_log(session, fault);
    return error ? error : prepare_brackets(session, fault);
}

static void sqlite_close_session(struct db_session *base)
{
    struct sqlite_session *session = sqlite_of(base);
    for (size_t i = 0; i < session->prepared.size; i++)
        sqlite3_finalize(session->prepared.pairs[i].value);
    pointer_map_free(&session->prepared);
    sqlite3_finalize(session->begin);
    sqlite3_finalize(session->commit);
    if (session->log.connection)
        log_idle(&session->log, true); /* so that the next start finds nothing to recover */
    must(sqlite3_close(session->connection) == SQLITE_OK);
    if (session->lock >= 0)
        close(session->lock);
    free(session);
}

static enum error sqlite_open_session(const char *url, enum db_mode mode, int lane,
                                      struct db_session **base, struct fault *fault)
{
    (void)lane; /* one file, one writer */
    const char *path = url + strlen("sqlite:");
    if (*path == '\0' || strcmp(path, ":memory:") == 0)
        return refuse(fault, ERROR_INVALID, "database", "sqlite: wants the path of a file");
    struct sqlite_session *session = calloc(1, sizeof *session);
    must(session);
    session->base.backend = &sqlite_backend;
    session->rows.base.session = &session->base;
    session->base.mode = mode;
    session->lock = -1;
    /* "./" keeps SQLite from reading a meaning into "file:…". */
    int length =
        snprintf(session->path, sizeof session->path, "%s%s", *path == '/' ? "" : "./", path);
    enum error error = length < (int)sizeof session->path - 16
                           ? connect(session, fault)
                           : refuse(fault, ERROR_INVALID, "database", "the path is too long");
    if (error) {
        sqlite_close_session(&session->base);
        return error;
    }
    *base = &session->base;
    return OK;
}

/* ---- transactions -------------------------------------------------------------------------- */

static int run(sqlite3_stmt *statement)
{
    int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return result;
}

static enum error sqlite_begin(struct db_session *base, struct fault *fault)
{
    struct sqlite_session *session = sqlite_of(base);
    if (session->base.mode == DB_WRITE) {
        if (log_settle(&session->log) != SQLITE_OK)
            return failed(session, "the disk does not take writes", fault);
        log_relieve(&session->log);
    }
    return run(session->begin) == SQLITE_DONE ? OK : failed(session, "begin", fault);
}

static void sqlite_rollback(struct db_session *base)
{
    struct sqlite_session *session = sqlite_of(base);
    if (session->rows.statement)
        base->backend->end(&session->rows.base);
    /* After a full disk SQLite has rolled back on its own. A rollback reports an error only when
     * one was reported before. */
    if (!sqlite3_get_autocommit(session->connection))
        sqlite3_exec(session->connection, "ROLLBACK", NULL, NULL, NULL);
}

static enum error sqlite_commit(struct db_session *base, struct fault *fault)
{
    struct sqlite_session *session = sqlite_of(base);
    must(!session->rows.statement);
    if (run(session->commit) == SQLITE_DONE)
        return OK;
    enum error error = failed(session, "commit", fault);
    bool flush_failed = (sqlite3_extended_errcode(session->connection) & 0xff) == SQLITE_IOERR;
    sqlite_rollback(base);
    if (!flush_failed || session->base.mode != DB_WRITE)
        return error;
    session->log.doubtful = true;
    if (log_settle(&session->log) == SQLITE_OK)
        return error;
    return refuse(fault, ERROR_UNAVAILABLE, NULL,
                  "the disk did not confirm the last transaction, nor does it take it back");
}

/* ---- statements ---------------------------------------------------------------------------- */

static enum error prepare(struct sqlite_session *session, const struct statement *source,
                          sqlite3_stmt **statement, struct fault *fault)
{
    const char *rest = "";
    if (sqlite3_prepare_v3(session->connection, source->sql, -1, SQLITE_PREPARE_PERSISTENT,
                           statement, &rest) != SQLITE_OK)
        return failed(session, source->name, fault);
    size_t count = (size_t)sqlite3_bind_parameter_count(*statement);
    if (*statement && count == source->parameter_count && rest[strspn(rest, " \n;")] == '\0')
        return OK;
    sqlite3_finalize(*statement);
    return refuse(fault, ERROR_INTERNAL, NULL, "%s: one statement with %zu parameters expected",
                  source->name, source->parameter_count);
}

static enum error find_prepared(struct sqlite_session *session, const struct statement *source,
                                sqlite3_stmt **statement, struct fault *fault)
{
    *statement = pointer_map_find(&session->prepared, source);
    if (*statement)
        return OK;
    enum error error = prepare(session, source, statement, fault);
    if (!error)
        pointer_map_add(&session->prepared, source, *statement);
    return error;
}

static int bind(sqlite3_stmt *statement, int number, const struct value *value,
                sqlite3_destructor_type lifetime)
{
    if (value->is_null)
        return sqlite3_bind_null(statement, number);
    if (value->kind == VALUE_INTEGER)
        return sqlite3_bind_int64(statement, number, value->integer);
    if (value->kind == VALUE_TEXT)
        return sqlite3_bind_text64(statement, number, value->bytes, value->size, lifetime,
                                   SQLITE_UTF8);
    return sqlite3_bind_blob64(statement, number, value->bytes, value->size, lifetime);
}

static enum error bind_all(struct sqlite_session *session, const struct statement *source,
                           sqlite3_stmt *statement, const struct value *values,
                           sqlite3_destructor_type lifetime, struct fault *fault)
{
    for (size_t i = 0; i < source->parameter_count; i++) {
        if (bind(statement, (int)i + 1, &values[i], lifetime) != SQLITE_OK)
            return failed(session, source->name, fault);
    }
    return OK;
}

static enum error sqlite_change(struct db_session *base, const struct statement *source,
                                const struct value *values, size_t value_count, int64_t expected,
                                struct fault *fault)
{
    (void)value_count;
    struct sqlite_session *session = sqlite_of(base);
    must(!session->rows.statement);
    sqlite3_stmt *statement;
    enum error error = find_prepared(session, source, &statement, fault);
    if (!error)
        error = bind_all(session, source, statement, values, SQLITE_STATIC, fault);
    if (error)
        return error;
    int result = sqlite3_step(statement);
    if (result != SQLITE_DONE && result != SQLITE_ROW)
        error = failed(session, source->name, fault);
    sqlite3_reset(statement);
    if (error)
        return error;
    int64_t changed = sqlite3_changes64(session->connection);
    if (result == SQLITE_DONE && (expected == DB_ANY || changed == expected))
        return OK;
    return refuse(fault, ERROR_INTERNAL, NULL, "%s: %lld rows changed, not %lld", source->name,
                  (long long)changed, (long long)expected);
}

static enum error sqlite_select(struct db_session *base, const struct statement *source,
                                const struct value *values, size_t value_count,
                                struct db_rows **rows, struct fault *fault)
{
    (void)value_count;
    struct sqlite_session *session = sqlite_of(base);
    must(!session->rows.statement);
    sqlite3_stmt *statement;
    enum error error = find_prepared(session, source, &statement, fault);
    if (!error) /* copied: the rows are read when the values may be gone */
        error = bind_all(session, source, statement, values, SQLITE_TRANSIENT, fault);
    if (error)
        return error;
    session->rows.statement = statement;
    session->rows.source = source;
    *rows = &session->rows.base;
    return OK;
}

static struct sqlite_rows *rows_of(const struct db_rows *rows)
{
    must(((const struct sqlite_rows *)rows)->statement);
    return (struct sqlite_rows *)rows;
}

static enum error sqlite_next(struct db_rows *base, bool *more, struct fault *fault)
{
    struct sqlite_rows *rows = rows_of(base);
    int result = sqlite3_step(rows->statement);
    *more = result == SQLITE_ROW;
    if (result == SQLITE_ROW || result == SQLITE_DONE)
        return OK;
    return failed(sqlite_of(base->session), rows->source->name, fault);
}

static size_t sqlite_column_count(const struct db_rows *rows)
{
    return (size_t)sqlite3_column_count(rows_of(rows)->statement);
}

static const char *sqlite_column_name(const struct db_rows *rows, size_t column)
{
    return sqlite3_column_name(rows_of(rows)->statement, (int)column);
}

static struct value sqlite_value(const struct db_rows *rows, size_t column, enum value_kind kind)
{
    static const int types[] = {
        [VALUE_INTEGER] = SQLITE_INTEGER,
        [VALUE_TEXT] = SQLITE_TEXT,
        [VALUE_BYTES] = SQLITE_BLOB,
        [VALUE_ID] = SQLITE_BLOB,
    };
    sqlite3_stmt *statement = rows_of(rows)->statement;
    int number = (int)column;
    must(column < sqlite_column_count(rows));
    int type = sqlite3_column_type(statement, number);
    if (type == SQLITE_NULL)
        return value_null(kind);
    must(type == types[kind]);
    struct value value = {.kind = kind};
    if (kind == VALUE_INTEGER) {
        value.integer = sqlite3_column_int64(statement, number);
        return value;
    }
    value.bytes = kind == VALUE_TEXT ? (const void *)sqlite3_column_text(statement, number)
                                     : sqlite3_column_blob(statement, number);
    value.size = (size_t)sqlite3_column_bytes(statement, number);
    must(kind != VALUE_ID || value.size == sizeof(struct id));
    if (!value.bytes)
        value.bytes = ""; /* how SQLite gives an empty blob */
    return value;
}

static void sqlite_end(struct db_rows *base)
{
    struct sqlite_rows *rows = rows_of(base);
    sqlite3_reset(rows->statement);
    rows->statement = NULL;
}

static enum error sqlite_script(struct db_session *base, const char *sql, struct fault *fault)
{
    struct sqlite_session *session = sqlite_of(base);
    if (sqlite3_exec(session->connection, sql, NULL, NULL, NULL) != SQLITE_OK)
        return failed(session, "script", fault);
    return OK;
}

static enum error sqlite_check(struct db_session *base, const struct statement *source,
                               struct fault *fault)
{
    sqlite3_stmt *statement;
    return find_prepared(sqlite_of(base), source, &statement, fault);
}

/* ---- the rest ------------------------------------------------------------------------------ */

static const char *sqlite_schema_text(const struct db_session *session, const char *sql,
                                      struct arena *arena)
{
    (void)session;
    static const struct schema_dialect dialect = {
        .id = "BLOB",
        .integer = "INTEGER",
        .text = "TEXT",
        .text_cast = "TEXT",
        .bytes = "BLOB",
        .table_options = " STRICT, WITHOUT ROWID",
        .table_options_rowid = " STRICT",
    };
    return schema_translate(sql, &dialect, arena);
}

static enum error sqlite_settle(struct db_session *base, struct fault *fault)
{
    struct sqlite_session *session = sqlite_of(base);
    return sqlite_settle_plans(session->connection) == SQLITE_OK
               ? OK
               : failed(session, "settle plans", fault);
}

static void sqlite_idle(struct db_session *base, bool force)
{
    struct sqlite_session *session = sqlite_of(base);
    if (session->base.mode == DB_WRITE)
        log_idle(&session->log, force);
}

static int64_t file_bytes(const char *path, const char *suffix)
{
    char name[PATH_SIZE];
    struct stat facts;
    snprintf(name, sizeof name, "%s%s", path, suffix);
    return stat(name, &facts) == 0 ? (int64_t)facts.st_size : 0;
}

static int64_t sqlite_size_bytes(struct db_session *base)
{
    const char *path = sqlite_of(base)->path;
    return file_bytes(path, "") + file_bytes(path, "-wal");
}

/* The open snapshot keeps SQLite from starting over each time the writer commits. */
static enum error sqlite_backup(struct db_session *base, const char *path,
                                void (*progress)(void *context, int64_t done, int64_t total),
                                void *context, struct fault *fault)
{
    struct sqlite_session *session = sqlite_of(base);
    if (session->base.mode != DB_READ || !sqlite3_get_autocommit(session->connection))
        return refuse(fault, ERROR_INTERNAL, NULL, "a backup wants a reading session at rest");
    const char snapshot[] = "BEGIN; SELECT count(*) FROM sqlite_schema";
    enum error error = sqlite_script(base, snapshot, fault);
    if (!error)
        error = sqlite_backup_to(session->connection, path,
                                 &(struct backup_progress){progress, context}, fault);
    sqlite_rollback(base);
    return error;
}

const struct db_backend sqlite_backend = {
    .lane_count = 1, /* one connection writes */
    .open = sqlite_open_session,
    .close = sqlite_close_session,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .change = sqlite_change,
    .select = sqlite_select,
    .next = sqlite_next,
    .column_count = sqlite_column_count,
    .column_name = sqlite_column_name,
    .value = sqlite_value,
    .end = sqlite_end,
    .script = sqlite_script,
    .check = sqlite_check,
    .schema_text = sqlite_schema_text,
    .settle_plans = sqlite_settle,
    .idle = sqlite_idle,
    .size_bytes = sqlite_size_bytes,
    .backup = sqlite_backup,
};
