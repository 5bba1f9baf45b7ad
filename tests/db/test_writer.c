#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/error.h"
#include "db/writer.h"

#include "../check.h"
#include "../database.h"
#include "test_sql.h"
#include "things.h"

enum { THREADS = 8, JOBS_PER_THREAD = 200 };

struct fixture {
    struct test_database database;
    struct writer *writer;
    struct fault fault;
};

static int start(struct fixture *fixture, write_flush *flush)
{
    test_database_make(&fixture->database);
    struct db_session *session = test_open(&fixture->database, DB_WRITE);
    test_script(session, THINGS_SCHEMA);
    db_close(session);
    return writer_start(fixture->database.url, 0, flush, &fixture->writer, &fixture->fault) ? -1
                                                                                            : 0;
}

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    return start(fixture, NULL);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    writer_stop(fixture->writer);
    test_database_remove(&fixture->database);
    free(fixture);
    return 0;
}

/* ---- a job whose behaviour is a table of wishes --------------------------------------------- */

struct thing_job {
    struct write_job job;
    unsigned number;
    const char *label;        /* NULL: none; the same twice is a conflict */
    enum error refuse_before; /* the first change */
    enum error refuse_after;
    int fail_runs; /* the runs that refuse_after is for; 0: all */
    int runs;
    bool wrong_count; /* the change expects two rows */
    sem_t *gate;      /* the body waits here */

    enum error result;
    struct fault fault;
    sem_t told;
};

static struct id id_of(unsigned number)
{
    return id_make(1700000000000, number & 0xfff, number);
}

static enum error thing_body(struct write_job *base, struct write_group *group, struct fault *fault)
{
    struct thing_job *job = (struct thing_job *)base;
    job->runs++;
    if (job->gate)
        sem_wait(job->gate);
    if (job->refuse_before)
        return refuse(fault, job->refuse_before, "before", "refused before a change");
    struct id id = id_of(job->number);
    struct value values[] = {value_id(&id), value_integer(job->number == 13 ? 0 : job->number),
                             value_text(job->label), value_null(VALUE_BYTES)};
    group->changed = true;
    enum error error =
        db_change(group->session, &sql_thing_insert, values, 4, job->wrong_count ? 2 : 1, fault);
    if (error)
        return error;
    struct value amount[] = {value_integer(1), value_text("a")};
    error = db_change(group->session, &sql_counter_add, amount, 2, 1, fault);
    if (!error && job->refuse_after && (job->fail_runs == 0 || job->runs <= job->fail_runs))
        return refuse(fault, job->refuse_after, "after", "refused after a change");
    return error;
}

static void thing_done(struct write_job *base, enum error result, const struct fault *fault)
{
    struct thing_job *job = (struct thing_job *)base;
    job->result = result;
    job->fault = *fault;
    sem_post(&job->told);
}

static void make_job(struct thing_job *job, unsigned number)
{
    *job = (struct thing_job){.job = {.body = thing_body, .done = thing_done}, .number = number};
    sem_init(&job->told, 0, 0);
}

/* Submits all while the first one holds the thread, so that the others become one group. */
static void run_as_group(struct fixture *fixture, struct thing_job *jobs, size_t count)
{
    struct thing_job holder;
    sem_t gate;
    sem_init(&gate, 0, 0);
    make_job(&holder, 4000);
    holder.gate = &gate;
    holder.refuse_before = ERROR_EXPIRED;
    assert_int_equal(writer_submit(fixture->writer, &holder.job, NULL), OK);
    while (writer_counts(fixture->writer).waiting > 0)
        ;
    for (size_t i = 0; i < count; i++)
        assert_int_equal(writer_submit(fixture->writer, &jobs[i].job, NULL), OK);
    sem_post(&gate);
    sem_wait(&holder.told);
    for (size_t i = 0; i < count; i++)
        sem_wait(&jobs[i].told);
    assert_int_equal(holder.result, ERROR_EXPIRED);
}

