#include "action/estimate.h"

#include "base/limits.h"
#include "core/engagement.h"
#include "store/estimate.h"

/* ---- reading ------------------------------------------------------------------------------- */

static const struct field list_fields[] = {
    PAGE_QUERY_FIELDS(struct list_estimates),
    FIELD(struct list_estimates, engagement_id, ID, .flags = FROM_PATH),
};
static const struct shape list_shape = SHAPE("list_estimates", struct list_estimates, list_fields);

static const struct shape page_shape = PAGE_SHAPE("estimate_page", estimate_shape);

static const struct listing estimates = {
    .shape = &estimate_shape,
    .sorts = (const char *const[]){"created_at", NULL},
};

static enum error list_estimates(struct call *call, const void *input, void *output,
                                 struct fault *fault)
{
    const struct list_estimates *in = input;
    struct engagement engagement;
    enum error error = load_row(call, &engagement_shape, in->engagement_id, &engagement, fault);
    return error ? error : store_page(&call->store, &estimates, &list_shape, in, output, fault);
}

const struct operation list_estimates_operation = {
    .name = "list_estimates",
    .permission = PERMIT_READ_AGENCY,
    .in = &list_shape,
    .out = &page_shape,
    .run = list_estimates,
};

static const struct shape subject_shape = SUBJECT_SHAPE(estimate_id);

const struct operation show_estimate_operation = {
    .name = "show_estimate",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &estimate_shape,
};

/* ---- writing ------------------------------------------------------------------------------- */

/* Sets *rates to those of its card, whose currency becomes the estimate's. */
static enum error use_card(struct call *call, struct estimate *estimate, struct list *rates,
                           struct fault *fault)
{
    struct rate_card card;
    bool found;
    enum error error = find_rate_card(&call->store, estimate->rate_card_id, &card, &found, fault);
    if (!error && !found)
        return refuse(fault, ERROR_INVALID, "rate_card_id", "there is no such rate card");
    if (error)
        return error;
    estimate->currency = card.currency;
    *rates = card.rates;
    return OK;
}

static enum error check_against(struct call *call, struct estimate *estimate,
                                const struct plan *plan, struct fault *fault)
{
    struct list rates;
    enum error error = use_card(call, estimate, &rates, fault);
    return error ? error : estimate_check(estimate, plan, &rates, fault);
}

#define ESTIMATED_FIELDS                                                                           \
    FIELD(struct estimate, rate_card_id, ID, .flags = REQUIRED),                                   \
        FIELD(struct estimate, day_minutes, INTEGER, .minimum = 1, .maximum = DAY_MINUTES_LIMIT,   \
              .initial = WORKING_DAY_MINUTES),                                                     \
        FIELD(struct estimate, contingency_ppm, INTEGER, .minimum = 0,                             \
              .maximum = CONTINGENCY_LIMIT),                                                       \
        FIELD(struct estimate, milestones, LIST, .flags = REQUIRED, .limit = LIST_LIMIT,           \
              .shape = &estimated_milestone_shape)

static const struct field create_fields[] = {
    FIELD(struct estimate, proposal_id, ID, .flags = FROM_PATH),
    ESTIMATED_FIELDS,
};
static const struct shape create_shape = SHAPE("create_estimate", struct estimate, create_fields);

static enum error check_first(struct call *call, struct id proposal_id, struct fault *fault)
{
    struct estimate other;
    bool found;
    enum error error = find_estimate(&call->store, proposal_id, &other, &found, fault);
    if (!error && found)
        return refuse(fault, ERROR_CONFLICT, "proposal_id",
                      "the proposal has an estimate: change that one");
    return error;
}

static enum error create_estimate(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct estimate *in = input;
    struct estimate *estimate = output;
    struct proposal proposal;
    struct engagement engagement;
    enum error error = load_row(call, &proposal_shape, in->proposal_id, &proposal, fault);
    if (!error)
        error = load_row(call, &engagement_shape, proposal.engagement_id, &engagement, fault);
    if (!error)
        error = engagement_check_open(&engagement, fault);
    if (!error)
        error = check_first(call, proposal.id, fault);
    if (error)
        return error;
    shape_copy(&create_shape, in, estimate);
    estimate->proposal_id = proposal.id;
    estimate->engagement_id = proposal.engagement_id;
    error = check_against(call, estimate, proposal.plan, fault);
    if (error)
        return error;
    estimate->id = call_id(call);
    estimate->created_at = call->now_ms;
    happened(call, "estimate.created", estimate->id, estimate->engagement_id);
    return insert_row(call, &estimate_shape, estimate, fault);
}

const struct operation create_estimate_operation = {
    .name = "create_estimate",
    .permission = PERMIT_ESTIMATE,
    .writes = true,
    .in = &create_shape,
    .out = &estimate_shape,
    .run = create_estimate,
};

