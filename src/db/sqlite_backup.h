/* A copy of an open SQLite database in one file. */
#ifndef WAYMARK_DB_SQLITE_BACKUP_H
#define WAYMARK_DB_SQLITE_BACKUP_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/error.h"

struct backup_progress {
    void (*tell)(void *context, int64_t done, int64_t total); /* pages; may be NULL */
    void *context;
};

/* Copies what the source's open read transaction sees, in steps, to path, where no file may be; a
 * file appears there only when the copy is whole and durable. ERROR_STORAGE, ERROR_UNAVAILABLE. */
enum error sqlite_backup_to(sqlite3 *source, const char *path,
                            const struct backup_progress *progress,
                            struct fault *fault) WARN_UNUSED;

#endif
