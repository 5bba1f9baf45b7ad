#include "action/invoice.h"

#include "action/company.h"
#include "action/invoice_mail.h"
#include "action/job.h"
#include "action/ledger.h"
#include "action/numbering.h"
#include "action/paper.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "base/limits.h"
#include "core/contract_position.h"
#include "core/entry.h"
#include "store/contract_position.h"
#include "store/dispute.h"
#include "store/invoice.h"
#include "store/job.h"
#include "store/milestone.h"
#include "store/review.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_invoices),
    FIELD(struct list_invoices, kind, CHOICE, .flags = FROM_QUERY,
          .choices = &invoice_kind_choices),
    FIELD(struct list_invoices, state, CHOICE, .flags = FROM_QUERY,
          .choices = &invoice_state_choices),
    FIELD(struct list_invoices, client_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_invoices, engagement_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_invoices, milestone_id, ID, .flags = FROM_QUERY),
    FIELD(struct list_invoices, number, TEXT, .flags = FROM_QUERY, .limit = CODE_LIMIT),
    FIELD(struct list_invoices, reference, TEXT, .flags = FROM_QUERY, .limit = CODE_LIMIT),
    FIELD(struct list_invoices, due_before, DAY, .flags = FROM_QUERY),
    FIELD(struct list_invoices, overdue_on, DAY, .flags = FROM_QUERY),
};
static const struct shape list_shape = SHAPE("list_invoices", struct list_invoices, list_fields);

static const struct shape page_shape = PAGE_SHAPE("invoice_page", invoice_summary_shape);

/* An invoice for several milestones names them in its lines. */
static const char of_milestone[] =
    "engagement_id IN (SELECT m.engagement_id FROM milestone m"
    " WHERE m.company = :company AND m.id = :milestone_id)"
    " AND id IN (SELECT l.invoice_id FROM invoice_line l"
    " WHERE l.company = invoice.company AND l.invoice_id = invoice.id"
    " AND l.milestone_id = :milestone_id)";

static const struct list_filter invoice_filters[] = {
    {"milestone_id", of_milestone},
    {"due_before", "due_day < :due_before"},
    {"overdue_on", "due_day < :overdue_on AND kind = 'invoice' AND state IN ('issued', 'part_paid')"
                   " AND disputed_at IS NULL"},
    {0},
};

static const struct listing invoices = {
    .shape = &invoice_shape,
    .sorts = (const char *const[]){"issue_day", "due_day", "number", "total_minor", NULL},
    .filters = invoice_filters,
};

static enum error list_invoices(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    return store_page(&call->store, &invoices, &list_shape, input, output, fault);
}

const struct operation list_invoices_operation = {
    .name = "list_invoices",
    .permission = PERMIT_READ,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_invoices,
};

static const struct shape subject_shape = SUBJECT_SHAPE(invoice_id);

static enum error show_invoice(struct call *call, const void *input, void *output,
                               struct fault *fault)
{
    const struct subject *in = input;
    enum error error = load_row(call, &invoice_shape, in->id, output, fault);
    return error ? error : load_invoice_lines(&call->store, output, fault);
}

const struct operation show_invoice_operation = {
    .name = "show_invoice",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &invoice_shape,
    .run = show_invoice,
};

/* ---- issuing ------------------------------------------------------------------------------- */

enum error draft_invoice(struct call *call, const struct invoice_ground *ground,
                         struct milestone *milestone, struct invoice_draft *draft,
                         struct fault *fault)
{
    const struct invoice_basis basis = {
        .client = ground->client,
        .contract = ground->contract,
        .certificate = ground->certificate,
        .accepted_day =
            zoned_day(ground->contract->plan->terms->time_zone, ground->certificate->accepted_at),
    };
    int32_t today = call_today(call, ground->company->time_zone);
    struct paper_work work = {milestone->code, ground->certificate->accepted_at};
    *draft = (struct invoice_draft){
        .invoice.id = call_id(call),
        .work = {arena_copy(call->arena, &work, sizeof work), 1},
    };
    enum error error = invoice_for_milestone(call->arena, &basis, milestone, today, call->now_ms,
                                             &draft->invoice, fault);
    if (!error)
        error = load_contract_position(&call->store, ground->contract, milestone->id,
                                       &draft->position, fault);
    if (!error)
        error = list_payers(call, ground->company, ground->client, ground->parties, &draft->payers,
                            fault);
    draft->position.accepted_minor += milestone_billed_minor(milestone);
    draft->position.reductions_minor += milestone_reduction(milestone);
    return error;
}

