#include "action/billing_month.h"

#include "action/invoice.h"
#include "action/invoice_mail.h"
#include "action/job.h"
#include "action/paper.h"
#include "action/zoned_day.h"
#include "base/limits.h"
#include "core/billing_month.h"
#include "store/change_order.h"
#include "store/contract_position.h"
#include "store/dispute.h"
#include "store/job.h"
#include "store/milestone.h"
#include "store/progress_claim.h"

bool is_collected(const struct contract *contract)
{
    return contract->plan->terms->billing_mode == BILLING_MONTHLY;
}

enum error collect_for_month(struct call *call, const struct contract *contract,
                             int64_t accepted_at, struct fault *fault)
{
    struct billing_month month;
    bool found;
    const struct zone *zone = zone_of(contract->plan->terms);
    enum error error =
        billing_month_of(contract->plan->terms, zone_local_day(zone, accepted_at), &month, fault);
    if (error)
        return error;
    int64_t due_at = zone_day_start_ms(zone, month.issue_day);
    error = find_job_at(&call->store, JOB_BILL_MONTH, contract->id, due_at, &found, fault);
    if (error || found)
        return error;
    return schedule_job(call, JOB_BILL_MONTH, contract->id, contract->engagement_id, due_at, fault);
}

/* ---- what is collected --------------------------------------------------------------------- */

static enum error add_claims(struct call *call, const struct contract *contract, int64_t before_ms,
                             struct list *works, struct fault *fault)
{
    struct list claims, milestones;
    enum error error = list_unbilled_claims(&call->store, contract, before_ms, &claims, fault);
    if (error || claims.count == 0)
        return error;
    error = list_milestones_of(&call->store, contract, &milestones, fault);
    if (error)
        return error;
    struct month_work *rows = arena_array(call->arena, works->count + claims.count, sizeof *rows);
    for (size_t i = 0; i < works->count; i++)
        rows[i] = *LIST_AT(struct month_work, *works, i);
    for (size_t i = 0; i < claims.count; i++) {
        const struct progress_claim *claim = LIST_AT(struct progress_claim, claims, i);
        rows[works->count + i] =
            (struct month_work){*milestone_among(&milestones, claim->milestone_id), *claim};
    }
    *works = (struct list){rows, works->count + claims.count};
    return OK;
}

/* All that was accepted before a moment and is on no invoice yet. */
static enum error list_works(struct call *call, const struct contract *contract, int64_t before_ms,
                             struct list *works, struct fault *fault)
{
    struct list milestones;
    enum error error =
        list_billable_milestones(&call->store, contract, before_ms, &milestones, fault);
    if (error)
        return error;
    struct month_work *rows = arena_array(call->arena, milestones.count, sizeof *rows);
    for (size_t i = 0; i < milestones.count; i++)
        rows[i] = (struct month_work){.milestone = *LIST_AT(struct milestone, milestones, i)};
    *works = (struct list){rows, milestones.count};
    error = add_claims(call, contract, before_ms, works, fault);
    if (!error)
        month_works_sort(works);
    return error;
}

static struct list papers_of(struct call *call, const struct list *works)
{
    struct paper_work *papers = arena_array(call->arena, works->count, sizeof *papers);
    for (size_t i = 0; i < works->count; i++) {
        const struct month_work *work = LIST_AT(struct month_work, *works, i);
        papers[i] = (struct paper_work){work->milestone.code, month_work_accepted_at(work)};
    }
    return (struct list){papers, works->count};
}

/* It rests from the start if an objection to one of its milestones is open; there is none to
 * progress, which silence does not accept. */
static enum error rest_if_disputed(struct call *call, const struct list *works,
                                   struct invoice *invoice, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && invoice->disputed_at == 0 && i < works->count; i++) {
        const struct month_work *work = LIST_AT(struct month_work, *works, i);
        if (!month_work_is_claim(work))
            error = find_objection(&call->store, &work->milestone, &invoice->disputed_at, fault);
    }
    return error;
}

/* ---- billing it ---------------------------------------------------------------------------- */

static enum error save_works(struct call *call, struct list *works, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < works->count; i++) {
        struct month_work *work = LIST_AT(struct month_work, *works, i);
        error = month_work_is_claim(work)
                    ? save_row(call, &progress_claim_shape, &work->claim, fault)
                    : save_row(call, &milestone_shape, &work->milestone, fault);
    }
    return error;
}

static enum error issue(struct call *call, struct invoice_around *around,
                        const struct billing_month *month, struct list *works, struct fault *fault)
{
    const struct invoice_ground ground = {
        .company = &around->company,
        .client = &around->client,
        .engagement = &around->engagement,
        .contract = &around->contract,
    };
    const struct invoice_basis basis = {.client = &around->client, .contract = &around->contract};
    struct invoice_draft draft = {.invoice.id = call_id(call), .work = papers_of(call, works)};
    enum error error =
        invoice_for_month(call->arena, &basis, month, works, call->now_ms, &draft.invoice, fault);
    if (!error)
        error = rest_if_disputed(call, works, &draft.invoice, fault);
    if (!error)
        error = load_contract_position(&call->store, &around->contract, (struct id){0},
                                       &draft.position, fault);
    if (!error)
        error = list_payers(call, &around->company, &around->client, NULL, &draft.payers, fault);
    if (!error)
        error = issue_draft(call, &ground, &draft, fault);
    return error ? error : save_works(call, works, fault);
}

enum error bill_month(struct call *call, const struct job *job, struct fault *fault)
{
    struct invoice_around around;
    struct billing_month month;
    struct list works;
    enum error error = load_around(call, job->engagement_id, job->subject_id, &around, fault);
    if (error)
        return error;
    const struct zone *zone = zone_of(around.contract.plan->terms);
    error = billing_month_before(zone_local_day(zone, job->due_at), &month, fault);
    if (!error)
        error = list_works(call, &around.contract, zone_day_start_ms(zone, month.end_day + 1),
                           &works, fault);
    if (error)
        return error;
    /* Claims may be more than an invoice has lines: the job comes again for the others, so that
     * what one transaction bills stays small however many they are. */
    struct list some = {works.rows, works.count < LIST_LIMIT ? works.count : LIST_LIMIT};
    if (some.count > 0)
        error = issue(call, &around, &month, &some, fault);
    if (!error && works.count > some.count)
        error = schedule_job(call, JOB_BILL_MONTH, job->subject_id, job->engagement_id, job->due_at,
                             fault);
    return error;
}
