/* What only PostgreSQL has: connections that break, lanes. */
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/must.h"

#include "../check.h"
#include "../database.h"
#include "test_sql.h"
#include "things.h"

static const struct statement sql_own_process = {
    .name = "own_process",
    .sql = "SELECT pg_backend_pid()",
};

struct fixture {
    struct test_database database;
    struct db_session *writer;
    struct fault fault;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    test_database_make(&fixture->database);
    fixture->writer = test_open(&fixture->database, DB_WRITE);
    test_script(fixture->writer, THINGS_SCHEMA);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    db_close(fixture->writer);
    test_database_remove(&fixture->database);
    free(fixture);
    return 0;
}

static enum error add(struct db_session *session, int64_t amount, struct fault *fault)
{
    struct value values[] = {value_integer(amount), value_text("a")};
    return db_change(session, &sql_counter_add, values, 2, 1, fault);
}

static enum error select_integer(struct db_session *session, const struct statement *statement,
                                 const struct value *values, size_t count, int64_t *integer)
{
    struct db_rows *rows;
    bool more = false;
    enum error error = db_select(session, statement, values, count, &rows, NULL);
    if (error)
        return error;
    error = db_rows_next(rows, &more, NULL);
    if (!error && more)
        *integer = db_rows_value(rows, 0, VALUE_INTEGER).integer;
    db_rows_end(rows);
    return error;
}

static int64_t counter(struct fixture *fixture)
{
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    struct value name = value_text("a");
    int64_t value = -1;
    assert_int_equal(db_begin(reader, NULL), OK);
    assert_int_equal(select_integer(reader, &sql_counter_load, &name, 1, &value), OK);
    db_rollback(reader);
    db_close(reader);
    return value;
}

static void administer(const struct fixture *fixture, const char *sql)
{
    PGconn *connection = PQconnectdb(fixture->database.url);
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    assert_true(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

static void kill_connection(const struct fixture *fixture, int64_t process)
{
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%lld, 5000)", (long long)process);
    administer(fixture, sql);
}

/* In an open transaction. */
static int64_t process_of(struct db_session *session)
{
    int64_t process = 0;
    assert_int_equal(select_integer(session, &sql_own_process, NULL, 0, &process), OK);
    return process;
}

/* ---- connections that break ---------------------------------------------------------------- */

CASE(a_connection_killed_at_rest_is_not_noticed)
{
    struct fixture *fixture = *state;
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    int64_t process = process_of(fixture->writer);
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
    kill_connection(fixture, process);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(add(fixture->writer, 5, NULL), OK);
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
    assert_int_equal(counter(fixture), 5);
}

CASE(a_connection_killed_in_a_transaction_is_unavailable_and_then_works_again)
{
    struct fixture *fixture = *state;
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(add(fixture->writer, 5, NULL), OK);
    kill_connection(fixture, process_of(fixture->writer));
    int64_t ignored;
    assert_int_equal(select_integer(fixture->writer, &sql_thing_count, NULL, 0, &ignored),
                     ERROR_UNAVAILABLE);
    db_rollback(fixture->writer);
    assert_int_equal(counter(fixture), 0);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(add(fixture->writer, 7, NULL), OK);
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
    assert_int_equal(counter(fixture), 7);
}

CASE(a_connection_killed_before_its_commit_is_unavailable)
{
    struct fixture *fixture = *state;
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    int64_t process = process_of(fixture->writer);
    assert_int_equal(add(fixture->writer, 5, NULL), OK);
    kill_connection(fixture, process);
    assert_int_equal(db_commit(fixture->writer, NULL), ERROR_UNAVAILABLE);
    assert_int_equal(counter(fixture), 0);
}

CASE(a_server_that_is_not_there_is_unavailable)
{
    struct fixture *fixture = *state;
    struct db_session *session;
    assert_int_equal(
        db_open("postgres://postgres@127.0.0.1:1/none", DB_READ, 0, &session, &fixture->fault),
        ERROR_UNAVAILABLE);
    assert_non_null(strstr(fixture->fault.detail, "PostgreSQL: "));
}

/* ---- a wire that breaks during the commit ---------------------------------------------------- */

enum cut {
    CUT_NOTHING,
    CUT_ANSWER, /* the server commits, but its answer never arrives */
    CUT_COMMIT, /* the command does not reach the server */
};

struct relay {
    pthread_t thread;
    int listener;
    int port;
    char socket_path[108];
    _Atomic enum cut cut; /* once */
    atomic_bool stopping;
};

static int connect_server(const struct relay *relay)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    memcpy(address.sun_path, relay->socket_path, sizeof address.sun_path);
    must(connect(fd, (struct sockaddr *)&address, sizeof address) == 0);
    return fd;
}

