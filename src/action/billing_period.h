/* Recurring milestones, billed period by period. When the contract comes into force a job waits for
 * the first period of each; a job bills its period and leaves one for the next, until the end. A
 * change order that restates how one recurs leaves a job for the first period that is not billed;
 * the job of a day on which no period is billed any more does nothing.
 *
 * A job that comes late acts with its own date: a server that was down bills each period that it
 * missed, dated and due as if it had come in time. */
#ifndef WAYMARK_ACTION_BILLING_PERIOD_H
#define WAYMARK_ACTION_BILLING_PERIOD_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/domain.h"

/* What is and will be billed of a recurring milestone; of others there are no periods. */
struct billing_schedule {
    struct id milestone_id;
    const char *currency;
    int64_t price_minor;
    int64_t billed_minor; /* so far */
    struct list periods;  /* struct billing_period, all, the billed ones with their invoices */
};

extern const struct operation show_billing_schedule_operation; /* struct subject */

/* Called when a contract comes into force, for its struct milestones, and again for those that a
 * change order adds or changes, with the plans that then tell their periods
 * (core/billing_period.h): a job waits for the first that is not billed. */
enum error start_billing_periods(struct call *call, const struct contract *contract,
                                 const struct list *plans, const struct list *milestones,
                                 struct fault *fault) WARN_UNUSED;

/* A step for JOB_BILL_PERIOD (action/job.h), whose subject is the milestone. */
enum error bill_period(struct call *call, const struct job *job, struct fault *fault) WARN_UNUSED;

#endif
