#include "db/writer.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/must.h"
#include "platform/queue.h"
#include "platform/random.h"
#include "platform/thread.h"

enum { IDLE_AFTER_MS = 50, HISTOGRAM_SIZE = 11 };

/* How a body ended; told when the transaction has. */
struct outcome {
    enum error result;
    struct fault fault;
};

struct writer {
    struct db_session *session;
    write_flush *flush;
    struct arena *arena;
    struct arena *kept_arena;
    void *kept;
    unsigned connection; /* by which kept was read */
    int lane;
    struct id id;
    struct thread *thread;
    struct queue *waiting;

    /* The present group: the thread's own. */
    void *jobs[WRITER_GROUP_LIMIT];
    struct outcome outcomes[WRITER_GROUP_LIMIT];

    _Atomic int64_t job_count;
    _Atomic int64_t group_count;
    _Atomic int64_t rerun_count;
    _Atomic int64_t histogram[HISTOGRAM_SIZE];
};

/* ---- one transaction ----------------------------------------------------------------------- */

/* What happened to a group's transaction as a whole. */
enum ending {
    COMMITTED = 1, /* each outcome holds */
    REFUSED,       /* rolled back: some body may be to blame, nothing is left of any */
    TROUBLE, /* rolled back, or not known: no body is to blame, running again would not help */
};

static enum ending ending_of(enum error error)
{
    return error == ERROR_STORAGE || error == ERROR_UNAVAILABLE ? TROUBLE : REFUSED;
}

/* Runs the bodies. Stops at the first that cannot simply drop out of the group. */
static enum error run_bodies(struct writer *writer, struct write_group *group, size_t first,
                             size_t count, bool *changed, struct fault *fault)
{
    for (size_t i = first; i < first + count; i++) {
        struct outcome *outcome = &writer->outcomes[i];
        outcome->fault = (struct fault){0};
        group->changed = false;
        struct write_job *job = writer->jobs[i];
        outcome->result = job->body(job, group, &outcome->fault);
        bool failed = db_has_failed(writer->session);
        if (failed || (outcome->result && group->changed)) {
            *fault = outcome->fault;
            return outcome->result
                       ? outcome->result
                       : refuse(fault, ERROR_INTERNAL, NULL, "a failure was passed over");
        }
        *changed = *changed || group->changed;
    }
    return OK;
}

static void forget_kept(struct writer *writer)
{
    writer->kept = NULL;
    arena_reset(writer->kept_arena);
}

/* What is kept was read over this connection, or another server may have lost it. */
static void check_kept(struct writer *writer)
{
    unsigned connection = db_connection(writer->session);
    if (connection != writer->connection || arena_used(writer->kept_arena) > WRITER_KEPT_LIMIT)
        forget_kept(writer);
    writer->connection = connection;
}

static enum error run_and_commit(struct writer *writer, struct write_group *group, size_t first,
                                 size_t count, struct fault *fault)
{
    bool changed = false;
    enum error error = run_bodies(writer, group, first, count, &changed, fault);
    if (!error && changed && writer->flush)
        error = writer->flush(group, fault);
    if (!error)
        return db_commit(writer->session, fault);
    db_rollback(writer->session);
    return error;
}

static enum error run_transaction(struct writer *writer, size_t first, size_t count, bool is_again,
                                  struct fault *fault)
{
    enum error error = db_begin(writer->session, fault);
    if (error)
        return error;
    check_kept(writer);
    struct write_group group = {
        .session = writer->session,
        .arena = writer->arena,
        .is_again = is_again,
        .kept = writer->kept,
        .kept_arena = writer->kept_arena,
        .lane = writer->lane,
        .writer = writer->id,
    };
    error = run_and_commit(writer, &group, first, count, fault);
    writer->kept = group.kept;
    if (error)
        forget_kept(writer);
    return error;
}

static void count_group(struct writer *writer, size_t size)
{
    size_t slot = 0;
    while (slot + 1 < HISTOGRAM_SIZE && (size_t)1 << slot < size)
        slot++;
    atomic_fetch_add(&writer->histogram[slot], 1);
    atomic_fetch_add(&writer->group_count, 1);
}

static enum ending run_group(struct writer *writer, size_t first, size_t count, bool is_again,
                             struct outcome *whole)
{
    whole->fault = (struct fault){0};
    whole->result = run_transaction(writer, first, count, is_again, &whole->fault);
    arena_reset(writer->arena);
    if (whole->result)
        return ending_of(whole->result);
    count_group(writer, count);
    return COMMITTED;
}

/* ---- telling ------------------------------------------------------------------------------- */

static void tell(struct writer *writer, size_t i, const struct outcome *outcome)
{
    atomic_fetch_add(&writer->job_count, 1);
    struct write_job *job = writer->jobs[i];
    job->done(job, outcome->result, &outcome->fault);
}

/* Everybody shares the group's trouble, those that were refused, too: they may have been refused
 * because of something that has not come to be. */
static void tell_trouble(struct writer *writer, size_t first, size_t count,
                         const struct outcome *trouble)
{
    for (size_t i = first; i < first + count; i++)
        tell(writer, i, trouble);
}

