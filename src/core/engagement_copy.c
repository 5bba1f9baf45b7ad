#include "core/engagement_copy.h"

#include <stdio.h>
#include <string.h>

#include "core/entry.h"
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
    ROWS(rate_cards, rate_card_shape),
    ROWS(estimates, estimate_shape),
    ROWS(comments, comment_shape),
    ROWS(contracts, contract_shape),
    ROWS(signatures, signature_shape),
    ROWS(change_orders, change_order_shape),
    ROWS(change_signatures, change_signature_shape),
    ROWS(milestones, milestone_shape),
    ROWS(dependencies, milestone_dependency_shape),
    ROWS(tasks, task_shape),
    ROWS(task_dependencies, task_dependency_shape),
    ROWS(task_slips, task_slip_shape),
    ROWS(time_entries, time_entry_shape),
    ROWS(earning_choices, earning_choice_shape),
    ROWS(value_snapshots, value_snapshot_shape),
    ROWS(report_rhythms, report_rhythm_shape),
    ROWS(status_reports, status_report_shape),
    ROWS(baselines, baseline_shape),
    ROWS(obligations, obligation_shape),
    ROWS(obligation_slips, obligation_slip_shape),
    ROWS(team_members, team_member_shape),
    ROWS(communications, communication_shape),
    ROWS(meetings, meeting_shape),
    ROWS(files, file_shape),
    ROWS(submissions, submission_shape),
    ROWS(approvals, approval_shape),
    ROWS(disputes, dispute_shape),
    ROWS(certificates, certificate_shape),
    ROWS(defects, defect_shape),
    ROWS(price_reductions, price_reduction_shape),
    ROWS(billing_periods, billing_period_shape),
    ROWS(progress_claims, progress_claim_shape),
    ROWS(progress_approvals, progress_approval_shape),
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

/* ---- whether it is whole ------------------------------------------------------------------- */

/* An id of that name is one of the rows of that member. People of the agency are in no copy. */
static const struct {
    const char *name;
    const char *member;
} references[] = {
    {"client_id", "client"},
    {"contact_id", "contacts"},
    {"confirmed_by", "contacts"},
    {"engagement_id", "engagement"},
    {"proposal_id", "proposals"},
    {"rate_card_id", "rate_cards"},
    {"contract_id", "contracts"},
    {"change_order_id", "change_orders"},
    {"based_on_id", "change_orders"},
    {"milestone_id", "milestones"},
    {"after_id", "milestones"},
    {"task_id", "tasks"},
    {"after_task_id", "tasks"},
    {"after_milestone_id", "milestones"},
    {"reverses_entry_id", "time_entries"},
    {"obligation_id", "obligations"},
    {"first_id", "meetings"},
    {"submission_id", "submissions"},
    {"certificate_id", "certificates"},
    {"progress_claim_id", "progress_claims"},
    {"invoice_id", "invoices"},
    {"credit_note_id", "invoices"},
    {"credited_invoice_id", "invoices"},
    {"payment_id", "payments"},
    {"reverses_id", "ledger_entries"},
};

enum { PLACE_SIZE = 160 };

/* Rows of a member, whether it holds one or a list. */
static struct list rows_of(const struct engagement_copy *copy, const struct field *member)
{
    const void *at = field_of(member, copy);
    if (member->kind == FIELD_LIST)
        return *(const struct list *)at;
    return (struct list){.rows = *(void *const *)at, .count = 1};
}

static bool is_there(const struct engagement_copy *copy, const char *member_name, struct id id)
{
    const struct field *member = shape_field(&engagement_copy_shape, member_name, NULL);
    const struct field *key = shape_field(member->shape, "id", NULL);
    struct list rows = rows_of(copy, member);
    for (size_t i = 0; i < rows.count; i++) {
        const char *row = (const char *)rows.rows + i * member->shape->size;
        if (id_equal(*(const struct id *)field_of(key, row), id))
            return true;
    }
    return false;
}

