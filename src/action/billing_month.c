#include "action/billing_month.h"

#include "action/invoice.h"
#include "action/invoice_mail.h"
#include "action/job.h"
#include "action/paper.h"
#include "base/must.h"
#include "core/billing_month.h"
#include "platform/zone.h"
#include "store/contract_position.h"
#include "store/dispute.h"
#include "store/job.h"
#include "store/milestone.h"

bool is_collected(const struct contract *contract)
{
    return contract->plan->terms->billing_mode == BILLING_MONTHLY;
}

static const struct zone *zone_of(const struct contract *contract)
{
    const struct zone *zone = zone_find(contract->plan->terms->time_zone);
    must(zone); /* checked before it was signed */
    return zone;
}

enum error collect_for_month(struct call *call, const struct contract *contract,
                             int64_t accepted_at, struct fault *fault)
{
    struct billing_month month;
    bool found;
    const struct zone *zone = zone_of(contract);
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

static struct list work_of(struct call *call, const struct list *milestones)
{
    struct paper_work *work = arena_array(call->arena, milestones->count, sizeof *work);
    for (size_t i = 0; i < milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        work[i] = (struct paper_work){milestone->code, milestone->accepted_at};
    }
    return (struct list){work, milestones->count};
}

/* It rests from the start if an objection to one of its milestones is open. */
static enum error rest_if_disputed(struct call *call, const struct list *milestones,
                                   struct invoice *invoice, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && invoice->disputed_at == 0 && i < milestones->count; i++)
        error = find_objection(&call->store, LIST_AT(struct milestone, *milestones, i),
                               &invoice->disputed_at, fault);
    return error;
}

static enum error issue(struct call *call, struct invoice_around *around,
                        const struct billing_month *month, struct list *milestones,
                        struct fault *fault)
{
    const struct invoice_ground ground = {
        .company = &around->company,
        .client = &around->client,
        .engagement = &around->engagement,
        .contract = &around->contract,
    };
    const struct invoice_basis basis = {.client = &around->client, .contract = &around->contract};
    struct invoice_draft draft = {.invoice.id = call_id(call), .work = work_of(call, milestones)};
    enum error error = invoice_for_month(call->arena, &basis, month, milestones, call->now_ms,
                                         &draft.invoice, fault);
    if (!error)
        error = rest_if_disputed(call, milestones, &draft.invoice, fault);
    if (!error)
        error = load_contract_position(&call->store, &around->contract, (struct id){0},
                                       &draft.position, fault);
    if (!error)
        error = list_payers(call, &around->client, NULL, &draft.payers, fault);
    if (!error)
        error = issue_draft(call, &ground, &draft, fault);
    return error ? error : save_milestones(call, milestones, fault);
}

enum error bill_month(struct call *call, const struct job *job, struct fault *fault)
{
    struct invoice_around around;
    struct billing_month month;
    struct list milestones;
    enum error error = load_around(call, job->engagement_id, job->subject_id, &around, fault);
    if (error)
        return error;
    const struct zone *zone = zone_of(&around.contract);
    error = billing_month_before(around.contract.plan->terms, zone_local_day(zone, job->due_at),
                                 &month, fault);
    if (!error)
        error = list_billable_milestones(&call->store, &around.contract,
                                         zone_day_start_ms(zone, month.end_day + 1), &milestones,
                                         fault);
    if (error || milestones.count == 0)
        return error;
    return issue(call, &around, &month, &milestones, fault);
}
