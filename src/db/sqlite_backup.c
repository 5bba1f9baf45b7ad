#include "db/sqlite_backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { STEP_PAGES = 256, PATH_SIZE = 4096 };

static enum error failed(sqlite3 *connection, const char *path, struct fault *fault)
{
    int code = sqlite3_extended_errcode(connection);
    enum error error = (code & 0xff) == SQLITE_BUSY ? ERROR_UNAVAILABLE : ERROR_STORAGE;
    return refuse(fault, error, "path", "%s: %s", path, sqlite3_errmsg(connection));
}

static enum error copy_pages(sqlite3_backup *backup, sqlite3 *target, const char *path,
                             const struct backup_progress *progress, struct fault *fault)
{
    int result;
    do {
        result = sqlite3_backup_step(backup, STEP_PAGES);
        int total = sqlite3_backup_pagecount(backup);
        if (progress->tell)
            progress->tell(progress->context, total - sqlite3_backup_remaining(backup), total);
    } while (result == SQLITE_OK);
    return sqlite3_backup_finish(backup) == SQLITE_OK ? OK : failed(target, path, fault);
}

/* The target needs no journal of its own: nobody sees it before it is whole. */
static const char target_settings[] = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;";

static enum error copy(sqlite3 *source, const char *path, const struct backup_progress *progress,
                       struct fault *fault)
{
    sqlite3 *target = NULL;
    enum error error = OK;
    sqlite3_backup *backup = NULL;
    if (sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL) ==
            SQLITE_OK &&
        sqlite3_exec(target, target_settings, NULL, NULL, NULL) == SQLITE_OK)
        backup = sqlite3_backup_init(target, "main", source, "main");
    if (backup)
        error = copy_pages(backup, target, path, progress, fault);
    else
        error = failed(target, path, fault);
    sqlite3_close(target);
    return error;
}

static enum error flush(const char *path, struct fault *fault)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int result = fd < 0 ? -1 : fsync(fd);
    int reason = errno;
    if (fd >= 0)
        close(fd);
    if (result == 0)
        return OK;
    return refuse(fault, ERROR_STORAGE, "path", "%s: %s", path, strerror(reason));
}

static enum error flush_folder_of(const char *path, struct fault *fault)
{
    char folder[PATH_SIZE];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (!slash)
        return flush(".", fault);
    slash[slash == folder ? 1 : 0] = '\0';
    return flush(folder, fault);
}

/* Takes over what a backup left that was killed; one that still runs holds the lock. */
static enum error create(const char *path, int *lock, struct fault *fault)
{
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*lock >= 0 && flock(*lock, LOCK_EX | LOCK_NB) == 0 && ftruncate(*lock, 0) == 0)
        return OK;
    enum error error = refuse(fault, ERROR_STORAGE, "path", "%s: %s", path, strerror(errno));
    if (*lock >= 0)
        close(*lock);
    return error;
}

enum error sqlite_backup_to(sqlite3 *source, const char *path,
                            const struct backup_progress *progress, struct fault *fault)
{
    char part[PATH_SIZE];
    if (snprintf(part, sizeof part, "%s%s.part", *path == '/' ? "" : "./", path) >=
        (int)sizeof part - 16)
        return refuse(fault, ERROR_STORAGE, "path", "the path is too long");
    if (access(path, F_OK) == 0)
        return refuse(fault, ERROR_STORAGE, "path", "%s: is there already", path);
    int lock;
    enum error error = create(part, &lock, fault);
    if (error)
        return error;
    error = copy(source, part, progress, fault);
    if (!error)
        error = flush(part, fault);
    if (!error && rename(part, path) != 0)
        error = refuse(fault, ERROR_STORAGE, "path", "%s: %s", path, strerror(errno));
    if (error)
        unlink(part);
    else
        error = flush_folder_of(path, fault);
    close(lock);
    return error;
}
