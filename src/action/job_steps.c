/* Which function does which kind of timed work. */
#include "action/acceptance.h"
#include "action/acceptance_clock.h"
#include "action/billing_month.h"
#include "action/billing_period.h"
#include "action/change_order.h"
#include "action/dispute.h"
#include "action/earned_value.h"
#include "action/invoice.h"
#include "action/job.h"
#include "action/obligation_clock.h"
#include "action/proposal.h"
#include "action/status_report.h"
#include "base/day.h"
#include "store/idempotency.h"
#include "store/person.h"

/* Clears away what has expired, and comes again tomorrow. */
static enum error purge(struct call *call, const struct job *job, struct fault *fault)
{
    int64_t keep_ms = (int64_t)IDEMPOTENCY_KEEP_DAYS * DAY_MS;
    enum error error = purge_sessions(&call->store, call->now_ms, fault);
    if (!error)
        error = purge_idempotency(&call->store, call->now_ms - keep_ms, fault);
    if (!error)
        error = schedule_job(call, JOB_PURGE, job->subject_id, (struct id){0},
                             call->now_ms + DAY_MS, fault);
    return error;
}

static job_step *const steps[] = {
    [JOB_EXPIRE_PROPOSAL] = expire_proposal,
    [JOB_REMIND_ACCEPTANCE] = remind_acceptance,
    [JOB_DEEM_ACCEPTANCE] = deem_acceptance,
    [JOB_INVOICE_OVERDUE] = remind_of_invoice,
    [JOB_EXPIRE_CHANGE_ORDER] = expire_change_order,
    [JOB_APPLY_CHANGE_ORDER] = apply_change_order_on_its_day,
    [JOB_PURGE] = purge,
    [JOB_BILL_MONTH] = bill_month,
    [JOB_TAKE_SNAPSHOT] = take_snapshot,
    [JOB_SEND_REPORT] = send_report_on_its_day,
    [JOB_BILL_PERIOD] = bill_period,
    [JOB_REMIND_OBLIGATION] = remind_of_obligation,
    [JOB_OBLIGATION_LATE] = count_obligation_late,
    [JOB_DISPUTE_ANSWER] = tell_of_dispute,
};

job_step *job_step_of(enum job_kind kind)
{
    size_t number = (size_t)kind;
    return number < sizeof steps / sizeof *steps ? steps[number] : NULL;
}
