#include "main/timed.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "action/job.h"
#include "action/perform.h"
#include "base/must.h"
#include "platform/queue.h"
#include "platform/thread.h"
#include "store/job.h"

enum { LOOK_EVERY_MS = 500 };

/* ---- jobs ---------------------------------------------------------------------------------- */

static enum error find_due(struct house *house, struct arena *arena, struct list *jobs,
                           struct fault *fault)
{
    struct call call = call_by(&house->app, arena, 0, ACTOR_SYSTEM);
    call.store.session = readers_take(house->readers);
    enum error error = db_begin(call.store.session, fault);
    if (!error)
        error = list_due_jobs(&call.store, call.now_ms, house->job_patience.count, jobs, fault);
    db_rollback(call.store.session);
    readers_put(house->readers, call.store.session);
    return error;
}

static enum error run_one(struct house *house, struct arena *arena, struct due_job *due,
                          struct fault *fault)
{
    struct call call = call_by(&house->app, arena, due->number, ACTOR_SYSTEM);
    return perform_writing(&call, house_writer(house, due->number), NULL, &run_job_operation,
                           &due->job, NULL, fault);
}

static size_t run_listed(struct house *house, struct arena *arena, const struct list *jobs)
{
    size_t done = 0;
    for (size_t i = 0; i < jobs->count && !atomic_load(&house->is_closing); i++) {
        struct due_job *due = LIST_AT(struct due_job, *jobs, i);
        struct fault fault = {0};
        if (patience_waits(&house->job_patience, due->job.id))
            continue;
        if (run_one(house, arena, due, &fault) == OK) {
            patience_end(&house->job_patience, due->job.id);
            done++;
            continue;
        }
        patience_keep(&house->job_patience, due->job.id);
        log_event(&house->log, LOG_ERROR, "job_failed",
                  log_text("kind", choice_name(&job_kind_choices, (int)due->job.kind)),
                  log_text("error", error_slug(fault.code)), log_text("detail", fault.detail));
    }
    return done;
}

size_t timed_run_jobs(struct house *house)
{
    size_t done = 0;
    size_t before;
    pthread_mutex_lock(&house->jobs_lock);
    do {
        struct arena *arena = arena_new();
        struct fault fault = {0};
        struct list jobs = {0};
        before = done;
        if (find_due(house, arena, &jobs, &fault))
            log_event(&house->log, LOG_ERROR, "jobs_unreadable", log_text("detail", fault.detail));
        else
            done += run_listed(house, arena, &jobs);
        arena_free(arena);
    } while (done > before);
    pthread_mutex_unlock(&house->jobs_lock);
    return done;
}

/* ---- the threads --------------------------------------------------------------------------- */

struct timed {
    struct house *house;
    struct queue *stop; /* closed to stop */
    struct thread *jobs;
    struct thread *mails;
    struct thread *webhooks;
};

/* Waits until it is time to look again; false when stopped. */
static bool wait_to_look(struct timed *timed)
{
    void *nothing;
    queue_take(timed->stop, &nothing, 1, LOOK_EVERY_MS);
    return !queue_is_done(timed->stop);
}

static void look_for_jobs(void *context)
{
    struct timed *timed = context;
    do
        timed_run_jobs(timed->house);
    while (wait_to_look(timed));
}

/* Its papers take more of the processor than what they tell of, and nobody waits for a mail. */
static void look_for_mails(void *context)
{
    struct timed *timed = context;
    thread_stand_back();
    do
        timed_deliver(timed->house, OUTBOX_MAIL);
    while (wait_to_look(timed));
}

static void look_for_webhooks(void *context)
{
    struct timed *timed = context;
    do
        timed_deliver(timed->house, OUTBOX_WEBHOOK);
    while (wait_to_look(timed));
}

struct timed *timed_start(struct house *house)
{
    struct timed *timed = calloc(1, sizeof *timed);
    must(timed);
    timed->house = house;
    timed->stop = queue_new(1);
    timed->jobs = thread_start("jobs", look_for_jobs, timed);
    timed->mails = thread_start("mails", look_for_mails, timed);
    timed->webhooks = thread_start("webhooks", look_for_webhooks, timed);
    return timed;
}

void timed_stop(struct timed *timed)
{
    atomic_store(&timed->house->is_closing, true);
    queue_close(timed->stop);
    thread_join(timed->jobs);
    thread_join(timed->mails);
    thread_join(timed->webhooks);
    queue_free(timed->stop);
    free(timed);
}
