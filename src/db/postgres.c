/* PostgreSQL behind db.h: changes are sent without waiting and settled at the next select or at the
 * commit (postgres_link.h).
 *
 * A writing transaction first takes the advisory lock of its lane, so READ COMMITTED is enough:
 * each statement sees all that the lane has done. A reading one sees the snapshot of its first
 * statement.
 *
 * When the connection breaks while a commit is under way, its end is looked up by the transaction's
 * number once the server is back: it is never guessed, and never run twice. */
#include <libpq-fe.h>

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"
#include "db/backend.h"
#include "db/postgres_link.h"
#include "db/postgres_type.h"
#include "db/schema_text.h"

enum {
    LOCK_CLASS = 0x776d726b, /* "wmrk": ours among the advisory locks */
    RESOLVE_TRIES = 20,
    RESOLVE_PAUSE_US = 500 * 1000,
};

struct postgres_rows {
    struct db_rows base;
    const struct statement *source; /* NULL when no rows are being read */
    struct result_part part;        /* no result behind the last row */
};

struct postgres_session {
    struct db_session base;
    int lane;
    bool changed; /* in this transaction */
    struct postgres_link link;
    struct postgres_rows rows;
};

static struct postgres_session *postgres_of(struct db_session *session)
{
    return (struct postgres_session *)session;
}

/* ---- open and close ------------------------------------------------------------------------ */

static void postgres_close(struct db_session *base)
{
    struct postgres_session *session = postgres_of(base);
    if (session->rows.source)
        base->backend->end(&session->rows.base);
    link_close(&session->link);
    free(session->link.url);
    free(session);
}

static enum error postgres_open(const char *url, enum db_mode mode, int lane,
                                struct db_session **base, struct fault *fault)
{
    struct postgres_session *session = calloc(1, sizeof *session);
    must(session);
    session->base.backend = &postgres_backend;
    session->rows.base.session = &session->base;
    session->base.mode = mode;
    session->lane = lane;
    session->link.url = strdup(url);
    session->link.statement_timeout = mode == DB_WRITE ? "60s" : "600s";
    must(session->link.url);
    enum error error = link_connect(&session->link, fault);
    if (error) {
        postgres_close(&session->base);
        return error;
    }
    *base = &session->base;
    return OK;
}

/* ---- transactions -------------------------------------------------------------------------- */

static enum error begin_writing(struct postgres_session *session, struct fault *fault)
{
    char lock[80];
    snprintf(lock, sizeof lock, "SELECT pg_advisory_xact_lock(%d, %d)", LOCK_CLASS, session->lane);
    enum error error = link_send(&session->link, "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
                                 ANSWER_ANY, fault);
    return error ? error : link_send(&session->link, lock, ANSWER_ANY, fault);
}

static enum error postgres_begin(struct db_session *base, struct fault *fault)
{
    struct postgres_session *session = postgres_of(base);
    struct postgres_link *link = &session->link;
    must(!session->rows.source);
    /* What the end of a reading transaction left unread. */
    if (link->first < link->end && !link->lost && link_drain(link, fault) != OK)
        link->lost = true;
    asked_forget(&link->asked);
    enum error error = link_connect(link, fault);
    base->connection = link->connection_count;
    session->changed = false;
    if (error)
        return error;
    return session->base.mode == DB_WRITE
               ? begin_writing(session, fault)
               : link_send(link, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ANSWER_ANY,
                           fault);
}

/* Nothing depends on the end of a reading transaction: its answer is read at the next begin. */
static enum error end_reading(struct postgres_session *session, struct fault *fault)
{
    enum error error = link_send(&session->link, "COMMIT", ANSWER_COMMIT, fault);
    if (!error)
        error = link_sync(&session->link, fault);
    link_push(&session->link);
    return error;
}

static void postgres_rollback(struct db_session *base)
{
    struct postgres_session *session = postgres_of(base);
    struct postgres_link *link = &session->link;
    if (session->rows.source)
        base->backend->end(&session->rows.base);
    if (link->lost)
        return;
    if (base->mode == DB_READ && !base->failed) {
        link->lost = end_reading(session, NULL) != OK;
        return;
    }
    /* The first sync ends the skipping after an error, so that ROLLBACK is taken. */
    bool is_back = link_sync(link, NULL) == OK &&
                   link_send(link, "ROLLBACK", ANSWER_ANY, NULL) == OK &&
                   link_sync(link, NULL) == OK;
    if (is_back)
        is_back = link_drain(link, NULL) == OK || !link->lost; /* what failed is known already */
    if (!is_back || PQtransactionStatus(link->connection) != PQTRANS_IDLE)
        link->lost = true;
}

/* ---- commit -------------------------------------------------------------------------------- */

/* Reads the answers to all changes before COMMIT is sent: only we know their expected counts. */
static enum error settle(struct postgres_session *session, struct fault *fault)
{
    session->link.kept[0] = '\0';
    if (!session->changed)
        return OK;
    enum error error =
        link_send(&session->link, "SELECT CAST(pg_current_xact_id() AS text)", ANSWER_KEPT, fault);
    return error ? error : link_drain(&session->link, fault);
}

