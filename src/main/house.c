#include "main/house.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <sodium.h>

#include "action/limiter.h"
#include "base/must.h"
#include "db/migrate.h"
#include "platform/blob.h"
#include "platform/file.h"
#include "platform/filetype.h"
#include "platform/random.h"
#include "store/kept.h"

enum {
    SIGN_IN_FAILURES = 10,
    SIGN_IN_WINDOW_MS = 15 * 60 * 1000,
    SPARE_READERS = 3, /* beside the workers': the slow queue, timed jobs, metrics */
};

static const char *path_in(struct house *house, const char *name)
{
    return arena_format(house->arena, "%s/%s", house->config->data, name);
}

/* ---- directories and keys ------------------------------------------------------------------ */

static enum error make_directories(struct house *house, struct fault *fault)
{
    static const char *const names[] = {"", "files", "keys", "mail"};
    enum error error = OK;
    for (size_t i = 0; !error && i < sizeof names / sizeof *names; i++)
        error = directory_make(path_in(house, names[i]), 0700, fault);
    return error;
}

/* The seed that each company's signing key is derived from. Losing it does not lose data, but
 * checkpoints can then no longer be signed by the same keys. */
static enum error make_seed(const char *path, uint8_t seed[static LOG_SEED_SIZE],
                            struct fault *fault)
{
    random_bytes(seed, LOG_SEED_SIZE);
    return file_write(path, seed, LOG_SEED_SIZE, 0600, fault);
}

static enum error load_seed(struct house *house, enum house_use use, struct fault *fault)
{
    const char *path = path_in(house, "keys/log.seed");
    uint8_t *seed = arena_alloc(house->arena, LOG_SEED_SIZE);
    char *bytes;
    size_t size;
    enum error error = file_read(house->arena, path, LOG_SEED_SIZE, &bytes, &size, fault);
    house->app.log_seed = seed;
    if (error == ERROR_NOT_FOUND && use == HOUSE_WRITES)
        return make_seed(path, seed, fault);
    if (error == ERROR_NOT_FOUND)
        return refuse(fault, error, house->config->data,
                      "is no data directory of waymark (there is no keys/log.seed in it); name it "
                      "with --data or WAYMARK_DATA");
    if (error)
        return error;
    if (size != LOG_SEED_SIZE)
        return refuse(fault, ERROR_INVALID, path, "must hold %d bytes", LOG_SEED_SIZE);
    memcpy(seed, bytes, LOG_SEED_SIZE);
    return OK;
}

/* ---- the database -------------------------------------------------------------------------- */

static enum error bring_up_to_date(struct house *house, struct fault *fault)
{
    struct db_session *session;
    size_t applied = 0;
    enum error error = db_open(house->config->database, DB_WRITE, 0, &session, fault);
    if (error)
        return error;
    error = migrate(session, schema_steps, schema_step_count, clock_now_ms(&house->clock), &applied,
                    fault);
    db_close(session);
    if (!error && applied > 0)
        log_event(&house->log, LOG_INFO, "schema_migrated", log_number("steps", (int64_t)applied));
    return error;
}

static enum error check_up_to_date(struct house *house, struct fault *fault)
{
    struct db_session *session;
    size_t pending = 0;
    enum error error = db_open(house->config->database, DB_READ, 0, &session, fault);
    if (error)
        return error;
    error = migrate_pending(session, schema_steps, schema_step_count, &pending, fault);
    db_close(session);
    if (!error && pending > 0)
        return refuse(fault, ERROR_WRONG_STATE, "database",
                      "its schema is %zu step%s behind; run: waymark migrate", pending,
                      pending == 1 ? "" : "s");
    return error;
}

static enum error start_writers(struct house *house, struct fault *fault)
{
    int wanted = db_lane_count(house->config->database);
    enum error error = OK;
    must(wanted <= HOUSE_LANES_MAX);
    while (!error && house->lane_count < wanted) {
        error = writer_start(house->config->database, house->lane_count, kept_flush,
                             &house->writers[house->lane_count], fault);
        if (!error)
            house->lane_count++;
    }
    return error;
}

static enum error open_database(struct house *house, enum house_use use, struct fault *fault)
{
    size_t readers = (size_t)house->config->workers + SPARE_READERS;
    enum error error =
        use == HOUSE_WRITES ? bring_up_to_date(house, fault) : check_up_to_date(house, fault);
    if (!error)
        error = readers_open(house->config->database, readers, &house->readers, fault);
    if (!error && use == HOUSE_WRITES)
        error = start_writers(house, fault);
    return error;
}

/* ---- all of it ----------------------------------------------------------------------------- */

static enum error open_all(struct house *house, enum house_use use, struct fault *fault)
{
    enum error error = OK;
    if (!log_level_find(house->config->log_level, &house->log.least))
        return refuse(fault, ERROR_INVALID, "log_level", "must be debug, info, warning or error");
    if (*house->config->clock)
        error = clock_follow(&house->clock, house->config->clock, fault);
    if (!error && use == HOUSE_WRITES)
        error = make_directories(house, fault);
    if (!error && use == HOUSE_WRITES)
        error = blob_sweep(house->app.files_directory, (int64_t)time(NULL) * 1000, fault);
    if (!error && use == HOUSE_WRITES)
        error = filetypes_open(&house->app.filetypes, fault);
    if (!error)
        error = load_seed(house, use, fault);
    if (!error)
        error = open_database(house, use, fault);
    return error;
}

enum error house_open(const struct config *config, enum house_use use, struct house *house,
                      struct fault *fault)
{
    must(sodium_init() >= 0);
    memset(house, 0, sizeof *house);
    house->arena = arena_new();
    house->config = config;
    house->log.descriptor = 2;
    pthread_mutex_init(&house->jobs_lock, NULL);
    for (int kind = 0; kind <= OUTBOX_WEBHOOK; kind++)
        pthread_mutex_init(&house->delivery_locks[kind], NULL);
    house->app = (struct app){
        .clock = &house->clock,
        .tables = tables_new(),
        .plans = plan_cache_new(),
        .sign_in_limiter = limiter_new(SIGN_IN_FAILURES, SIGN_IN_WINDOW_MS),
        .files_directory = path_in(house, "files"),
        .log_name = config->log_name,
        .base_url = config->base_url,
    };
    enum error error = open_all(house, use, fault);
    if (error)
        house_close(house);
    return error;
}

void house_close(struct house *house)
{
    while (house->lane_count > 0)
        writer_stop(house->writers[--house->lane_count]);
    readers_close(house->readers);
    filetypes_close(house->app.filetypes);
    limiter_free(house->app.sign_in_limiter);
    plan_cache_free(house->app.plans);
    tables_free(house->app.tables);
    pthread_mutex_destroy(&house->jobs_lock);
    for (int kind = 0; kind <= OUTBOX_WEBHOOK; kind++)
        pthread_mutex_destroy(&house->delivery_locks[kind]);
    arena_free(house->arena);
}

struct writer *house_writer(const struct house *house, int64_t company)
{
    must(house->lane_count > 0);
    return house->writers[company % house->lane_count];
}
