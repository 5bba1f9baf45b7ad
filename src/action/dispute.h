/* Disputes on a submission: opened by either side, which freezes it and its clock, and ended by
 * both or by the side that opened it. Both sides are told. On what silence has accepted the client
 * opens it, in the time that the contract gives: an objection, which lets the invoice rest. Where
 * the contract sets days to answer, the side that is asked is reminded at nine on the last, and
 * both are told at nine on the next when it did not. */
#ifndef WAYMARK_ACTION_DISPUTE_H
#define WAYMARK_ACTION_DISPUTE_H

#include "action/job.h"
#include "action/operation.h"
#include "action/subject.h"
#include "core/dispute.h"
#include "store/list.h"

struct list_disputes {
    struct page_query page;
    struct id engagement_id;
    struct id milestone_id;
    struct id submission_id;
    enum dispute_state state;
    enum dispute_kind kind;
};

struct open_dispute {
    struct id submission_id;
    const char *reason;
};

struct end_dispute {
    struct id id;
    const char *note;
    const char *currency; /* of an objection that is resolved */
    int64_t credit_minor; /* net; none: nothing */
};

extern const struct operation list_disputes_operation;
extern const struct operation show_dispute_operation; /* struct subject */
extern const struct operation open_dispute_operation; /* struct open_dispute */

/* Take struct end_dispute. */
extern const struct operation resolve_dispute_operation;
extern const struct operation withdraw_dispute_operation;

/* The step of JOB_DISPUTE_ANSWER. */
job_step tell_of_dispute;

#endif
