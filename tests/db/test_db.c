#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../check.h"
#include "../database.h"
#include "test_sql.h"
#include "things.h"

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

/* Fails the test with the database's own words. */
#define assert_ok(call)                                                                            \
    do {                                                                                           \
        enum error error_ = (call);                                                                \
        if (error_)                                                                                \
            fail_msg("%s: %s", error_slug(error_), fixture->fault.detail);                         \
    } while (0)

static struct id id_of(unsigned number)
{
    return id_make(1700000000000, number & 0xfff, number);
}

static enum error insert(struct fixture *fixture, struct db_session *session, unsigned number,
                         struct value label)
{
    struct id id = id_of(number);
    struct value values[] = {value_id(&id), value_integer(number), label, value_null(VALUE_BYTES)};
    return db_change(session, &sql_thing_insert, values, 4, 1, &fixture->fault);
}

static int64_t select_one(struct fixture *fixture, struct db_session *session,
                          const struct statement *statement)
{
    struct db_rows *rows;
    bool more;
    assert_ok(db_select(session, statement, NULL, 0, &rows, &fixture->fault));
    assert_ok(db_rows_next(rows, &more, &fixture->fault));
    assert_true(more);
    int64_t value = db_rows_value(rows, 0, VALUE_INTEGER).integer;
    assert_ok(db_rows_next(rows, &more, &fixture->fault));
    assert_false(more);
    db_rows_end(rows);
    return value;
}

static int64_t count_things(struct fixture *fixture)
{
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_ok(db_begin(reader, &fixture->fault));
    int64_t count = select_one(fixture, reader, &sql_thing_count);
    assert_ok(db_commit(reader, &fixture->fault));
    db_close(reader);
    return count;
}

static void insert_committed(struct fixture *fixture, unsigned number, const char *label)
{
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    assert_ok(insert(fixture, fixture->writer, number, value_text(label)));
    assert_ok(db_commit(fixture->writer, &fixture->fault));
}

/* ---- values -------------------------------------------------------------------------------- */

static void assert_round_trip(struct fixture *fixture, unsigned number, struct value integer,
                              struct value text, struct value bytes)
{
    struct id id = id_of(number);
    struct value values[] = {value_id(&id), integer, text, bytes};
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    assert_ok(db_change(fixture->writer, &sql_thing_insert, values, 4, 1, &fixture->fault));
    struct db_rows *rows;
    bool more;
    assert_ok(db_select(fixture->writer, &sql_thing_load, values, 1, &rows, &fixture->fault));
    assert_ok(db_rows_next(rows, &more, &fixture->fault));
    assert_true(more);
    for (size_t i = 0; i < 4; i++) {
        struct value expected = i < 3 ? values[i + 1] : values[0];
        struct value value = db_rows_value(rows, i, expected.kind);
        assert_int_equal(value.kind, expected.kind);
        assert_int_equal(value.is_null, expected.is_null);
        assert_int_equal(value.integer, expected.integer);
        assert_int_equal(value.size, expected.size);
        if (!expected.is_null && expected.kind != VALUE_INTEGER)
            assert_memory_equal(value.bytes, expected.bytes, expected.size);
    }
    db_rows_end(rows);
    assert_ok(db_commit(fixture->writer, &fixture->fault));
}

CASE(values_come_back_as_they_were_given)
{
    struct fixture *fixture = *state;
    static unsigned char blob[3 * 1000 * 1000];
    for (size_t i = 0; i < sizeof blob; i++)
        blob[i] = (unsigned char)(i * 7 + i / 256);
    assert_round_trip(fixture, 1, value_integer(INT64_MAX), value_text("größer, 東京, 🙂"),
                      value_bytes(blob, sizeof blob));
    assert_round_trip(fixture, 2, value_integer(INT64_MIN), value_text(""), value_bytes("", 0));
    assert_round_trip(fixture, 3, value_integer(-1), value_text("it's \"quoted\" \\ $1 :x"),
                      value_bytes("\0\xff\0", 3));
    assert_round_trip(fixture, 4, value_null(VALUE_INTEGER), value_null(VALUE_TEXT),
                      value_null(VALUE_BYTES));
    assert_round_trip(fixture, 5, value_integer(0), value_text(NULL), value_bytes(NULL, 0));
}