static int64_t select_one(struct fixture *fixture, const struct statement *statement,
                          const struct value *values, size_t count)
{
    struct db_session *reader = test_open(&fixture->database, DB_READ);
    struct db_rows *rows;
    bool more;
    assert_int_equal(db_begin(reader, NULL), OK);
    assert_int_equal(db_select(reader, statement, values, count, &rows, NULL), OK);
    assert_int_equal(db_rows_next(rows, &more, NULL), OK);
    assert_true(more);
    int64_t value = db_rows_value(rows, 0, VALUE_INTEGER).integer;
    db_rows_end(rows);
    db_rollback(reader);
    db_close(reader);
    return value;
}

/* Every thing that was kept counted itself, too: no half bodies. */
static void assert_kept(struct fixture *fixture, int64_t count)
{
    struct value name = value_text("a");
    assert_int_equal(select_one(fixture, &sql_thing_count, NULL, 0), count);
    assert_int_equal(select_one(fixture, &sql_counter_load, &name, 1), count);
}

/* ---- groups -------------------------------------------------------------------------------- */

CASE(jobs_that_wait_share_a_transaction)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[40];
    for (unsigned i = 0; i < 40; i++)
        make_job(&jobs[i], i);
    run_as_group(fixture, jobs, 40);
    for (unsigned i = 0; i < 40; i++)
        assert_int_equal(jobs[i].result, OK);
    assert_kept(fixture, 40);
    struct writer_counts counts = writer_counts(fixture->writer);
    assert_int_equal(counts.jobs, 41);
    assert_int_equal(counts.groups, 2);
    assert_int_equal(counts.reruns, 0);
    assert_int_equal(counts.group_size_histogram[0], 1);
    assert_int_equal(counts.group_size_histogram[6], 1);
}

CASE(a_refused_body_drops_out_of_its_group)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[10];
    for (unsigned i = 0; i < 10; i++)
        make_job(&jobs[i], i);
    jobs[4].refuse_before = ERROR_WRONG_STATE;
    run_as_group(fixture, jobs, 10);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(jobs[i].result, i == 4 ? ERROR_WRONG_STATE : OK);
    assert_string_equal(jobs[4].fault.field, "before");
    assert_int_equal(jobs[4].runs, 1);
    assert_kept(fixture, 9);
    assert_int_equal(writer_counts(fixture->writer).reruns, 0);
}

static void assert_one_fails_alone(struct fixture *fixture, struct thing_job *jobs,
                                   enum error expected)
{
    run_as_group(fixture, jobs, 10);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(jobs[i].result, i == 4 ? expected : OK);
    assert_kept(fixture, 9);
    assert_int_equal(writer_counts(fixture->writer).reruns, 1);
}

CASE(a_body_that_fails_after_a_change_does_not_take_its_group_with_it)
{
    struct thing_job jobs[10];
    for (unsigned i = 0; i < 10; i++)
        make_job(&jobs[i], i);
    jobs[4].refuse_after = ERROR_SUM_MISMATCH;
    assert_one_fails_alone(*state, jobs, ERROR_SUM_MISMATCH);
    assert_string_equal(jobs[4].fault.field, "after");
}

CASE(a_conflict_does_not_take_its_group_with_it)
{
    struct thing_job jobs[10];
    for (unsigned i = 0; i < 10; i++)
        make_job(&jobs[i], i);
    jobs[2].label = jobs[4].label = "same";
    assert_one_fails_alone(*state, jobs, ERROR_CONFLICT);
}

CASE(a_wrong_count_does_not_take_its_group_with_it)
{
    struct thing_job jobs[10];
    for (unsigned i = 0; i < 10; i++)
        make_job(&jobs[i], i);
    jobs[4].wrong_count = true;
    assert_one_fails_alone(*state, jobs, ERROR_INTERNAL);
}