/* Passes bytes on; false when the wire is to be cut, or has been. */
static bool pass_on(struct relay *relay, int from, int to, bool to_server)
{
    char bytes[65536];
    ssize_t size = read(from, bytes, sizeof bytes);
    if (size <= 0)
        return false;
    bool is_commit = to_server && memmem(bytes, (size_t)size, "COMMIT", sizeof "COMMIT");
    enum cut cut = is_commit ? atomic_exchange(&relay->cut, CUT_NOTHING) : CUT_NOTHING;
    if (cut == CUT_COMMIT)
        return false;
    must(write(to, bytes, (size_t)size) == size);
    if (cut == CUT_ANSWER)
        return read(to, bytes, sizeof bytes) < 0;
    return true;
}

static void serve_one(struct relay *relay, int client)
{
    int server = connect_server(relay);
    struct pollfd ends[] = {{.fd = client, .events = POLLIN}, {.fd = server, .events = POLLIN}};
    bool whole = true;
    while (whole && !relay->stopping) {
        if (poll(ends, 2, 50) <= 0)
            continue;
        if (ends[0].revents)
            whole = pass_on(relay, client, server, true);
        if (whole && ends[1].revents)
            whole = pass_on(relay, server, client, false);
    }
    close(server);
    close(client);
}

static void *run_relay(void *context)
{
    struct relay *relay = context;
    while (!relay->stopping) {
        struct pollfd waiting = {.fd = relay->listener, .events = POLLIN};
        if (poll(&waiting, 1, 50) > 0)
            serve_one(relay, accept(relay->listener, NULL, NULL));
    }
    return NULL;
}

static void find_socket(struct relay *relay, const char *url)
{
    PQconninfoOption *options = PQconninfoParse(url, NULL);
    const char *host = "";
    const char *port = "";
    for (PQconninfoOption *option = options; option->keyword; option++) {
        if (strcmp(option->keyword, "host") == 0)
            host = option->val;
        if (strcmp(option->keyword, "port") == 0)
            port = option->val;
    }
    snprintf(relay->socket_path, sizeof relay->socket_path, "%s/.s.PGSQL.%s", host, port);
    PQconninfoFree(options);
}

static void start_relay(struct relay *relay, const struct fixture *fixture)
{
    *relay = (struct relay){0};
    find_socket(relay, fixture->database.url);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    relay->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(bind(relay->listener, (struct sockaddr *)&address, size) == 0);
    must(listen(relay->listener, 4) == 0);
    must(getsockname(relay->listener, (struct sockaddr *)&address, &size) == 0);
    relay->port = ntohs(address.sin_port);
    must(pthread_create(&relay->thread, NULL, run_relay, relay) == 0);
}

static void stop_relay(struct relay *relay)
{
    relay->stopping = true;
    pthread_join(relay->thread, NULL);
    close(relay->listener);
}

