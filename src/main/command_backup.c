/* Backup and restore of a data directory. The database is copied first, then the files: a row is
 * only ever written after its file is durable, so the copy has every file that its rows name. The
 * copy of the database takes its name last of all, so what was interrupted is no backup, and the
 * next try goes on with the files that are there. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "main/commands.h"
#include "main/house.h"
#include "platform/file.h"

static const char database_name[] = "waymark.db";
static const char unfinished_name[] = "waymark.db.unfinished";

/* ---- copying ------------------------------------------------------------------------------- */

struct copying {
    struct arena *arena; /* for paths */
    size_t files;
    bool is_shown; /* progress on a terminal */
};

static enum error copy_bytes(int from, struct new_file *to, struct fault *fault)
{
    static const size_t piece = 1 * MIB;
    struct arena *arena = arena_new();
    char *bytes = arena_alloc(arena, piece);
    enum error error = OK;
    ssize_t got = 0;
    while (!error && (got = read(from, bytes, piece)) > 0)
        error = file_append(to, bytes, (size_t)got, fault);
    arena_free(arena);
    if (!error && got < 0)
        return refuse(fault, ERROR_STORAGE, NULL, "a file cannot be read: %s", strerror(errno));
    return error;
}

static enum error copy_file(const char *from, const char *to, struct fault *fault)
{
    struct new_file copy;
    int source = open(from, O_RDONLY | O_CLOEXEC);
    if (source < 0)
        return refuse(fault, ERROR_NOT_FOUND, from, "cannot be opened: %s", strerror(errno));
    enum error error = file_begin(to, 0600, &copy, fault);
    if (!error) {
        error = copy_bytes(source, &copy, fault);
        if (error)
            file_abandon(&copy);
        else
            error = file_finish(&copy, to, fault);
    }
    close(source);
    return error;
}

static bool is_directory(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static enum error copy_tree(struct copying *copying, const char *from, const char *to,
                            struct fault *fault);

static enum error copy_entry(struct copying *copying, const char *from, const char *to,
                             const char *name, struct fault *fault)
{
    const char *source = arena_format(copying->arena, "%s/%s", from, name);
    const char *target = arena_format(copying->arena, "%s/%s", to, name);
    if (is_directory(source))
        return copy_tree(copying, source, target, fault);
    copying->files++;
    if (copying->is_shown && copying->files % 100 == 0)
        fprintf(stderr, "\r%zu files", copying->files);
    return access(target, F_OK) == 0 ? OK : copy_file(source, target, fault);
}

static enum error copy_tree(struct copying *copying, const char *from, const char *to,
                            struct fault *fault)
{
    enum error error = directory_make(to, 0700, fault);
    DIR *directory = error ? NULL : opendir(from);
    if (error || !directory)
        return error; /* what is not there need not be copied */
    struct dirent *entry;
    while (!error && (entry = readdir(directory))) {
        if (entry->d_name[0] != '.')
            error = copy_entry(copying, from, to, entry->d_name, fault);
    }
    closedir(directory);
    return error;
}

static enum error copy_around(struct arena *arena, const char *from, const char *to, size_t *files,
                              struct fault *fault)
{
    static const char *const parts[] = {"files", "keys"};
    struct copying copying = {.arena = arena, .is_shown = isatty(2)};
    enum error error = OK;
    for (size_t i = 0; !error && i < sizeof parts / sizeof *parts; i++)
        error = copy_tree(&copying, arena_format(arena, "%s/%s", from, parts[i]),
                          arena_format(arena, "%s/%s", to, parts[i]), fault);
    if (copying.is_shown && copying.files >= 100)
        fputc('\n', stderr);
    *files = copying.files;
    return error;
}

/* The path of the embedded database, which need not be in the data directory. */
static enum error find_database(const struct config *config, const char *otherwise,
                                const char **path, struct fault *fault)
{
    static const char scheme[] = "sqlite:";
    if (strncmp(config->database, scheme, strlen(scheme)) != 0)
        return refuse(fault, ERROR_INVALID, "database", "PostgreSQL has its own tools: %s",
                      otherwise);
    *path = config->database + strlen(scheme);
    return OK;
}

/* ---- backup -------------------------------------------------------------------------------- */

static void show_pages(void *context, int64_t done, int64_t total)
{
    (void)context;
    if (isatty(2) && total > 0)
        fprintf(stderr, "\rdatabase %3d%%%s", (int)(done * 100 / total), done == total ? "\n" : "");
}

/* What an earlier try left of the database is older than what is copied now. */
static enum error copy_database(struct house *house, const char *to, struct fault *fault)
{
    if (unlink(to) != 0 && errno != ENOENT)
        return refuse(fault, ERROR_STORAGE, to, "cannot be replaced: %s", strerror(errno));
    struct db_session *session = readers_take(house->readers);
    enum error error = db_backup(session, to, show_pages, NULL, fault);
    readers_put(house->readers, session);
    return error;
}

static enum error back_up(struct house *house, struct arena *arena, const char *to,
                          struct fault *fault)
{
    size_t files = 0;
    const char *unfinished = arena_format(arena, "%s/%s", to, unfinished_name);
    const char *finished = arena_format(arena, "%s/%s", to, database_name);
    enum error error = directory_make(to, 0700, fault);
    if (!error)
        error = copy_database(house, unfinished, fault);
    if (!error)
        error = copy_around(arena, house->config->data, to, &files, fault);
    if (!error && rename(unfinished, finished) != 0)
        error = refuse(fault, ERROR_STORAGE, finished, "cannot be named: %s", strerror(errno));
    if (!error)
        error = file_sync_name(finished, fault);
    if (!error)
        printf("backed up the database and %zu file%s to %s\n", files, files == 1 ? "" : "s", to);
    return error;
}

enum error command_backup(struct command_call *call, struct fault *fault)
{
    struct house house;
    const char *database;
    enum error error = command_arguments(call, 1, 1, fault);
    if (!error)
        error = find_database(call->config, "use pg_dump, and copy files/ and keys/ after it",
                              &database, fault);
    if (error)
        return error;
    const char *to = call->arguments[0];
    if (access(arena_format(call->arena, "%s/%s", to, database_name), F_OK) == 0)
        return refuse(fault, ERROR_CONFLICT, to, "there is a backup already");
    error = house_open(call->config, HOUSE_READS, &house, fault);
    if (error)
        return error;
    error = back_up(&house, call->arena, to, fault);
    house_close(&house);
    return error;
}

/* ---- restore ------------------------------------------------------------------------------- */

static enum error restore(struct command_call *call, const char *from, const char *database,
                          struct fault *fault)
{
    const char *to = call->config->data;
    struct house house;
    size_t files = 0;
    enum error error = directory_make(to, 0700, fault);
    if (!error)
        error = copy_around(call->arena, from, to, &files, fault);
    if (!error) /* the database last: without it the directory is not yet in use */
        error = copy_file(arena_format(call->arena, "%s/%s", from, database_name), database, fault);
    if (!error)
        error = house_open(call->config, HOUSE_WRITES, &house, fault);
    if (error)
        return error;
    house_close(&house);
    printf("restored the database and %zu file%s to %s; check it with: waymark verify\n", files,
           files == 1 ? "" : "s", to);
    return OK;
}

/* SQLite would play the log of the database that was here before onto the one that comes. */
static enum error check_place(struct arena *arena, const char *database, struct fault *fault)
{
    static const char *const beside[] = {"-wal", "-shm", "-journal"};
    if (access(database, F_OK) == 0)
        return refuse(fault, ERROR_CONFLICT, database, "there is a database already");
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        const char *path = arena_format(arena, "%s%s", database, beside[i]);
        if (access(path, F_OK) == 0)
            return refuse(fault, ERROR_CONFLICT, path,
                          "this is left of a database that was here: move it to where that is");
    }
    return OK;
}