CASE(a_body_that_asks_to_run_again_does)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[2];
    for (unsigned i = 0; i < 2; i++)
        make_job(&jobs[i], i);
    jobs[0].refuse_after = jobs[1].refuse_after = ERROR_RETRY;
    jobs[0].fail_runs = 3;
    run_as_group(fixture, jobs, 2);
    assert_int_equal(jobs[0].result, OK);
    assert_int_equal(jobs[0].runs, 4);
    assert_int_equal(jobs[1].result, ERROR_RETRY);
    assert_int_equal(jobs[1].runs, WRITER_RETRY_LIMIT); /* the group ended before it */
    assert_kept(fixture, 1);
}

struct submitter {
    struct fixture *fixture;
    pthread_t thread;
    unsigned first;
    atomic_int *failures;
};

static void *submit_many(void *context)
{
    struct submitter *submitter = context;
    for (unsigned i = 0; i < JOBS_PER_THREAD; i++) {
        struct thing_job job;
        make_job(&job, submitter->first + i);
        job.refuse_before = i % 10 == 3 ? ERROR_FORBIDDEN : OK;
        job.refuse_after = i % 50 == 7 ? ERROR_CONFLICT : OK;
        enum error expected = job.refuse_before ? job.refuse_before : job.refuse_after;
        if (i % 2 == 0) {
            job.result = writer_run(submitter->fixture->writer, &job.job, &job.fault);
        } else if (writer_submit(submitter->fixture->writer, &job.job, NULL) == OK) {
            sem_wait(&job.told);
        }
        if (job.result != expected)
            atomic_fetch_add(submitter->failures, 1);
    }
    return NULL;
}

CASE(many_threads_are_all_told_what_is_so)
{
    struct fixture *fixture = *state;
    struct submitter submitters[THREADS];
    atomic_int failures = 0;
    for (unsigned i = 0; i < THREADS; i++) {
        submitters[i] = (struct submitter){fixture, 0, i * 100000, &failures};
        pthread_create(&submitters[i].thread, NULL, submit_many, &submitters[i]);
    }
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(submitters[i].thread, NULL);
    assert_int_equal(failures, 0);
    int refused_each = JOBS_PER_THREAD / 10 + JOBS_PER_THREAD / 50;
    assert_kept(fixture, THREADS * (JOBS_PER_THREAD - refused_each));
    struct writer_counts counts = writer_counts(fixture->writer);
    assert_int_equal(counts.jobs, THREADS * JOBS_PER_THREAD);
    assert_int_equal(counts.waiting, 0);
}

/* ---- the queue ----------------------------------------------------------------------------- */

CASE(a_full_queue_refuses)
{
    struct fixture *fixture = *state;
    struct thing_job *jobs = calloc(WRITER_QUEUE_LIMIT, sizeof *jobs);
    struct thing_job holder;
    sem_t gate;
    sem_init(&gate, 0, 0);
    make_job(&holder, 1);
    holder.gate = &gate;
    assert_int_equal(writer_submit(fixture->writer, &holder.job, NULL), OK);
    while (writer_counts(fixture->writer).waiting > 0)
        ;
    for (size_t i = 0; i < WRITER_QUEUE_LIMIT; i++) {
        make_job(&jobs[i], 2);
        jobs[i].refuse_before = ERROR_EXPIRED;
        assert_int_equal(writer_submit(fixture->writer, &jobs[i].job, NULL), OK);
    }
    struct thing_job late;
    make_job(&late, 3);
    assert_int_equal(writer_submit(fixture->writer, &late.job, &fixture->fault), ERROR_UNAVAILABLE);
    sem_post(&gate);
    for (size_t i = 0; i < WRITER_QUEUE_LIMIT; i++)
        sem_wait(&jobs[i].told);
    assert_int_equal(writer_submit(fixture->writer, &late.job, NULL), OK);
    sem_wait(&late.told);
    assert_kept(fixture, 2);
    free(jobs);
}

CASE(stopping_runs_all_that_waits)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[1000];
    for (unsigned i = 0; i < 1000; i++) {
        make_job(&jobs[i], i);
        assert_int_equal(writer_submit(fixture->writer, &jobs[i].job, NULL), OK);
    }
    writer_stop(fixture->writer);
    fixture->writer = NULL;
    for (unsigned i = 0; i < 1000; i++) {
        assert_int_equal(sem_trywait(&jobs[i].told), 0);
        assert_int_equal(jobs[i].result, OK);
    }
    assert_kept(fixture, 1000);
}

