#include "core/plan_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/currency.h"
#include "base/day.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/money.h"
#include "base/must.h"
#include "core/code.h"
#include "core/contract_terms.h"
#include "core/plan_price.h"

/* Codes in strcmp's order, to find them by. */
struct code_place {
    const char *code;
    size_t place;
};

struct checker {
    struct arena *arena;
    const struct plan *plan;
    const struct texts *criteria;
    struct code_place *codes;
    struct fault *fault;
};

static const struct plan_milestone *milestone_at(const struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

static enum error refuse_milestone(const struct checker *checker, enum error code, size_t i,
                                   const char *member, const char *detail, ...)
    __attribute__((format(printf, 5, 6)));

static enum error refuse_milestone(const struct checker *checker, enum error code, size_t i,
                                   const char *member, const char *detail, ...)
{
    char text[FAULT_DETAIL_MAX];
    va_list arguments;
    va_start(arguments, detail);
    vsnprintf(text, sizeof text, detail, arguments);
    va_end(arguments);
    return refuse(checker->fault, code,
                  arena_format(checker->arena, "plan/milestones/%zu/%s", i, member), "%s", text);
}

/* ---- codes --------------------------------------------------------------------------------- */

static int by_code(const void *a, const void *b)
{
    const struct code_place *left = a, *right = b;
    int order = strcmp(left->code, right->code);
    return order ? order : (left->place > right->place) - (left->place < right->place);
}

static int code_to_place(const void *code, const void *place)
{
    return strcmp(code, ((const struct code_place *)place)->code);
}

static struct code_place *sort_codes(struct arena *arena, const struct plan *plan)
{
    size_t count = plan->milestones.count;
    struct code_place *codes = arena_array(arena, count, sizeof *codes);
    for (size_t i = 0; i < count; i++)
        codes[i] = (struct code_place){milestone_at(plan, i)->code, i};
    if (count > 0)
        qsort(codes, count, sizeof *codes, by_code);
    return codes;
}

static const struct code_place *find_code(const struct code_place *codes, size_t count,
                                          const char *code)
{
    return count > 0 ? bsearch(code, codes, count, sizeof *codes, code_to_place) : NULL;
}

static enum error check_codes(struct checker *checker)
{
    size_t count = checker->plan->milestones.count;
    for (size_t i = 0; i < count; i++) {
        const char *code = milestone_at(checker->plan, i)->code;
        enum error error = code_check(
            code, arena_format(checker->arena, "plan/milestones/%zu/code", i), checker->fault);
        if (error)
            return error;
    }
    checker->codes = sort_codes(checker->arena, checker->plan);
    for (size_t i = 1; i < count; i++) {
        if (strcmp(checker->codes[i - 1].code, checker->codes[i].code) == 0)
            return refuse_milestone(checker, ERROR_CONFLICT, checker->codes[i].place, "code",
                                    "%s is there twice", checker->codes[i].code);
    }
    return OK;
}

static bool is_earlier(const struct texts *texts, size_t i)
{
    const struct texts before = {texts->texts, i};
    return texts_hold(&before, texts->texts[i]);
}

static enum error check_references(const struct checker *checker, size_t i)
{
    const struct plan_milestone *milestone = milestone_at(checker->plan, i);
    for (size_t a = 0; a < milestone->after.count; a++) {
        const char *code = milestone->after.texts[a];
        if (!find_code(checker->codes, checker->plan->milestones.count, code) ||
            is_earlier(&milestone->after, a))
            return refuse_milestone(checker, ERROR_INVALID, i,
                                    arena_format(checker->arena, "after/%zu", a),
                                    "%s is not a milestone of this plan, or is there twice", code);
    }
    for (size_t c = 0; c < milestone->criteria.count; c++) {
        const char *code = milestone->criteria.texts[c];
        if (!texts_hold(checker->criteria, code) || is_earlier(&milestone->criteria, c))
            return refuse_milestone(
                checker, ERROR_INVALID, i, arena_format(checker->arena, "criteria/%zu", c),
                "%s is not a criterion of the requirements, or is there twice", code);
    }
    return OK;
}

/* ---- one milestone ------------------------------------------------------------------------- */

static struct tax_line tax_line_of(const struct plan *plan, const struct plan_milestone *milestone)
{
    return (struct tax_line){
        .category = milestone->tax_category,
        .rate_ppm = milestone->tax_rate_ppm,
        .net_minor = milestone->price_minor,
        .reason = tax_reason(milestone->tax_category, plan->terms->tax_note),
    };
}

static enum error check_tax(const struct checker *checker, size_t i)
{
    const struct plan_milestone *milestone = milestone_at(checker->plan, i);
    struct fault why = {0};
    if (!milestone->tax_category)
        return refuse_milestone(checker, ERROR_INVALID, i, "tax_category", "is missing");
    struct tax_line line = tax_line_of(checker->plan, milestone);
    enum error error = tax_line_check(&line, &why);
    if (!error)
        return OK;
    if (strcmp(why.field, "reason") == 0)
        return refuse(checker->fault, error, "plan/terms/tax_note", "%s", why.detail);
    bool is_rate = strcmp(why.field, "rate") == 0;
    return refuse_milestone(checker, error, i, is_rate ? "tax_rate_ppm" : "tax_category", "%s",
                            why.detail);
}

static enum error check_deliverables(const struct checker *checker, size_t i)
{
    const struct list *list = &milestone_at(checker->plan, i)->deliverables;
    for (size_t d = 0; d < list->count; d++) {
        const char *title = LIST_AT(struct deliverable, *list, d)->title;
        const char *member = arena_format(checker->arena, "deliverables/%zu/title", d);
        if (!title || !*title)
            return refuse_milestone(checker, ERROR_INVALID, i, member, "is missing");
        for (size_t earlier = 0; earlier < d; earlier++) {
            if (strcmp(LIST_AT(struct deliverable, *list, earlier)->title, title) == 0)
                return refuse_milestone(checker, ERROR_CONFLICT, i, member, "is there twice");
        }
    }
    return OK;
}

static enum error check_milestone(const struct checker *checker, size_t i)
{
    const struct plan_milestone *milestone = milestone_at(checker->plan, i);
    if (!milestone->title || !*milestone->title)
        return refuse_milestone(checker, ERROR_INVALID, i, "title", "is missing");
    if (milestone->price_minor < 0 || milestone->price_minor > AMOUNT_LIMIT)
        return refuse_milestone(checker, ERROR_OUT_OF_RANGE, i, "price", "outside its limits");
    if (milestone->due_day == DAY_NONE)
        return refuse_milestone(checker, ERROR_INVALID, i, "due_day", "is missing");
    if (milestone->start_day != DAY_NONE && milestone->start_day > milestone->due_day)
        return refuse_milestone(checker, ERROR_OUT_OF_RANGE, i, "due_day",
                                "is before the milestone starts");
    enum error error = check_tax(checker, i);
    if (!error)
        error = check_deliverables(checker, i);
    if (!error)
        error = check_references(checker, i);
    return error;
}

/* ---- all of them --------------------------------------------------------------------------- */

static struct graph graph_of(struct arena *arena, const struct plan *plan,
                             const struct code_place *codes)
{
    size_t count = plan->milestones.count;
    struct graph graph = {.node_count = count};
    for (size_t i = 0; i < count; i++)
        graph.edge_count += milestone_at(plan, i)->after.count;
    struct graph_edge *edge = arena_array(arena, graph.edge_count, sizeof *edge);
    graph.edges = edge;
    for (size_t i = 0; i < count; i++) {
        const struct texts *after = &milestone_at(plan, i)->after;
        for (size_t a = 0; a < after->count; a++) {
            const struct code_place *found = find_code(codes, count, after->texts[a]);
            if (found)
                *edge++ = (struct graph_edge){.node = i, .after = found->place};
        }
    }
    graph.edge_count = (size_t)(edge - graph.edges);
    return graph;
}

struct graph plan_graph(struct arena *arena, const struct plan *plan)
{
    return graph_of(arena, plan, sort_codes(arena, plan));
}

static enum error check_cycle(const struct checker *checker, const struct graph *graph)
{
    struct graph_cycle cycle;
    size_t *order = arena_array(checker->arena, graph->node_count, sizeof *order);
    if (graph_sort(checker->arena, graph, order, &cycle))
        return OK;
    const char **names = arena_array(checker->arena, graph->node_count, sizeof *names);
    for (size_t i = 0; i < graph->node_count; i++)
        names[i] = milestone_at(checker->plan, i)->code;
    return refuse(checker->fault, ERROR_CYCLE, "plan/milestones", "%s",
                  graph_cycle_text(checker->arena, &cycle, names));
}

enum error plan_check_cycle(struct arena *arena, const struct plan *plan, struct fault *fault)
{
    const struct graph graph = plan_graph(arena, plan);
    const struct checker checker = {.arena = arena, .plan = plan, .fault = fault};
    return check_cycle(&checker, &graph);
}

static enum error check_dates(const struct checker *checker, const struct graph *graph)
{
    for (size_t i = 0; i < graph->edge_count; i++) {
        size_t node = graph->edges[i].node;
        const struct plan_milestone *milestone = milestone_at(checker->plan, node);
        const struct plan_milestone *before = milestone_at(checker->plan, graph->edges[i].after);
        if (milestone->due_day < before->due_day)
            return refuse_milestone(checker, ERROR_OUT_OF_RANGE, node, "due_day",
                                    "is before that of %s, which comes first", before->code);
        if (milestone->start_day != DAY_NONE && before->start_day != DAY_NONE &&
            milestone->start_day < before->start_day)
            return refuse_milestone(checker, ERROR_OUT_OF_RANGE, node, "start_day",
                                    "is before that of %s, which comes first", before->code);
    }
    return OK;
}

/* Any of the milestones may meet in one month: their taxes have to go on one invoice. */
static enum error check_months(const struct checker *checker)
{
    const struct plan *plan = checker->plan;
    size_t count = plan->milestones.count;
    struct tax_breakdown breakdown;
    struct fault why = {0};
    struct tax_line *lines = arena_array(checker->arena, count, sizeof *lines);
    if (plan->terms->billing_mode != BILLING_MONTHLY)
        return OK;
    for (size_t i = 0; i < count; i++)
        lines[i] = tax_line_of(plan, milestone_at(plan, i));
    enum error error = tax_compute(contract_tax_rule(plan->terms), lines, count, &breakdown, &why);
    if (!error && breakdown.gross_minor > AMOUNT_LIMIT)
        error = refuse(&why, ERROR_OUT_OF_RANGE, NULL, "larger than any amount can be");
    if (!error)
        return OK;
    return refuse(checker->fault, error, "plan/terms/billing_mode",
                  "its milestones cannot all stand on one invoice: %s", why.detail);
}

static enum error check_approver_limit(const struct checker *checker)
{
    const struct approver_limit *limit = checker->plan->terms->one_approver_limit;
    if (!limit)
        return OK;
    if (!limit->currency || strcmp(limit->currency, checker->plan->currency) != 0)
        return refuse(checker->fault, ERROR_CONFLICT, "plan/terms/one_approver_limit/amount",
                      "the plan is in %s", checker->plan->currency);
    if (limit->amount_minor <= 0)
        return refuse(checker->fault, ERROR_OUT_OF_RANGE, "plan/terms/one_approver_limit/amount",
                      "must be more than nothing");
    return OK;
}

static enum error check_head(const struct checker *checker)
{
    const struct plan *plan = checker->plan;
    if (!plan->currency || !currency_find(plan->currency))
        return refuse(checker->fault, ERROR_INVALID, "plan/currency", "not a currency of ISO 4217");
    if (plan->total_minor < 0 || plan->total_minor > AMOUNT_LIMIT)
        return refuse(checker->fault, ERROR_OUT_OF_RANGE, "plan/total", "outside its limits");
    if (plan->milestones.count == 0 || plan->milestones.count > LIST_LIMIT)
        return refuse(checker->fault, ERROR_INVALID, "plan/milestones",
                      "a plan has from 1 to %d milestones", LIST_LIMIT);
    if (!plan->terms)
        return refuse(checker->fault, ERROR_INVALID, "plan/terms", "is missing");
    return contract_terms_check(checker->arena, plan->terms, checker->fault);
}

/* All but dates and sum. */
static enum error check_parts(struct checker *checker, struct graph *graph)
{
    enum error error = check_head(checker);
    if (!error)
        error = check_codes(checker);
    for (size_t i = 0; !error && i < checker->plan->milestones.count; i++)
        error = check_milestone(checker, i);
    if (error)
        return error;
    *graph = graph_of(checker->arena, checker->plan, checker->codes);
    return check_cycle(checker, graph);
}

enum error plan_check_parts(struct arena *arena, const struct plan *plan,
                            const struct texts *criteria, struct fault *fault)
{
    struct graph graph;
    struct checker checker = {.arena = arena, .plan = plan, .criteria = criteria, .fault = fault};
    return check_parts(&checker, &graph);
}

enum error plan_check(struct arena *arena, const struct plan *plan, const struct texts *criteria,
                      struct fault *fault)
{
    struct graph graph;
    struct checker checker = {.arena = arena, .plan = plan, .criteria = criteria, .fault = fault};
    enum error error = check_parts(&checker, &graph);
    if (!error)
        error = check_dates(&checker, &graph);
    if (!error)
        error = plan_check_prices(arena, plan, fault);
    if (!error)
        error = check_approver_limit(&checker);
    if (!error)
        error = check_months(&checker);
    return error;
}
