#include "action/job.h"

#include "base/must.h"
#include "store/job.h"

enum error schedule_job(struct call *call, enum job_kind kind, struct id subject_id,
                        struct id engagement_id, int64_t due_at, struct fault *fault)
{
    struct job job = {
        .id = call_id(call),
        .kind = kind,
        .subject_id = subject_id,
        .engagement_id = engagement_id,
        .due_at = due_at,
        .created_at = call->now_ms,
    };
    return insert_row(call, &job_shape, &job, fault);
}

static enum error run_job(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct job *job = input;
    struct job still_there;
    bool found;
    (void)output;
    enum error error = find_job(&call->store, job->id, &still_there, &found, fault);
    if (error || !found)
        return error;
    job_step *step = job_step_of(job->kind);
    must(step);
    error = step(call, job, fault);
    return error ? error : delete_job(&call->store, job->id, fault);
}

const struct operation run_job_operation = {
    .name = "run_job",
    .permission = PERMIT_RUN_JOB,
    .writes = true,
    .in = &job_shape,
    .run = run_job,
};
