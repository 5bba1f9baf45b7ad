#include "db/sqlite_frames.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"

enum {
    ROOM = 127 * KIB,   /* the system's own writes less than 128 at a time */
    LOG_HEADER_MAX = 32 /* what a transaction begins with: the log's header, or a frame's */
};

struct log_file {
    sqlite3_file base;
    sqlite3_int64 offset; /* of what is gathered */
    int gathered;         /* bytes */
    int failure;          /* of a piece that was lost, until another transaction begins there */
    sqlite3_int64 lost;   /* its offset */
    unsigned char *room;
    sqlite3_file system[]; /* the system's own, szOsFile bytes of its file system */
};

static sqlite3_vfs gathering;

static struct log_file *log_of(sqlite3_file *file)
{
    return (struct log_file *)file;
}

/* ---- gathering ----------------------------------------------------------------------------- */

static int hand_over(struct log_file *log)
{
    if (log->gathered == 0)
        return SQLITE_OK;
    sqlite3_file *system = log->system;
    int result = system->pMethods->xWrite(system, log->room, log->gathered, log->offset);
    if (result != SQLITE_OK && log->failure == SQLITE_OK) {
        log->failure = result;
        log->lost = log->offset;
    }
    log->gathered = 0;
    return result;
}

static bool follows(const struct log_file *log, int amount, sqlite3_int64 offset)
{
    return offset == log->offset + log->gathered && amount <= ROOM - log->gathered;
}

/* SQLite also goes back to write a page of the same transaction anew, without its header. */
static bool begins_anew(const struct log_file *log, int amount, sqlite3_int64 offset)
{
    return offset <= log->lost && amount <= LOG_HEADER_MAX;
}

static int write_log(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
    struct log_file *log = log_of(file);
    if (log->failure && begins_anew(log, amount, offset))
        log->failure = SQLITE_OK;
    if (!follows(log, amount, offset)) {
        int result = hand_over(log);
        if (result != SQLITE_OK)
            return result;
        log->offset = offset;
    }
    if (amount > ROOM)
        return log->system->pMethods->xWrite(log->system, bytes, amount, offset);
    memcpy(log->room + log->gathered, bytes, (size_t)amount);
    log->gathered += amount;
    return SQLITE_OK;
}

/* ---- all else, after what was gathered ------------------------------------------------------ */

static int read_log(sqlite3_file *file, void *bytes, int amount, sqlite3_int64 offset)
{
    struct log_file *log = log_of(file);
    int result = hand_over(log);
    return result ? result : log->system->pMethods->xRead(log->system, bytes, amount, offset);
}

static int truncate_log(sqlite3_file *file, sqlite3_int64 size)
{
    struct log_file *log = log_of(file);
    int result = hand_over(log);
    return result ? result : log->system->pMethods->xTruncate(log->system, size);
}

static int flush_log(sqlite3_file *file, int flags)
{
    struct log_file *log = log_of(file);
    int result = hand_over(log);
    if (result == SQLITE_OK)
        result = log->failure;
    return result ? result : log->system->pMethods->xSync(log->system, flags);
}

static int size_of_log(sqlite3_file *file, sqlite3_int64 *size)
{
    struct log_file *log = log_of(file);
    int result = hand_over(log);
    return result ? result : log->system->pMethods->xFileSize(log->system, size);
}

static int close_log(sqlite3_file *file)
{
    struct log_file *log = log_of(file);
    int result = hand_over(log);
    int closed = log->system->pMethods->xClose(log->system);
    free(log->room);
    return result ? result : closed;
}

static int lock_log(sqlite3_file *file, int level)
{
    return log_of(file)->system->pMethods->xLock(log_of(file)->system, level);
}

static int unlock_log(sqlite3_file *file, int level)
{
    return log_of(file)->system->pMethods->xUnlock(log_of(file)->system, level);
}

static int log_is_reserved(sqlite3_file *file, int *is)
{
    return log_of(file)->system->pMethods->xCheckReservedLock(log_of(file)->system, is);
}

static int control_log(sqlite3_file *file, int operation, void *argument)
{
    return log_of(file)->system->pMethods->xFileControl(log_of(file)->system, operation, argument);
}

static int sector_of_log(sqlite3_file *file)
{
    return log_of(file)->system->pMethods->xSectorSize(log_of(file)->system);
}

static int traits_of_log(sqlite3_file *file)
{
    return log_of(file)->system->pMethods->xDeviceCharacteristics(log_of(file)->system);
}

static const sqlite3_io_methods log_methods = {
    .iVersion = 1, /* shared memory and maps are the database's, not the log's */
    .xClose = close_log,
    .xRead = read_log,
    .xWrite = write_log,
    .xTruncate = truncate_log,
    .xSync = flush_log,
    .xFileSize = size_of_log,
    .xLock = lock_log,
    .xUnlock = unlock_log,
    .xCheckReservedLock = log_is_reserved,
    .xFileControl = control_log,
    .xSectorSize = sector_of_log,
    .xDeviceCharacteristics = traits_of_log,
};

/* ---- opening ------------------------------------------------------------------------------- */

static int open_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags,
                     int *opened)
{
    (void)vfs;
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    if (!(flags & SQLITE_OPEN_WAL))
        return system->xOpen(system, name, file, flags, opened);
    struct log_file *log = log_of(file);
    *log = (struct log_file){.room = malloc(ROOM)};
    if (!log->room)
        return SQLITE_NOMEM;
    int result = system->xOpen(system, name, log->system, flags, opened);
    if (result == SQLITE_OK)
        log->base.pMethods = &log_methods;
    else
        free(log->room);
    return result;
}

const char *sqlite_gathering(void)
{
    const sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    gathering = *system;
    gathering.zName = "waymark";
    gathering.pNext = NULL;
    gathering.szOsFile = (int)sizeof(struct log_file) + system->szOsFile;
    gathering.xOpen = open_file;
    return sqlite3_vfs_register(&gathering, false) == SQLITE_OK ? gathering.zName : NULL;
}
