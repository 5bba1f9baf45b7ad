/* A step of the schema that moves rows leaves each of them as it was. */
#include "db/migrate.h"

#include "../check.h"
#include "../database.h"

enum { BEFORE_LONG_LEAF = 23 };

static const struct statement insert_leaf = {
    .name = "insert_leaf",
    .sql = "INSERT INTO leaf (company, position, event, subject_id, at, hash, salt, payload,"
           "                  payload_hash, erased_at)"
           "VALUES (1, $1, 'contact.added', $2, 0, $3, $4, $5, $6, $7)",
    .parameters = (const char *const[]){"position", "subject_id", "hash", "salt", "payload",
                                        "payload_hash", "erased_at"},
    .parameter_count = 7,
};

static const struct statement list_leaves = {
    .name = "list_leaves",
    .sql = "SELECT position, payload, erased_at FROM leaf WHERE company = 1 ORDER BY position",
};

static void migrate_to(struct db_session *session, size_t steps)
{
    size_t applied;
    struct fault fault = {0};
    assert_int_equal(migrate(session, schema_steps, steps, 1700000000000, &applied, &fault), OK);
}

/* Without a payload it was erased. */
static void insert(struct db_session *session, int64_t position, const char *payload)
{
    struct fault fault = {0};
    const struct id id = {.bytes = {1}};
    const struct value hash = value_bytes("hash", 4), none = value_null(VALUE_BYTES);
    const struct value values[] = {value_integer(position),
                                   value_id(&id),
                                   hash,
                                   payload ? hash : none,
                                   value_text(payload),
                                   payload ? none : hash,
                                   payload ? value_null(VALUE_INTEGER) : value_integer(1)};
    assert_int_equal(db_begin(session, &fault), OK);
    assert_int_equal(db_change(session, &insert_leaf, values, 7, 1, &fault), OK);
    assert_int_equal(db_commit(session, &fault), OK);
}

static void check_next(struct db_rows *rows, int64_t position, const char *payload)
{
    bool more;
    struct fault fault = {0};
    assert_int_equal(db_rows_next(rows, &more, &fault), OK);
    assert_true(more);
    assert_int_equal(db_rows_value(rows, 0, VALUE_INTEGER).integer, position);
    struct value text = db_rows_value(rows, 1, VALUE_TEXT);
    assert_int_equal(text.is_null, !payload);
    assert_int_equal(db_rows_value(rows, 2, VALUE_INTEGER).is_null, !!payload);
    if (!payload)
        return;
    assert_int_equal(text.size, strlen(payload));
    assert_memory_equal(text.bytes, payload, text.size);
}

static void check_leaves(struct db_session *session)
{
    bool more;
    struct db_rows *rows;
    struct fault fault = {0};
    assert_int_equal(db_begin(session, &fault), OK);
    assert_int_equal(db_select(session, &list_leaves, NULL, 0, &rows, &fault), OK);
    check_next(rows, 0, "{\"name\":\"Ada\"}");
    check_next(rows, 1, NULL);
    assert_int_equal(db_rows_next(rows, &more, &fault), OK);
    assert_false(more);
    db_rows_end(rows);
    db_rollback(session);
}

CASE(leaves_keep_their_places_whether_erased_or_not)
{
    struct test_database database;
    test_database_make(&database);
    struct db_session *session = test_open(&database, DB_WRITE);
    migrate_to(session, BEFORE_LONG_LEAF);
    insert(session, 1, NULL);
    insert(session, 0, "{\"name\":\"Ada\"}");
    migrate_to(session, schema_step_count);
    check_leaves(session);
    db_close(session);
    test_database_remove(&database);
}

RUN(T(leaves_keep_their_places_whether_erased_or_not))
