#include "store/audit.h"

#include "core/domain.h"
#include "core/evidence_row.h"
#include "store/statements.h"

static const struct field finding_fields[] = {
    FIELD(struct audit_finding, id, ID),
    FIELD(struct audit_finding, name, TEXT),
    FIELD(struct audit_finding, stored, INTEGER),
    FIELD(struct audit_finding, found, INTEGER),
};
static const struct shape audit_finding_shape =
    SHAPE("audit_finding", struct audit_finding, finding_fields);

/* ---- rules --------------------------------------------------------------------------------- */

const struct audit_rule audit_rules[] = {
    {"ledger entries that balance", &ledger_entry_shape, "its postings do not balance",
     &sql_audit_entry_balance},
    {"ledger, by currency", &ledger_entry_shape, "debits and credits differ",
     &sql_audit_currency_balance},
    {"ledger, by day and account", &ledger_entry_shape,
     "what the account moved on a day is not kept as posted", &sql_audit_ledger_day},
    {"ledger entries of what is there", &ledger_entry_shape, "what it records is not there",
     &sql_audit_entry_source},
    {"invoices in the ledger", &invoice_shape, "it is not in the ledger as it is",
     &sql_audit_invoice_entry},
    {"payments in the ledger", &payment_shape, "it is not in the ledger as it is",
     &sql_audit_payment_entry},
    {"allocations in the ledger", &allocation_shape, "it is not in the ledger as it is",
     &sql_audit_allocation_entry},
    {"refunds in the ledger", &refund_shape, "it is not in the ledger as it is",
     &sql_audit_refund_entry},
    {"reversals of allocations", &allocation_shape, "it and the ledger differ on its reversal",
     &sql_audit_allocation_reversal},
    {"reversals of payments", &payment_shape, "it and the ledger differ on its reversal",
     &sql_audit_payment_reversal},
    {"receivables, by client", &client_shape, "the ledger's receivable is not what is unpaid",
     &sql_audit_receivable},
    {"credit, by client", &client_shape, "the ledger's credit is not what is left of payments",
     &sql_audit_client_credit},
    {"refunds to be paid, by client", &client_shape, "the ledger's are not those requested",
     &sql_audit_refunds_payable},
    {"amounts paid, by invoice", &invoice_shape, "its paid amount is not what is allocated to it",
     &sql_audit_invoice_paid},
    {"amounts credited, by invoice", &invoice_shape,
     "its credited amount is not what its credit notes took off", &sql_audit_invoice_credited},
    {"amounts used, by credit note", &invoice_shape,
     "its used amount is not what is allocated and refunded", &sql_audit_credit_note_used},
    {"credit notes, by invoice", &invoice_shape, "more is credited than it asked for",
     &sql_audit_credit_notes_of_invoice},
    {"amounts allocated, by payment", &payment_shape,
     "its allocated amount is not that of its allocations", &sql_audit_payment_allocated},
    {"amounts refunded, by payment", &payment_shape,
     "its refunded amount is not that of its refunds", &sql_audit_payment_refunded},
    {"invoice lines, back to signatures", &invoice_line_shape,
     "a line does not lead to an acceptance under a signed contract, nor to a period of one, nor "
     "to "
     "accepted progress",
     &sql_audit_line_chain},
    {"billed periods, by milestone", &billing_period_shape,
     "it is not what its invoice bills for it", &sql_audit_billing_period},
    {"progress claims, by milestone", &progress_claim_shape,
     "it is not what its invoice bills for it, or nothing waits to bill it",
     &sql_audit_progress_claim},
    {"progress approvals, by claim", &progress_claim_shape,
     "its approvals are not counted up to the one that accepted it", &sql_audit_progress_approval},
    {"progress, by milestone", &milestone_shape,
     "what is claimed of it is not what its accepted claims sum to", &sql_audit_progress_sum},
    {"amounts billed, by milestone", &milestone_shape, "more is billed than its price",
     &sql_audit_milestone_billed},
    {"prices, by invoice line", &invoice_line_shape,
     "it is not the signed price less the agreed reduction and what was claimed",
     &sql_audit_line_price},
    {"price reductions, by milestone", &milestone_shape, "it is not what both sides agreed",
     &sql_audit_price_reduction},
    {"disputes, by submission", &submission_shape,
     "it is frozen without an open dispute, or is not with one", &sql_audit_dispute},
    {"objections, by invoice", &invoice_shape,
     "it rests without an open objection, or not with one", &sql_audit_invoice_objection},
    {"objections, by milestone", &dispute_shape,
     "it is to no deemed acceptance, or what was conceded is not what was credited",
     &sql_audit_objection},
    {"acceptances, by milestone", &milestone_shape,
     "it and its certificate differ on its acceptance", &sql_audit_milestone_certificate},
    {"milestones, by contract", &contract_shape,
     "its milestones do not sum to it and its applied change orders",
     &sql_audit_contract_milestones},
    {"papers of invoices", &invoice_shape, "it has no paper", &sql_audit_invoice_paper},
    {"papers of certificates", &certificate_shape, "it has no paper", &sql_audit_certificate_paper},
    {"papers of contracts", &contract_shape, "it has no paper, or none with its signatures",
     &sql_audit_contract_paper},
    {"files of papers", &document_shape, "another paper has the same file", &sql_audit_shared_file},
    {"change orders, one after the other", &change_order_shape,
     "it was not applied to the plan that it is based on", &sql_audit_change_chain},
    {0},
};

