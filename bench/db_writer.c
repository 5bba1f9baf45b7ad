/* How many small transactions a second go through the writer.
 *
 *     db_writer URL [SECONDS]
 *
 * A body reads one row, adds to a counter and inserts a document with two lines; so many are in
 * flight at a time, and each that is told submits the next. Makes its tables anew in the database
 * at URL. Prints for 1, 32 and 256 in flight: bodies a second, bodies in a transaction, and the
 * time from submitting to being told. */
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/must.h"
#include "db/writer.h"
#include "platform/clock.h"

enum { COUNTERS = 100, IN_FLIGHT_MAX = 256, TIMES_MAX = 4 * 1000 * 1000 };

static const char schema[] =
    "DROP TABLE IF EXISTS bench_line; DROP TABLE IF EXISTS bench_document;"
    "DROP TABLE IF EXISTS bench_counter;"
    "CREATE TABLE bench_counter (company INTEGER NOT NULL, value INTEGER NOT NULL,"
    " PRIMARY KEY (company));"
    "CREATE TABLE bench_document (id ID NOT NULL, company INTEGER NOT NULL,"
    " number INTEGER NOT NULL, content BYTES NOT NULL, PRIMARY KEY (id));"
    "CREATE TABLE bench_line (document ID NOT NULL REFERENCES bench_document,"
    " position INTEGER NOT NULL, description TEXT NOT NULL, PRIMARY KEY (document, position));";

#define NAMES(...)                                                                                 \
    (const char *const[])                                                                          \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

static const struct statement load_counter = {
    .name = "counter_load",
    .sql = "SELECT value FROM bench_counter WHERE company = $1",
    .parameters = NAMES("company"),
    .parameter_count = 1,
};
static const struct statement add_counter = {
    .name = "counter_add",
    .sql = "UPDATE bench_counter SET value = value + 1 WHERE company = $1",
    .parameters = NAMES("company"),
    .parameter_count = 1,
};
static const struct statement insert_counter = {
    .name = "counter_insert",
    .sql = "INSERT INTO bench_counter (company, value) VALUES ($1, 0)",
    .parameters = NAMES("company"),
    .parameter_count = 1,
};
static const struct statement insert_document = {
    .name = "document_insert",
    .sql = "INSERT INTO bench_document (id, company, number, content) VALUES ($1, $2, $3, $4)",
    .parameters = NAMES("id", "company", "number", "content"),
    .parameter_count = 4,
};
static const struct statement insert_line = {
    .name = "line_insert",
    .sql = "INSERT INTO bench_line (document, position, description) VALUES ($1, $2, $3)",
    .parameters = NAMES("document", "position", "description"),
    .parameter_count = 3,
};

struct bench {
    struct writer *writer;
    int64_t end_ns;
    atomic_int running;
    uint64_t next_id;
    uint32_t *times_us;
    size_t told;
};

struct bench_job {
    struct write_job job;
    struct bench *bench;
    int64_t company;
    int64_t submitted_ns;
};

static void stop_on(enum error error, const struct fault *fault)
{
    if (!error)
        return;
    fprintf(stderr, "%s: %s\n", error_slug(error), fault->detail);
    exit(1);
}

/* ---- one body ------------------------------------------------------------------------------ */

static enum error load_number(struct write_group *group, int64_t company, int64_t *number,
                              struct fault *fault)
{
    struct value value = value_integer(company);
    struct db_rows *rows;
    bool more;
    enum error error = db_select(group->session, &load_counter, &value, 1, &rows, fault);
    if (error)
        return error;
    error = db_rows_next(rows, &more, fault);
    if (!error && more)
        *number = db_rows_value(rows, 0, VALUE_INTEGER).integer + 1;
    db_rows_end(rows);
    return error;
}

static enum error save_document(struct write_group *group, struct id id, int64_t company,
                                int64_t number, struct fault *fault)
{
    static const char content[200];
    struct value counter = value_integer(company);
    struct value document[] = {value_id(&id), value_integer(company), value_integer(number),
                               value_bytes(content, sizeof content)};
    struct value line[] = {value_id(&id), value_integer(1),
                           value_text("Dashboard, accepted without reservations")};
    group->changed = true;
    enum error error = db_change(group->session, &add_counter, &counter, 1, 1, fault);
    if (!error)
        error = db_change(group->session, &insert_document, document, 4, 1, fault);
    if (!error)
        error = db_change(group->session, &insert_line, line, 3, 1, fault);
    line[1] = value_integer(2);
    return error ? error : db_change(group->session, &insert_line, line, 3, 1, fault);
}