/* The lock waits for the lost connection's own transaction, if the server still runs it. */
static enum error ask_outcome(struct postgres_session *session, char *outcome, size_t size,
                              struct fault *fault)
{
    char question[160];
    PGresult *result = NULL;
    snprintf(question, sizeof question,
             "SELECT pg_advisory_xact_lock(%d, %d);"
             "SELECT pg_xact_status(CAST('%s' AS xid8))",
             LOCK_CLASS, session->lane, session->link.kept);
    enum error error = link_connect(&session->link, fault);
    if (!error)
        error = link_run_plain(&session->link, question, &result, fault);
    if (!error)
        snprintf(outcome, size, "%s", PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "");
    PQclear(result);
    return error;
}

static enum error resolve(struct postgres_session *session, struct fault *fault)
{
    char outcome[16] = "";
    if (session->link.kept[0] == '\0')
        return refuse(fault, ERROR_RETRY, NULL, "the connection broke; nothing had been changed");
    for (int i = 0; i < RESOLVE_TRIES && !outcome[0]; i++) {
        if (i > 0)
            usleep(RESOLVE_PAUSE_US);
        enum error error = ask_outcome(session, outcome, sizeof outcome, fault);
        if (error && error != ERROR_UNAVAILABLE && error != ERROR_RETRY)
            return refuse(fault, ERROR_UNAVAILABLE, NULL, "the end of the commit is not known");
    }
    if (strcmp(outcome, "committed") == 0)
        return OK;
    if (strcmp(outcome, "aborted") == 0)
        return refuse(fault, ERROR_RETRY, NULL, "the connection broke before the commit");
    return refuse(fault, ERROR_UNAVAILABLE, NULL,
                  "the connection broke during the commit; its end is not known");
}

static enum error postgres_commit(struct db_session *base, struct fault *fault)
{
    struct postgres_session *session = postgres_of(base);
    struct postgres_link *link = &session->link;
    must(!session->rows.source);
    if (session->base.mode == DB_READ)
        return end_reading(session, fault);
    enum error error = settle(session, fault);
    if (error) {
        postgres_rollback(base);
        return error;
    }
    error = link_send(link, "COMMIT", ANSWER_COMMIT, fault);
    if (!error)
        error = link_sync(link, fault);
    if (!error)
        error = link_drain(link, fault);
    if (error == ERROR_UNAVAILABLE) {
        link->lost = true;
        return resolve(session, fault);
    }
    if (error)
        postgres_rollback(base);
    return error;
}

/* ---- statements ---------------------------------------------------------------------------- */

static enum error postgres_change(struct db_session *base, const struct statement *statement,
                                  const struct value *values, size_t value_count, int64_t expected,
                                  struct fault *fault)
{
    (void)value_count;
    struct postgres_session *session = postgres_of(base);
    must(!session->rows.source);
    session->changed = true;
    return link_send_change(&session->link, statement, values, expected, fault);
}

static enum error postgres_select(struct db_session *base, const struct statement *statement,
                                  const struct value *values, size_t value_count,
                                  struct db_rows **rows, struct fault *fault)
{
    (void)value_count;
    struct postgres_session *session = postgres_of(base);
    must(!session->rows.source);
    struct result_part part;
    enum error error =
        link_select(&session->link, statement, values, session->base.mode == DB_READ, &part, fault);
    if (error)
        return error;
    session->rows.source = statement;
    session->rows.part = part;
    session->rows.part.row--;
    *rows = &session->rows.base;
    return OK;
}

static bool postgres_ask(struct db_session *base, const struct statement *statement,
                         const struct value *values)
{
    return link_ask(&postgres_of(base)->link, statement, values);
}

static enum error postgres_await_asked(struct db_session *base, struct fault *fault)
{
    return link_await_asked(&postgres_of(base)->link, fault);
}

static struct postgres_rows *rows_of(const struct db_rows *rows)
{
    must(((const struct postgres_rows *)rows)->source);
    return (struct postgres_rows *)rows;
}

/* Steps over the ends of results: a row of its own has one each. */
static enum error postgres_next(struct db_rows *base, bool *more, struct fault *fault)
{
    struct postgres_rows *rows = rows_of(base);
    struct postgres_link *link = &postgres_of(base->session)->link;
    *more = false;
    rows->part.row++;
    while (rows->part.result && rows->part.row >= rows->part.end) {
        enum error error = link_more_rows(link, rows->source->name, &rows->part, fault);
        if (error)
            return error;
    }
    *more = rows->part.result != NULL;
    return OK;
}

static void postgres_end(struct db_rows *base)
{
    struct postgres_rows *rows = rows_of(base);
    struct postgres_link *link = &postgres_of(base->session)->link;
    while (rows->part.result) {
        if (link_more_rows(link, rows->source->name, &rows->part, NULL) != OK)
            rows->part.result = NULL;
    }
    rows->source = NULL;
}

