#include "action/paper_snapshot.h"

#include "action/paper.h"
#include "base/limits.h"

/* A row inside a snapshot. */
#define ROW(type, member, of)        FIELD(type, member, OBJECT, .shape = &of##_shape)
#define ROWS(type, member, of_shape) FIELD(type, member, LIST, .shape = &(of_shape))

static const struct field contract_paper_fields[] = {
    ROW(struct contract_paper, company, company),
    ROW(struct contract_paper, client, client),
    ROW(struct contract_paper, engagement, engagement),
    ROW(struct contract_paper, contract, contract),
    ROWS(struct contract_paper, requirements, requirement_shape),
    ROWS(struct contract_paper, signatures, signature_shape),
    FIELD(struct contract_paper, leaf, INTEGER),
};
const struct shape contract_paper_shape =
    SHAPE("contract_paper", struct contract_paper, contract_paper_fields);

static const struct field change_paper_fields[] = {
    ROW(struct change_paper, company, company),
    ROW(struct change_paper, client, client),
    ROW(struct change_paper, engagement, engagement),
    FIELD(struct change_paper, contract_number, TEXT),
    ROW(struct change_paper, order, change_order),
    ROW(struct change_paper, effect, change_effect),
    ROWS(struct change_paper, requirements, requirement_shape),
    ROWS(struct change_paper, signatures, change_signature_shape),
    FIELD(struct change_paper, terms_before, OBJECT, .flags = ADDED_LATER,
          .shape = &contract_terms_shape),
    FIELD(struct change_paper, leaf, INTEGER),
};
const struct shape change_paper_shape =
    SHAPE("change_paper", struct change_paper, change_paper_fields);

static const struct field notice_fields[] = {
    FIELD(struct paper_notice, text, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct paper_notice, sent_to, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct paper_notice, sent_at, MOMENT),
};
static const struct shape notice_shape = SHAPE("paper_notice", struct paper_notice, notice_fields);

static const struct field certificate_paper_fields[] = {
    ROW(struct certificate_paper, company, company),
    ROW(struct certificate_paper, client, client),
    ROW(struct certificate_paper, engagement, engagement),
    ROW(struct certificate_paper, milestone, milestone),
    ROW(struct certificate_paper, submission, submission),
    ROW(struct certificate_paper, certificate, certificate),
    FIELD(struct certificate_paper, contract_number, TEXT),
    ROWS(struct certificate_paper, criteria, criterion_shape),
    ROWS(struct certificate_paper, notices, notice_shape),
    ROWS(struct certificate_paper, defects, defect_shape),
    ROWS(struct certificate_paper, approvals, approval_shape),
    FIELD(struct certificate_paper, leaf, INTEGER),
};
const struct shape certificate_paper_shape =
    SHAPE("certificate_paper", struct certificate_paper, certificate_paper_fields);

/* The position stands in the snapshot as members of its own. */
#define POSITION(member_, kind_)                                                                   \
    {                                                                                              \
        .name = #member_, .kind = FIELD_##kind_,                                                   \
        .offset = offsetof(struct invoice_paper, position.member_)                                 \
    }

static const struct field work_fields[] = {
    FIELD(struct paper_work, milestone_code, TEXT),
    FIELD(struct paper_work, accepted_at, MOMENT),
};
static const struct shape work_shape = SHAPE("paper_work", struct paper_work, work_fields);

static const struct field invoice_paper_fields[] = {
    ROW(struct invoice_paper, company, company),
    ROW(struct invoice_paper, client, client),
    ROW(struct invoice_paper, engagement, engagement),
    ROW(struct invoice_paper, invoice, invoice),
    FIELD(struct invoice_paper, contract_number, TEXT),
    FIELD(struct invoice_paper, milestone_code, TEXT),
    FIELD(struct invoice_paper, corrects, TEXT),
    FIELD(struct invoice_paper, accepted_at, MOMENT),
    FIELD(struct invoice_paper, work, LIST, .limit = LIST_LIMIT, .shape = &work_shape),
    POSITION(currency, TEXT),
    POSITION(sum_minor, MONEY),
    POSITION(changes_minor, MONEY),
    {.name = "reductions_minor",
     .kind = FIELD_MONEY,
     .flags = NULLABLE,
     .offset = offsetof(struct invoice_paper, position.reductions_minor)},
    POSITION(accepted_minor, MONEY),
    POSITION(invoiced_minor, MONEY),
    POSITION(paid_minor, MONEY),
    FIELD(struct invoice_paper, leaf, INTEGER),
};
const struct shape invoice_paper_shape =
    SHAPE("invoice_paper", struct invoice_paper, invoice_paper_fields);

static const struct field report_paper_fields[] = {
    ROW(struct report_paper, company, company),
    ROW(struct report_paper, client, client),
    ROW(struct report_paper, engagement, engagement),
    ROW(struct report_paper, report, status_report),
    ROW(struct report_paper, total, report_line),
    FIELD(struct report_paper, lines, LIST, .limit = LIST_LIMIT, .shape = &report_line_shape),
    FIELD(struct report_paper, leaf, INTEGER),
};
const struct shape report_paper_shape =
    SHAPE("report_paper", struct report_paper, report_paper_fields);
