#include <stdlib.h>

#include "db/migrate.h"

#include "../check.h"
#include "../database.h"

static const struct schema_step steps[] = {
    {1, "first", "aaaa", "CREATE TABLE one (id ID NOT NULL, PRIMARY KEY (id));"},
    {2, "second", "bbbb",
     "CREATE TABLE two (name TEXT NOT NULL, PRIMARY KEY (name));\n"
     "INSERT INTO two (name) VALUES ('INTEGER');"},
    {3, "third", "cccc", "CREATE TABLE three (broken;"},
};

struct fixture {
    struct test_database database;
    struct db_session *session;
    struct fault fault;
    size_t count;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    test_database_make(&fixture->database);
    fixture->session = test_open(&fixture->database, DB_WRITE);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    db_close(fixture->session);
    test_database_remove(&fixture->database);
    free(fixture);
    return 0;
}

static enum error apply(struct fixture *fixture, const struct schema_step *of, size_t count)
{
    return migrate(fixture->session, of, count, 1700000000000, &fixture->count, &fixture->fault);
}

static enum error pending(struct fixture *fixture, size_t count)
{
    return migrate_pending(fixture->session, steps, count, &fixture->count, &fixture->fault);
}

CASE(missing_steps_are_applied_once)
{
    struct fixture *fixture = *state;
    assert_int_equal(pending(fixture, 2), OK);
    assert_int_equal(fixture->count, 2);
    assert_int_equal(apply(fixture, steps, 1), OK);
    assert_int_equal(fixture->count, 1);
    assert_int_equal(pending(fixture, 2), OK);
    assert_int_equal(fixture->count, 1);
    assert_int_equal(apply(fixture, steps, 2), OK);
    assert_int_equal(fixture->count, 1);
    assert_int_equal(apply(fixture, steps, 2), OK);
    assert_int_equal(fixture->count, 0);
}

CASE(a_step_that_fails_keeps_those_before_it)
{
    struct fixture *fixture = *state;
    assert_int_equal(apply(fixture, steps, 3), ERROR_INTERNAL);
    assert_int_equal(fixture->count, 2);
    assert_int_equal(pending(fixture, 3), OK);
    assert_int_equal(fixture->count, 1);
}

CASE(a_step_whose_text_has_changed_is_refused)
{
    struct fixture *fixture = *state;
    assert_int_equal(apply(fixture, steps, 2), OK);
    const struct schema_step other_text[] = {steps[0], {2, "second", "bbbc", "SELECT 1;"}};
    assert_int_equal(apply(fixture, other_text, 2), ERROR_WRONG_STATE);
    assert_non_null(strstr(fixture->fault.detail, "step 2"));
    const struct schema_step other_name[] = {{1, "other", "aaaa", "SELECT 1;"}, steps[1]};
    assert_int_equal(apply(fixture, other_name, 2), ERROR_WRONG_STATE);
    assert_non_null(strstr(fixture->fault.detail, "step 1"));
}

CASE(a_database_newer_than_the_program_is_refused)
{
    struct fixture *fixture = *state;
    assert_int_equal(apply(fixture, steps, 2), OK);
    assert_int_equal(apply(fixture, steps, 1), ERROR_WRONG_STATE);
    assert_non_null(strstr(fixture->fault.detail, "newer than this program"));
    assert_int_equal(pending(fixture, 1), ERROR_WRONG_STATE);
}

CASE(a_reader_can_ask_what_is_missing)
{
    struct fixture *fixture = *state;
    assert_int_equal(apply(fixture, steps, 1), OK);
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    size_t count;
    assert_int_equal(migrate_pending(reader, steps, 2, &count, &fixture->fault), OK);
    assert_int_equal(count, 1);
    db_close(reader);
}

#define F(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)

RUN(F(missing_steps_are_applied_once), F(a_step_that_fails_keeps_those_before_it),
    F(a_step_whose_text_has_changed_is_refused), F(a_database_newer_than_the_program_is_refused),
    F(a_reader_can_ask_what_is_missing))