static const struct field change_fields[] = {
    ID_FROM_PATH(struct estimate, estimate_id),
    ESTIMATED_FIELDS,
};
static const struct shape change_shape = SHAPE("change_estimate", struct estimate, change_fields);

static enum error change_estimate(struct call *call, const void *input, void *output,
                                  struct fault *fault)
{
    const struct estimate *in = input;
    struct estimate *estimate = output;
    struct proposal proposal;
    enum error error = load_subject(call, &estimate_shape, in->id, estimate, fault);
    if (!error)
        error = estimate_check_open(estimate, fault);
    if (!error)
        error = load_row(call, &proposal_shape, estimate->proposal_id, &proposal, fault);
    if (error)
        return error;
    shape_copy(&change_shape, in, estimate);
    error = check_against(call, estimate, proposal.plan, fault);
    if (error)
        return error;
    happened(call, "estimate.changed", estimate->id, estimate->engagement_id);
    return save_row(call, &estimate_shape, estimate, fault);
}

const struct operation change_estimate_operation = {
    .name = "change_estimate",
    .permission = PERMIT_ESTIMATE,
    .writes = true,
    .needs_version = true,
    .in = &change_shape,
    .out = &estimate_shape,
    .run = change_estimate,
};

enum error freeze_estimate(struct call *call, struct id proposal_id, struct fault *fault)
{
    struct estimate estimate;
    struct list rates;
    bool found;
    enum error error = find_estimate(&call->store, proposal_id, &estimate, &found, fault);
    if (error || !found)
        return error;
    error = use_card(call, &estimate, &rates, fault);
    if (error)
        return error;
    estimate_freeze(&estimate, &rates, call->now_ms);
    happened(call, "estimate.frozen", estimate.id, estimate.engagement_id);
    return save_row(call, &estimate_shape, &estimate, fault);
}

/* ---- what it comes to ---------------------------------------------------------------------- */

enum error load_reckoning(struct call *call, struct id id, struct reckoning *of,
                          struct fault *fault)
{
    enum error error = load_row(call, &estimate_shape, id, &of->estimate, fault);
    if (!error)
        error = load_row(call, &proposal_shape, of->estimate.proposal_id, &of->proposal, fault);
    if (!error && of->estimate.frozen_at)
        of->rates = of->estimate.rates;
    else if (!error)
        error = use_card(call, &of->estimate, &of->rates, fault);
    return error ? error : estimate_check(&of->estimate, of->proposal.plan, &of->rates, fault);
}

static const struct field sheet_fields[] = {
    FIELD(struct estimate_sheet, estimate_id, ID),
    FIELD(struct estimate_sheet, total, OBJECT, .flags = AGENCY_ONLY,
          .shape = &estimate_figures_shape),
    FIELD(struct estimate_sheet, milestones, LIST, .flags = AGENCY_ONLY, .limit = LIST_LIMIT,
          .shape = &estimate_figures_shape),
};
static const struct shape sheet_shape =
    SHAPE("estimate_sheet", struct estimate_sheet, sheet_fields);

static enum error show_estimate_figures(struct call *call, const void *input, void *output,
                                        struct fault *fault)
{
    const struct subject *in = input;
    struct estimate_sheet *sheet = output;
    struct reckoning of;
    enum error error = load_reckoning(call, in->id, &of, fault);
    if (error)
        return error;
    sheet->estimate_id = in->id;
    sheet->total = arena_alloc(call->arena, sizeof *sheet->total);
    return estimate_reckon(call->arena, &of.estimate, of.proposal.plan, &of.rates,
                           &sheet->milestones, sheet->total, fault);
}

const struct operation show_estimate_figures_operation = {
    .name = "show_estimate_figures",
    .permission = PERMIT_READ_AGENCY,
    .in = &subject_shape,
    .out = &sheet_shape,
    .run = show_estimate_figures,
};

/* ---- what it may come to ------------------------------------------------------------------- */

static const struct field simulate_fields[] = {
    ID_FROM_PATH(struct simulate_estimate, estimate_id),
    FIELD(struct simulate_estimate, runs, INTEGER, .flags = FROM_QUERY,
          .minimum = SIMULATION_RUNS_MIN, .maximum = SIMULATION_RUNS_MAX,
          .initial = SIMULATION_RUNS_MAX),
    FIELD(struct simulate_estimate, seed, INTEGER, .flags = FROM_QUERY, .minimum = 0,
          .maximum = SEED_LIMIT, .initial = 1),
    FIELD(struct simulate_estimate, start_day, DAY, .flags = FROM_QUERY),
};
static const struct shape simulate_shape =
    SHAPE("simulate_estimate", struct simulate_estimate, simulate_fields);