CASE(a_text_as_large_as_the_limit_is_kept)
{
    struct fixture *fixture = *state;
    /* The label is indexed, and PostgreSQL's index rows end at 2.7 KB: no repetition would help. */
    test_script(fixture->writer, "DROP INDEX thing_label;");
    size_t size = 100 * 1000;
    char *text = malloc(size + 1);
    memset(text, 'x', size);
    text[size] = '\0';
    assert_round_trip(fixture, 1, value_integer(1), value_text(text), value_null(VALUE_BYTES));
    free(text);
}

CASE(the_size_on_disk_is_known)
{
    struct fixture *fixture = *state;
    assert_true(db_size_bytes(fixture->writer) > 0);
}

CASE(columns_have_names)
{
    struct fixture *fixture = *state;
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    struct db_rows *rows;
    assert_ok(db_select(fixture->writer, &sql_thing_count, NULL, 0, &rows, &fixture->fault));
    assert_int_equal(db_rows_column_count(rows), 2);
    assert_string_equal(db_rows_column_name(rows, 1), "total");
    db_rows_end(rows);
    db_rollback(fixture->writer);
}

CASE(a_parameter_used_twice_is_one)
{
    struct fixture *fixture = *state;
    insert_committed(fixture, 5, "five");
    insert_committed(fixture, 6, "six");
    insert_committed(fixture, 7, "seven");
    assert_string_equal(sql_thing_set_numbers.parameters[0], "number");
    assert_string_equal(sql_thing_set_numbers.parameters[1], "low");
    struct value values[] = {value_integer(7), value_integer(6)};
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    assert_ok(db_change(fixture->writer, &sql_thing_set_numbers, values, 2, 1, &fixture->fault));
    assert_ok(db_commit(fixture->writer, &fixture->fault));
}

CASE(texts_sort_by_their_bytes)
{
    struct fixture *fixture = *state;
    const char *labels[] = {"B", "Zeta", "_", "a", "b", "ä"};
    for (unsigned i = 0; i < 6; i++)
        insert_committed(fixture, 5 - i, labels[i]);
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    struct db_rows *rows;
    bool more;
    assert_ok(db_select(fixture->writer, &sql_thing_list, NULL, 0, &rows, &fixture->fault));
    for (size_t i = 0; i < 6; i++) {
        assert_ok(db_rows_next(rows, &more, &fixture->fault));
        struct value label = db_rows_value(rows, 0, VALUE_TEXT);
        assert_int_equal(label.size, strlen(labels[i]));
        assert_memory_equal(label.bytes, labels[i], label.size);
    }
    db_rows_end(rows);
    db_rollback(fixture->writer);
}

/* ---- transactions -------------------------------------------------------------------------- */

CASE(what_is_rolled_back_is_gone)
{
    struct fixture *fixture = *state;
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    assert_ok(insert(fixture, fixture->writer, 1, value_text("one")));
    db_rollback(fixture->writer);
    assert_int_equal(count_things(fixture), 0);
    insert_committed(fixture, 1, "one");
    assert_int_equal(count_things(fixture), 1);
}

CASE(a_reader_sees_one_snapshot)
{
    struct fixture *fixture = *state;
    insert_committed(fixture, 1, "one");
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_ok(db_begin(reader, &fixture->fault));
    assert_int_equal(select_one(fixture, reader, &sql_thing_count), 1);
    insert_committed(fixture, 2, "two");
    assert_int_equal(select_one(fixture, reader, &sql_thing_count), 1);
    assert_ok(db_commit(reader, &fixture->fault));
    assert_ok(db_begin(reader, &fixture->fault));
    assert_int_equal(select_one(fixture, reader, &sql_thing_count), 2);
    assert_ok(db_commit(reader, &fixture->fault));
    db_close(reader);
}

CASE(a_reader_cannot_write)
{
    struct fixture *fixture = *state;
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    assert_ok(db_begin(reader, &fixture->fault));
    assert_int_equal(insert(fixture, reader, 1, value_text("one")), ERROR_INTERNAL);
    db_rollback(reader);
    assert_ok(db_begin(reader, &fixture->fault));
    assert_int_equal(db_script(reader, "DELETE FROM counter", &fixture->fault), ERROR_INTERNAL);
    db_rollback(reader);
    db_close(reader);
    insert_committed(fixture, 1, "one");
}

