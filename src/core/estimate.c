#include "core/estimate.h"

#include <stdio.h>
#include <string.h>

#include "base/currency.h"
#include "base/decimal.h"
#include "base/money.h"
#include "base/must.h"
#include "core/code.h"
#include "core/contract_terms.h"
#include "core/fields.h"
#include "core/plan_check.h"
#include "core/split.h"

enum { RATE_TEXT_LIMIT = 24, PEOPLE_LIMIT = 100 };

static const struct field rate_fields[] = {
    FIELD(struct rate, role, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct rate, cost_per_hour, TEXT, .flags = REQUIRED | AGENCY_ONLY,
          .limit = RATE_TEXT_LIMIT),
    FIELD(struct rate, price_per_hour, TEXT, .flags = REQUIRED | AGENCY_ONLY,
          .limit = RATE_TEXT_LIMIT),
};
const struct shape rate_shape = SHAPE("rate", struct rate, rate_fields);

static const struct field rate_card_fields[] = {
    ID_FIELD(struct rate_card),
    VERSION_FIELD(struct rate_card),
    FIELD(struct rate_card, name, TEXT, .flags = REQUIRED),
    FIELD(struct rate_card, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct rate_card, rates, LIST, .flags = REQUIRED | AGENCY_ONLY, .limit = SHORT_LIST_LIMIT,
          .shape = &rate_shape),
    FIELD(struct rate_card, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape rate_card_shape = SHAPE("rate_card", struct rate_card, rate_card_fields);

#define POINT_RANGE .minimum = 0, .maximum = EFFORT_LIMIT

static const struct field effort_fields[] = {
    FIELD(struct effort, role, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct effort, optimistic_minutes, INTEGER, .flags = REQUIRED, POINT_RANGE),
    FIELD(struct effort, likely_minutes, INTEGER, .flags = REQUIRED, POINT_RANGE),
    FIELD(struct effort, pessimistic_minutes, INTEGER, .flags = REQUIRED, POINT_RANGE),
};
const struct shape effort_shape = SHAPE("effort", struct effort, effort_fields);

static const struct field estimated_milestone_fields[] = {
    FIELD(struct estimated_milestone, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct estimated_milestone, people, INTEGER, .minimum = 1, .maximum = PEOPLE_LIMIT,
          .initial = 1),
    FIELD(struct estimated_milestone, efforts, LIST, .flags = REQUIRED | AGENCY_ONLY,
          .limit = SHORT_LIST_LIMIT, .shape = &effort_shape),
};
const struct shape estimated_milestone_shape =
    SHAPE("estimated_milestone", struct estimated_milestone, estimated_milestone_fields);

static const struct field estimate_fields[] = {
    ID_FIELD(struct estimate),
    VERSION_FIELD(struct estimate),
    FIELD(struct estimate, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct estimate, proposal_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct estimate, rate_card_id, ID, .flags = REQUIRED | AGENCY_ONLY),
    FIELD(struct estimate, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct estimate, day_minutes, INTEGER, .minimum = 1, .maximum = DAY_MINUTES_LIMIT,
          .initial = WORKING_DAY_MINUTES),
    FIELD(struct estimate, contingency_ppm, INTEGER, .flags = AGENCY_ONLY, .minimum = 0,
          .maximum = CONTINGENCY_LIMIT),
    FIELD(struct estimate, milestones, LIST, .flags = REQUIRED | AGENCY_ONLY, .limit = LIST_LIMIT,
          .shape = &estimated_milestone_shape),
    FIELD(struct estimate, rates, LIST, .flags = AGENCY_ONLY, .limit = SHORT_LIST_LIMIT,
          .shape = &rate_shape),
    FIELD(struct estimate, frozen_at, MOMENT, OPTIONAL),
    FIELD(struct estimate, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape estimate_shape = SHAPE("estimate", struct estimate, estimate_fields);

static const struct field estimate_figures_fields[] = {
    FIELD(struct estimate_figures, code, TEXT, .limit = CODE_LIMIT),
    FIELD(struct estimate_figures, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct estimate_figures, expected_minutes, INTEGER, .flags = AGENCY_ONLY),
    FIELD(struct estimate_figures, cost_minor, MONEY, .flags = AGENCY_ONLY),
    FIELD(struct estimate_figures, contingency_minor, MONEY, .flags = AGENCY_ONLY),
    FIELD(struct estimate_figures, rate_price_minor, MONEY, .flags = AGENCY_ONLY),
    FIELD(struct estimate_figures, price_minor, MONEY, OPTIONAL),
    FIELD(struct estimate_figures, margin_minor, MONEY, .flags = AGENCY_ONLY),
    FIELD(struct estimate_figures, margin_ppm, INTEGER, .flags = NULLABLE | AGENCY_ONLY),
    FIELD(struct estimate_figures, margin_after_contingency_minor, MONEY, .flags = AGENCY_ONLY),
};
const struct shape estimate_figures_shape =
    SHAPE("estimate_figures", struct estimate_figures, estimate_figures_fields);

/* ---- rates --------------------------------------------------------------------------------- */

enum error rate_read(const char *text, const char *currency, const char *field, int64_t *rate,
                     struct fault *fault)
{
    struct fault why = {0};
    int scale = currency_exponent(currency) + RATE_SCALE;
    enum error error = text_check(text, field, fault);
    if (error)
        return error;
    error = decimal_parse(text, scale, rate, &why);
    if (error)
        return refuse(fault, error, field, "an hour has a rate with at most %d decimals", scale);
    if (*rate < 0 || *rate > AMOUNT_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "outside its limits");
    return OK;
}

static const struct rate *find_rate(const struct list *rates, size_t count, const char *role)
{
    for (size_t i = 0; i < count; i++) {
        const struct rate *rate = LIST_AT(struct rate, *rates, i);
        if (strcmp(rate->role, role) == 0)
            return rate;
    }
    return NULL;
}

static enum error check_rate(struct arena *arena, const struct rate_card *card, size_t i,
                             struct fault *fault)
{
    const struct rate *rate = LIST_AT(struct rate, card->rates, i);
    const char *role_field = arena_format(arena, "rates/%zu/role", i);
    int64_t read;
    enum error error = code_check(rate->role, role_field, fault);
    if (error)
        return error;
    if (find_rate(&card->rates, i, rate->role))
        return refuse(fault, ERROR_CONFLICT, role_field, "%s is there twice", rate->role);
    error = rate_read(rate->cost_per_hour, card->currency,
                      arena_format(arena, "rates/%zu/cost_per_hour", i), &read, fault);
    if (!error)
        error = rate_read(rate->price_per_hour, card->currency,
                          arena_format(arena, "rates/%zu/price_per_hour", i), &read, fault);
    return error;
}

enum error rate_card_check(struct arena *arena, const struct rate_card *card, struct fault *fault)
{
    if (!card->currency || !currency_find(card->currency))
        return refuse(fault, ERROR_INVALID, "currency", "not a currency of ISO 4217");
    if (card->rates.count == 0)
        return refuse(fault, ERROR_INVALID, "rates", "a card has at least one role");
    enum error error = text_check(card->name, "name", fault);
    for (size_t i = 0; !error && i < card->rates.count; i++)
        error = check_rate(arena, card, i, fault);
    return error;
}

enum error rate_card_check_kept(const struct rate_card *card, const struct list *before,
                                struct fault *fault)
{
    for (size_t i = 0; i < before->count; i++) {
        const char *role = LIST_AT(struct rate, *before, i)->role;
        if (!find_rate(&card->rates, card->rates.count, role))
            return refuse(fault, ERROR_CONFLICT, "rates",
                          "%s may be in estimates and stays on the card", role);
    }
    return OK;
}

/* ---- an estimate that holds together ------------------------------------------------------- */

static const struct estimated_milestone *find_estimated(const struct list *milestones, size_t count,
                                                        const char *code)
{
    for (size_t i = 0; i < count; i++) {
        const struct estimated_milestone *milestone =
            LIST_AT(struct estimated_milestone, *milestones, i);
        if (strcmp(milestone->code, code) == 0)
            return milestone;
    }
    return NULL;
}

static bool has_role_before(const struct list *efforts, size_t i)
{
    const char *role = LIST_AT(struct effort, *efforts, i)->role;
    for (size_t earlier = 0; earlier < i; earlier++) {
        if (strcmp(LIST_AT(struct effort, *efforts, earlier)->role, role) == 0)
            return true;
    }
    return false;
}

static enum error check_effort(const struct list *efforts, size_t i, const struct list *rates,
                               const char *place, struct fault *fault)
{
    const struct effort *effort = LIST_AT(struct effort, *efforts, i);
    char field[FAULT_FIELD_MAX];
    snprintf(field, sizeof field, "%s/efforts/%zu/role", place, i);
    if (!effort->role || !find_rate(rates, rates->count, effort->role))
        return refuse(fault, ERROR_INVALID, field, "the rate card has no %s",
                      effort->role ? effort->role : "role");
    if (has_role_before(efforts, i))
        return refuse(fault, ERROR_CONFLICT, field, "%s is there twice", effort->role);
    snprintf(field, sizeof field, "%s/efforts/%zu/likely_minutes", place, i);
    if (effort->optimistic_minutes < 0 || effort->likely_minutes < effort->optimistic_minutes)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "is less than the optimistic minutes");
    snprintf(field, sizeof field, "%s/efforts/%zu/pessimistic_minutes", place, i);
    if (effort->pessimistic_minutes < effort->likely_minutes)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "is less than the likely minutes");
    if (effort->pessimistic_minutes > EFFORT_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "outside its limits");
    return OK;
}

static enum error check_estimated(const struct list *milestones, size_t i, const struct plan *plan,
                                  const struct list *rates, struct fault *fault)
{
    const struct estimated_milestone *milestone =
        LIST_AT(struct estimated_milestone, *milestones, i);
    char place[36], field[FAULT_FIELD_MAX];
    snprintf(place, sizeof place, "milestones/%zu", i);
    snprintf(field, sizeof field, "%s/code", place);
    if (!milestone->code || !plan_milestone_of(plan, milestone->code))
        return refuse(fault, ERROR_INVALID, field, "the proposal has no milestone %s",
                      milestone->code ? milestone->code : "without a code");
    if (find_estimated(milestones, i, milestone->code))
        return refuse(fault, ERROR_CONFLICT, field, "%s is there twice", milestone->code);
    snprintf(field, sizeof field, "%s/people", place);
    if (milestone->people < 1 || milestone->people > PEOPLE_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, field, "from 1 to %d people", PEOPLE_LIMIT);
    enum error error = OK;
    for (size_t e = 0; !error && e < milestone->efforts.count; e++)
        error = check_effort(&milestone->efforts, e, rates, place, fault);
    return error;
}

enum error estimate_check(const struct estimate *estimate, const struct plan *plan,
                          const struct list *rates, struct fault *fault)
{
    if (strcmp(estimate->currency, plan->currency) != 0)
        return refuse(fault, ERROR_INVALID, "currency",
                      "the proposal is in %s, the rates are in %s", plan->currency,
                      estimate->currency);
    enum error error = OK;
    for (size_t i = 0; !error && i < estimate->milestones.count; i++)
        error = check_estimated(&estimate->milestones, i, plan, rates, fault);
    return error;
}

/* ---- what it comes to ---------------------------------------------------------------------- */

int64_t effort_expected_minutes(const struct effort *effort)
{
    int64_t six =
        effort->optimistic_minutes + 4 * effort->likely_minutes + effort->pessimistic_minutes;
    return (six + 3) / 6;
}

enum error rate_amount(int64_t minutes, int64_t rate, int64_t *amount_minor, struct fault *fault)
{
    enum error error =
        money_ratio(rate, minutes, RATE_WHOLE_MINUTES, ROUND_HALF_UP, amount_minor, fault);
    if (error)
        return error;
    if (*amount_minor > AMOUNT_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "milestones", "an amount is outside its limits");
    return OK;
}

static enum error add_amount(int64_t minutes, const char *rate_text, const char *currency,
                             int64_t *sum_minor, struct fault *fault)
{
    int64_t rate, amount_minor;
    enum error error = rate_read(rate_text, currency, "rates", &rate, fault);
    if (!error)
        error = rate_amount(minutes, rate, &amount_minor, fault);
    return error ? error : money_add(*sum_minor, amount_minor, sum_minor, fault);
}

static enum error add_efforts(const struct estimated_milestone *milestone, const struct list *rates,
                              struct estimate_figures *figures, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < milestone->efforts.count; i++) {
        const struct effort *effort = LIST_AT(struct effort, milestone->efforts, i);
        const struct rate *rate = find_rate(rates, rates->count, effort->role);
        int64_t minutes = effort_expected_minutes(effort);
        must(rate);
        figures->expected_minutes += minutes;
        error = add_amount(minutes, rate->cost_per_hour, figures->currency, &figures->cost_minor,
                           fault);
        if (!error)
            error = add_amount(minutes, rate->price_per_hour, figures->currency,
                               &figures->rate_price_minor, fault);
    }
    return error;
}

static enum error set_margin(struct estimate_figures *figures, struct fault *fault)
{
    figures->margin_ppm = INTEGER_NONE;
    enum error error =
        money_subtract(figures->price_minor, figures->cost_minor, &figures->margin_minor, fault);
    if (!error)
        error = money_subtract(figures->margin_minor, figures->contingency_minor,
                               &figures->margin_after_contingency_minor, fault);
    if (!error && figures->price_minor > 0)
        error = money_ratio(figures->margin_minor, SPLIT_WHOLE_PPM, figures->price_minor,
                            ROUND_HALF_UP, &figures->margin_ppm, fault);
    return error;
}

static enum error spread_contingency(struct arena *arena, const struct estimate *estimate,
                                     struct estimate_figures *rows, size_t count,
                                     struct estimate_figures *total, struct fault *fault)
{
    int64_t *costs = arena_array(arena, count, sizeof *costs);
    int64_t *parts = arena_array(arena, count, sizeof *parts);
    for (size_t i = 0; i < count; i++)
        costs[i] = rows[i].cost_minor;
    enum error error = money_ratio(total->cost_minor, estimate->contingency_ppm, SPLIT_WHOLE_PPM,
                                   ROUND_HALF_UP, &total->contingency_minor, fault);
    if (error || total->cost_minor == 0)
        return error;
    error = split_by_remainder(arena, total->contingency_minor, costs, count, parts, fault);
    for (size_t i = 0; !error && i < count; i++)
        rows[i].contingency_minor = parts[i];
    return error;
}

static enum error add_to_total(const struct estimate_figures *row, struct estimate_figures *total,
                               struct fault *fault)
{
    total->expected_minutes += row->expected_minutes;
    enum error error = money_add(total->cost_minor, row->cost_minor, &total->cost_minor, fault);
    if (!error)
        error = money_add(total->rate_price_minor, row->rate_price_minor, &total->rate_price_minor,
                          fault);
    return error ? error
                 : money_add(total->price_minor, row->price_minor, &total->price_minor, fault);
}

enum error estimate_reckon(struct arena *arena, const struct estimate *estimate,
                           const struct plan *plan, const struct list *rates,
                           struct list *milestones, struct estimate_figures *total,
                           struct fault *fault)
{
    size_t count = plan->milestones.count;
    struct estimate_figures *rows = arena_array(arena, count, sizeof *rows);
    enum error error = OK;
    *total = (struct estimate_figures){.currency = plan->currency};
    for (size_t i = 0; !error && i < count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        const struct estimated_milestone *estimated =
            find_estimated(&estimate->milestones, estimate->milestones.count, planned->code);
        rows[i] = (struct estimate_figures){
            .code = planned->code, .currency = plan->currency, .price_minor = planned->price_minor};
        if (estimated)
            error = add_efforts(estimated, rates, &rows[i], fault);
        if (!error)
            error = add_to_total(&rows[i], total, fault);
    }
    if (!error)
        error = spread_contingency(arena, estimate, rows, count, total, fault);
    for (size_t i = 0; !error && i < count; i++)
        error = set_margin(&rows[i], fault);
    *milestones = (struct list){rows, count};
    return error ? error : set_margin(total, fault);
}

/* ---- its life ------------------------------------------------------------------------------ */

void estimate_freeze(struct estimate *estimate, const struct list *rates, int64_t now_ms)
{
    if (estimate->frozen_at)
        return;
    estimate->rates = *rates;
    estimate->frozen_at = now_ms;
}

enum error estimate_check_open(const struct estimate *estimate, struct fault *fault)
{
    if (estimate->frozen_at)
        return refuse(fault, ERROR_WRONG_STATE, "frozen_at",
                      "the contract is signed and its estimate is kept as it was");
    return OK;
}

/* ---- simulation ---------------------------------------------------------------------------- */

/* Minutes of work that are shared by people, the last of a share counted whole. */
static int64_t shared(int64_t minutes, int64_t people)
{
    return (minutes + people - 1) / people;
}

static enum error add_points(const struct estimated_milestone *milestone, const struct list *rates,
                             const char *currency, struct simulation_node *node,
                             struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < milestone->efforts.count; i++) {
        const struct effort *effort = LIST_AT(struct effort, milestone->efforts, i);
        const struct rate *rate = find_rate(rates, rates->count, effort->role);
        must(rate);
        node->optimistic_minutes += effort->optimistic_minutes;
        node->likely_minutes += effort->likely_minutes;
        node->pessimistic_minutes += effort->pessimistic_minutes;
        error = add_amount(effort->optimistic_minutes, rate->cost_per_hour, currency,
                           &node->low_cost_minor, fault);
        if (!error)
            error = add_amount(effort->pessimistic_minutes, rate->cost_per_hour, currency,
                               &node->high_cost_minor, fault);
    }
    node->optimistic_minutes = shared(node->optimistic_minutes, milestone->people);
    node->likely_minutes = shared(node->likely_minutes, milestone->people);
    node->pessimistic_minutes = shared(node->pessimistic_minutes, milestone->people);
    return error;
}