static enum error check_reference(const struct engagement_copy *copy, const char *place,
                                  const struct field *field, const void *row, struct fault *fault)
{
    char path[PLACE_SIZE + FIELD_NAME_SIZE];
    if (field->kind != FIELD_ID || field_is_none(field, row))
        return OK;
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (strcmp(references[i].name, field->name) != 0)
            continue;
        if (is_there(copy, references[i].member, *(const struct id *)field_of(field, row)))
            return OK;
        snprintf(path, sizeof path, "%s/%s", place, field->name);
        return refuse(fault, ERROR_INVALID, path, "names a row that is not in the file");
    }
    return OK;
}

static enum error check_row(const struct engagement_copy *copy, const char *place,
                            const struct shape *shape, const void *row, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < shape->field_count; i++)
        error = check_reference(copy, place, &shape->fields[i], row, fault);
    return error;
}

static enum error check_rows(const struct engagement_copy *copy, const struct field *member,
                             struct fault *fault)
{
    struct list rows = rows_of(copy, member);
    enum error error = OK;
    for (size_t i = 0; !error && i < rows.count; i++) {
        char place[PLACE_SIZE];
        snprintf(place, sizeof place, "%s/%zu", member->name, i);
        error = check_row(copy, place, member->shape,
                          (const char *)rows.rows + i * member->shape->size, fault);
    }
    return error;
}

static enum error check_lines(const struct engagement_copy *copy, struct fault *fault)
{
    for (size_t i = 0; i < copy->invoices.count; i++) {
        const struct invoice *invoice = LIST_AT(struct invoice, copy->invoices, i);
        for (size_t j = 0; j < invoice->lines.count; j++) {
            const struct invoice_line *line = LIST_AT(struct invoice_line, invoice->lines, j);
            char place[PLACE_SIZE];
            snprintf(place, sizeof place, "invoices/%zu/lines/%zu", i, j);
            enum error error = check_row(copy, place, &invoice_line_shape, line, fault);
            if (error)
                return error;
            if (!id_equal(line->invoice_id, invoice->id))
                return refuse(fault, ERROR_INVALID, place, "is a line of another invoice");
        }
    }
    return OK;
}

static enum error check_entries(const struct engagement_copy *copy, struct fault *fault)
{
    for (size_t i = 0; i < copy->ledger_entries.count; i++) {
        const struct ledger_entry *entry = LIST_AT(struct ledger_entry, copy->ledger_entries, i);
        char place[PLACE_SIZE];
        for (size_t j = 0; j < entry->postings.count; j++) {
            const struct ledger_posting *posting =
                LIST_AT(struct ledger_posting, entry->postings, j);
            snprintf(place, sizeof place, "ledger_entries/%zu/postings/%zu", i, j);
            enum error error = check_row(copy, place, &ledger_posting_shape, posting, fault);
            if (error)
                return error;
            if (!id_equal(posting->entry_id, entry->id))
                return refuse(fault, ERROR_INVALID, place, "is a posting of another entry");
        }
        enum error error = entry_check(entry, fault);
        if (error)
            return error;
    }
    return OK;
}

enum error engagement_copy_check(const struct engagement_copy *copy, struct fault *fault)
{
    if (strcmp(copy->format, ENGAGEMENT_COPY_FORMAT) != 0)
        return refuse(fault, ERROR_INVALID, "format", "must be " ENGAGEMENT_COPY_FORMAT);
    if (!id_equal(copy->engagement->client_id, copy->client->id))
        return refuse(fault, ERROR_INVALID, "engagement/client_id", "is another client's");
    enum error error = OK;
    for (size_t i = 0; !error && i < engagement_copy_shape.field_count; i++) {
        if (engagement_copy_fields[i].kind == FIELD_LIST)
            error = check_rows(copy, &engagement_copy_fields[i], fault);
    }
    if (!error)
        error = check_lines(copy, fault);
    return error ? error : check_entries(copy, fault);
}