/* A change may be deferred, so its error may come with the commit. */
static enum error change_and_commit(struct fixture *fixture, const struct statement *statement,
                                    const struct value *values, size_t count, int64_t expected)
{
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    enum error error =
        db_change(fixture->writer, statement, values, count, expected, &fixture->fault);
    if (!error)
        return db_commit(fixture->writer, &fixture->fault);
    db_rollback(fixture->writer);
    return error;
}

CASE(a_count_that_is_not_as_expected_is_refused)
{
    struct fixture *fixture = *state;
    insert_committed(fixture, 1, "one");
    struct id known = id_of(1);
    struct id stranger = id_of(2);
    struct value on_known[] = {value_integer(5), value_id(&known)};
    struct value on_stranger[] = {value_integer(5), value_id(&stranger)};
    const struct statement *set = &sql_thing_set_number;
    assert_int_equal(change_and_commit(fixture, set, on_known, 2, 1), OK);
    assert_int_equal(change_and_commit(fixture, set, on_known, 2, 2), ERROR_INTERNAL);
    assert_int_equal(change_and_commit(fixture, set, on_stranger, 2, 1), ERROR_INTERNAL);
    assert_int_equal(change_and_commit(fixture, set, on_stranger, 2, 0), OK);
    assert_int_equal(change_and_commit(fixture, set, on_stranger, 2, DB_ANY), OK);
    struct value again[] = {value_id(&known), value_integer(7)};
    assert_int_equal(change_and_commit(fixture, &sql_thing_insert_if_new, again, 2, 0), OK);
    assert_int_equal(change_and_commit(fixture, &sql_thing_insert_if_new, again, 2, 1),
                     ERROR_INTERNAL);
}

CASE(a_broken_constraint_is_a_conflict)
{
    struct fixture *fixture = *state;
    insert_committed(fixture, 1, "one");
    struct id one = id_of(1);
    struct id two = id_of(2);
    struct value same_id[] = {value_id(&one), value_integer(1), value_text("other"),
                              value_null(VALUE_BYTES)};
    struct value same_label[] = {value_id(&two), value_integer(1), value_text("one"),
                                 value_null(VALUE_BYTES)};
    struct value unlucky[] = {value_id(&two), value_integer(13), value_text("two"),
                              value_null(VALUE_BYTES)};
    struct value orphan[] = {value_id(&one), value_id(&two)};
    const struct statement *insert_thing = &sql_thing_insert;
    assert_int_equal(change_and_commit(fixture, insert_thing, same_id, 4, 1), ERROR_CONFLICT);
    assert_int_equal(change_and_commit(fixture, insert_thing, same_label, 4, 1), ERROR_CONFLICT);
    assert_int_equal(change_and_commit(fixture, insert_thing, unlucky, 4, 1), ERROR_CONFLICT);
    assert_int_equal(change_and_commit(fixture, &sql_part_insert, orphan, 2, 1), ERROR_CONFLICT);
    assert_int_equal(count_things(fixture), 1);
    insert_committed(fixture, 2, "two");
}

CASE(after_a_failure_only_rollback_is_left)
{
    struct fixture *fixture = *state;
    insert_committed(fixture, 1, "one");
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    assert_ok(insert(fixture, fixture->writer, 2, value_text("two")));
    enum error error = insert(fixture, fixture->writer, 3, value_text("one"));
    struct db_rows *rows = NULL;
    if (!error) /* deferred: the next select says it */
        error = db_select(fixture->writer, &sql_thing_count, NULL, 0, &rows, &fixture->fault);
    assert_int_equal(error, ERROR_CONFLICT);
    assert_int_equal(db_select(fixture->writer, &sql_thing_count, NULL, 0, &rows, &fixture->fault),
                     ERROR_INTERNAL);
    assert_int_equal(insert(fixture, fixture->writer, 4, value_text("four")), ERROR_INTERNAL);
    assert_int_equal(db_commit(fixture->writer, &fixture->fault), ERROR_INTERNAL);
    assert_int_equal(count_things(fixture), 1);
    insert_committed(fixture, 2, "two");
}

