#include "db/sqlite_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/must.h"

enum {
    LOG_HEADER = 32,
    FRAME_HEADER = 24,
    SALTS = 8, /* bytes, at 16 in the header and at 8 in each frame that belongs to it */
    PAGE_MIN = 512,
    PAGE_MAX = 65536,

    IDLE_MARK = 4 * MIB, /* worth moving when there is nothing else to do */
    /* A page that changes often is moved once. Under full load a move holds everybody up for 0.1 s
     * even at 64 MiB, where one request in nine meets it; here it is 0.3 s, and one in 150. */
    FORCED_MARK = 1024 * MIB,
    FORCED_STEP = 64 * MIB, /* growth before the next try when a long reader was in the way */
    FORCED_WAIT_MS = 200,   /* for readers, so that the log can start again at its beginning */
};

/* ---- the lock ------------------------------------------------------------------------------ */

enum error log_claim(const char *path, int *lock, struct fault *fault)
{
    char name[4096];
    if (snprintf(name, sizeof name, "%s-writer", path) >= (int)sizeof name)
        return refuse(fault, ERROR_UNAVAILABLE, "database", "the path is too long");
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return refuse(fault, ERROR_UNAVAILABLE, "database", "cannot open %s: %s", name,
                      strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return refuse(fault, ERROR_UNAVAILABLE, "database",
                      "another waymark process has this database open for writing: "
                      "stop it first, or use its API");
    }
    *lock = fd;
    return OK;
}

/* ---- a log that was left behind ------------------------------------------------------------ */

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool write_again(int fd, const unsigned char *bytes, size_t size, off_t offset)
{
    return pwrite(fd, bytes, size, offset) == (ssize_t)size;
}

/* Writes the frames that carry the header's salts; those behind them are of an older log. */
static bool rewrite_frames(int fd, const unsigned char *header)
{
    size_t page = big_endian(header + 8);
    if (page < PAGE_MIN || page > PAGE_MAX)
        return true;
    size_t size = FRAME_HEADER + page;
    unsigned char *frame = malloc(size);
    must(frame);
    bool written = true;
    for (off_t offset = LOG_HEADER; written; offset += (off_t)size) {
        if (pread(fd, frame, size, offset) != (ssize_t)size ||
            memcmp(frame + 8, header + 16, SALTS) != 0)
            break;
        written = write_again(fd, frame, size, offset);
    }
    free(frame);
    return written;
}

static bool rewrite_file(int fd)
{
    unsigned char header[LOG_HEADER];
    if (pread(fd, header, sizeof header, 0) != (ssize_t)sizeof header)
        return true;
    return write_again(fd, header, sizeof header, 0) && rewrite_frames(fd, header) &&
           fdatasync(fd) == 0;
}

enum error log_rewrite(const char *path, struct fault *fault)
{
    char name[4096];
    snprintf(name, sizeof name, "%s-wal", path);
    int fd = open(name, O_RDWR | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return OK;
    bool written = fd >= 0 && rewrite_file(fd);
    int reason = errno;
    if (fd >= 0)
        close(fd);
    if (!written)
        return refuse(fault, ERROR_STORAGE, "database", "cannot make %s durable: %s", name,
                      strerror(reason));
    return OK;
}

/* ---- checkpoints --------------------------------------------------------------------------- */

static int64_t log_bytes(const struct sqlite_log *log)
{
    return log->frames * log->frame_bytes;
}

static int count_frames(void *context, sqlite3 *connection, const char *database, int frames)
{
    (void)connection;
    (void)database;
    struct sqlite_log *log = context;
    if (frames < log->frames)
        log->moved = 0; /* it started again at its beginning */
    log->frames = frames;
    return SQLITE_OK;
}

/* Returns whether the whole log is in the database. */
static bool checkpoint(struct sqlite_log *log, int mode)
{
    if (log->suspended || log->doubtful)
        return false;
    int frames = 0;
    int moved = 0;
    int result = sqlite3_wal_checkpoint_v2(log->connection, "main", mode, &frames, &moved);
    if (result != SQLITE_OK && result != SQLITE_BUSY) {
        log->suspended = log->half_moved && result == SQLITE_IOERR_FSYNC;
        return false;
    }
    log->frames = frames;
    log->moved = moved;
    log->half_moved = moved > 0 && moved < frames;
    return result == SQLITE_OK && moved == frames;
}

/* Waits a little for readers of older snapshots. */
static bool checkpoint_all(struct sqlite_log *log, int mode)
{
    sqlite3_busy_timeout(log->connection, FORCED_WAIT_MS);
    bool all = checkpoint(log, mode);
    sqlite3_busy_timeout(log->connection, SQLITE_BUSY_WAIT_MS);
    return all;
}

int log_watch(struct sqlite_log *log, sqlite3 *connection)
{
    *log = (struct sqlite_log){.connection = connection, .forced_bytes = FORCED_MARK};
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(connection, "PRAGMA page_size", -1, &statement, NULL);
    if (result != SQLITE_OK)
        return result;
    if (sqlite3_step(statement) == SQLITE_ROW)
        log->frame_bytes = FRAME_HEADER + sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_wal_hook(connection, count_frames, log);
    checkpoint(log, SQLITE_CHECKPOINT_PASSIVE);
    return SQLITE_OK;
}

void log_relieve(struct sqlite_log *log)
{
    if (log_bytes(log) < log->forced_bytes)
        return;
    if (checkpoint_all(log, SQLITE_CHECKPOINT_RESTART))
        log->frames = log->moved = 0;
    log->forced_bytes = log->frames == 0 ? FORCED_MARK : log_bytes(log) + FORCED_STEP;
}

void log_idle(struct sqlite_log *log, bool force)
{
    if (force)
        checkpoint_all(log, SQLITE_CHECKPOINT_TRUNCATE);
    else if ((log->frames - log->moved) * log->frame_bytes >= IDLE_MARK)
        checkpoint(log, SQLITE_CHECKPOINT_PASSIVE);
}

/* ---- after a failed flush ------------------------------------------------------------------ */

#define TEXT_OF(number)     #number
#define APPLICATION_SQL(id) "PRAGMA application_id = " TEXT_OF(id)

int log_settle(struct sqlite_log *log)
{
    if (!log->doubtful)
        return SQLITE_OK;
    /* Writes page 1 though nothing in it changes. */
    int result =
        sqlite3_exec(log->connection, APPLICATION_SQL(SQLITE_APPLICATION_ID), NULL, NULL, NULL);
    log->doubtful = result != SQLITE_OK;
    return result;
}