static void assert_commit_through_cut(struct fixture *fixture, enum cut cut, enum error expected,
                                      int64_t expected_counter)
{
    struct relay relay;
    struct test_database relayed = fixture->database;
    start_relay(&relay, fixture);
    snprintf(relayed.url, sizeof relayed.url, "postgres://postgres@127.0.0.1:%d/%s", relay.port,
             relayed.name);
    struct db_session *session = test_open(&relayed, DB_WRITE);
    assert_int_equal(db_begin(session, NULL), OK);
    assert_int_equal(add(session, 5, NULL), OK);
    relay.cut = cut;
    assert_int_equal(db_commit(session, &fixture->fault), expected);
    assert_int_equal(relay.cut, CUT_NOTHING);
    assert_int_equal(counter(fixture), expected_counter);
    assert_int_equal(db_begin(session, NULL), OK);
    assert_int_equal(add(session, 10, NULL), OK);
    assert_int_equal(db_commit(session, NULL), OK);
    assert_int_equal(counter(fixture), expected_counter + 10);
    db_close(session);
    stop_relay(&relay);
}

CASE(a_commit_whose_answer_is_lost_is_known_to_be_made)
{
    assert_commit_through_cut(*state, CUT_ANSWER, OK, 5);
}

CASE(a_commit_that_does_not_arrive_asks_to_run_again)
{
    assert_commit_through_cut(*state, CUT_COMMIT, ERROR_RETRY, 0);
}

/* ---- errors in the pipeline ------------------------------------------------------------------ */

CASE(a_statement_skipped_by_an_error_can_be_used_later)
{
    struct fixture *fixture = *state;
    struct id one = id_make(1, 1, 1);
    struct value part[] = {value_id(&one), value_id(&one)};
    int64_t ignored;
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(db_change(fixture->writer, &sql_part_insert, part, 2, 1, NULL), OK);
    assert_int_equal(add(fixture->writer, 5, NULL), OK);
    assert_int_equal(select_integer(fixture->writer, &sql_thing_count, NULL, 0, &ignored),
                     ERROR_CONFLICT);
    db_rollback(fixture->writer);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(add(fixture->writer, 6, NULL), OK);
    assert_int_equal(select_integer(fixture->writer, &sql_thing_count, NULL, 0, &ignored), OK);
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
    assert_int_equal(counter(fixture), 6);
}

CASE(a_constraint_checked_at_the_commit_is_a_conflict)
{
    struct fixture *fixture = *state;
    test_script(fixture->writer,
                "CREATE TABLE late (id ID REFERENCES thing DEFERRABLE INITIALLY DEFERRED);");
    static const char *const names[] = {"id"};
    static const struct statement insert_late = {
        .name = "late_insert",
        .sql = "INSERT INTO late (id) VALUES ($1)",
        .parameters = names,
        .parameter_count = 1,
    };
    struct id nobody = id_make(1, 2, 3);
    struct value value = value_id(&nobody);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(db_change(fixture->writer, &insert_late, &value, 1, 1, NULL), OK);
    assert_int_equal(db_commit(fixture->writer, NULL), ERROR_CONFLICT);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(add(fixture->writer, 1, NULL), OK);
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
}

CASE(a_reader_may_leave_rows_unread)
{
    struct fixture *fixture = *state;
    static const struct statement many = {
        .name = "many",
        .sql = "SELECT i, CAST(repeat('x', 1000) AS text) FROM generate_series(1, 20000) AS i",
    };
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    for (int i = 0; i < 3; i++) {
        struct db_rows *rows;
        bool more;
        assert_int_equal(db_begin(reader, NULL), OK);
        assert_int_equal(db_select(reader, &many, NULL, 0, &rows, NULL), OK);
        for (int row = 1; row <= 10; row++) {
            assert_int_equal(db_rows_next(rows, &more, NULL), OK);
            assert_int_equal(db_rows_value(rows, 0, VALUE_INTEGER).integer, row);
        }
        db_rows_end(rows);
        assert_int_equal(db_commit(reader, NULL), OK);
    }
    db_close(reader);
}

