/* A process that writes, for the tests that kill it and that break its disk.
 *
 *     worker URL init           makes the tables anew
 *     worker URL load FIRST     many jobs at once without end: numbers from FIRST on, each printed
 *                               when it is durable
 *     worker URL ask            reads lines "NUMBER BYTES", writes one such job, prints how it
 * ended worker URL check          prints every number that is there, whole
 *
 * A job writes two things and counts them, so that a half one shows. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"
#include "db/writer.h"

#include "../database.h"
#include "test_sql.h"
#include "things.h"

enum { JOBS_AT_ONCE = 64 };

struct pair_job {
    struct write_job job;
    struct writer *writer;
    unsigned number;
    const void *content;
    size_t size;
};

static enum error insert(struct write_group *group, const struct pair_job *job, unsigned half,
                         struct fault *fault)
{
    char label[32];
    struct id id = id_make(job->number, half, job->number);
    snprintf(label, sizeof label, "%u.%u", job->number, half);
    struct value values[] = {value_id(&id), value_integer(half), value_text(label),
                             value_bytes(job->content, job->size)};
    return db_change(group->session, &sql_thing_insert, values, 4, 1, fault);
}

static enum error pair_body(struct write_job *base, struct write_group *group, struct fault *fault)
{
    const struct pair_job *job = (const struct pair_job *)base;
    struct value amount[] = {value_integer(2), value_text("a")};
    group->changed = true;
    enum error error = insert(group, job, 1, fault);
    if (!error)
        error = db_change(group->session, &sql_counter_add, amount, 2, 1, fault);
    return error ? error : insert(group, job, 2, fault);
}

/* One write, so that no line is torn when the process is killed. */
static void print_number(unsigned number)
{
    char line[16];
    int size = snprintf(line, sizeof line, "%u\n", number);
    must(write(STDOUT_FILENO, line, (size_t)size) == size);
}

static void load_done(struct write_job *base, enum error result, const struct fault *fault)
{
    struct pair_job *job = (struct pair_job *)base;
    if (result) {
        fprintf(stderr, "%u: %s\n", job->number, fault->detail);
        abort();
    }
    print_number(job->number);
    job->number += JOBS_AT_ONCE;
    must(writer_submit(job->writer, &job->job, NULL) == OK);
}

static void load(struct writer *writer, unsigned first)
{
    static struct pair_job jobs[JOBS_AT_ONCE];
    static const char content[500];
    for (unsigned i = 0; i < JOBS_AT_ONCE; i++) {
        jobs[i] = (struct pair_job){.job = {.body = pair_body, .done = load_done},
                                    .writer = writer,
                                    .number = first + i,
                                    .content = content,
                                    .size = sizeof content};
        must(writer_submit(writer, &jobs[i].job, NULL) == OK);
    }
    for (;;)
        pause();
}

static void ask(struct writer *writer)
{
    unsigned number;
    size_t size;
    puts("ready");
    fflush(stdout);
    while (scanf("%u %zu", &number, &size) == 2) {
        char *content = calloc(1, size + 1);
        struct pair_job job = {
            .job = {.body = pair_body}, .number = number, .content = content, .size = size};
        struct fault fault = {0};
        enum error error = writer_run(writer, &job.job, &fault);
        printf("%s %s\n", error_slug(error), fault.detail);
        fflush(stdout);
        free(content);
    }
}

static int64_t integer_of(struct db_session *session, const struct statement *statement,
                          const struct value *values, size_t count)
{
    struct db_rows *rows;
    bool more;
    must(db_select(session, statement, values, count, &rows, NULL) == OK);
    must(db_rows_next(rows, &more, NULL) == OK && more);
    int64_t integer = db_rows_value(rows, 0, VALUE_INTEGER).integer;
    db_rows_end(rows);
    return integer;
}

/* Labels sort so that the halves of a pair are neighbours. */
static void print_pairs(struct db_session *session)
{
    struct db_rows *rows;
    bool more = true;
    unsigned open = 0;
    must(db_select(session, &sql_thing_list, NULL, 0, &rows, NULL) == OK);
    while (db_rows_next(rows, &more, NULL) == OK && more) {
        unsigned number;
        unsigned half;
        struct value label = db_rows_value(rows, 0, VALUE_TEXT);
        must(sscanf(label.bytes, "%u.%u", &number, &half) == 2);
        must(half == 1 ? open == 0 : open == number);
        open = half == 1 ? number : 0;
        if (half == 2)
            print_number(number);
    }
    must(open == 0);
    db_rows_end(rows);
}

static void check(const struct test_database *database)
{
    struct db_session *session = test_open(database, DB_READ);
    struct value name = value_text("a");
    must(db_begin(session, NULL) == OK);
    must(integer_of(session, &sql_thing_count, NULL, 0) ==
         integer_of(session, &sql_counter_load, &name, 1));
    print_pairs(session);
    db_rollback(session);
    db_close(session);
}

static struct writer *start(const struct test_database *database)
{
    struct writer *writer;
    struct fault fault = {0};
    if (writer_start(database->url, 0, NULL, &writer, &fault) == OK)
        return writer;
    printf("%s %s\n", error_slug(fault.code), fault.detail);
    exit(1);
}

int main(int count, char **arguments)
{
    struct test_database database;
    must(count >= 3);
    snprintf(database.url, sizeof database.url, "%s", arguments[1]);
    const char *command = arguments[2];
    if (strcmp(command, "check") == 0) {
        check(&database);
        return 0;
    }
    if (strcmp(command, "init") == 0) {
        struct db_session *session = test_open(&database, DB_WRITE);
        test_script(session, "DROP TABLE IF EXISTS part; DROP TABLE IF EXISTS thing;"
                             "DROP TABLE IF EXISTS counter;" THINGS_SCHEMA);
        db_close(session);
        return 0;
    }
    struct writer *writer = start(&database);
    if (strcmp(command, "load") == 0)
        load(writer, (unsigned)atoi(arguments[3]));
    ask(writer);
    writer_stop(writer);
    return 0;
}
