#include "action/billing_period.h"

#include "action/engagement.h"
#include "action/invoice.h"
#include "action/invoice_mail.h"
#include "action/job.h"
#include "action/paper.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "base/limits.h"
#include "store/billing_period.h"
#include "store/contract_position.h"
#include "store/review.h"

static struct billing_period *period_at(const struct list *periods, size_t i)
{
    return LIST_AT(struct billing_period, *periods, i);
}

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field period_fields[] = {
    FIELD(struct billing_period, number, INTEGER),   FIELD(struct billing_period, start_day, DAY),
    FIELD(struct billing_period, end_day, DAY),      FIELD(struct billing_period, bill_day, DAY),
    FIELD(struct billing_period, net_minor, MONEY),  FIELD(struct billing_period, invoice_id, ID),
    FIELD(struct billing_period, billed_at, MOMENT),
};
static const struct shape period_shape =
    SHAPE("scheduled_period", struct billing_period, period_fields);

static const struct field schedule_fields[] = {
    FIELD(struct billing_schedule, milestone_id, ID),
    FIELD(struct billing_schedule, currency, TEXT),
    FIELD(struct billing_schedule, price_minor, MONEY),
    FIELD(struct billing_schedule, billed_minor, MONEY),
    FIELD(struct billing_schedule, periods, LIST, .limit = LIST_LIMIT, .shape = &period_shape),
};
static const struct shape schedule_shape =
    SHAPE("billing_schedule", struct billing_schedule, schedule_fields);

/* Puts the rows of what was billed in the places of their numbers. */
static void take_billed(struct billing_schedule *schedule, const struct list *billed)
{
    for (size_t i = 0; i < billed->count; i++) {
        const struct billing_period *period = period_at(billed, i);
        if ((size_t)period->number <= schedule->periods.count)
            *period_at(&schedule->periods, (size_t)period->number - 1) = *period;
        schedule->billed_minor += period->net_minor;
    }
}

static enum error show_billing_schedule(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct subject *in = input;
    struct billing_schedule *schedule = output;
    struct milestone milestone;
    struct contract contract;
    struct list billed, plans;
    enum error error = load_row(call, &milestone_shape, in->id, &milestone, fault);
    if (error)
        return error;
    *schedule = (struct billing_schedule){.milestone_id = milestone.id,
                                          .currency = milestone.currency,
                                          .price_minor = milestone.price_minor};
    if (milestone.pricing != PRICING_RECURRING)
        return OK;
    error = load_row(call, &contract_shape, milestone.contract_id, &contract, fault);
    if (!error)
        error = load_plan_in_force(&call->store, &contract, fault);
    if (!error)
        error = list_plans_of_periods(&call->store, &contract, &plans, fault);
    if (!error)
        error = billing_periods_of(call->arena, &plans, &milestone, &schedule->periods, fault);
    if (!error)
        error = list_billed_periods(&call->store, milestone.id, &billed, fault);
    if (!error)
        take_billed(schedule, &billed);
    return error;
}

static const struct shape subject_shape = SUBJECT_SHAPE(milestone_id);

const struct operation show_billing_schedule_operation = {
    .name = "show_billing_schedule",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &schedule_shape,
    .run = show_billing_schedule,
};

/* ---- what follows -------------------------------------------------------------------------- */

/* The job of period i, if there is one. */
static enum error wait_for(struct call *call, const struct contract *contract,
                           const struct milestone *milestone, const struct list *periods, size_t i,
                           struct fault *fault)
{
    if (i >= periods->count)
        return OK;
    return schedule_job(
        call, JOB_BILL_PERIOD, milestone->id, milestone->engagement_id,
        zone_day_start_ms(zone_of(contract->plan->terms), period_at(periods, i)->bill_day), fault);
}

static enum error wait_for_first(struct call *call, const struct contract *contract,
                                 const struct list *plans, const struct milestone *milestone,
                                 struct fault *fault)
{
    struct list periods, billed;
    enum error error = list_billed_periods(&call->store, milestone->id, &billed, fault);
    if (!error)
        error = billing_periods_of(call->arena, plans, milestone, &periods, fault);
    return error ? error : wait_for(call, contract, milestone, &periods, billed.count, fault);
}

