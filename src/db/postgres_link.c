#include "db/postgres_link.h"

#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "db/postgres_error.h"
#include "db/postgres_many.h"
#include "db/postgres_type.h"

enum {
    PARAMETER_LIMIT = 64,
    SERVER_VERSION_MIN = 140000,
    ANSWER_WAIT_MS = 660 * 1000, /* longer than any statement may run */
    BINARY = 1,
};

/* ---- errors -------------------------------------------------------------------------------- */

static void forget_pending(struct postgres_link *link)
{
    link->first = link->end = link->awaited = 0;
}

/* Gives the connection up. */
static enum error lose(struct postgres_link *link, struct fault *fault)
{
    link->lost = true;
    forget_pending(link);
    const char *message = PQerrorMessage(link->connection);
    return refuse(fault, ERROR_UNAVAILABLE, "database", "PostgreSQL: %.*s",
                  (int)strcspn(message, "\n"), *message ? message : "no connection");
}

static enum error refuse_result(struct postgres_link *link, const PGresult *result,
                                const char *name, struct fault *fault)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!state)
        return lose(link, fault);
    /* A server that has become a replica: look again for one that takes writes. */
    if (strcmp(state, "25006") == 0)
        link->lost = true;
    /* The primary message names constraints; values are only in the detail, which stays here. */
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return refuse(fault, postgres_error(state), NULL, "%s: %s (PostgreSQL %s)", name,
                  message ? message : "failed", state);
}

/* ---- connection ---------------------------------------------------------------------------- */

/* A writer that waits holds everybody up, and idle in a transaction is only a process that hangs.
 * Tables are joined in the order that is written: one that the server has not counted yet may be
 * joined by the company alone otherwise, row by row. Commits are made durable whatever the server's
 * default says. */
static const char settings[] = "SET client_encoding = 'UTF8';"
                               "SET statement_timeout = '%s';"
                               "SET lock_timeout = '20s';"
                               "SET idle_in_transaction_session_timeout = '60s';"
                               "SET jit = off;"
                               "SET join_collapse_limit = 1;"
                               "SELECT set_config('synchronous_commit', 'on', false)"
                               " WHERE current_setting('synchronous_commit') = 'off'";