enum error list_findings(struct store *store, const struct audit_rule *rule, struct list *findings,
                         struct fault *fault)
{
    return store_list(store, rule->statement, PARAMS({"limit", value_integer(AUDIT_FINDINGS_MAX)}),
                      &audit_finding_shape, findings, fault);
}

enum error list_lost_companies(struct store *store, struct list *findings, struct fault *fault)
{
    return store_list(store, &sql_audit_lost_companies, NO_PARAMS, &audit_finding_shape, findings,
                      fault);
}

/* ---- references ---------------------------------------------------------------------------- */

const struct audit_reference audit_references_of[] = {
    {&contact_shape, "client_id", &client_shape},
    {&api_token_shape, "user_id", &user_shape},
    {&engagement_shape, "client_id", &client_shape},
    {&requirement_shape, "engagement_id", &engagement_shape},
    {&requirement_shape, "confirmed_by", &contact_shape},
    {&requirement_confirmation_shape, "engagement_id", &engagement_shape},
    {&requirement_confirmation_shape, "contact_id", &contact_shape},
    {&proposal_shape, "engagement_id", &engagement_shape},
    {&estimate_shape, "engagement_id", &engagement_shape},
    {&estimate_shape, "proposal_id", &proposal_shape},
    {&estimate_shape, "rate_card_id", &rate_card_shape},
    {&comment_shape, "engagement_id", &engagement_shape},
    {&contract_shape, "engagement_id", &engagement_shape},
    {&contract_shape, "proposal_id", &proposal_shape},
    {&signature_shape, "contract_id", &contract_shape},
    {&signature_shape, "engagement_id", &engagement_shape},
    {&change_order_shape, "engagement_id", &engagement_shape},
    {&change_order_shape, "contract_id", &contract_shape},
    {&change_order_shape, "based_on_id", &change_order_shape},
    {&change_signature_shape, "change_order_id", &change_order_shape},
    {&change_signature_shape, "engagement_id", &engagement_shape},
    {&milestone_shape, "engagement_id", &engagement_shape},
    {&milestone_shape, "contract_id", &contract_shape},
    {&milestone_shape, "certificate_id", &certificate_shape},
    {&milestone_shape, "invoice_id", &invoice_shape},
    {&milestone_dependency_shape, "milestone_id", &milestone_shape},
    {&milestone_dependency_shape, "after_id", &milestone_shape},
    {&task_shape, "engagement_id", &engagement_shape},
    {&task_shape, "milestone_id", &milestone_shape},
    {&task_dependency_shape, "engagement_id", &engagement_shape},
    {&task_dependency_shape, "task_id", &task_shape},
    {&task_dependency_shape, "after_task_id", &task_shape},
    {&task_dependency_shape, "after_milestone_id", &milestone_shape},
    {&task_slip_shape, "engagement_id", &engagement_shape},
    {&task_slip_shape, "task_id", &task_shape},
    {&time_entry_shape, "engagement_id", &engagement_shape},
    {&time_entry_shape, "milestone_id", &milestone_shape},
    {&time_entry_shape, "task_id", &task_shape},
    {&time_entry_shape, "reverses_entry_id", &time_entry_shape},
    {&earning_choice_shape, "id", &milestone_shape},
    {&earning_choice_shape, "engagement_id", &engagement_shape},
    {&value_snapshot_shape, "engagement_id", &engagement_shape},
    {&report_rhythm_shape, "id", &engagement_shape},
    {&report_rhythm_shape, "engagement_id", &engagement_shape},
    {&status_report_shape, "engagement_id", &engagement_shape},
    {&baseline_shape, "engagement_id", &engagement_shape},
    {&obligation_shape, "engagement_id", &engagement_shape},
    {&obligation_shape, "contact_id", &contact_shape},
    {&obligation_slip_shape, "engagement_id", &engagement_shape},
    {&obligation_slip_shape, "obligation_id", &obligation_shape},
    {&team_member_shape, "engagement_id", &engagement_shape},
    {&team_member_shape, "contact_id", &contact_shape},
    {&communication_shape, "engagement_id", &engagement_shape},
    {&meeting_shape, "engagement_id", &engagement_shape},
    {&meeting_shape, "first_id", &meeting_shape},
    {&file_shape, "engagement_id", &engagement_shape},
    {&submission_shape, "milestone_id", &milestone_shape},
    {&submission_shape, "engagement_id", &engagement_shape},
    {&certificate_shape, "milestone_id", &milestone_shape},
    {&certificate_shape, "submission_id", &submission_shape},
    {&certificate_shape, "engagement_id", &engagement_shape},
    {&dispute_shape, "engagement_id", &engagement_shape},
    {&dispute_shape, "milestone_id", &milestone_shape},
    {&dispute_shape, "submission_id", &submission_shape},
    {&dispute_shape, "credit_note_id", &invoice_shape},
    {&approval_shape, "engagement_id", &engagement_shape},
    {&approval_shape, "milestone_id", &milestone_shape},
    {&approval_shape, "submission_id", &submission_shape},
    {&defect_shape, "engagement_id", &engagement_shape},
    {&defect_shape, "milestone_id", &milestone_shape},
    {&defect_shape, "submission_id", &submission_shape},
    {&defect_shape, "certificate_id", &certificate_shape},
    {&price_reduction_shape, "engagement_id", &engagement_shape},
    {&price_reduction_shape, "milestone_id", &milestone_shape},
    {&progress_claim_shape, "engagement_id", &engagement_shape},
    {&progress_claim_shape, "contract_id", &contract_shape},
    {&progress_claim_shape, "milestone_id", &milestone_shape},
    {&progress_claim_shape, "invoice_id", &invoice_shape},
    {&progress_approval_shape, "engagement_id", &engagement_shape},
    {&progress_approval_shape, "milestone_id", &milestone_shape},
    {&progress_approval_shape, "progress_claim_id", &progress_claim_shape},
    {&billing_period_shape, "engagement_id", &engagement_shape},
    {&billing_period_shape, "contract_id", &contract_shape},
    {&billing_period_shape, "milestone_id", &milestone_shape},
    {&billing_period_shape, "invoice_id", &invoice_shape},
    {&invoice_shape, "engagement_id", &engagement_shape},
    {&invoice_shape, "client_id", &client_shape},
    {&invoice_shape, "contract_id", &contract_shape},
    {&invoice_shape, "milestone_id", &milestone_shape},
    {&invoice_shape, "certificate_id", &certificate_shape},
    {&invoice_shape, "credited_invoice_id", &invoice_shape},
    {&invoice_line_shape, "invoice_id", &invoice_shape},
    {&payment_shape, "client_id", &client_shape},
    {&allocation_shape, "payment_id", &payment_shape},
    {&allocation_shape, "credit_note_id", &invoice_shape},
    {&allocation_shape, "invoice_id", &invoice_shape},
    {&allocation_shape, "client_id", &client_shape},
    {&refund_shape, "payment_id", &payment_shape},
    {&refund_shape, "credit_note_id", &invoice_shape},
    {&refund_shape, "client_id", &client_shape},
    {&ledger_entry_shape, "reverses_id", &ledger_entry_shape},
    {&ledger_posting_shape, "entry_id", &ledger_entry_shape},
    {&ledger_posting_shape, "client_id", &client_shape},
    {&document_shape, "engagement_id", &engagement_shape},
    {0},
};