static enum error number_invoice(struct call *call, const struct company *company,
                                 struct invoice *invoice, struct fault *fault)
{
    const char *number;
    enum error error =
        give_number(call, company, SERIES_INVOICE, invoice->issue_day, &number, fault);
    return error ? error : invoice_issue(call->arena, invoice, number, fault);
}

static enum error keep_paper(struct call *call, const struct invoice_ground *ground,
                             struct invoice_draft *draft, struct fault *fault)
{
    const struct contract_position *position = &draft->position;
    bool is_single = draft->work.count == 1;
    const struct paper_work *work = LIST_AT(struct paper_work, draft->work, 0);
    struct invoice_paper paper = {
        .company = ground->company,
        .client = ground->client,
        .engagement = ground->engagement,
        .invoice = &draft->invoice,
        .contract_number = ground->contract->number,
        .milestone_code = is_single ? work->milestone_code : NULL,
        .accepted_at = is_single ? work->accepted_at : 0,
        .work = is_single ? (struct list){0} : draft->work,
        .position = {.currency = position->currency,
                     .sum_minor = position->sum_minor,
                     .changes_minor = position->changes_minor,
                     .reductions_minor = position->reductions_minor,
                     .accepted_minor = position->accepted_minor,
                     .invoiced_minor = position->invoiced_minor + draft->invoice.net_minor,
                     .paid_minor = position->paid_minor},
    };
    return keep_invoice_paper(call, &paper, fault);
}

/* The first moment after its due day, where the agency is. */
static int64_t overdue_at(const struct company *company, const struct invoice *invoice)
{
    return zoned_day_start(company->time_zone, invoice->due_day + 1);
}

static enum error watch_due_day(struct call *call, const struct company *company,
                                const struct invoice *invoice, struct fault *fault)
{
    return schedule_job(call, JOB_INVOICE_OVERDUE, invoice->id, invoice->engagement_id,
                        overdue_at(company, invoice), fault);
}

enum error wake_invoice(struct call *call, struct invoice *invoice, struct fault *fault)
{
    invoice->disputed_at = 0;
    enum error error = save_row(call, &invoice_shape, invoice, fault);
    return error ? error : watch_again(call, invoice, fault);
}

enum error watch_again(struct call *call, const struct invoice *invoice, struct fault *fault)
{
    struct company company;
    bool is_watched = true;
    enum error error = load_company(call, &company, fault);
    if (error || invoice_outstanding(invoice) == 0)
        return error;
    int64_t due_at = overdue_at(&company, invoice);
    if (due_at <= call->now_ms)
        error =
            find_job_at(&call->store, JOB_INVOICE_OVERDUE, invoice->id, due_at, &is_watched, fault);
    return error || is_watched ? error
                               : schedule_job(call, JOB_INVOICE_OVERDUE, invoice->id,
                                              invoice->engagement_id, call->now_ms, fault);
}

enum error issue_draft(struct call *call, const struct invoice_ground *ground,
                       struct invoice_draft *draft, struct fault *fault)
{
    struct invoice *invoice = &draft->invoice;
    enum error error = number_invoice(call, ground->company, invoice, fault);
    if (error)
        return error;
    happened(call, "invoice.issued", invoice->id, invoice->engagement_id);
    struct ledger_entry entry = entry_for_invoice(call->arena, invoice, call->now_ms);
    error = insert_row(call, &invoice_shape, invoice, fault);
    if (!error)
        error = insert_invoice_lines(&call->store, invoice, fault);
    if (!error)
        error = book_entry(call, &entry, fault);
    if (!error)
        error = keep_paper(call, ground, draft, fault);
    if (!error)
        error = watch_due_day(call, ground->company, invoice, fault);
    if (!error)
        error = mail_invoice_issued(call, ground->company, &draft->payers, invoice, fault);
    return error;
}

/* ---- billing again ------------------------------------------------------------------------- */

enum error load_around(struct call *call, struct id engagement_id, struct id contract_id,
                       struct invoice_around *around, struct fault *fault)
{
    enum error error = load_company(call, &around->company, fault);
    if (!error)
        error = load_row(call, &engagement_shape, engagement_id, &around->engagement, fault);
    if (!error)
        error = load_row(call, &contract_shape, contract_id, &around->contract, fault);
    if (!error)
        error = load_plan_in_force(&call->store, &around->contract, fault);
    if (!error)
        error = load_row(call, &client_shape, around->engagement.client_id, &around->client, fault);
    return error;
}

/* What was on no invoice yet waits for its month; what was credited is billed again by itself. */
static enum error check_not_collected(const struct milestone *milestone,
                                      const struct contract *contract, struct fault *fault)
{
    if (contract->plan->terms->billing_mode != BILLING_MONTHLY ||
        !id_is_none(milestone->invoice_id))
        return OK;
    return refuse(fault, ERROR_WRONG_STATE, "billing",
                  "the contract collects accepted work by calendar month");
}

