/* Timed work and messages that wait, over all companies. */
#ifndef WAYMARK_STORE_JOB_H
#define WAYMARK_STORE_JOB_H

#include "core/job.h"
#include "core/outbox.h"
#include "store/store.h"

/* A row of another company than the store's, with the number of its own. */
struct due_job {
    int64_t number; /* of the company */
    struct job job;
};

struct due_message {
    int64_t number;
    struct outbox message;
};

enum { DUE_LIMIT = 100 };

/* What is due, the longest due first, at most DUE_LIMIT beside so many that are left alone for now;
 * the store's own company does not matter. */
enum error list_due_jobs(struct store *store, int64_t now_ms, size_t resting, struct list *jobs,
                         struct fault *fault) WARN_UNUSED;
enum error list_due_messages(struct store *store, enum outbox_kind kind, int64_t now_ms,
                             size_t resting, struct list *messages,
                             struct fault *fault) WARN_UNUSED;

enum error find_job(struct store *store, struct id id, struct job *job, bool *found,
                    struct fault *fault) WARN_UNUSED;
/* Whether a job of that kind waits for a subject at that very moment. */
enum error find_job_at(struct store *store, enum job_kind kind, struct id subject_id,
                       int64_t due_at, bool *found, struct fault *fault) WARN_UNUSED;
enum error delete_job(struct store *store, struct id id, struct fault *fault) WARN_UNUSED;

/* Writes how the last attempt ended: state, attempts, next_at, last_error, delivered_at. */
enum error save_delivery(struct store *store, const struct outbox *message,
                         struct fault *fault) WARN_UNUSED;

/* Lets what else waits for the message's endpoint wait at least until then. */
enum error defer_deliveries(struct store *store, const struct outbox *message, int64_t until_ms,
                            struct fault *fault) WARN_UNUSED;

#endif