enum error list_dangling(struct store *store, const struct audit_reference *reference,
                         struct list *findings, struct fault *fault)
{
    const char *table = reference->shape->name;
    const char *column = reference->column;
    const char *name = arena_format(store->arena, "dangling_%s_%s", table, column);
    const char *sql = arena_format(
        store->arena,
        "SELECT c.%s AS id FROM %s c LEFT JOIN %s p ON p.company = c.company AND p.id = c.%s"
        " WHERE c.company = :company AND c.%s IS NOT NULL AND p.id IS NULL LIMIT :limit",
        reference->shape->fields[0].name, table, reference->to->name, column, column);
    return store_list(store, tables_statement(store->tables, name, sql),
                      PARAMS({"limit", value_integer(AUDIT_FINDINGS_MAX)}), &audit_finding_shape,
                      findings, fault);
}

/* ---- numbers and documents ----------------------------------------------------------------- */

static const struct statement *const numbers_of[] = {
    [SERIES_INVOICE] = &sql_audit_numbers_of_invoice,
    [SERIES_CREDIT_NOTE] = &sql_audit_numbers_of_credit_note,
    [SERIES_CONTRACT] = &sql_audit_numbers_of_contract,
    [SERIES_PAYMENT] = &sql_audit_numbers_of_payment,
    [SERIES_REFUND] = &sql_audit_numbers_of_refund,
};

