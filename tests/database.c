#include "database.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

bool test_on_sqlite(void)
{
    const char *kind = getenv("WAYMARK_TEST_DATABASE");
    must(kind && (strcmp(kind, "sqlite") == 0 || strcmp(kind, "postgres") == 0));
    return strcmp(kind, "sqlite") == 0;
}

void test_database_make(struct test_database *database)
{
    *database = (struct test_database){.folder = "/tmp/waymark-test-XXXXXX"};
    must(mkdtemp(database->folder));
    must(test_on_sqlite());
    snprintf(database->url, sizeof database->url, "sqlite:%s/test.db", database->folder);
}

void test_database_remove(struct test_database *database)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", database->folder);
    must(system(command) == 0);
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
