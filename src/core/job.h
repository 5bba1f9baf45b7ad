/* A job is something that falls due at a moment. It is deleted in the transaction that does it, so
 * it is done once; one that was missed is done late, with its own date. */
#ifndef WAYMARK_CORE_JOB_H
#define WAYMARK_CORE_JOB_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"

enum job_kind {
    JOB_EXPIRE_PROPOSAL = 1,
    JOB_REMIND_ACCEPTANCE,
    JOB_DEEM_ACCEPTANCE,
    JOB_INVOICE_OVERDUE,
    JOB_RENDER_DOCUMENT,
    JOB_EXPIRE_CHANGE_ORDER,
    JOB_APPLY_CHANGE_ORDER, /* on its start day */
    JOB_PURGE,              /* expired sessions, links and idempotency keys */
    JOB_BILL_MONTH,         /* of a contract, what was accepted in the month before */
    JOB_TAKE_SNAPSHOT,      /* of an engagement's earned value, at the end of a day */
    JOB_SEND_REPORT,        /* on a day of the engagement's rhythm */
    JOB_BILL_PERIOD,        /* of a recurring milestone, that which is billed on its day */
    JOB_REMIND_OBLIGATION,
    JOB_OBLIGATION_LATE, /* each working day that it is */
    JOB_DISPUTE_ANSWER,  /* on the last day to answer a dispute, and on the one after */
};
extern const struct choices job_kind_choices;

struct job {
    struct id id;
    enum job_kind kind;
    struct id subject_id;
    struct id engagement_id;
    int64_t due_at;
    int64_t created_at;
};
extern const struct shape job_shape;

#endif