/* ---- what a group keeps -------------------------------------------------------------------- */

struct kept {
    int64_t sum;
};

static atomic_int times_made;

static struct kept *make_kept(struct arena *arena)
{
    atomic_fetch_add(&times_made, 1);
    return arena_alloc(arena, sizeof(struct kept));
}

/* Adds to the group's own sum, which the flush writes once. */
static enum error keeping_body(struct write_job *base, struct write_group *group,
                               struct fault *fault)
{
    struct thing_job *job = (struct thing_job *)base;
    job->runs++;
    if (job->refuse_before)
        return refuse(fault, job->refuse_before, NULL, "refused before a change");
    group->changed = true;
    if (!group->kept)
        group->kept = make_kept(group->kept_arena);
    struct kept *kept = group->kept;
    kept->sum += job->number;
    if (job->refuse_after)
        return refuse(fault, job->refuse_after, NULL, "refused after a change");
    return OK;
}

static atomic_int flushes;

static enum error flush_kept(struct write_group *group, struct fault *fault)
{
    struct kept *kept = group->kept;
    struct value values[] = {value_integer(kept->sum), value_text("a")};
    atomic_fetch_add(&flushes, 1);
    kept->sum = 0;
    return db_change(group->session, &sql_counter_add, values, 2, 1, fault);
}

static int set_up_keeping(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    flushes = 0;
    times_made = 0;
    return start(fixture, flush_kept);
}

static void run_keeping(struct fixture *fixture, struct thing_job *jobs, enum error failing)
{
    for (unsigned i = 0; i < 10; i++) {
        make_job(&jobs[i], i + 1);
        jobs[i].job.body = keeping_body;
    }
    jobs[4].refuse_after = failing;
    jobs[5].refuse_before = ERROR_FORBIDDEN;
    run_as_group(fixture, jobs, 10);
}

CASE(what_a_group_keeps_is_written_once)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[10];
    struct value name = value_text("a");
    run_keeping(fixture, jobs, OK);
    assert_int_equal(flushes, 1);
    assert_int_equal(select_one(fixture, &sql_counter_load, &name, 1), 55 - 6);
}

CASE(what_a_group_keeps_is_known_to_the_next)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[10];
    struct value name = value_text("a");
    run_keeping(fixture, jobs, OK);
    run_keeping(fixture, jobs, OK);
    assert_int_equal(times_made, 1);
    assert_int_equal(flushes, 2);
    assert_int_equal(select_one(fixture, &sql_counter_load, &name, 1), 2 * (55 - 6));
}

CASE(what_a_group_keeps_starts_anew_when_it_runs_again)
{
    struct fixture *fixture = *state;
    struct thing_job jobs[10];
    struct value name = value_text("a");
    run_keeping(fixture, jobs, ERROR_CONFLICT);
    assert_int_equal(flushes, 8);
    assert_int_equal(times_made, 3); /* anew after the group, and after the one that failed alone */
    assert_int_equal(select_one(fixture, &sql_counter_load, &name, 1), 55 - 6 - 5);
}

#define F(sentence) cmocka_unit_test_setup_teardown(sentence, set_up, tear_down)
#define K(sentence) cmocka_unit_test_setup_teardown(sentence, set_up_keeping, tear_down)

RUN(F(jobs_that_wait_share_a_transaction), F(a_refused_body_drops_out_of_its_group),
    F(a_body_that_fails_after_a_change_does_not_take_its_group_with_it),
    F(a_conflict_does_not_take_its_group_with_it), F(a_wrong_count_does_not_take_its_group_with_it),
    F(a_body_that_asks_to_run_again_does), F(many_threads_are_all_told_what_is_so),
    F(a_full_queue_refuses), F(stopping_runs_all_that_waits), K(what_a_group_keeps_is_written_once),
    K(what_a_group_keeps_is_known_to_the_next),
    K(what_a_group_keeps_starts_anew_when_it_runs_again))