static enum error check_no_objection(struct call *call, const struct milestone *milestone,
                                     struct fault *fault)
{
    int64_t opened_at;
    enum error error = find_objection(&call->store, milestone, &opened_at, fault);
    if (!error && opened_at != 0)
        error = refuse(fault, ERROR_WRONG_STATE, "dispute",
                       "an objection to its acceptance is open: nothing is billed until that ends");
    return error;
}

static enum error issue_invoice(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct subject *in = input;
    struct milestone milestone;
    struct certificate certificate;
    struct invoice_around around;
    enum error error = load_subject(call, &milestone_shape, in->id, &milestone, fault);
    if (!error && milestone.billing == BILLING_CREDITED)
        error = milestone_bill(&milestone, BILLING_RESTORE, fault);
    if (!error && milestone.billing != BILLING_BILLABLE)
        return refuse(fault, ERROR_WRONG_STATE, "billing", "the milestone is %s",
                      choice_name(&milestone_billing_choices, (int)milestone.billing));
    if (!error && milestone_rest(&milestone) == 0)
        return refuse(fault, ERROR_WRONG_STATE, "billing",
                      "its whole price was taken away: there is nothing to bill");
    if (!error)
        error = check_no_objection(call, &milestone, fault);
    if (!error)
        error = load_around(call, milestone.engagement_id, milestone.contract_id, &around, fault);
    if (!error)
        error = check_not_collected(&milestone, &around.contract, fault);
    if (!error)
        error = load_row(call, &certificate_shape, milestone.certificate_id, &certificate, fault);
    if (error)
        return error;
    const struct invoice_ground ground = {&around.company, &around.client, &around.engagement,
                                          &around.contract, &certificate};
    struct invoice_draft draft;
    error = draft_invoice(call, &ground, &milestone, &draft, fault);
    if (!error)
        error = issue_draft(call, &ground, &draft, fault);
    *(struct invoice *)output = draft.invoice;
    return error ? error : save_row(call, &milestone_shape, &milestone, fault);
}

static const struct shape milestone_subject_shape = SUBJECT_SHAPE(milestone_id);

const struct operation issue_invoice_operation = {
    .name = "issue_invoice",
    .permission = PERMIT_INVOICE,
    .writes = true,
    .in = &milestone_subject_shape,
    .out = &invoice_shape,
    .run = issue_invoice,
};

/* ---- following ----------------------------------------------------------------------------- */

enum error list_billed_milestones(struct call *call, const struct invoice *invoice,
                                  struct list *milestones, struct fault *fault)
{
    if (id_is_none(invoice->milestone_id))
        return list_invoice_milestones(&call->store, invoice, milestones, fault);
    struct milestone *milestone = arena_alloc(call->arena, sizeof *milestone);
    enum error error = load_row(call, &milestone_shape, invoice->milestone_id, milestone, fault);
    *milestones = (struct list){milestone, !error && id_equal(milestone->invoice_id, invoice->id)};
    return error;
}

enum error follow_invoice(struct call *call, const struct invoice *invoice, struct list *changed,
                          struct fault *fault)
{
    enum error error = list_billed_milestones(call, invoice, changed, fault);
    size_t count = 0;
    for (size_t i = 0; !error && i < changed->count; i++) {
        struct milestone *milestone = LIST_AT(struct milestone, *changed, i);
        if (invoice_settles(invoice, milestone))
            *LIST_AT(struct milestone, *changed, count++) = *milestone;
    }
    changed->count = count;
    return error;
}

enum error save_milestones(struct call *call, const struct list *milestones, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < milestones->count; i++)
        error = save_row(call, &milestone_shape, LIST_AT(struct milestone, *milestones, i), fault);
    return error;
}

enum error remind_of_invoice(struct call *call, const struct job *job, struct fault *fault)
{
    struct invoice invoice;
    struct company company;
    struct client client;
    struct list payers;
    enum error error = load_row(call, &invoice_shape, job->subject_id, &invoice, fault);
    if (error || invoice_outstanding(&invoice) == 0 || invoice.disputed_at != 0)
        return error;
    error = load_company(call, &company, fault);
    if (!error)
        error = load_row(call, &client_shape, invoice.client_id, &client, fault);
    if (!error)
        error = list_payers(call, &company, &client, NULL, &payers, fault);
    if (error)
        return error;
    happened(call, "invoice.overdue", invoice.id, invoice.engagement_id);
    return mail_invoice_overdue(call, &company, &payers, &invoice, fault);
}