CASE(many_deferred_changes_are_all_made)
{
    struct fixture *fixture = *state;
    static char bytes[4000];
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    for (unsigned i = 0; i < 5000; i++) {
        struct id id = id_of(i);
        struct value values[] = {value_id(&id), value_integer(i == 13 ? 14 : i),
                                 value_null(VALUE_TEXT), value_bytes(bytes, sizeof bytes)};
        assert_ok(db_change(fixture->writer, &sql_thing_insert, values, 4, 1, &fixture->fault));
    }
    assert_int_equal(select_one(fixture, fixture->writer, &sql_thing_count), 5000);
    assert_ok(db_commit(fixture->writer, &fixture->fault));
    assert_int_equal(count_things(fixture), 5000);
}

/* ---- scripts, checks ----------------------------------------------------------------------- */

CASE(a_script_that_fails_leaves_nothing)
{
    struct fixture *fixture = *state;
    assert_ok(db_begin(fixture->writer, &fixture->fault));
    assert_int_equal(db_script(fixture->writer,
                               "INSERT INTO counter (name, value) VALUES ('b', 1);"
                               "INSERT INTO nowhere (name) VALUES ('b');",
                               &fixture->fault),
                     ERROR_INTERNAL);
    db_rollback(fixture->writer);
    test_script(fixture->writer, "INSERT INTO counter (name, value) VALUES ('b', 1);");
}

CASE(every_statement_can_be_prepared)
{
    struct fixture *fixture = *state;
    for (size_t i = 0; i < all_statement_count; i++)
        assert_ok(db_check(fixture->writer, all_statements[i], &fixture->fault));
    assert_int_equal(all_statement_count, 10);
}

CASE(a_statement_that_the_database_does_not_take_is_internal)
{
    struct fixture *fixture = *state;
    static const struct statement wrong = {.name = "wrong", .sql = "SELECT nothing FROM nowhere"};
    static const struct statement two = {.name = "two", .sql = "SELECT 1; SELECT 2"};
    assert_int_equal(db_check(fixture->writer, &wrong, &fixture->fault), ERROR_INTERNAL);
    assert_non_null(strstr(fixture->fault.detail, "wrong: "));
    assert_int_equal(db_check(fixture->writer, &two, &fixture->fault), ERROR_INTERNAL);
    insert_committed(fixture, 1, "one");
}

/* ---- opening ------------------------------------------------------------------------------- */

CASE(a_url_of_an_unknown_kind_is_refused)
{
    struct fixture *fixture = *state;
    struct db_session *session;
    const char *urls[] = {"", "mysql://x", "sqlite", "sqlite:", "sqlite::memory:"};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++)
        assert_int_equal(db_open(urls[i], DB_READ, 0, &session, &fixture->fault), ERROR_INVALID);
}