static size_t postgres_column_count(const struct db_rows *rows)
{
    return (size_t)rows_of(rows)->part.column_count;
}

static const char *postgres_column_name(const struct db_rows *rows, size_t column)
{
    return PQfname(rows_of(rows)->part.result, (int)column);
}

/* The types that a column may have to be read as a kind. Integers of other widths and booleans come
 * from expressions. */
static const Oid readable[][5] = {
    [VALUE_INTEGER] = {OID_INT8, OID_INT4, OID_INT2, OID_BOOL},
    [VALUE_TEXT] = {OID_TEXT, OID_VARCHAR, OID_NAME},
    [VALUE_BYTES] = {OID_BYTEA},
    [VALUE_ID] = {OID_UUID},
};

static bool is_readable(Oid type, enum value_kind kind)
{
    for (const Oid *each = readable[kind]; *each; each++) {
        if (*each == type)
            return true;
    }
    return false;
}

/* Big-endian, two's complement, of 1, 2, 4 or 8 bytes. */
static int64_t read_integer(const char *bytes, size_t size)
{
    uint64_t integer = size > 1 && (bytes[0] & 0x80) ? UINT64_MAX : 0;
    for (size_t i = 0; i < size; i++)
        integer = integer << 8 | (unsigned char)bytes[i];
    return (int64_t)integer;
}

static struct value postgres_value(const struct db_rows *base, size_t column, enum value_kind kind)
{
    const struct postgres_rows *rows = rows_of(base);
    int number = (int)column;
    must(rows->part.result && column < postgres_column_count(base));
    must(is_readable(PQftype(rows->part.result, number), kind));
    if (PQgetisnull(rows->part.result, rows->part.row, number))
        return value_null(kind);
    const char *bytes = PQgetvalue(rows->part.result, rows->part.row, number);
    size_t size = (size_t)PQgetlength(rows->part.result, rows->part.row, number);
    if (kind == VALUE_INTEGER)
        return value_integer(read_integer(bytes, size));
    return (struct value){.kind = kind, .bytes = bytes, .size = size};
}

/* ---- the rest ------------------------------------------------------------------------------ */

static enum error postgres_script(struct db_session *base, const char *sql, struct fault *fault)
{
    struct postgres_session *session = postgres_of(base);
    session->changed = true;
    /* A schema step on a large table may take its time. */
    enum error error =
        link_run_plain(&session->link, "SET LOCAL statement_timeout = 0", NULL, fault);
    return error ? error : link_run_plain(&session->link, sql, NULL, fault);
}

static enum error postgres_check(struct db_session *base, const struct statement *statement,
                                 struct fault *fault)
{
    struct postgres_session *session = postgres_of(base);
    enum error error = link_connect(&session->link, fault);
    return error ? error : link_check(&session->link, statement, fault);
}

static const char *postgres_schema_text(const struct db_session *session, const char *sql,
                                        struct arena *arena)
{
    (void)session;
    static const struct schema_dialect dialect = {
        .id = "UUID",
        .integer = "BIGINT",
        .text = "TEXT COLLATE \"C\"", /* sorts by bytes, as SQLite does */
        .text_cast = "TEXT",
        .bytes = "BYTEA",
        .table_options = "",
        .table_options_rowid = "",
    };
    return schema_translate(sql, &dialect, arena);
}

static enum error postgres_settle_plans(struct db_session *session, struct fault *fault)
{
    (void)session;
    (void)fault;
    return OK;
}

static void postgres_idle(struct db_session *session, bool force)
{
    (void)session;
    (void)force;
}

static int64_t postgres_size_bytes(struct db_session *base)
{
    struct postgres_link *link = &postgres_of(base)->link;
    PGresult *result = NULL;
    int64_t size = 0;
    if (link_connect(link, NULL) == OK &&
        link_run_plain(link, "SELECT pg_database_size(current_database())", &result, NULL) == OK)
        size = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return size;
}

static enum error postgres_backup(struct db_session *session, const char *path,
                                  void (*progress)(void *context, int64_t done, int64_t total),
                                  void *context, struct fault *fault)
{
    (void)session;
    (void)path;
    (void)progress;
    (void)context;
    return refuse(fault, ERROR_UNSUPPORTED_MEDIA, "database",
                  "PostgreSQL has its own tools for this: pg_dump, pg_basebackup");
}

const struct db_backend postgres_backend = {
    .lane_count = 2,
    .open = postgres_open,
    .close = postgres_close,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .change = postgres_change,
    .select = postgres_select,
    .ask = postgres_ask,
    .await_asked = postgres_await_asked,
    .next = postgres_next,
    .column_count = postgres_column_count,
    .column_name = postgres_column_name,
    .value = postgres_value,
    .end = postgres_end,
    .script = postgres_script,
    .check = postgres_check,
    .schema_text = postgres_schema_text,
    .settle_plans = postgres_settle_plans,
    .idle = postgres_idle,
    .size_bytes = postgres_size_bytes,
    .backup = postgres_backup,
};
