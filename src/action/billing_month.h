/* Work that is billed with its calendar month: the acceptance of a milestone leaves it billable,
 * that of progress leaves the claim without an invoice, and either sees to it that a job waits for
 * the contract and that month; the job issues one invoice for all that it finds.
 *
 * A job that comes late acts with its own date: each missed month has its own invoice, dated and
 * due as if it had come in time. Where nothing is left to bill, nothing happens. */
#ifndef WAYMARK_ACTION_BILLING_MONTH_H
#define WAYMARK_ACTION_BILLING_MONTH_H

#include "action/call.h"
#include "core/contract.h"
#include "core/job.h"

/* Whether a contract's accepted work waits for its month. */
bool is_collected(const struct contract *contract);

/* Has the month of an acceptance billed: one job for each contract and month. */
enum error collect_for_month(struct call *call, const struct contract *contract,
                             int64_t accepted_at, struct fault *fault) WARN_UNUSED;

/* A step for JOB_BILL_MONTH (action/job.h), whose subject is the contract. */
enum error bill_month(struct call *call, const struct job *job, struct fault *fault) WARN_UNUSED;

#endif
