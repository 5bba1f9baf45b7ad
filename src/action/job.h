/* Timed work: what has to happen at a moment is a row, written in the transaction that makes it
 * necessary and deleted in the one that does it, so each step is done once, whenever the program
 * was down. A step that comes late acts with its own date (job->due_at), not with today's. */
#ifndef WAYMARK_ACTION_JOB_H
#define WAYMARK_ACTION_JOB_H

#include "action/operation.h"
#include "core/job.h"

/* To be called inside an action's body. */
enum error schedule_job(struct call *call, enum job_kind kind, struct id subject_id,
                        struct id engagement_id, int64_t due_at, struct fault *fault) WARN_UNUSED;

/* What a kind of job does. When the state has moved on there is nothing to do: then it returns OK
 * and changes nothing. */
typedef enum error job_step(struct call *call, const struct job *job, struct fault *fault);

/* The step of a kind; NULL if it has none (action/job_steps.c). */
job_step *job_step_of(enum job_kind kind);

/* Does one due job, given as in, and deletes it. If it is gone already nothing happens. */
extern const struct operation run_job_operation;

#endif