static enum error bench_body(struct write_job *base, struct write_group *group, struct fault *fault)
{
    struct bench_job *job = (struct bench_job *)base;
    int64_t number = 0;
    uint64_t serial = job->bench->next_id++;
    struct id id = id_make((int64_t)(serial >> 12), serial & 0xfff, serial * 0x9E3779B97F4A7C15);
    enum error error = load_number(group, job->company, &number, fault);
    return error ? error : save_document(group, id, job->company, number, fault);
}

static void submit(struct bench_job *job)
{
    struct fault fault;
    job->submitted_ns = monotonic_ns();
    stop_on(writer_submit(job->bench->writer, &job->job, &fault), &fault);
}

static void bench_done(struct write_job *base, enum error result, const struct fault *fault)
{
    struct bench_job *job = (struct bench_job *)base;
    struct bench *bench = job->bench;
    int64_t now_ns = monotonic_ns();
    stop_on(result, fault);
    must(bench->told < TIMES_MAX);
    bench->times_us[bench->told++] = (uint32_t)((now_ns - job->submitted_ns) / 1000);
    if (now_ns < bench->end_ns)
        submit(job);
    else
        atomic_fetch_sub(&bench->running, 1);
}

/* ---- one run ------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a;
    uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void print(struct bench *bench, int in_flight, int64_t groups, double seconds)
{
    size_t told = bench->told;
    qsort(bench->times_us, told, sizeof *bench->times_us, by_size);
    printf("%4d in flight: %7.0f bodies/s, %5.1f a transaction, p50 %6.2f ms, p99 %6.2f ms,"
           " longest %7.2f ms\n",
           in_flight, (double)told / seconds, (double)told / (double)groups,
           bench->times_us[told / 2] / 1000.0, bench->times_us[told * 99 / 100] / 1000.0,
           bench->times_us[told - 1] / 1000.0);
}

static void run(struct bench *bench, int in_flight, int seconds)
{
    static struct bench_job jobs[IN_FLIGHT_MAX];
    int64_t groups_before = writer_counts(bench->writer).groups;
    int64_t start_ns = monotonic_ns();
    bench->told = 0;
    bench->end_ns = start_ns + seconds * INT64_C(1000000000);
    bench->running = in_flight;
    for (int i = 0; i < in_flight; i++) {
        jobs[i] = (struct bench_job){
            .job = {bench_body, bench_done}, .bench = bench, .company = i % COUNTERS};
        submit(&jobs[i]);
    }
    while (atomic_load(&bench->running) > 0)
        usleep(1000);
    print(bench, in_flight, writer_counts(bench->writer).groups - groups_before,
          (double)(monotonic_ns() - start_ns) / 1e9);
}

static void make_tables(const char *url)
{
    struct fault fault;
    struct db_session *session;
    struct arena *arena = arena_new();
    stop_on(db_open(url, DB_WRITE, 0, &session, &fault), &fault);
    stop_on(db_begin(session, &fault), &fault);
    stop_on(db_script(session, db_schema_text(session, schema, arena), &fault), &fault);
    for (int64_t company = 0; company < COUNTERS; company++) {
        struct value value = value_integer(company);
        stop_on(db_change(session, &insert_counter, &value, 1, 1, &fault), &fault);
    }
    stop_on(db_commit(session, &fault), &fault);
    db_close(session);
    arena_free(arena);
}

int main(int count, char **arguments)
{
    if (count < 2) {
        fprintf(stderr, "usage: db_writer URL [SECONDS]\n");
        return 64;
    }
    int seconds = count > 2 ? atoi(arguments[2]) : 5;
    struct fault fault;
    struct bench bench = {.times_us = malloc(TIMES_MAX * sizeof *bench.times_us)};
    must(bench.times_us);
    make_tables(arguments[1]);
    stop_on(writer_start(arguments[1], 0, NULL, &bench.writer, &fault), &fault);
    static const int in_flight[] = {1, 32, IN_FLIGHT_MAX};
    for (size_t i = 0; i < sizeof in_flight / sizeof *in_flight; i++)
        run(&bench, in_flight[i], seconds);
    writer_stop(bench.writer);
    free(bench.times_us);
    return 0;
}