CASE(an_error_among_the_rows_is_told)
{
    struct fixture *fixture = *state;
    static const struct statement broken = {
        .name = "broken",
        .sql = "SELECT 100 / (5000 - i) FROM generate_series(1, 20000) AS i",
    };
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    struct db_rows *rows;
    bool more = true;
    enum error error = OK;
    int count = 0;
    assert_int_equal(db_begin(reader, NULL), OK);
    assert_int_equal(db_select(reader, &broken, NULL, 0, &rows, NULL), OK);
    while (!error && more) {
        error = db_rows_next(rows, &more, NULL);
        count++;
    }
    assert_int_equal(error, ERROR_INTERNAL);
    assert_int_equal(count, 5000);
    db_rows_end(rows);
    db_rollback(reader);
    int64_t things = -1;
    assert_int_equal(db_begin(reader, NULL), OK);
    assert_int_equal(select_integer(reader, &sql_thing_count, NULL, 0, &things), OK);
    assert_int_equal(things, 0);
    assert_int_equal(db_commit(reader, NULL), OK);
    db_close(reader);
}

/* ---- lanes ----------------------------------------------------------------------------------- */

struct other_writer {
    struct db_session *session;
    atomic_bool is_in;
};

static void *add_in_own_transaction(void *context)
{
    struct other_writer *other = context;
    int64_t ignored;
    must(db_begin(other->session, NULL) == OK);
    must(select_integer(other->session, &sql_thing_count, NULL, 0, &ignored) == OK);
    other->is_in = true;
    must(add(other->session, 1, NULL) == OK);
    must(db_commit(other->session, NULL) == OK);
    return NULL;
}

/* Whether a transaction in lane can begin while one in lane 0 is open. */
static bool enters_beside_lane_0(struct fixture *fixture, int lane)
{
    struct other_writer other = {0};
    pthread_t thread;
    int64_t ignored;
    assert_int_equal(db_open(fixture->database.url, DB_WRITE, lane, &other.session, NULL), OK);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(select_integer(fixture->writer, &sql_thing_count, NULL, 0, &ignored), OK);
    pthread_create(&thread, NULL, add_in_own_transaction, &other);
    for (int i = 0; i < 20 && !other.is_in; i++)
        usleep(20 * 1000);
    bool entered = other.is_in;
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
    pthread_join(thread, NULL);
    db_close(other.session);
    return entered;
}

CASE(transactions_of_a_lane_follow_each_other)
{
    struct fixture *fixture = *state;
    assert_false(enters_beside_lane_0(fixture, 0));
    assert_true(enters_beside_lane_0(fixture, 1));
    assert_int_equal(counter(fixture), 2);
}

/* ---- what is asked for ahead ------------------------------------------------------------------
 */

static const char *const divisor[] = {"divisor"};
static const struct statement sql_part_of_hundred = {
    .name = "part_of_hundred",
    .sql = "SELECT 100 / $1",
    .parameters = divisor,
    .parameter_count = 1,
};

static void ask(struct db_session *session, int64_t number)
{
    struct value value = value_integer(number);
    db_ask(session, &sql_part_of_hundred, &value, 1);
}

static enum error divide(struct db_session *session, int64_t number, int64_t *part)
{
    struct value value = value_integer(number);
    return select_integer(session, &sql_part_of_hundred, &value, 1, part);
}

static void assert_part(struct db_session *session, int64_t number)
{
    int64_t part;
    assert_int_equal(divide(session, number, &part), OK);
    assert_int_equal(part, 100 / number);
}

CASE(only_a_session_that_reads_asks_ahead)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_true(db_can_ask(reader));
    assert_false(db_can_ask(fixture->writer));
    db_close(reader);
}

CASE(what_was_asked_for_is_taken_in_any_order_and_beside_other_reads)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_int_equal(db_begin(reader, NULL), OK);
    for (int64_t number = 1; number <= 4; number++)
        ask(reader, number);
    assert_part(reader, 3);
    assert_part(reader, 5); /* was not asked for */
    assert_part(reader, 1);
    ask(reader, 6);
    assert_part(reader, 4);
    assert_part(reader, 6);
    assert_part(reader, 3); /* again */
    db_rollback(reader);
    db_close(reader);
}