/* With another seed the checkpoints to come would not be signed by the keys of those before. */
static enum error check_seed(struct arena *arena, const char *from, const char *to,
                             struct fault *fault)
{
    const char *const places[] = {from, to};
    char *seeds[2];
    size_t sizes[2];
    const char *path = NULL;
    for (size_t i = 0; i < 2; i++) {
        path = arena_format(arena, "%s/keys/log.seed", places[i]);
        if (access(path, F_OK) != 0)
            return OK; /* nothing to differ from */
        enum error error = file_read(arena, path, KIB, &seeds[i], &sizes[i], fault);
        if (error)
            return error;
    }
    if (sizes[0] != sizes[1] || memcmp(seeds[0], seeds[1], sizes[0]) != 0)
        return refuse(fault, ERROR_CONFLICT, path,
                      "this is not the key of the backup: move it away, or restore elsewhere");
    return OK;
}

enum error command_restore(struct command_call *call, struct fault *fault)
{
    const char *database;
    enum error error = command_arguments(call, 1, 1, fault);
    if (!error)
        error = find_database(call->config, "copy files/ and keys/, and use pg_restore after it",
                              &database, fault);
    if (error)
        return error;
    const char *from = call->arguments[0];
    if (access(arena_format(call->arena, "%s/%s", from, unfinished_name), F_OK) == 0)
        return refuse(fault, ERROR_WRONG_STATE, from,
                      "this backup was interrupted; make it again from the data that it is of");
    if (access(arena_format(call->arena, "%s/%s", from, database_name), R_OK) != 0)
        return refuse(fault, ERROR_NOT_FOUND, from, "there is no backup");
    error = check_place(call->arena, database, fault);
    if (!error)
        error = check_seed(call->arena, from, call->config->data, fault);
    return error ? error : restore(call, from, database, fault);
}
