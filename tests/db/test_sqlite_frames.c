/* What is gathered for the log is never missed: not by its own transaction, not by others, and not
 * by a commit when it was lost. */
#include "db/sqlite_frames.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../check.h"

enum { ROWS = 600, ROW_BYTES = 1500, KEPT_PAGES = 20 }; /* some 900 KB: of several pieces */

struct place {
    char folder[32];
    char path[48];
    sqlite3 *writer;
    sqlite3 *reader; /* over the system's own file system */
};

static void run(sqlite3 *connection, const char *sql)
{
    assert_int_equal(sqlite3_exec(connection, sql, NULL, NULL, NULL), SQLITE_OK);
}

static int64_t number(sqlite3 *connection, const char *sql)
{
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_prepare_v2(connection, sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

static void assert_whole(sqlite3 *connection)
{
    assert_int_equal(number(connection, "SELECT count(*) FROM pragma_integrity_check"
                                        " WHERE integrity_check = 'ok'"),
                     1);
}

/* Puts rows of which the page cache holds few, so that most go to the log before the commit. */
static void put_rows(const struct place *place)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
             " INSERT INTO thing SELECT i + (SELECT count(*) FROM thing), zeroblob(%d) FROM n",
             ROWS, ROW_BYTES);
    run(place->writer, sql);
}

static void begin(struct place *place)
{
    char setting[48];
    snprintf(place->folder, sizeof place->folder, "/tmp/waymark-frames-XXXXXX");
    assert_non_null(mkdtemp(place->folder));
    snprintf(place->path, sizeof place->path, "%s/db", place->folder);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const char *gathering = sqlite_gathering();
    assert_string_equal(gathering, "waymark");
    assert_int_equal(sqlite3_open_v2(place->path, &place->writer, flags, gathering), SQLITE_OK);
    run(place->writer, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    snprintf(setting, sizeof setting, "PRAGMA cache_size = %d", KEPT_PAGES);
    run(place->writer, setting);
    run(place->writer, "CREATE TABLE thing (id INTEGER PRIMARY KEY, bytes BLOB)");
    assert_int_equal(sqlite3_open_v2(place->path, &place->reader, SQLITE_OPEN_READONLY, NULL),
                     SQLITE_OK);
}

static void end(struct place *place)
{
    char command[64];
    assert_int_equal(sqlite3_close(place->reader), SQLITE_OK);
    assert_int_equal(sqlite3_close(place->writer), SQLITE_OK);
    snprintf(command, sizeof command, "rm -r %s", place->folder);
    assert_int_equal(system(command), 0);
}

CASE(a_transaction_reads_what_it_has_not_committed)
{
    struct place place;
    begin(&place);
    run(place.writer, "BEGIN");
    put_rows(&place);
    assert_int_equal(number(place.writer, "SELECT sum(length(bytes)) FROM thing"),
                     ROWS * ROW_BYTES);
    assert_int_equal(number(place.reader, "SELECT count(*) FROM thing"), 0);
    run(place.writer, "COMMIT");
    end(&place);
}

CASE(others_read_what_is_committed)
{
    struct place place;
    begin(&place);
    for (int i = 1; i <= 3; i++) {
        put_rows(&place);
        assert_int_equal(number(place.reader, "SELECT count(*) FROM thing"), i * ROWS);
        assert_whole(place.reader);
    }
    run(place.writer, "PRAGMA wal_checkpoint(TRUNCATE)");
    put_rows(&place);
    assert_int_equal(number(place.reader, "SELECT count(*) FROM thing"), 4 * ROWS);
    assert_whole(place.reader);
    end(&place);
}

CASE(what_is_rolled_back_is_written_over)
{
    struct place place;
    begin(&place);
    put_rows(&place);
    run(place.writer, "BEGIN");
    put_rows(&place);
    run(place.writer, "DELETE FROM thing WHERE id % 3 = 0; ROLLBACK");
    run(place.writer, "DELETE FROM thing WHERE id % 2 = 0");
    assert_int_equal(number(place.reader, "SELECT count(*) FROM thing"), ROWS / 2);
    assert_whole(place.reader);
    assert_whole(place.writer);
    end(&place);
}

/* No file of this process may grow beyond so many bytes. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

CASE(a_transaction_whose_frames_are_lost_is_refused)
{
    struct place place;
    begin(&place);
    put_rows(&place);
    signal(SIGXFSZ, SIG_IGN);
    limit_files(1500000); /* in the middle of the next one's frames */
    bool refused =
        sqlite3_exec(place.writer, "BEGIN; UPDATE thing SET bytes = zeroblob(1600); COMMIT", NULL,
                     NULL, NULL) != SQLITE_OK;
    limit_files(RLIM_INFINITY);
    assert_true(refused);
    if (!sqlite3_get_autocommit(place.writer))
        run(place.writer, "ROLLBACK");
    assert_int_equal(number(place.reader, "SELECT max(length(bytes)) FROM thing"), ROW_BYTES);
    put_rows(&place);
    assert_int_equal(number(place.reader, "SELECT count(*) FROM thing"), 2 * ROWS);
    assert_whole(place.reader);
    end(&place);
}

/* SQLite itself gives up at the first error; here somebody goes on in spite of it. */
CASE(what_was_lost_is_flushed_only_after_another_transaction_began_in_its_place)
{
    struct place place;
    begin(&place);
    char name[64];
    char bytes[1024] = {0};
    sqlite3_vfs *vfs = sqlite3_vfs_find(sqlite_gathering());
    sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
    snprintf(name, sizeof name, "%s-other", place.path); /* beside its database, as SQLite asks */
    fclose(fopen(name, "w"));
    assert_int_equal(vfs->xOpen(vfs, name, file, SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE, NULL),
                     SQLITE_OK);
    const sqlite3_io_methods *log = file->pMethods;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(log->xWrite(file, bytes, 24, 32), SQLITE_OK);
    assert_int_equal(log->xWrite(file, bytes, sizeof bytes, 56), SQLITE_OK);
    limit_files(16);
    assert_int_not_equal(log->xRead(file, bytes, 24, 0), SQLITE_OK);
    limit_files(RLIM_INFINITY);
    assert_int_equal(log->xWrite(file, bytes, sizeof bytes, 4000), SQLITE_OK);
    assert_int_not_equal(log->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
    assert_int_equal(log->xWrite(file, bytes, sizeof bytes, 8), SQLITE_OK);
    assert_int_not_equal(log->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
    assert_int_equal(log->xWrite(file, bytes, 24, 32), SQLITE_OK);
    assert_int_equal(log->xSync(file, SQLITE_SYNC_NORMAL), SQLITE_OK);
    assert_int_equal(log->xClose(file), SQLITE_OK);
    free(file);
    end(&place);
}

RUN(T(a_transaction_reads_what_it_has_not_committed), T(others_read_what_is_committed),
    T(what_is_rolled_back_is_written_over), T(a_transaction_whose_frames_are_lost_is_refused),
    T(what_was_lost_is_flushed_only_after_another_transaction_began_in_its_place))
