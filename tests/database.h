/* A database of its own for each test: WAYMARK_TEST_DATABASE=sqlite makes a file in a temporary
 * directory, =postgres a database on the server that WAYMARK_TEST_POSTGRES names. */
#ifndef WAYMARK_TESTS_DATABASE_H
#define WAYMARK_TESTS_DATABASE_H

#include "db/db.h"

struct test_database {
    char url[512];
    char folder[64]; /* a temporary directory, for files of the test, too */
    char name[64];   /* on PostgreSQL */
};

/* Makes an empty one. */
void test_database_make(struct test_database *database);

/* Removes it; all sessions must be closed. */
void test_database_remove(struct test_database *database);

/* Whether the test runs on SQLite, for what only it can do. */
bool test_on_sqlite(void);

/* Opens a session or fails the test. */
struct db_session *test_open(const struct test_database *database, enum db_mode mode);

/* Runs a script of type-worded schema or statements in a transaction of its own, or fails. */
void test_script(struct db_session *session, const char *sql);

#endif