enum error start_billing_periods(struct call *call, const struct contract *contract,
                                 const struct list *plans, const struct list *milestones,
                                 struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < milestones->count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (milestone->pricing == PRICING_RECURRING && milestone->state != MILESTONE_CANCELLED)
            error = wait_for_first(call, contract, plans, milestone, fault);
    }
    return error;
}

/* ---- billing ------------------------------------------------------------------------------- */

/* What a job has to do with. */
struct billing {
    struct milestone milestone;
    struct invoice_around around;
    struct list periods;
    size_t place; /* of the period that is billed on the job's day */
};

static enum error load(struct call *call, const struct job *job, struct billing *billing,
                       bool *found, struct fault *fault)
{
    struct milestone *milestone = &billing->milestone;
    struct contract *contract = &billing->around.contract;
    struct list plans;
    enum error error = load_row(call, &milestone_shape, job->subject_id, milestone, fault);
    if (!error)
        error = load_around(call, milestone->engagement_id, milestone->contract_id,
                            &billing->around, fault);
    if (!error)
        error = list_plans_of_periods(&call->store, contract, &plans, fault);
    if (!error)
        error = billing_periods_of(call->arena, &plans, milestone, &billing->periods, fault);
    if (error)
        return error;
    int32_t day = zone_local_day(zone_of(contract->plan->terms), job->due_at);
    while (billing->place < billing->periods.count &&
           period_at(&billing->periods, billing->place)->bill_day != day)
        billing->place++;
    *found = billing->place < billing->periods.count;
    return OK;
}

static bool goes_on(const struct billing *billing)
{
    const struct contract *contract = &billing->around.contract;
    int32_t ended_day = contract->ended_at
                            ? zone_local_day(zone_of(contract->plan->terms), contract->ended_at)
                            : DAY_NONE;
    return billing_period_is_due(period_at(&billing->periods, billing->place), contract,
                                 &billing->milestone, ended_day);
}

static enum error issue(struct call *call, struct billing *billing, struct billing_period *period,
                        struct fault *fault)
{
    struct invoice_around *around = &billing->around;
    const struct invoice_ground ground = {
        .company = &around->company,
        .client = &around->client,
        .engagement = &around->engagement,
        .contract = &around->contract,
    };
    const struct invoice_basis basis = {.client = &around->client, .contract = &around->contract};
    struct paper_work work = {.milestone_code = billing->milestone.code};
    struct invoice_draft draft = {.invoice.id = call_id(call), .work = {&work, 1}};
    enum error error = invoice_for_period(call->arena, &basis, &billing->milestone, period,
                                          call->now_ms, &draft.invoice, fault);
    if (!error)
        error = load_contract_position(&call->store, &around->contract, (struct id){0},
                                       &draft.position, fault);
    if (!error)
        error = list_payers(call, &around->company, &around->client, NULL, &draft.payers, fault);
    return error ? error : issue_draft(call, &ground, &draft, fault);
}

enum error bill_period(struct call *call, const struct job *job, struct fault *fault)
{
    struct billing billing = {0};
    bool found, is_billed;
    enum error error = load(call, job, &billing, &found, fault);
    if (error || !found || !goes_on(&billing))
        return error;
    struct billing_period *period = period_at(&billing.periods, billing.place);
    error =
        find_billed_period(&call->store, period->milestone_id, period->number, &is_billed, fault);
    if (error || is_billed)
        return error;
    period->id = call_id(call);
    period->billed_at = call->now_ms;
    if (period->net_minor > 0)
        error = issue(call, &billing, period, fault);
    if (error)
        return error;
    happened(call, "milestone.period_billed", period->milestone_id, period->engagement_id);
    error = insert_row(call, &billing_period_shape, period, fault);
    if (error)
        return error;
    return billing.place + 1 < billing.periods.count
               ? wait_for(call, &billing.around.contract, &billing.milestone, &billing.periods,
                          billing.place + 1, fault)
               : complete_if_finished(call, period->engagement_id, fault);
}