static const struct field simulated_fields[] = {
    FIELD(struct simulated, code, TEXT),
    FIELD(struct simulated, due_day, DAY),
    FIELD(struct simulated, on_time_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct simulated, finish_50_day, DAY),
    FIELD(struct simulated, finish_80_day, DAY),
    FIELD(struct simulated, finish_95_day, DAY),
    FIELD(struct simulated, currency, TEXT),
    FIELD(struct simulated, cost_50_minor, MONEY, .flags = AGENCY_ONLY),
    FIELD(struct simulated, cost_80_minor, MONEY, .flags = AGENCY_ONLY),
    FIELD(struct simulated, cost_95_minor, MONEY, .flags = AGENCY_ONLY),
};
static const struct shape simulated_shape = SHAPE("simulated", struct simulated, simulated_fields);

static const struct field view_fields[] = {
    FIELD(struct estimate_simulation_view, estimate_id, ID),
    FIELD(struct estimate_simulation_view, runs, INTEGER),
    FIELD(struct estimate_simulation_view, seed, INTEGER),
    FIELD(struct estimate_simulation_view, start_day, DAY),
    FIELD(struct estimate_simulation_view, whole, OBJECT, .flags = AGENCY_ONLY,
          .shape = &simulated_shape),
    FIELD(struct estimate_simulation_view, milestones, LIST, .flags = AGENCY_ONLY,
          .limit = LIST_LIMIT, .shape = &simulated_shape),
};
static const struct shape view_shape =
    SHAPE("estimate_simulation", struct estimate_simulation_view, view_fields);

static struct simulated simulated_of(const struct simulation_outcome *outcome, const char *code,
                                     int32_t due_day, const char *currency)
{
    return (struct simulated){
        .code = code,
        .due_day = due_day,
        .on_time_ppm = outcome->on_time_ppm,
        .finish_50_day = outcome->finish_day[AT_50],
        .finish_80_day = outcome->finish_day[AT_80],
        .finish_95_day = outcome->finish_day[AT_95],
        .currency = currency,
        .cost_50_minor = outcome->cost_minor[AT_50],
        .cost_80_minor = outcome->cost_minor[AT_80],
        .cost_95_minor = outcome->cost_minor[AT_95],
    };
}

static void fill_view(struct arena *arena, const struct plan *plan,
                      const struct simulation_result *result, struct estimate_simulation_view *view)
{
    size_t count = plan->milestones.count;
    struct simulated *rows = arena_array(arena, count, sizeof *rows);
    for (size_t i = 0; i < count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        rows[i] = simulated_of(&result->groups[i], planned->code, planned->due_day, plan->currency);
    }
    struct simulated whole = simulated_of(&result->whole, NULL, DAY_NONE, plan->currency);
    view->whole = arena_copy(arena, &whole, sizeof whole);
    view->milestones = (struct list){rows, count};
}

/* Today, where the engagement is; or the day on which the first milestone is to start. */
static enum error default_start(struct call *call, const struct reckoning *of, int32_t *start_day,
                                struct fault *fault)
{
    struct engagement engagement;
    int32_t first = DAY_MAX;
    enum error error =
        load_row(call, &engagement_shape, of->estimate.engagement_id, &engagement, fault);
    if (error)
        return error;
    *start_day = call_today(call, engagement.time_zone);
    for (size_t i = 0; i < of->proposal.plan->milestones.count; i++) {
        int32_t day = LIST_AT(struct plan_milestone, of->proposal.plan->milestones, i)->start_day;
        first = day < first ? day : first;
    }
    if (first != DAY_MAX && first > *start_day)
        *start_day = first;
    return OK;
}

static enum error simulate_estimate(struct call *call, const void *input, void *output,
                                    struct fault *fault)
{
    const struct simulate_estimate *in = input;
    struct estimate_simulation_view *view = output;
    struct reckoning of;
    struct simulation simulation;
    struct simulation_result result;
    view->start_day = in->start_day;
    enum error error = load_reckoning(call, in->id, &of, fault);
    if (!error && in->start_day == DAY_NONE)
        error = default_start(call, &of, &view->start_day, fault);
    if (!error)
        error = estimate_simulation(call->arena, &of.estimate, of.proposal.plan, &of.rates,
                                    view->start_day, &simulation, fault);
    if (error)
        return error;
    simulation.runs = in->runs;
    simulation.seed = in->seed;
    error = simulation_run(call->arena, &simulation, &result, fault);
    if (error)
        return error;
    view->estimate_id = in->id;
    view->runs = in->runs;
    view->seed = in->seed;
    fill_view(call->arena, of.proposal.plan, &result, view);
    return OK;
}

const struct operation simulate_estimate_operation = {
    .name = "simulate_estimate",
    .permission = PERMIT_READ_AGENCY,
    .in = &simulate_shape,
    .out = &view_shape,
    .run = simulate_estimate,
};
