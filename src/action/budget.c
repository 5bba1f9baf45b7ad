#include "action/budget.h"

#include "action/company.h"
#include "action/invoice.h"
#include "action/subject.h"
#include "action/task.h"
#include "action/zoned_day.h"
#include "base/day.h"
#include "core/forecast.h"
#include "store/billing_period.h"
#include "store/budget.h"
#include "store/contract_position.h"
#include "store/progress_claim.h"

enum {
    CONTRACTS_MAX = 500, /* of one forecast */
    HISTORY_MAX = 100,   /* of a client's invoices */
};

/* ---- a contract's budget ------------------------------------------------------------------- */

/* Where the plan of work leads, for each milestone. */
static int32_t planned_day_of(const struct list *rows, struct id milestone_id)
{
    for (size_t i = 0; i < rows->count; i++) {
        const struct plan_row *row = LIST_AT(struct plan_row, *rows, i);
        if (row->kind == PLAN_MILESTONE && id_equal(row->id, milestone_id))
            return row->early_finish_day;
    }
    return DAY_NONE;
}

static enum error schedule_rows(struct call *call, struct id engagement_id, struct list *rows,
                                struct fault *fault)
{
    struct plan_lists lists;
    struct texts critical_path;
    int32_t finish_day;
    enum error error = load_work_plan(call, engagement_id, &lists, fault);
    return error ? error
                 : work_plan_schedule(call->arena, &lists.plan, rows, &critical_path, &finish_day,
                                      fault);
}

static struct budget_work claim_work(const struct list *milestones,
                                     const struct progress_claim *claim, const struct zone *zone)
{
    return (struct budget_work){
        .milestone = *milestone_among(milestones, claim->milestone_id),
        .day = zone_local_day(zone, claim->decided_at),
        .basis = BASIS_ACCEPTED,
        .claim = *claim,
    };
}

static struct list works_of(struct call *call, const struct list *milestones,
                            const struct list *claims, const struct list *schedule,
                            const struct zone *zone, int32_t today)
{
    size_t count = milestones->count;
    struct budget_work *works = arena_array(call->arena, count + claims->count, sizeof *works);
    for (size_t i = 0; i < count; i++) {
        const struct milestone *milestone = LIST_AT(struct milestone, *milestones, i);
        if (milestone_is_accepted(milestone))
            works[i] = (struct budget_work){
                .milestone = *milestone,
                .day = zone_local_day(zone, milestone->accepted_at),
                .basis = milestone->billing == BILLING_CREDITED ? BASIS_CREDITED : BASIS_ACCEPTED,
            };
        else
            works[i] = budget_expect(milestone, planned_day_of(schedule, milestone->id), today);
    }
    for (size_t i = 0; i < claims->count; i++)
        works[count + i] = claim_work(milestones, LIST_AT(struct progress_claim, *claims, i), zone);
    return (struct list){works, count + claims->count};
}

enum error load_budget(struct call *call, struct id engagement_id, struct id contract_id,
                       struct budget *budget, struct fault *fault)
{
    struct invoice_around around;
    struct budget_rows rows;
    struct list schedule, plans, claims;
    enum error error = load_around(call, engagement_id, contract_id, &around, fault);
    if (!error)
        error = load_budget_rows(&call->store, &around.contract, &rows, fault);
    if (!error)
        error = list_plans_of_periods(&call->store, &around.contract, &plans, fault);
    if (!error)
        error = schedule_rows(call, engagement_id, &schedule, fault);
    if (!error)
        error = list_unbilled_claims(&call->store, &around.contract, INT64_MAX, &claims, fault);
    if (error)
        return error;
    const struct contract *contract = &around.contract;
    const struct zone *zone = zone_of(contract->plan->terms);
    int32_t today = zone_local_day(zone, call->now_ms);
    const struct budget_ground ground = {
        .client = &around.client,
        .contract = contract,
        .plans = plans,
        .ended_day = contract->ended_at ? zone_local_day(zone, contract->ended_at) : DAY_NONE,
        .works = works_of(call, &rows.milestones, &claims, &schedule, zone, today),
        .documents = rows.documents,
        .periods = rows.periods,
        .lines = rows.lines,
        .today = today,
    };
    return budget_of(call->arena, &ground, budget, fault);
}

