#include "db/sqlite_connection.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "db/sqlite_frames.h"
#include "db/sqlite_log.h"

/* ---- errors -------------------------------------------------------------------------------- */

static enum error constraint_error(int code)
{
    switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_FOREIGNKEY:
    case SQLITE_CONSTRAINT_CHECK:
        return ERROR_CONFLICT;
    default:
        return ERROR_INTERNAL;
    }
}

static enum error error_of(int code)
{
    if (code == SQLITE_BUSY_SNAPSHOT)
        return ERROR_RETRY;
    if (code == SQLITE_IOERR_NOMEM)
        return ERROR_UNAVAILABLE;
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ERROR_STORAGE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_CANTOPEN:
        return ERROR_UNAVAILABLE;
    case SQLITE_CONSTRAINT:
        return constraint_error(code);
    default:
        return ERROR_INTERNAL;
    }
}

enum error sqlite_failed(sqlite3 *connection, const char *what, struct fault *fault)
{
    int code = sqlite3_extended_errcode(connection);
    return refuse(fault, error_of(code), NULL, "%s: %s (SQLite %d)", what,
                  sqlite3_errmsg(connection), code);
}

/* ---- settings ------------------------------------------------------------------------------ */

static const char common_settings[] = "PRAGMA foreign_keys = ON;"
                                      "PRAGMA temp_store = MEMORY;"
                                      "PRAGMA trusted_schema = OFF;";

static const char reader_settings[] = "PRAGMA query_only = ON;"
                                      "PRAGMA mmap_size = 0;"
                                      "PRAGMA cache_size = -8192;";

/* 64 MiB of cache: of random updates in a database of 600 MiB, 2 MiB take a third as many, more do
 * not take more. */
static const char writer_settings[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL;"
    "PRAGMA journal_size_limit = 1073741824;" /* kept: to write over is faster than to grow */
    "PRAGMA secure_delete = ON;"              /* what is erased is gone */
    "PRAGMA mmap_size = 0;"
    "PRAGMA cache_size = -65536;";

static bool is_log_mode(sqlite3 *connection)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(connection, "PRAGMA journal_mode", -1, &statement, NULL) != SQLITE_OK)
        return false;
    bool is = sqlite3_step(statement) == SQLITE_ROW &&
              strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    sqlite3_finalize(statement);
    return is;
}

static enum error set_up(sqlite3 *connection, const char *path, bool writes, struct fault *fault)
{
    const char *settings = writes ? writer_settings : reader_settings;
    sqlite3_busy_timeout(connection, SQLITE_BUSY_WAIT_MS);
    sqlite3_wal_autocheckpoint(connection, 0);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    if (sqlite3_exec(connection, common_settings, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(connection, settings, NULL, NULL, NULL) != SQLITE_OK)
        return sqlite_failed(connection, path, fault);
    if (!is_log_mode(connection))
        return refuse(fault, ERROR_UNAVAILABLE, "database", "%s has no write-ahead log", path);
    return OK;
}

/* ---- opening ------------------------------------------------------------------------------- */

/* SQLite would create it readable for everybody. Never opens one that exists: closing it again
 * would drop the locks that other connections of this process hold on it. */
static enum error create_file(const char *path, struct fault *fault)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return refuse(fault, ERROR_UNAVAILABLE, "database", "cannot create %s: %s", path,
                      strerror(errno));
    if (fd >= 0)
        close(fd);
    return OK;
}

static const char *writers_files; /* the file system of a connection that writes */

static void set_up_sqlite(void)
{
    /* It would take one lock at every allocation of any connection, for a figure nobody reads. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    writers_files = sqlite_gathering();
}

enum error sqlite_connect(const char *path, bool writes, sqlite3 **connection, struct fault *fault)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up_sqlite);
    enum error error = writes ? create_file(path, fault) : OK;
    if (error)
        return error;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int result = sqlite3_open_v2(path, connection, flags, writes ? writers_files : NULL);
    if (!*connection)
        return refuse(fault, ERROR_UNAVAILABLE, NULL, "out of memory");
    return result == SQLITE_OK ? set_up(*connection, path, writes, fault)
                               : sqlite_failed(*connection, path, fault);
}
