#include "core/engagement_copy.h"

#include "core/fields.h"

#define ROWS(member_, shape_)                                                                      \
    FIELD(struct engagement_copy, member_, LIST, .limit = COPY_LIST_LIMIT, .shape = &(shape_))

static const struct field engagement_copy_fields[] = {
    FIELD(struct engagement_copy, format, TEXT, .flags = REQUIRED),
    FIELD(struct engagement_copy, company, TEXT, .flags = REQUIRED),
    FIELD(struct engagement_copy, exported_at, MOMENT, .flags = REQUIRED),
    FIELD(struct engagement_copy, client, OBJECT, .flags = REQUIRED, .shape = &client_shape),
    ROWS(contacts, contact_shape),
    FIELD(struct engagement_copy, engagement, OBJECT, .flags = REQUIRED,
          .shape = &engagement_shape),
    ROWS(requirements, requirement_shape),
    ROWS(confirmations, requirement_confirmation_shape),
    ROWS(proposals, proposal_shape),
    ROWS(comments, comment_shape),
    ROWS(contracts, contract_shape),
    ROWS(signatures, signature_shape),
    ROWS(milestones, milestone_shape),
    ROWS(dependencies, milestone_dependency_shape),
    ROWS(files, file_shape),
    ROWS(submissions, submission_shape),
    ROWS(certificates, certificate_shape),
    ROWS(invoices, invoice_shape),
    ROWS(payments, payment_shape),
    ROWS(allocations, allocation_shape),
    ROWS(refunds, refund_shape),
    ROWS(ledger_entries, ledger_entry_shape),
    ROWS(documents, document_shape),
    ROWS(jobs, job_shape),
};
const struct shape engagement_copy_shape =
    SHAPE("engagement_copy", struct engagement_copy, engagement_copy_fields);