static struct schedule_network *network_of(struct arena *arena, const struct plan *plan,
                                           int32_t start_day)
{
    struct graph graph = plan_graph(arena, plan);
    struct schedule_network *network = arena_alloc(arena, sizeof *network);
    struct schedule_node *nodes = arena_array(arena, graph.node_count, sizeof *nodes);
    struct schedule_edge *edges = arena_array(arena, graph.edge_count, sizeof *edges);
    for (size_t i = 0; i < graph.edge_count; i++)
        edges[i] =
            (struct schedule_edge){.node = graph.edges[i].node, .after = graph.edges[i].after};
    for (size_t i = 0; i < graph.node_count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        nodes[i] =
            (struct schedule_node){.code = planned->code, .not_before_day = planned->start_day};
    }
    *network = (struct schedule_network){
        .nodes = nodes,
        .node_count = graph.node_count,
        .edges = edges,
        .edge_count = graph.edge_count,
        .start_day = start_day,
    };
    return network;
}

/* A draft's plan need not hold together yet. */
static enum error check_after(const struct plan *plan, struct fault *fault)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct texts *after = &LIST_AT(struct plan_milestone, plan->milestones, i)->after;
        for (size_t a = 0; a < after->count; a++) {
            char field[FAULT_FIELD_MAX];
            snprintf(field, sizeof field, "plan/milestones/%zu/after/%zu", i, a);
            if (!plan_milestone_of(plan, after->texts[a]))
                return refuse(fault, ERROR_INVALID, field, "%s is not a milestone of this plan",
                              after->texts[a]);
        }
    }
    return OK;
}

enum error estimate_simulation(struct arena *arena, const struct estimate *estimate,
                               const struct plan *plan, const struct list *rates, int32_t start_day,
                               struct simulation *simulation, struct fault *fault)
{
    size_t count = plan->milestones.count;
    struct simulation_node *nodes = arena_array(arena, count, sizeof *nodes);
    struct simulation_group *groups = arena_array(arena, count, sizeof *groups);
    enum error error = check_after(plan, fault);
    if (error)
        return error;
    struct schedule_network *network = network_of(arena, plan, start_day);
    error = contract_terms_calendar(arena, plan->terms, &network->calendar, fault);
    for (size_t i = 0; !error && i < count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        const struct estimated_milestone *estimated =
            find_estimated(&estimate->milestones, estimate->milestones.count, planned->code);
        nodes[i].group = i;
        groups[i] = (struct simulation_group){.finish_node = i, .due_day = planned->due_day};
        if (estimated)
            error = add_points(estimated, rates, plan->currency, &nodes[i], fault);
    }
    *simulation = (struct simulation){
        .network = network,
        .nodes = nodes,
        .groups = groups,
        .group_count = count,
        .day_minutes = estimate->day_minutes,
    };
    return error;
}