static void ignore_notice(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static void forget_all(struct pointer_map *map)
{
    for (size_t i = 0; i < map->size; i++) {
        struct prepared *prepared = map->pairs[i].value;
        if (prepared)
            free(prepared->many_sql);
        free(prepared);
    }
    pointer_map_free(map);
}

static void forget_prepared(struct postgres_link *link)
{
    forget_all(&link->prepared);
    forget_all(&link->many);
}

static enum error check_server(struct postgres_link *link, struct fault *fault)
{
    if (PQserverVersion(link->connection) < SERVER_VERSION_MIN)
        return refuse(fault, ERROR_UNAVAILABLE, "database", "PostgreSQL 14 or newer is needed");
    const char *encoding = PQparameterStatus(link->connection, "server_encoding");
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return refuse(fault, ERROR_UNAVAILABLE, "database", "the database's encoding must be UTF8");
    return OK;
}

static enum error set_up(struct postgres_link *link, struct fault *fault)
{
    enum error error = check_server(link, fault);
    if (error)
        return error;
    char sql[512];
    snprintf(sql, sizeof sql, settings, link->statement_timeout);
    PGresult *result = PQexec(link->connection, sql);
    bool is_set = PQresultStatus(result) == PGRES_TUPLES_OK;
    PQclear(result);
    if (!is_set || PQsetnonblocking(link->connection, 1) != 0 ||
        !PQenterPipelineMode(link->connection))
        return lose(link, fault);
    return OK;
}

static enum error reconnect(struct postgres_link *link, struct fault *fault)
{
    /* The url comes last, so that its own options count. A server that is not there any more is
     * noticed within a minute. */
    static const char *const names[] = {
        "application_name", "connect_timeout",  "keepalives_idle", "keepalives_interval",
        "keepalives_count", "tcp_user_timeout", "dbname",          NULL};
    const char *const values[] = {"waymark", "5", "30", "10", "3", "60000", link->url, NULL};
    PQfinish(link->connection);
    forget_prepared(link);
    forget_pending(link);
    asked_forget(&link->asked);
    link->lost = false;
    link->connection = PQconnectdbParams(names, values, 1);
    link->connection_count++;
    must(link->connection);
    if (PQstatus(link->connection) != CONNECTION_OK)
        return lose(link, fault);
    PQsetNoticeProcessor(link->connection, ignore_notice, NULL);
    enum error error = set_up(link, fault);
    link->lost = error != OK;
    return error;
}

/* What a server that went away has left in the socket is seen before anything is sent. */
static bool is_alive(PGconn *connection)
{
    struct pollfd socket = {.fd = PQsocket(connection), .events = POLLIN};
    while (PQstatus(connection) == CONNECTION_OK && poll(&socket, 1, 0) > 0) {
        if (!PQconsumeInput(connection))
            return false;
    }
    return PQstatus(connection) == CONNECTION_OK;
}

enum error link_connect(struct postgres_link *link, struct fault *fault)
{
    if (link->connection && !link->lost && is_alive(link->connection))
        return OK;
    return reconnect(link, fault);
}

void link_close(struct postgres_link *link)
{
    PQfinish(link->connection);
    forget_prepared(link);
    asked_free(&link->asked);
    free(link->pending);
}

/* ---- sending ------------------------------------------------------------------------------- */

static void expect(struct postgres_link *link, struct pending pending)
{
    if (link->first == link->end)
        forget_pending(link);
    if (link->end == link->room) {
        link->room = link->room ? link->room * 2 : 256;
        link->pending = realloc(link->pending, link->room * sizeof *link->pending);
        must(link->pending);
    }
    link->pending[link->end++] = pending;
}

enum error link_send(struct postgres_link *link, const char *sql, enum answer answer,
                     struct fault *fault)
{
    if (link->lost || !PQsendQueryParams(link->connection, sql, 0, NULL, NULL, NULL, NULL, BINARY))
        return lose(link, fault);
    expect(link, (struct pending){.answer = answer, .name = sql});
    return OK;
}

static const Oid types[] = {
    [VALUE_INTEGER] = OID_INT8,
    [VALUE_TEXT] = OID_TEXT,
    [VALUE_BYTES] = OID_BYTEA,
    [VALUE_ID] = OID_UUID,
};

static struct prepared *new_prepared(struct postgres_link *link, struct pointer_map *map,
                                     const struct statement *statement, const struct value *values)
{
    size_t count = statement->parameter_count;
    struct prepared *prepared = calloc(1, sizeof *prepared + count * sizeof *prepared->kinds);
    must(prepared);
    enum value_kind *kinds = (enum value_kind *)(prepared + 1);
    for (size_t i = 0; i < count; i++)
        kinds[i] = values[i].kind;
    prepared->kinds = kinds;
    snprintf(prepared->name, sizeof prepared->name, "s%zu", link->name_count++);
    pointer_map_add(map, statement, prepared);
    return prepared;
}

/* Sends it to be prepared when it is new, or when the server skipped that because of an error
 * before it. */
static bool send_prepare(struct postgres_link *link, const struct statement *statement,
                         struct prepared *prepared, const struct value *values)
{
    size_t count = statement->parameter_count;
    const char *sql = prepared->many_sql ? prepared->many_sql : statement->sql;
    Oid oids[PARAMETER_LIMIT];
    must(count <= PARAMETER_LIMIT);
    for (size_t i = 0; i < count; i++) {
        enum value_kind kind = values[i].kind;
        must(kind == prepared->kinds[i]);
        oids[i] = prepared->many_sql ? many_type(kind) : types[kind];
    }
    if (prepared->sent)
        return true;
    if (!PQsendPrepare(link->connection, prepared->name, sql, (int)count, oids))
        return false;
    prepared->sent = true;
    expect(link, (struct pending){
                     .answer = ANSWER_PREPARED, .name = statement->name, .prepared = prepared});
    return true;
}

static bool send_statement(struct postgres_link *link, const struct statement *statement,
                           const struct value *values)
{
    size_t count = statement->parameter_count;
    const char *bytes[PARAMETER_LIMIT];
    int sizes[PARAMETER_LIMIT];
    int formats[PARAMETER_LIMIT];
    uint64_t integers[PARAMETER_LIMIT];
    struct prepared *prepared = pointer_map_find(&link->prepared, statement);
    if (!prepared)
        prepared = new_prepared(link, &link->prepared, statement, values);
    if (!send_prepare(link, statement, prepared, values))
        return false;
    for (size_t i = 0; i < count; i++) {
        bool is_integer = values[i].kind == VALUE_INTEGER;
        integers[i] = htobe64((uint64_t)values[i].integer);
        bytes[i] = is_integer ? (const char *)&integers[i] : values[i].bytes;
        if (values[i].is_null)
            bytes[i] = NULL;
        sizes[i] = is_integer ? (int)sizeof integers[i] : (int)values[i].size;
        formats[i] = BINARY;
    }
    return PQsendQueryPrepared(link->connection, prepared->name, (int)count, bytes, sizes, formats,
                               BINARY);
}

enum error link_send_change(struct postgres_link *link, const struct statement *statement,
                            const struct value *values, int64_t expected, struct fault *fault)
{
    if (link->lost || !send_statement(link, statement, values))
        return lose(link, fault);
    expect(link,
           (struct pending){.answer = ANSWER_COUNT, .name = statement->name, .expected = expected});
    return OK;
}

/* ---- what is asked for ahead --------------------------------------------------------------- */

bool link_ask(struct postgres_link *link, const struct statement *statement,
              const struct value *values)
{
    struct asked *asked = asked_find(&link->asked, statement, values);
    if (!asked && !link->lost)
        asked = asked_add(&link->asked, statement, values);
    return asked && asked->rows.result;
}

static bool send_many(struct postgres_link *link, const struct prepared *many,
                      const struct asked *first)
{
    size_t count = first->statement->parameter_count;
    const char *bytes[PARAMETER_LIMIT];
    int sizes[PARAMETER_LIMIT];
    int formats[PARAMETER_LIMIT];
    for (size_t i = 0; i < count; i++) {
        struct text_buffer array = text_buffer_in(link->asked.arena);
        many_put_array(&array, first, i);
        bytes[i] = array.bytes;
        sizes[i] = (int)array.size;
        formats[i] = BINARY;
    }
    return PQsendQueryPrepared(link->connection, many->name, (int)count, bytes, sizes, formats,
                               BINARY);
}

/* The statement for several rows of values; its many_sql is NULL if there is none. */
static struct prepared *find_many(struct postgres_link *link, const struct asked *asked)
{
    struct prepared *many = pointer_map_find(&link->many, asked->statement);
    if (many)
        return many;
    many = new_prepared(link, &link->many, asked->statement, asked->values);
    many->many_sql = many_sql(asked->statement);
    return many;
}

/* Joins to first those behind it that ask the same of other values, and have not been sent. */
static void join_alike(struct asked_list *list, struct asked *first)
{
    struct asked *last = first;
    for (struct asked *asked = first + 1; asked < list->all + list->count; asked++) {
        if (asked->is_sent || asked->statement != first->statement)
            continue;
        asked->is_sent = true;
        last->next = asked;
        last = asked;
    }
}

static bool send_alike(struct postgres_link *link, struct asked *first)
{
    first->is_sent = true;
    struct prepared *many = find_many(link, first);
    if (many->many_sql)
        join_alike(&link->asked, first);
    if (!first->next)
        return send_statement(link, first->statement, first->values);
    return send_prepare(link, first->statement, many, first->values) &&
           send_many(link, many, first);
}

static void send_asked(struct postgres_link *link)
{
    struct asked_list *list = &link->asked;
    for (; list->sent < list->count && !link->lost; list->sent++) {
        struct asked *asked = &list->all[list->sent];
        if (asked->is_sent)
            continue;
        link->lost = !send_alike(link, asked);
        expect(link, (struct pending){
                         .answer = ANSWER_ASKED, .name = asked->statement->name, .asked = asked});
    }
}

enum error link_sync(struct postgres_link *link, struct fault *fault)
{
    if (link->lost || !PQpipelineSync(link->connection))
        return lose(link, fault);
    expect(link, (struct pending){.answer = ANSWER_SYNC, .name = "sync"});
    link->awaited = link->end;
    return OK;
}

void link_push(struct postgres_link *link)
{
    PQflush(link->connection); /* what fails here fails again when the answer is awaited */
}

/* ---- reading ------------------------------------------------------------------------------- */

/* Waits until a result can be read without waiting. Sends and reads at once: a server that cannot
 * get rid of its answers takes no more commands. */
static bool await_result(PGconn *connection)
{
    for (;;) {
        int unsent = PQflush(connection);
        if (unsent < 0)
            return false;
        if (!PQisBusy(connection))
            return true;
        short events = unsent ? POLLIN | POLLOUT : POLLIN;
        struct pollfd socket = {.fd = PQsocket(connection), .events = events};
        int ready = poll(&socket, 1, ANSWER_WAIT_MS);
        if (ready == 0 || (ready < 0 && errno != EINTR))
            return false;
        if (ready > 0 && (socket.revents & ~POLLOUT) && !PQconsumeInput(connection))
            return false;
    }
}

/* NULL at the end of one command's results. */
static bool next_result(struct postgres_link *link, PGresult **result)
{
    *result = NULL;
    if (!await_result(link->connection))
        return false;
    *result = PQgetResult(link->connection);
    return true;
}

/* Reads the NULL that ends the results of a command. */
static enum error end_results(struct postgres_link *link, struct fault *fault)
{
    PGresult *result;
    if (next_result(link, &result) && !result)
        return OK;
    PQclear(result);
    return lose(link, fault);
}

static enum error check_count(const struct pending *pending, PGresult *result, struct fault *fault)
{
    long long changed = strtoll(PQcmdTuples(result), NULL, 10);
    if (PQresultStatus(result) == PGRES_COMMAND_OK &&
        (pending->expected == DB_ANY || changed == pending->expected))
        return OK;
    return refuse(fault, ERROR_INTERNAL, NULL, "%s: %lld rows changed, not %lld", pending->name,
                  changed, (long long)pending->expected);
}

static enum error check_answer(struct postgres_link *link, const struct pending *pending,
                               PGresult *result, struct fault *fault)
{
    if (pending->answer == ANSWER_COUNT)
        return check_count(pending, result, fault);
    if (pending->answer == ANSWER_COMMIT && strcmp(PQcmdStatus(result), "COMMIT") != 0)
        return refuse(fault, ERROR_INTERNAL, NULL, "the transaction had failed before");
    if (pending->answer == ANSWER_KEPT)
        snprintf(link->kept, sizeof link->kept, "%s",
                 PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "");
    return OK;
}

static enum error judge(struct postgres_link *link, const struct pending *pending, PGresult *result,
                        struct fault *fault)
{
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return check_answer(link, pending, result, fault);
    if (pending->prepared)
        pending->prepared->sent = false;
    if (status == PGRES_FATAL_ERROR)
        return refuse_result(link, result, pending->name, fault);
    if (status == PGRES_PIPELINE_ABORTED) /* by an error that an earlier answer reported */
        return refuse(fault, ERROR_INTERNAL, NULL, "%s: was skipped", pending->name);
    return lose(link, fault);
}

static enum error read_sync(struct postgres_link *link, struct fault *fault)
{
    PGresult *result;
    bool is_sync =
        next_result(link, &result) && result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
    return is_sync ? OK : lose(link, fault);
}

static enum error read_answer(struct postgres_link *link, const struct pending *pending,
                              struct fault *fault)
{
    if (pending->answer == ANSWER_SYNC)
        return read_sync(link, fault);
    PGresult *result;
    if (!next_result(link, &result) || !result)
        return lose(link, fault);
    enum error error = judge(link, pending, result, fault);
    if (pending->answer == ANSWER_ASKED && !error)
        asked_arrived(&link->asked, pending->asked, result);
    else
        PQclear(result);
    if (link->lost)
        return error;
    enum error end = end_results(link, error ? NULL : fault);
    return error ? error : end;
}

/* The server keeps answers back until it is told that they are awaited. */
static bool await_answers(struct postgres_link *link)
{
    if (link->lost)
        return false;
    if (link->awaited < link->end && !PQsendFlushRequest(link->connection))
        return false;
    link->awaited = link->end;
    return true;
}

/* Reads what was sent before the last command; the first error stands. */
static enum error read_answers(struct postgres_link *link, size_t end, struct fault *fault)
{
    enum error first = OK;
    while (link->first < end && !link->lost) {
        struct pending pending = link->pending[link->first++];
        enum error error = read_answer(link, &pending, first ? NULL : fault);
        first = first ? first : error;
    }
    return first;
}

enum error link_drain(struct postgres_link *link, struct fault *fault)
{
    if (!await_answers(link))
        return lose(link, fault);
    return read_answers(link, link->end, fault);
}

/* ---- selecting ----------------------------------------------------------------------------- */

/* The next result of a select; NULL behind the last. */
static enum error next_rows(struct postgres_link *link, const char *name, PGresult **rows,
                            struct fault *fault)
{
    if (!next_result(link, rows))
        return lose(link, fault);
    if (!*rows)
        return OK;
    ExecStatusType status = PQresultStatus(*rows);
    if (status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE)
        return OK;
    struct pending pending = {.answer = ANSWER_ANY, .name = name};
    enum error error = status == PGRES_COMMAND_OK
                           ? refuse(fault, ERROR_INTERNAL, NULL, "%s: returns no rows", name)
                           : judge(link, &pending, *rows, fault);
    PQclear(*rows);
    *rows = NULL;
    if (!link->lost && end_results(link, NULL) != OK)
        link->lost = true;
    return error;
}

enum error link_more_rows(struct postgres_link *link, const char *name, struct result_part *rows,
                          struct fault *fault)
{
    PGresult *result = NULL;
    enum error error = OK;
    if (!link->is_whole) {
        PQclear(rows->result);
        error = next_rows(link, name, &result, fault);
    }
    *rows = (struct result_part){result, 0, PQntuples(result), PQnfields(result)};
    return error;
}

enum error link_await_asked(struct postgres_link *link, struct fault *fault)
{
    if (link->asked.sent == link->asked.count)
        return OK;
    send_asked(link);
    return link_drain(link, fault);
}

/* All that was asked for comes with it. */
static enum error find_asked(struct postgres_link *link, struct asked *asked,
                             struct result_part *rows, struct fault *fault)
{
    enum error error = asked->rows.result ? OK : link_await_asked(link, fault);
    *rows = asked->rows;
    return error || rows->result ? error : lose(link, fault);
}

enum error link_select(struct postgres_link *link, const struct statement *statement,
                       const struct value *values, bool row_by_row, struct result_part *rows,
                       struct fault *fault)
{
    struct asked *asked = asked_find(&link->asked, statement, values);
    *rows = (struct result_part){0};
    link->is_whole = asked != NULL;
    if (asked)
        return find_asked(link, asked, rows, fault);
    if (link->lost || !send_statement(link, statement, values) ||
        !PQsendFlushRequest(link->connection))
        return lose(link, fault);
    link->awaited = link->end;
    struct fault ignored;
    enum error before = read_answers(link, link->end, fault);
    if (link->lost)
        return before;
    if (row_by_row && !before)
        PQsetSingleRowMode(link->connection);
    enum error error = link_more_rows(link, statement->name, rows, before ? &ignored : fault);
    if (!before)
        return error;
    /* A wrong count is an error to us only: then there are rows. */
    while (rows->result && !link->lost) {
        if (link_more_rows(link, statement->name, rows, &ignored) != OK)
            break;
    }
    return before;
}

/* ---- outside the pipeline ------------------------------------------------------------------ */

enum error link_run_plain(struct postgres_link *link, const char *sql, PGresult **result,
                          struct fault *fault)
{
    enum error error = link_sync(link, fault);
    if (!error)
        error = link_drain(link, fault);
    if (error)
        return error;
    if (!PQexitPipelineMode(link->connection))
        return lose(link, fault);
    PGresult *answer = PQexec(link->connection, sql);
    ExecStatusType status = PQresultStatus(answer);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK && status != PGRES_EMPTY_QUERY)
        error = refuse_result(link, answer, "script", fault);
    if (!link->lost && !PQenterPipelineMode(link->connection))
        error = lose(link, fault);
    if (!error && result)
        *result = answer;
    else
        PQclear(answer);
    return error;
}

enum error link_check(struct postgres_link *link, const struct statement *statement,
                      struct fault *fault)
{
    if (!PQsendPrepare(link->connection, "", statement->sql, 0, NULL))
        return lose(link, fault);
    expect(link, (struct pending){.answer = ANSWER_ANY, .name = statement->name});
    enum error error = link_sync(link, fault);
    return error ? error : link_drain(link, fault);
}