/* The second one is in a process of its own. */
CASE(a_second_process_cannot_open_it_for_writing)
{
    struct fixture *fixture = *state;
    if (!test_on_sqlite())
        return;
    pid_t child = fork();
    if (child == 0) {
        struct db_session *session;
        enum error error = db_open(fixture->database.url, DB_WRITE, 0, &session, &fixture->fault);
        bool is_said = strcmp(fixture->fault.detail,
                              "another waymark process has this database open for writing: "
                              "stop it first, or use its API") == 0;
        _exit(error == ERROR_UNAVAILABLE && is_said ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    insert_committed(fixture, 1, "one");
}

CASE(the_files_are_for_their_owner_alone)
{
    struct fixture *fixture = *state;
    if (!test_on_sqlite())
        return;
    insert_committed(fixture, 1, "one");
    const char *suffixes[] = {"", "-wal", "-shm", "-writer"};
    for (size_t i = 0; i < 4; i++) {
        char path[600];
        struct stat facts;
        snprintf(path, sizeof path, "%s%s", fixture->database.url + strlen("sqlite:"), suffixes[i]);
        assert_int_equal(stat(path, &facts), 0);
        assert_int_equal(facts.st_mode & 077, 0);
    }
}

CASE(a_file_that_is_no_database_is_refused)
{
    struct fixture *fixture = *state;
    if (!test_on_sqlite())
        return;
    char url[128];
    struct db_session *session;
    snprintf(url, sizeof url, "sqlite:%s/text", fixture->database.folder);
    int fd = open(url + strlen("sqlite:"), O_CREAT | O_WRONLY, 0600);
    for (int i = 0; i < 200; i++)
        assert_int_equal(write(fd, "this is not a database\n", 23), 23);
    close(fd);
    assert_int_equal(db_open(url, DB_WRITE, 0, &session, &fixture->fault), ERROR_STORAGE);
    snprintf(url, sizeof url, "sqlite:%s/missing", fixture->database.folder);
    assert_int_equal(db_open(url, DB_READ, 0, &session, &fixture->fault), ERROR_UNAVAILABLE);
}

/* ---- the log, backup ----------------------------------------------------------------------- */

static int64_t bytes_of(const struct fixture *fixture, const char *suffix)
{
    char path[600];
    struct stat facts;
    snprintf(path, sizeof path, "%s%s", fixture->database.url + strlen("sqlite:"), suffix);
    return stat(path, &facts) == 0 ? (int64_t)facts.st_size : -1;
}

CASE(the_log_is_moved_when_asked_and_on_close)
{
    struct fixture *fixture = *state;
    if (!test_on_sqlite())
        return;
    insert_committed(fixture, 1, "one");
    assert_true(bytes_of(fixture, "-wal") > 0);
    db_idle(fixture->writer, false); /* too small to be worth it */
    assert_true(bytes_of(fixture, "-wal") > 0);
    db_idle(fixture->writer, true);
    assert_int_equal(bytes_of(fixture, "-wal"), 0);
    insert_committed(fixture, 2, "two");
    assert_int_equal(db_size_bytes(fixture->writer),
                     bytes_of(fixture, "") + bytes_of(fixture, "-wal"));
    db_close(fixture->writer);
    assert_int_equal(bytes_of(fixture, "-wal"), 0);
    fixture->writer = test_open(&fixture->database, DB_WRITE);
    assert_int_equal(count_things(fixture), 2);
}

static void count_progress(void *context, int64_t done, int64_t total)
{
    int64_t *last = context;
    assert_true(done >= *last && done <= total);
    *last = done;
}

CASE(a_backup_is_a_snapshot_that_opens)
{
    struct fixture *fixture = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/copy.db", fixture->database.folder);
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    int64_t done = 0;
    insert_committed(fixture, 1, "one");
    enum error error = db_backup(reader, path, count_progress, &done, &fixture->fault);
    if (!test_on_sqlite()) {
        assert_int_equal(error, ERROR_UNSUPPORTED_MEDIA);
        db_close(reader);
        return;
    }
    assert_ok(error);
    assert_true(done > 0);
    insert_committed(fixture, 2, "two");
    assert_int_equal(db_backup(reader, path, NULL, NULL, &fixture->fault), ERROR_STORAGE);
    db_close(reader);
    struct fixture copy = {0};
    snprintf(copy.database.url, sizeof copy.database.url, "sqlite:%s", path);
    assert_int_equal(count_things(&copy), 1);
    copy.writer = test_open(&copy.database, DB_WRITE);
    insert_committed(&copy, 3, "three");
    db_close(copy.writer);
}

#define F(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

RUN(F(values_come_back_as_they_were_given), F(a_text_as_large_as_the_limit_is_kept),
    F(the_size_on_disk_is_known), F(columns_have_names), F(a_parameter_used_twice_is_one),
    F(texts_sort_by_their_bytes), F(what_is_rolled_back_is_gone), F(a_reader_sees_one_snapshot),
    F(a_reader_cannot_write), F(a_count_that_is_not_as_expected_is_refused),
    F(a_broken_constraint_is_a_conflict), F(after_a_failure_only_rollback_is_left),
    F(many_deferred_changes_are_all_made), F(a_script_that_fails_leaves_nothing),
    F(every_statement_can_be_prepared), F(a_statement_that_the_database_does_not_take_is_internal),
    F(a_url_of_an_unknown_kind_is_refused), F(a_second_process_cannot_open_it_for_writing),
    F(the_files_are_for_their_owner_alone), F(a_file_that_is_no_database_is_refused),
    F(the_log_is_moved_when_asked_and_on_close), F(a_backup_is_a_snapshot_that_opens))
