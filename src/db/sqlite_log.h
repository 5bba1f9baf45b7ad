/* SQLite's write-ahead log, looked after by the one session that writes.
 *
 * Only one connection may ever write or move the log into the database (a checkpoint): up to
 * 3.51.3 SQLite can corrupt the file when two do so at once. A lock on the file PATH-writer, held
 * for the life of the session, keeps other processes out, too.
 *
 * Why a failed flush loses nothing and leaves nothing. When fdatasync fails, the kernel has
 * reported the error once, calls the lost pages clean, and still shows them to whoever reads. So
 * the frames of the failed transaction look whole in the log, and a later flush that succeeds says
 * nothing about them. Two cases:
 *
 * - The process lives. SQLite has not counted the frames; the next transaction overwrites them from
 *   the last good frame on, and its flush is about these new pages. Until that has happened, a
 *   crash could bring the failed transaction back, so log_settle puts a tiny transaction in its
 *   place before anybody is told that nothing was changed. Checksums are chained: what is left of
 * the failed one behind it is dead.
 * - The process dies before that. Whoever opens the log next would believe frames that may not be
 * on the disk, and build upon them. So log_rewrite writes a log that was left behind once more,
 * byte for byte, and flushes it, before SQLite reads it.
 *
 * A checkpoint that fails is repeated by SQLite from the same frame, with one exception: a part
 * that was moved earlier without a flush is not moved again. Then no more checkpoints are made in
 * this process; the log holds everything, and the next start moves all of it again. */
#ifndef WAYMARK_DB_SQLITE_LOG_H
#define WAYMARK_DB_SQLITE_LOG_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* "wmrk": every database of ours carries it. */
#define SQLITE_APPLICATION_ID 0x776d726b

enum { SQLITE_BUSY_WAIT_MS = 5000 }; /* for whoever recovers the log */

struct sqlite_log {
    sqlite3 *connection;
    int64_t frame_bytes;
    int64_t frames;       /* in the log */
    int64_t moved;        /* of these, in the database */
    int64_t forced_bytes; /* log size at which the next checkpoint can wait no longer */
    bool half_moved;      /* the last checkpoint moved a part and did not flush it */
    bool suspended;       /* no more checkpoints: see above */
    bool doubtful;        /* a failed transaction is still in the log */
};

/* Takes the lock that makes this process the writer; *lock is a file descriptor, closing it gives
 * the lock back. ERROR_UNAVAILABLE if another has it. */
enum error log_claim(const char *path, int *lock, struct fault *fault) WARN_UNUSED;

/* See above. Only for the holder of the lock, before SQLite opens the database. */
enum error log_rewrite(const char *path, struct fault *fault) WARN_UNUSED;

/* Starts to watch a writing connection that has just been opened. Returns a SQLite code. */
int log_watch(struct sqlite_log *log, sqlite3 *connection);

/* Moves the log when it is too large to wait; called before each transaction. */
void log_relieve(struct sqlite_log *log);

/* Moves the log when it is worth it, or (force) empties it in any case. */
void log_idle(struct sqlite_log *log, bool force);

/* Makes sure that a failed transaction cannot come back. Returns a SQLite code; if it is not
 * SQLITE_OK the log stays doubtful and no other transaction may begin. */
int log_settle(struct sqlite_log *log);

#endif