enum { NUMBERS_BATCH = 5000, DOCUMENTS_BATCH = 20 };

enum error list_series(struct store *store, struct list *series, struct fault *fault)
{
    return store_list(store, &sql_audit_series, NO_PARAMS, &audit_finding_shape, series, fault);
}

enum error list_numbers(struct store *store, enum number_series series, const char *after,
                        struct list *numbers, struct fault *fault)
{
    return store_list(store, numbers_of[series],
                      PARAMS({"after", value_text(after)}, {"limit", value_integer(NUMBERS_BATCH)}),
                      &audit_finding_shape, numbers, fault);
}

enum error list_document_keys(struct store *store, const struct id *after_subject,
                              const char *after_kind, struct list *keys, struct fault *fault)
{
    struct value subject = {
        .kind = VALUE_ID, .bytes = after_subject->bytes, .size = sizeof after_subject->bytes};
    return store_list(store, &sql_audit_documents,
                      PARAMS({"after_subject", subject}, {"after_kind", value_text(after_kind)},
                             {"limit", value_integer(DOCUMENTS_BATCH)}),
                      &audit_finding_shape, keys, fault);
}

/* ---- what papers show ---------------------------------------------------------------------- */

static const struct field around_fields[] = {
    FIELD(struct paper_around, contract_number, TEXT),
    FIELD(struct paper_around, sum_minor, MONEY),
    FIELD(struct paper_around, milestone_code, TEXT),
    FIELD(struct paper_around, accepted_at, MOMENT),
    FIELD(struct paper_around, corrects, TEXT),
};
static const struct shape around_shape = SHAPE("paper_around", struct paper_around, around_fields);

enum error find_around_invoice(struct store *store, struct id invoice_id,
                               struct paper_around *around, bool *found, struct fault *fault)
{
    return store_find(store, &sql_audit_around_invoice, PARAMS({"id", value_id(&invoice_id)}),
                      &around_shape, around, found, fault);
}

enum error find_around_milestone(struct store *store, struct id milestone_id,
                                 struct paper_around *around, bool *found, struct fault *fault)
{
    return store_find(store, &sql_audit_around_milestone, PARAMS({"id", value_id(&milestone_id)}),
                      &around_shape, around, found, fault);
}

enum error list_subject_leaves(struct store *store, struct id subject_id, int64_t limit,
                               struct list *leaves, struct fault *fault)
{
    return store_list(
        store, &sql_audit_leaves_of_subject,
        PARAMS({"subject_id", value_id(&subject_id)}, {"limit", value_integer(limit)}), &leaf_shape,
        leaves, fault);
}

enum error list_position_papers(struct store *store, struct id engagement_id,
                                struct list *documents, struct fault *fault)
{
    return store_list(store, &sql_audit_position_papers,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &document_shape,
                      documents, fault);
}

static const struct field progress_fields[] = {
    FIELD(struct accepted_progress, contract_id, ID),
    FIELD(struct accepted_progress, milestone_id, ID),
    FIELD(struct accepted_progress, net_minor, MONEY),
    FIELD(struct accepted_progress, leaf, INTEGER),
};
static const struct shape progress_shape =
    SHAPE("accepted_progress", struct accepted_progress, progress_fields);

enum error list_accepted_progress(struct store *store, struct id engagement_id,
                                  struct list *progress, struct fault *fault)
{
    return store_list(store, &sql_audit_accepted_progress,
                      PARAMS({"engagement_id", value_id(&engagement_id)}), &progress_shape,
                      progress, fault);
}

static const struct field dependency_codes_fields[] = {
    FIELD(struct dependency_codes, code, TEXT),
    FIELD(struct dependency_codes, after, TEXT),
};
static const struct shape dependency_codes_shape =
    SHAPE("dependency_codes", struct dependency_codes, dependency_codes_fields);

enum error list_dependency_codes(struct store *store, struct id contract_id, struct list *edges,
                                 struct fault *fault)
{
    return store_list(store, &sql_audit_dependency_codes,
                      PARAMS({"contract_id", value_id(&contract_id)}), &dependency_codes_shape,
                      edges, fault);
}