/* Returns false when the database is in trouble; then the job has not been told. */
static bool run_alone(struct writer *writer, size_t i, struct outcome *whole)
{
    enum ending ending = REFUSED;
    whole->result = ERROR_RETRY;
    for (int run = 0; run < WRITER_RETRY_LIMIT && whole->result == ERROR_RETRY; run++)
        ending = run_group(writer, i, 1, true, whole);
    if (ending == TROUBLE)
        return false;
    tell(writer, i, ending == COMMITTED ? &writer->outcomes[i] : whole);
    return true;
}

static void run_each_alone(struct writer *writer, size_t count)
{
    struct outcome whole;
    for (size_t i = 0; i < count; i++) {
        if (!run_alone(writer, i, &whole)) {
            tell_trouble(writer, i, count - i, &whole);
            return;
        }
    }
}

static void run_jobs(struct writer *writer, size_t count)
{
    struct outcome whole;
    switch (run_group(writer, 0, count, false, &whole)) {
    case COMMITTED:
        for (size_t i = 0; i < count; i++)
            tell(writer, i, &writer->outcomes[i]);
        break;
    case REFUSED:
        atomic_fetch_add(&writer->rerun_count, 1);
        run_each_alone(writer, count);
        break;
    case TROUBLE:
        tell_trouble(writer, 0, count, &whole);
        break;
    }
}

/* ---- the thread ---------------------------------------------------------------------------- */

/* Fills the present group with what waits. Housekeeping once when nothing comes for a while. 0 when
 * there is nothing left and the writer stops. */
static size_t take_jobs(struct writer *writer)
{
    size_t count = queue_take(writer->waiting, writer->jobs, WRITER_GROUP_LIMIT, IDLE_AFTER_MS);
    if (count > 0)
        return count;
    db_idle(writer->session, false);
    return queue_take(writer->waiting, writer->jobs, WRITER_GROUP_LIMIT, -1);
}

static void run_writer(void *context)
{
    struct writer *writer = context;
    size_t count;
    while ((count = take_jobs(writer)) > 0)
        run_jobs(writer, count);
}

/* ---- the face ------------------------------------------------------------------------------ */

enum error writer_start(const char *url, int lane, write_flush *flush, struct writer **result,
                        struct fault *fault)
{
    struct db_session *session;
    enum error error = db_open(url, DB_WRITE, lane, &session, fault);
    if (error)
        return error;
    struct writer *writer = calloc(1, sizeof *writer);
    must(writer);
    writer->session = session;
    writer->flush = flush;
    writer->arena = arena_new();
    writer->kept_arena = arena_new();
    writer->connection = db_connection(session);
    writer->lane = lane;
    random_bytes(&writer->id, sizeof writer->id);
    writer->waiting = queue_new(WRITER_QUEUE_LIMIT);
    writer->thread = thread_start("writer", run_writer, writer);
    *result = writer;
    return OK;
}

enum error writer_submit(struct writer *writer, struct write_job *job, struct fault *fault)
{
    if (queue_try_put(writer->waiting, job))
        return OK;
    return refuse(fault, ERROR_UNAVAILABLE, NULL,
                  "too many writes are waiting, or the server is stopping");
}

struct waited_job {
    struct write_job job;
    struct write_job *inner;
    pthread_mutex_t mutex;
    pthread_cond_t told;
    bool is_told;
    struct outcome outcome;
};

static enum error waited_body(struct write_job *job, struct write_group *group, struct fault *fault)
{
    struct write_job *inner = ((struct waited_job *)job)->inner;
    return inner->body(inner, group, fault);
}

static void waited_done(struct write_job *job, enum error result, const struct fault *fault)
{
    struct waited_job *waited = (struct waited_job *)job;
    pthread_mutex_lock(&waited->mutex);
    waited->outcome = (struct outcome){result, *fault};
    waited->is_told = true;
    pthread_cond_signal(&waited->told);
    pthread_mutex_unlock(&waited->mutex);
}

enum error writer_run(struct writer *writer, struct write_job *job, struct fault *fault)
{
    struct waited_job waited = {
        .job = {.body = waited_body, .done = waited_done},
        .inner = job,
        .mutex = PTHREAD_MUTEX_INITIALIZER,
        .told = PTHREAD_COND_INITIALIZER,
    };
    enum error error = writer_submit(writer, &waited.job, fault);
    if (error)
        return error;
    pthread_mutex_lock(&waited.mutex);
    while (!waited.is_told)
        pthread_cond_wait(&waited.told, &waited.mutex);
    pthread_mutex_unlock(&waited.mutex);
    if (waited.outcome.result && fault)
        *fault = waited.outcome.fault;
    return waited.outcome.result;
}

struct writer_counts writer_counts(const struct writer *writer)
{
    struct writer_counts counts = {
        .jobs = atomic_load(&writer->job_count),
        .groups = atomic_load(&writer->group_count),
        .reruns = atomic_load(&writer->rerun_count),
        .waiting = (int64_t)queue_length(writer->waiting),
    };
    for (size_t i = 0; i < HISTOGRAM_SIZE; i++)
        counts.group_size_histogram[i] = atomic_load(&writer->histogram[i]);
    return counts;
}

void writer_stop(struct writer *writer)
{
    if (!writer)
        return;
    queue_close(writer->waiting);
    thread_join(writer->thread);
    db_close(writer->session);
    arena_free(writer->arena);
    arena_free(writer->kept_arena);
    queue_free(writer->waiting);
    free(writer);
}
