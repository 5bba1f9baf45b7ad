/* Deciding on what was handed over, by the client's approver or by its silence. An acceptance
 * writes the certificate, readies what comes next and closes the engagement with its last
 * milestone, all in one transaction. */
#ifndef WAYMARK_ACTION_ACCEPTANCE_H
#define WAYMARK_ACTION_ACCEPTANCE_H

#include "action/job.h"
#include "action/review.h"
#include "action/subject.h"
#include "core/approval.h"
#include "store/list.h"

struct outcome;

/* A decision for each criterion; reservations for accepting with minor defects, a reason for
 * rejecting. */
struct decide_submission {
    struct id submission_id;
    struct list decisions; /* struct decision */
    const char *reservations;
    enum rejection_reason reason_code;
    const char *reason;
    struct review review;    /* read while preparing a rejection */
    struct outcome *outcome; /* what was decided while preparing an acceptance, or NULL */
};

/* What an acceptance has made. */
struct acceptance {
    struct id submission_id;
    int64_t version; /* of the submission */
    enum submission_state state;
    struct id milestone_id;
    enum milestone_billing billing;
    struct id certificate_id;
    struct id invoice_id; /* none for a price of nothing */
    const char *invoice_number;
    int64_t approvals;        /* so far, with this one, where several are needed; else 0 */
    int64_t approvals_needed; /* 1 unless the contract says otherwise */
};

/* Takes struct decide_submission and gives struct acceptance. Where the contract wants several
 * approvers, all but the last leave the submission as it is, with one approval more. */
extern const struct operation accept_submission_operation;

/* Takes struct decide_submission and gives the struct submission. */
extern const struct operation reject_submission_operation;

struct list_approvals {
    struct page_query page;
    struct id submission_id;
};
extern const struct operation list_approvals_operation;

extern const struct operation show_certificate_operation; /* struct subject */

/* The job's step: silence is acceptance, with the deadline's date; unless the request reached
 * nobody, or a consumer late: then the clock is set anew. */
job_step deem_acceptance;

#endif