CASE(what_was_asked_for_and_not_taken_is_dropped_with_the_transaction)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    struct value name = value_text("a");
    int64_t value = -1;
    assert_int_equal(db_begin(reader, NULL), OK);
    db_ask(reader, &sql_counter_load, &name, 1);
    assert_part(reader, 2);
    db_rollback(reader);
    assert_int_equal(db_begin(fixture->writer, NULL), OK);
    assert_int_equal(add(fixture->writer, 5, NULL), OK);
    assert_int_equal(db_commit(fixture->writer, NULL), OK);
    assert_int_equal(db_begin(reader, NULL), OK);
    assert_int_equal(select_integer(reader, &sql_counter_load, &name, 1, &value), OK);
    assert_int_equal(value, 5);
    db_rollback(reader);
    db_close(reader);
}

/* Rows 1 up to a number. */
static const char *const last_name[] = {"last"};
static const struct statement sql_count_up = {
    .name = "count_up",
    .sql = "SELECT CAST(n AS BIGINT) AS n, CAST(n * 10 AS BIGINT) FROM generate_series(1, $1) AS n"
           " ORDER BY n",
    .parameters = last_name,
    .parameter_count = 1,
};
static const struct statement sql_count_up_to_limit = {
    .name = "count_up_to_limit",
    .sql = "SELECT CAST(n AS BIGINT), CAST(n * 10 AS BIGINT) FROM generate_series(1, 9) AS n"
           " ORDER BY n LIMIT $1",
    .parameters = last_name,
    .parameter_count = 1,
};

static void assert_counts_up(struct db_session *session, const struct statement *statement,
                             int64_t last)
{
    struct value value = value_integer(last);
    struct db_rows *rows;
    bool more;
    assert_int_equal(db_select(session, statement, &value, 1, &rows, NULL), OK);
    for (int64_t n = 1; n <= last; n++) {
        assert_int_equal(db_rows_next(rows, &more, NULL), OK);
        assert_true(more);
        assert_int_equal(db_rows_column_count(rows), 2);
        assert_int_equal(db_rows_value(rows, 0, VALUE_INTEGER).integer, n);
        assert_int_equal(db_rows_value(rows, 1, VALUE_INTEGER).integer, n * 10);
    }
    assert_int_equal(db_rows_next(rows, &more, NULL), OK);
    assert_false(more);
    db_rows_end(rows);
}

static void assert_counted_together(struct fixture *fixture, const struct statement *statement)
{
    static const int64_t lasts[] = {3, 0, 5, 1, 0};
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_int_equal(db_begin(reader, NULL), OK);
    for (size_t i = 0; i < 5; i++) {
        struct value value = value_integer(lasts[i]);
        assert_false(db_ask(reader, statement, &value, 1));
    }
    ask(reader, 7);
    assert_int_equal(db_await_asked(reader, NULL), OK);
    for (size_t i = 5; i-- > 0;) {
        struct value value = value_integer(lasts[i]);
        assert_true(db_ask(reader, statement, &value, 1));
        assert_counts_up(reader, statement, lasts[i]);
    }
    assert_part(reader, 7);
    db_rollback(reader);
    db_close(reader);
}

CASE(of_what_is_asked_together_each_finds_its_own_rows)
{
    assert_counted_together(*state, &sql_count_up);
}

CASE(statements_that_cannot_be_put_together_are_asked_one_by_one)
{
    assert_counted_together(*state, &sql_count_up_to_limit);
}

static const char *const kinds_names[] = {"text", "bytes", "id"};
static const struct statement sql_sizes = {
    .name = "sizes",
    .sql = "SELECT CAST(COALESCE(length($1), 100) + COALESCE(length($2), 200)"
           " + CASE WHEN $3 IS NULL THEN 1000 ELSE 0 END AS BIGINT)",
    .parameters = kinds_names,
    .parameter_count = 3,
};

