#include "db/db.h"

#include <string.h>

#include "base/must.h"
#include "db/backend.h"

struct value value_integer(int64_t integer)
{
    return (struct value){.kind = VALUE_INTEGER, .integer = integer};
}

struct value value_text(const char *text)
{
    if (!text)
        return value_null(VALUE_TEXT);
    return (struct value){.kind = VALUE_TEXT, .bytes = text, .size = strlen(text)};
}

struct value value_bytes(const void *bytes, size_t size)
{
    if (!bytes)
        return value_null(VALUE_BYTES);
    return (struct value){.kind = VALUE_BYTES, .bytes = bytes, .size = size};
}

struct value value_id(const struct id *id)
{
    if (!id || id_is_none(*id))
        return value_null(VALUE_ID);
    return (struct value){.kind = VALUE_ID, .bytes = id->bytes, .size = sizeof id->bytes};
}

struct value value_null(enum value_kind kind)
{
    return (struct value){.kind = kind, .is_null = true};
}

static const struct {
    const char *scheme;
    const struct db_backend *backend;
} backends[] = {
    {"sqlite:", &sqlite_backend},
    {"postgres://", &postgres_backend},
    {"postgresql://", &postgres_backend},
};

static const struct db_backend *backend_of(const char *url)
{
    for (size_t i = 0; i < sizeof backends / sizeof *backends; i++) {
        if (strncmp(url, backends[i].scheme, strlen(backends[i].scheme)) == 0)
            return backends[i].backend;
    }
    return NULL;
}

enum error db_open(const char *url, enum db_mode mode, int lane, struct db_session **session,
                   struct fault *fault)
{
    const struct db_backend *backend = backend_of(url);
    if (!backend)
        return refuse(fault, ERROR_INVALID, "database",
                      "a database is sqlite:PATH or postgres://...");
    return backend->open(url, mode, lane, session, fault);
}

int db_lane_count(const char *url)
{
    const struct db_backend *backend = backend_of(url);
    return backend ? backend->lane_count : 1;
}

void db_close(struct db_session *session)
{
    if (session)
        session->backend->close(session);
}

enum error db_begin(struct db_session *session, struct fault *fault)
{
    session->failed = false;
    return session->backend->begin(session, fault);
}

/* Remembers a failure, so that both databases refuse alike what follows it. */
static enum error noted(struct db_session *session, enum error error)
{
    if (error)
        session->failed = true;
    return error;
}

static enum error refuse_failed(struct fault *fault)
{
    return refuse(fault, ERROR_INTERNAL, NULL, "a statement of this transaction failed before");
}

/* PostgreSQL would say so only after the change was sent. */
static enum error refuse_to_write(const struct db_session *session, struct fault *fault)
{
    if (session->failed)
        return refuse_failed(fault);
    if (session->mode == DB_READ)
        return refuse(fault, ERROR_INTERNAL, NULL, "this session only reads");
    return OK;
}

unsigned db_connection(const struct db_session *session)
{
    return session->connection;
}

bool db_has_failed(const struct db_session *session)
{
    return session->failed;
}

enum error db_commit(struct db_session *session, struct fault *fault)
{
    if (session->failed) {
        db_rollback(session);
        return refuse_failed(fault);
    }
    return session->backend->commit(session, fault);
}

void db_rollback(struct db_session *session)
{
    session->backend->rollback(session);
    session->failed = false;
}

enum error db_change(struct db_session *session, const struct statement *statement,
                     const struct value *values, size_t value_count, int64_t expected,
                     struct fault *fault)
{
    must(value_count == statement->parameter_count);
    enum error error = refuse_to_write(session, fault);
    if (!error)
        error = session->backend->change(session, statement, values, value_count, expected, fault);
    return noted(session, error);
}

enum error db_select(struct db_session *session, const struct statement *statement,
                     const struct value *values, size_t value_count, struct db_rows **rows,
                     struct fault *fault)
{
    must(value_count == statement->parameter_count);
    if (session->failed)
        return refuse_failed(fault);
    return noted(session,
                 session->backend->select(session, statement, values, value_count, rows, fault));
}

/* Only in a snapshot is what is asked for ahead as good as what is asked for later. */
bool db_can_ask(const struct db_session *session)
{
    return session->backend->ask && session->mode == DB_READ && !session->failed;
}

bool db_ask(struct db_session *session, const struct statement *statement,
            const struct value *values, size_t value_count)
{
    must(value_count == statement->parameter_count && db_can_ask(session));
    return session->backend->ask(session, statement, values);
}

enum error db_await_asked(struct db_session *session, struct fault *fault)
{
    return db_can_ask(session) ? noted(session, session->backend->await_asked(session, fault)) : OK;
}

enum error db_rows_next(struct db_rows *rows, bool *more, struct fault *fault)
{
    return noted(rows->session, rows->session->backend->next(rows, more, fault));
}

size_t db_rows_column_count(const struct db_rows *rows)
{
    return rows->session->backend->column_count(rows);
}

const char *db_rows_column_name(const struct db_rows *rows, size_t column)
{
    return rows->session->backend->column_name(rows, column);
}

struct value db_rows_value(const struct db_rows *rows, size_t column, enum value_kind kind)
{
    return rows->session->backend->value(rows, column, kind);
}

void db_rows_end(struct db_rows *rows)
{
    rows->session->backend->end(rows);
}

enum error db_script(struct db_session *session, const char *sql, struct fault *fault)
{
    enum error error = refuse_to_write(session, fault);
    return noted(session, error ? error : session->backend->script(session, sql, fault));
}

enum error db_check(struct db_session *session, const struct statement *statement,
                    struct fault *fault)
{
    return session->backend->check(session, statement, fault);
}

const char *db_schema_text(const struct db_session *session, const char *sql, struct arena *arena)
{
    return session->backend->schema_text(session, sql, arena);
}

enum error db_settle_plans(struct db_session *session, struct fault *fault)
{
    return session->backend->settle_plans(session, fault);
}

void db_idle(struct db_session *session, bool force)
{
    session->backend->idle(session, force);
}

int64_t db_size_bytes(struct db_session *session)
{
    return session->backend->size_bytes(session);
}

enum error db_backup(struct db_session *session, const char *path,
                     void (*progress)(void *context, int64_t done, int64_t total), void *context,
                     struct fault *fault)
{
    return session->backend->backup(session, path, progress, context, fault);
}
