#include "database.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"

bool test_on_sqlite(void)
{
    const char *kind = getenv("WAYMARK_TEST_DATABASE");
    must(kind && (strcmp(kind, "sqlite") == 0 || strcmp(kind, "postgres") == 0));
    return strcmp(kind, "sqlite") == 0;
}

/* Runs a command on the server itself. */
static void administer(const char *command, const char *name, const char *options)
{
    const char *server = getenv("WAYMARK_TEST_POSTGRES");
    must(server); /* run by tests/with_postgres */
    char sql[128];
    snprintf(sql, sizeof sql, "%s %s %s", command, name, options);
    PGconn *connection = PQconnectdb(server);
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        fprintf(stderr, "%s: %s\n", sql, PQerrorMessage(connection));
    must(PQresultStatus(result) == PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
}

static void make_on_postgres(struct test_database *database)
{
    static int count;
    snprintf(database->name, sizeof database->name, "test_%d_%d", (int)getpid(), ++count);
    administer("CREATE DATABASE", database->name, "");
    const char *server = getenv("WAYMARK_TEST_POSTGRES");
    const char *last_slash = strrchr(server, '/');
    snprintf(database->url, sizeof database->url, "%.*s/%s", (int)(last_slash - server), server,
             database->name);
}

void test_database_make(struct test_database *database)
{
    *database = (struct test_database){.folder = "/tmp/waymark-test-XXXXXX"};
    must(mkdtemp(database->folder));
    if (test_on_sqlite())
        snprintf(database->url, sizeof database->url, "sqlite:%s/test.db", database->folder);
    else
        make_on_postgres(database);
}

void test_database_remove(struct test_database *database)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", database->folder);
    must(system(command) == 0);
    if (!test_on_sqlite())
        administer("DROP DATABASE", database->name, "WITH (FORCE)");
}

static void expect_ok(enum error error, const struct fault *fault)
{
    if (error) {
        fprintf(stderr, "%s: %s\n", error_slug(error), fault->detail);
        abort();
    }
}

struct db_session *test_open(const struct test_database *database, enum db_mode mode)
{
    struct db_session *session = NULL;
    struct fault fault = {0};
    expect_ok(db_open(database->url, mode, 0, &session, &fault), &fault);
    return session;
}

void test_script(struct db_session *session, const char *sql)
{
    struct arena *arena = arena_new();
    struct fault fault = {0};
    expect_ok(db_begin(session, &fault), &fault);
    expect_ok(db_script(session, db_schema_text(session, sql, arena), &fault), &fault);
    expect_ok(db_commit(session, &fault), &fault);
    arena_free(arena);
}