CASE(values_of_every_kind_are_asked_together_and_nulls)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    const struct id id = {{1, 2, 3}};
    const struct value rows[][3] = {
        {value_text("{\"a\\, NULL}"), value_bytes("\0\1", 2), value_id(&id)},
        {value_text(NULL), value_bytes("", 0), value_id(&id)},
        {value_text(""), value_bytes(NULL, 0), value_id(NULL)},
    };
    static const int64_t sums[] = {13, 100, 1200};
    assert_int_equal(db_begin(reader, NULL), OK);
    for (size_t i = 0; i < 3; i++)
        db_ask(reader, &sql_sizes, rows[i], 3);
    for (size_t i = 0; i < 3; i++) {
        int64_t sum;
        assert_int_equal(select_integer(reader, &sql_sizes, rows[i], 3, &sum), OK);
        assert_int_equal(sum, sums[i]);
    }
    db_rollback(reader);
    db_close(reader);
}

CASE(more_than_can_be_asked_for_ahead_is_read_when_it_is_wanted)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_int_equal(db_begin(reader, NULL), OK);
    for (int64_t number = 1; number <= 1000; number++)
        ask(reader, number);
    for (int64_t number = 1000; number >= 1; number--)
        assert_part(reader, number);
    db_rollback(reader);
    db_close(reader);
}

CASE(what_fails_when_it_is_asked_for_ahead_fails_the_transaction)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    int64_t ignored;
    assert_int_equal(db_begin(reader, NULL), OK);
    ask(reader, 0);
    ask(reader, 1);
    assert_int_not_equal(divide(reader, 1, &ignored), OK);
    assert_true(db_has_failed(reader));
    assert_false(db_can_ask(reader));
    db_rollback(reader);
    assert_int_equal(db_begin(reader, NULL), OK);
    ask(reader, 1);
    assert_part(reader, 1);
    db_rollback(reader);
    db_close(reader);
}

CASE(a_connection_killed_after_it_was_asked_is_unavailable_and_then_works_again)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    int64_t ignored;
    assert_int_equal(db_begin(reader, NULL), OK);
    int64_t process = process_of(reader);
    ask(reader, 1);
    kill_connection(fixture, process);
    ask(reader, 2);
    assert_int_equal(divide(reader, 1, &ignored), ERROR_UNAVAILABLE);
    db_rollback(reader);
    assert_int_equal(db_begin(reader, NULL), OK);
    assert_part(reader, 1);
    db_rollback(reader);
    db_close(reader);
}

#define F(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

RUN(F(a_connection_killed_at_rest_is_not_noticed),
    F(a_connection_killed_in_a_transaction_is_unavailable_and_then_works_again),
    F(a_connection_killed_before_its_commit_is_unavailable),
    F(a_server_that_is_not_there_is_unavailable),
    F(a_commit_whose_answer_is_lost_is_known_to_be_made),
    F(a_commit_that_does_not_arrive_asks_to_run_again),
    F(a_statement_skipped_by_an_error_can_be_used_later),
    F(a_constraint_checked_at_the_commit_is_a_conflict), F(a_reader_may_leave_rows_unread),
    F(an_error_among_the_rows_is_told), F(transactions_of_a_lane_follow_each_other),
    F(only_a_session_that_reads_asks_ahead),
    F(what_was_asked_for_is_taken_in_any_order_and_beside_other_reads),
    F(what_was_asked_for_and_not_taken_is_dropped_with_the_transaction),
    F(of_what_is_asked_together_each_finds_its_own_rows),
    F(statements_that_cannot_be_put_together_are_asked_one_by_one),
    F(values_of_every_kind_are_asked_together_and_nulls),
    F(more_than_can_be_asked_for_ahead_is_read_when_it_is_wanted),
    F(what_fails_when_it_is_asked_for_ahead_fails_the_transaction),
    F(a_connection_killed_after_it_was_asked_is_unavailable_and_then_works_again))