enum error find_budget(struct call *call, struct id engagement_id, struct contract *contract,
                       struct budget *budget, struct fault *fault)
{
    bool found;
    enum error error = find_signed_contract(&call->store, engagement_id, contract, &found, fault);
    if (error)
        return error;
    if (!found)
        return refuse(fault, ERROR_NOT_FOUND, NULL,
                      "there is no such engagement, or its contract is not signed yet");
    return load_budget(call, contract->engagement_id, contract->id, budget, fault);
}

static enum error show_budget(struct call *call, const void *input, void *output,
                              struct fault *fault)
{
    const struct subject *in = input;
    struct contract contract;
    return find_budget(call, in->id, &contract, output, fault);
}

static const struct shape subject_shape = SUBJECT_SHAPE(engagement_id);

const struct operation show_budget_operation = {
    .name = "show_budget",
    .permission = PERMIT_READ,
    .in = &subject_shape,
    .out = &budget_shape,
    .run = show_budget,
};

/* ---- the forecast -------------------------------------------------------------------------- */

/* The history of each client that appears, once. */
static enum error load_history(struct call *call, const struct list *contracts, struct list *paid,
                               struct fault *fault)
{
    struct paid_invoice *rows =
        arena_array(call->arena, contracts->count * HISTORY_MAX, sizeof *rows);
    enum error error = OK;
    *paid = (struct list){rows, 0};
    for (size_t i = 0; !error && i < contracts->count; i++) {
        struct id client_id = LIST_AT(struct open_contract, *contracts, i)->client_id;
        struct list of_client;
        size_t first = 0;
        while (!id_equal(LIST_AT(struct open_contract, *contracts, first)->client_id, client_id))
            first++;
        if (first < i)
            continue;
        error = list_paid_invoices(&call->store, client_id, HISTORY_MAX, &of_client, fault);
        for (size_t j = 0; !error && j < of_client.count; j++)
            rows[paid->count++] = *LIST_AT(struct paid_invoice, of_client, j);
    }
    return error;
}

static enum error load_parts(struct call *call, const struct list *contracts, struct list *parts,
                             struct fault *fault)
{
    struct forecast_part *rows = arena_array(call->arena, contracts->count, sizeof *rows);
    enum error error = OK;
    for (size_t i = 0; !error && i < contracts->count; i++) {
        const struct open_contract *open = LIST_AT(struct open_contract, *contracts, i);
        rows[i] = (struct forecast_part){
            .engagement_title = open->engagement_title,
            .client_id = open->client_id,
            .client_name = open->client_name,
        };
        error = load_budget(call, open->engagement_id, open->contract_id, &rows[i].budget, fault);
    }
    *parts = (struct list){rows, contracts->count};
    return error;
}

enum error load_forecast(struct call *call, struct id client_id, struct forecast_ground *ground,
                         struct fault *fault)
{
    struct company company;
    struct list contracts;
    enum error error = load_company(call, &company, fault);
    if (!error)
        error = list_open_contracts(&call->store, client_id, CONTRACTS_MAX + 1, &contracts, fault);
    if (error)
        return error;
    if (contracts.count > CONTRACTS_MAX)
        return refuse(fault, ERROR_TOO_LARGE, "client_id",
                      "more than %d contracts are open: ask for one client", CONTRACTS_MAX);
    ground->today = call_today(call, company.time_zone);
    error = load_parts(call, &contracts, &ground->parts, fault);
    return error ? error : load_history(call, &contracts, &ground->paid, fault);
}

static enum error show_forecast(struct call *call, const void *input, void *output,
                                struct fault *fault)
{
    const struct show_forecast *in = input;
    struct forecast_ground ground;
    enum error error = load_forecast(call, in->client_id, &ground, fault);
    return error
               ? error
               : forecast_of(call->arena, &ground.parts, &ground.paid, ground.today, output, fault);
}

static const struct field forecast_fields[] = {
    FIELD(struct show_forecast, client_id, ID, .flags = FROM_QUERY),
};
const struct shape show_forecast_shape =
    SHAPE("show_forecast", struct show_forecast, forecast_fields);

const struct operation show_forecast_operation = {
    .name = "show_forecast",
    .permission = PERMIT_READ_AGENCY,
    .in = &show_forecast_shape,
    .out = &forecast_shape,
    .run = show_forecast,
};
