#include "core/job.h"

#include "core/fields.h"

static const char *const job_kinds[] = {
    [JOB_EXPIRE_PROPOSAL] = "expire_proposal",
    [JOB_REMIND_ACCEPTANCE] = "remind_acceptance",
    [JOB_DEEM_ACCEPTANCE] = "deem_acceptance",
    [JOB_INVOICE_OVERDUE] = "invoice_overdue",
    [JOB_RENDER_DOCUMENT] = "render_document",
    [JOB_PURGE] = "purge",
    [JOB_EXPIRE_CHANGE_ORDER] = "expire_change_order",
    [JOB_APPLY_CHANGE_ORDER] = "apply_change_order",
    [JOB_BILL_MONTH] = "bill_month",
    [JOB_TAKE_SNAPSHOT] = "take_snapshot",
    [JOB_SEND_REPORT] = "send_report",
    [JOB_BILL_PERIOD] = "bill_period",
    [JOB_REMIND_OBLIGATION] = "remind_obligation",
    [JOB_OBLIGATION_LATE] = "obligation_late",
    [JOB_DISPUTE_ANSWER] = "dispute_answer",
};
const struct choices job_kind_choices = CHOICES("job_kind", job_kinds);

static const struct field job_fields[] = {
    ID_FIELD(struct job),
    FIELD(struct job, kind, CHOICE, .flags = REQUIRED, .choices = &job_kind_choices),
    FIELD(struct job, subject_id, ID, .flags = REQUIRED),
    FIELD(struct job, engagement_id, ID, OPTIONAL),
    FIELD(struct job, due_at, MOMENT, .flags = REQUIRED),
    FIELD(struct job, created_at, MOMENT, .flags = REQUIRED),
};
const struct shape job_shape = SHAPE("job", struct job, job_fields);
