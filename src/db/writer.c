#include "db/writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "base/must.h"
#include "db/backend.h"

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
    pthread_t thread;

    pthread_mutex_t mutex; /* over the queue */
    pthread_cond_t came;
    struct write_job *queue[WRITER_QUEUE_LIMIT]; /* a ring */
    size_t first;
    size_t waiting;
    bool sleeping;
    bool stopping;

    /* The present group: the thread's own. */
    struct write_job *jobs[WRITER_GROUP_LIMIT];
    struct outcome outcomes[WRITER_GROUP_LIMIT];

    _Atomic int64_t job_count;
    _Atomic int64_t group_count;
    _Atomic int64_t rerun_count;
    _Atomic int64_t waiting_count;
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
        outcome->result = writer->jobs[i]->body(writer->jobs[i], group, &outcome->fault);
        bool failed = db_failed(writer->session);
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

static enum error run_transaction(struct writer *writer, size_t first, size_t count,
                                  struct fault *fault)
{
    struct write_group group = {.session = writer->session, .arena = writer->arena};
    bool changed = false;
    enum error error = db_begin(writer->session, fault);
    if (error)
        return error;
    error = run_bodies(writer, &group, first, count, &changed, fault);
    if (!error && changed && writer->flush)
        error = writer->flush(&group, fault);
    if (error) {
        db_rollback(writer->session);
        return error;
    }
    return db_commit(writer->session, fault);
}

static void count_group(struct writer *writer, size_t size)
{
    size_t slot = 0;
    while (slot + 1 < HISTOGRAM_SIZE && (size_t)1 << slot < size)
        slot++;
    atomic_fetch_add(&writer->histogram[slot], 1);
    atomic_fetch_add(&writer->group_count, 1);
}

static enum ending run_group(struct writer *writer, size_t first, size_t count,
                             struct outcome *whole)
{
    whole->fault = (struct fault){0};
    whole->result = run_transaction(writer, first, count, &whole->fault);
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
    writer->jobs[i]->done(writer->jobs[i], outcome->result, &outcome->fault);
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
        ending = run_group(writer, i, 1, whole);
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
    if (count == 1) {
        run_each_alone(writer, count);
        return;
    }
    struct outcome whole;
    switch (run_group(writer, 0, count, &whole)) {
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

static struct timespec idle_moment(void)
{
    struct timespec moment;
    clock_gettime(CLOCK_MONOTONIC, &moment);
    moment.tv_nsec += IDLE_AFTER_MS * 1000000L;
    moment.tv_sec += moment.tv_nsec / 1000000000L;
    moment.tv_nsec %= 1000000000L;
    return moment;
}

/* Waits for a job; between two groups, housekeeping once when none comes for a while. */
static void await_jobs(struct writer *writer)
{
    struct timespec idle = idle_moment();
    bool rested = false;
    writer->sleeping = true;
    while (writer->waiting == 0 && !writer->stopping) {
        if (rested) {
            pthread_cond_wait(&writer->came, &writer->mutex);
        } else if (pthread_cond_timedwait(&writer->came, &writer->mutex, &idle) != 0) {
            pthread_mutex_unlock(&writer->mutex);
            db_idle(writer->session, false);
            pthread_mutex_lock(&writer->mutex);
            rested = true;
        }
    }
    writer->sleeping = false;
}

/* Moves what waits into the present group; 0 when there is nothing left and the writer stops. */
static size_t take_jobs(struct writer *writer)
{
    size_t count = 0;
    pthread_mutex_lock(&writer->mutex);
    await_jobs(writer);
    while (writer->waiting > 0 && count < WRITER_GROUP_LIMIT) {
        writer->jobs[count++] = writer->queue[writer->first];
        writer->first = (writer->first + 1) % WRITER_QUEUE_LIMIT;
        writer->waiting--;
    }
    atomic_store(&writer->waiting_count, (int64_t)writer->waiting);
    pthread_mutex_unlock(&writer->mutex);
    return count;
}

static void *run_writer(void *context)
{
    struct writer *writer = context;
    size_t count;
    while ((count = take_jobs(writer)) > 0)
        run_jobs(writer, count);
    return NULL;
}

/* ---- the face ------------------------------------------------------------------------------ */

/* Signals are for the thread that asked for them. */
static void start_thread(struct writer *writer)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    must(pthread_create(&writer->thread, NULL, run_writer, writer) == 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

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
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&writer->came, &monotonic);
    pthread_condattr_destroy(&monotonic);
    start_thread(writer);
    *result = writer;
    return OK;
}

enum error writer_submit(struct writer *writer, struct write_job *job, struct fault *fault)
{
    enum error error = OK;
    pthread_mutex_lock(&writer->mutex);
    if (writer->stopping) {
        error = refuse(fault, ERROR_UNAVAILABLE, NULL, "the writer is stopping");
    } else if (writer->waiting == WRITER_QUEUE_LIMIT) {
        error = refuse(fault, ERROR_UNAVAILABLE, NULL, "too many writes are waiting");
    } else {
        writer->queue[(writer->first + writer->waiting) % WRITER_QUEUE_LIMIT] = job;
        writer->waiting++;
        atomic_store(&writer->waiting_count, (int64_t)writer->waiting);
        if (writer->sleeping)
            pthread_cond_signal(&writer->came);
    }
    pthread_mutex_unlock(&writer->mutex);
    return error;
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
    must(!pthread_equal(pthread_self(), writer->thread));
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
        .waiting = atomic_load(&writer->waiting_count),
    };
    for (size_t i = 0; i < HISTOGRAM_SIZE; i++)
        counts.group_size_histogram[i] = atomic_load(&writer->histogram[i]);
    return counts;
}

void writer_stop(struct writer *writer)
{
    if (!writer)
        return;
    pthread_mutex_lock(&writer->mutex);
    writer->stopping = true;
    pthread_cond_signal(&writer->came);
    pthread_mutex_unlock(&writer->mutex);
    must(pthread_join(writer->thread, NULL) == 0);
    db_close(writer->session);
    arena_free(writer->arena);
    pthread_cond_destroy(&writer->came);
    pthread_mutex_destroy(&writer->mutex);
    free(writer);
}
