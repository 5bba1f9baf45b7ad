/* Group commit: jobs that wait share one transaction, so one durable flush serves them all.
 *
 * A writer owns one lane: one writing session on a thread of its own. It takes what waits, runs
 * each job's body in turn inside one transaction, commits, and then tells each job how it ended.
 * Nothing is told before it is durable.
 *
 * A body loads, decides, saves. One that refuses before its first change leaves nothing behind
 * and simply drops out of its group. If one fails after a change, or a statement fails, or the
 * commit does, the whole group is rolled back and its bodies run again, each in a transaction of
 * its own: so a body may run more than once and must only read and write the store. */
#ifndef WAYMARK_DB_WRITER_H
#define WAYMARK_DB_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "db/db.h"

enum {
    WRITER_GROUP_LIMIT = 512,             /* bodies in one transaction */
    WRITER_QUEUE_LIMIT = 16384,           /* jobs that may wait; more are refused */
    WRITER_RETRY_LIMIT = 5,               /* runs of one body after ERROR_RETRY */
    WRITER_KEPT_LIMIT = 16 * 1024 * 1024, /* bytes kept from one transaction to the next */
};

/* The transaction that a body runs in. */
struct write_group {
    struct db_session *session;
    struct arena *arena; /* lives until the transaction has ended */
    bool changed;        /* the store sets it before a body's first change; cleared for each body */
    bool is_again;       /* one body alone, after its group was rolled back */

    /* The store's own: rows that every body touches (counters, the log's frontier) wait here, are
     * written once, and are known to the next transaction. NULL at first, and again when one was
     * rolled back, the connection was made anew or kept_arena had grown past WRITER_KEPT_LIMIT. */
    void *kept;
    struct arena *kept_arena;
    bool kept_holds; /* the store has seen so in this transaction */
    int lane;
    struct id writer; /* this one of all that ever wrote in the lane */
};

/* One body to run. Owned by the submitter, who embeds it and keeps it until done is called. */
struct write_job {
    /* Runs inside the transaction, on the writer's thread. Returns OK to be committed. */
    enum error (*body)(struct write_job *job, struct write_group *group, struct fault *fault);

    /* Called once, on the writer's thread, outside any transaction; on OK what the body did is
     * durable. fault is valid during the call. The job may be freed here. */
    void (*done)(struct write_job *job, enum error result, const struct fault *fault);
};

struct writer;

/* Writes what group->kept holds; called before each commit that changed something. */
typedef enum error write_flush(struct write_group *group, struct fault *fault);

/* Counters for metrics; a snapshot. */
struct writer_counts {
    int64_t jobs;                     /* bodies whose end was told */
    int64_t groups;                   /* transactions committed */
    int64_t reruns;                   /* groups that were rolled back and run one by one */
    int64_t waiting;                  /* jobs in the queue now */
    int64_t group_size_histogram[11]; /* groups of at most 1, 2, 4 … 1024 bodies */
};

/* flush may be NULL. */
enum error writer_start(const char *url, int lane, write_flush *flush, struct writer **writer,
                        struct fault *fault) WARN_UNUSED;

/* Any thread. ERROR_UNAVAILABLE when the queue is full or the writer is stopping. */
enum error writer_submit(struct writer *writer, struct write_job *job,
                         struct fault *fault) WARN_UNUSED;

/* Submits and waits, in place of calling done; for the command line and timed jobs. Not from a
 * body or a done. */
enum error writer_run(struct writer *writer, struct write_job *job,
                      struct fault *fault) WARN_UNUSED;

struct writer_counts writer_counts(const struct writer *writer);

/* Runs all that waits, then ends the thread and closes the session. */
void writer_stop(struct writer *writer);

#endif
