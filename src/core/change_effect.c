#include "core/change_effect.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "base/must.h"
#include "base/text.h"
#include "core/billing_period.h"
#include "core/change_apply.h"
#include "core/change_pricing.h"
#include "core/fields.h"
#include "core/plan_check.h"
#include "core/plan_diff.h"
#include "core/plan_price.h"
#include "core/requirement.h"
#include "core/split.h"
#include "core/tax.h"

static const char *const effect_kinds[] = {
    [EFFECT_UNCHANGED] = "unchanged",
    [EFFECT_CHANGED] = "changed",
    [EFFECT_ADDED] = "added",
    [EFFECT_DROPPED] = "dropped",
};
const struct choices effect_kind_choices = CHOICES("effect_kind", effect_kinds);

static const struct field milestone_effect_fields[] = {
    FIELD(struct milestone_effect, code, TEXT),
    FIELD(struct milestone_effect, title, TEXT),
    FIELD(struct milestone_effect, kind, CHOICE, .choices = &effect_kind_choices),
    FIELD(struct milestone_effect, state, CHOICE, .choices = &milestone_state_choices),
    FIELD(struct milestone_effect, price_before_minor, MONEY, .flags = NULLABLE),
    FIELD(struct milestone_effect, price_after_minor, MONEY, .flags = NULLABLE),
    FIELD(struct milestone_effect, change_minor, MONEY),
    FIELD(struct milestone_effect, due_before_day, DAY),
    FIELD(struct milestone_effect, due_after_day, DAY),
    FIELD(struct milestone_effect, days_moved, INTEGER, .flags = NULLABLE),
    FIELD(struct milestone_effect, graph_before_day, DAY),
    FIELD(struct milestone_effect, graph_after_day, DAY),
    FIELD(struct milestone_effect, days_short, INTEGER),
    FIELD(struct milestone_effect, slack_days, INTEGER, .flags = NULLABLE),
    FIELD(struct milestone_effect, was_critical, BOOLEAN),
    FIELD(struct milestone_effect, is_critical, BOOLEAN),
    FIELD(struct milestone_effect, summary, TEXT),
    FIELD(struct milestone_effect, pricing, CHOICE, .flags = ADDED_LATER,
          .choices = &pricing_choices),
    FIELD(struct milestone_effect, percent_ppm, INTEGER, .flags = ADDED_LATER | NULLABLE,
          RATE_RANGE),
    FIELD(struct milestone_effect, comes_to_minor, MONEY, .flags = ADDED_LATER | NULLABLE),
    FIELD(struct milestone_effect, settled_minor, MONEY, .flags = ADDED_LATER | NULLABLE),
};
const struct shape milestone_effect_shape =
    SHAPE("milestone_effect", struct milestone_effect, milestone_effect_fields);

static const struct field due_effect_fields[] = {
    FIELD(struct due_effect, day, DAY),
    FIELD(struct due_effect, before_minor, MONEY),
    FIELD(struct due_effect, after_minor, MONEY),
};
const struct shape due_effect_shape = SHAPE("due_effect", struct due_effect, due_effect_fields);

static const struct field effect_problem_fields[] = {
    FIELD(struct effect_problem, code, TEXT),
    FIELD(struct effect_problem, field, TEXT),
    FIELD(struct effect_problem, detail, TEXT),
};
const struct shape effect_problem_shape =
    SHAPE("effect_problem", struct effect_problem, effect_problem_fields);

static const struct field change_effect_fields[] = {
    FIELD(struct change_effect, currency, TEXT),
    FIELD(struct change_effect, sum_before_minor, MONEY),
    FIELD(struct change_effect, change_minor, MONEY),
    FIELD(struct change_effect, sum_after_minor, MONEY),
    FIELD(struct change_effect, tax_before_minor, MONEY),
    FIELD(struct change_effect, tax_change_minor, MONEY),
    FIELD(struct change_effect, tax_after_minor, MONEY),
    FIELD(struct change_effect, end_before_day, DAY),
    FIELD(struct change_effect, end_after_day, DAY),
    FIELD(struct change_effect, end_moved_days, INTEGER),
    FIELD(struct change_effect, critical_before, TEXTS),
    FIELD(struct change_effect, critical_after, TEXTS),
    FIELD(struct change_effect, milestones, LIST, .shape = &milestone_effect_shape),
    FIELD(struct change_effect, falls_due, LIST, .shape = &due_effect_shape),
    FIELD(struct change_effect, changes, LIST, .shape = &plan_change_shape),
    FIELD(struct change_effect, credits, LIST, .shape = &change_credit_shape),
    FIELD(struct change_effect, problems, LIST, .shape = &effect_problem_shape),
};
const struct shape change_effect_shape =
    SHAPE("change_effect", struct change_effect, change_effect_fields);

static const struct plan_milestone *planned_at(const struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

/* ---- days by the graph --------------------------------------------------------------------- */

struct way {
    const struct plan *plan;
    struct plan_index index;
    struct graph graph; /* its edges stand by node */
    size_t *first_edge; /* of each node, and one more */
    size_t *order;
    int32_t *lasts;  /* days */
    int32_t *finish; /* the day by the graph */
    int32_t *latest; /* that it may be without moving the end */
    int32_t end;
};

static size_t place_of(const struct way *way, const struct plan_milestone *milestone)
{
    return (size_t)(milestone - planned_at(way->plan, 0));
}

/* When it can begin, its own start not being before what it comes after: by the days of the plan,
 * or by finish. */
static int32_t begin_of(const struct way *way, size_t node, const int32_t *finish)
{
    int32_t begin = planned_at(way->plan, node)->start_day;
    for (size_t e = way->first_edge[node]; e < way->first_edge[node + 1]; e++) {
        size_t before = way->graph.edges[e].after;
        int32_t day = finish ? finish[before] : planned_at(way->plan, before)->due_day;
        begin = begin == DAY_NONE || day > begin ? day : begin;
    }
    return begin;
}

static int32_t lasts_of(const struct way *way, size_t node)
{
    int32_t begin = begin_of(way, node, NULL), due = planned_at(way->plan, node)->due_day;
    return begin == DAY_NONE || begin > due ? 0 : due - begin;
}

/* Where the order leaves its days alone, it lasts as before. */
static void set_lengths(struct way *way, const struct way *before)
{
    for (size_t i = 0; i < way->graph.node_count; i++) {
        const struct plan_milestone *is = planned_at(way->plan, i);
        const struct plan_milestone *was = before ? plan_find(&before->index, is->code) : NULL;
        bool is_same = was && was->start_day == is->start_day && was->due_day == is->due_day;
        way->lasts[i] = is_same ? before->lasts[place_of(before, was)] : lasts_of(way, i);
    }
}

static void go_forward(struct way *way)
{
    for (size_t i = 0; i < way->graph.node_count; i++) {
        size_t node = way->order[i];
        int32_t begin = begin_of(way, node, way->finish);
        way->finish[node] =
            begin == DAY_NONE ? planned_at(way->plan, node)->due_day : begin + way->lasts[node];
        way->end = i == 0 || way->finish[node] > way->end ? way->finish[node] : way->end;
    }
}

static void go_back(struct way *way)
{
    for (size_t i = 0; i < way->graph.node_count; i++)
        way->latest[i] = way->end;
    for (size_t i = way->graph.node_count; i-- > 0;) {
        size_t node = way->order[i];
        for (size_t e = way->first_edge[node]; e < way->first_edge[node + 1]; e++) {
            size_t before = way->graph.edges[e].after;
            int32_t day = way->latest[node] - way->lasts[node];
            way->latest[before] = day < way->latest[before] ? day : way->latest[before];
        }
    }
}

static struct way find_way(struct arena *arena, const struct plan *plan, const struct way *before)
{
    size_t count = plan->milestones.count;
    struct graph_cycle cycle;
    struct way way = {
        .plan = plan,
        .index = plan_index(arena, plan),
        .graph = plan_graph(arena, plan),
        .first_edge = arena_array(arena, count + 1, sizeof(size_t)),
        .order = arena_array(arena, count, sizeof(size_t)),
        .lasts = arena_array(arena, count, sizeof(int32_t)),
        .finish = arena_array(arena, count, sizeof(int32_t)),
        .latest = arena_array(arena, count, sizeof(int32_t)),
    };
    for (size_t i = 0; i < count; i++)
        way.first_edge[i + 1] = way.first_edge[i] + planned_at(plan, i)->after.count;
    bool is_sorted = graph_sort(arena, &way.graph, way.order, &cycle);
    must(is_sorted);
    set_lengths(&way, before);
    go_forward(&way);
    go_back(&way);
    return way;
}

static bool is_critical(const struct way *way, size_t node)
{
    return way->latest[node] == way->finish[node];
}

static struct texts critical_codes(struct arena *arena, const struct way *way)
{
    struct texts codes = {arena_array(arena, way->graph.node_count, sizeof(char *)), 0};
    for (size_t i = 0; i < way->graph.node_count; i++) {
        if (is_critical(way, i))
            codes.texts[codes.count++] = planned_at(way->plan, i)->code;
    }
    return codes;
}

/* ---- in words ------------------------------------------------------------------------------ */

static void put_change(struct arena *arena, struct text_buffer *text,
                       const struct plan_change *change)
{
    const char *words = NULL;
    if (strcmp(change->field, "settled") == 0)
        words = arena_format(arena, "%s settled", change->to ? change->to : "nothing");
    else if (change->difference)
        words = change->difference;
    else if (strcmp(change->field, "after") == 0)
        words = change->to ? arena_format(arena, "now after %s", change->to) : "after nothing now";
    else
        words = arena_format(arena, "%s changed", change->field);
    text_printf(text, "%s%s", text->size > 0 ? ", " : "", words);
}

static const char *price_in_words(struct arena *arena, int64_t price_minor, const char *currency)
{
    char amount[MONEY_TEXT_SIZE];
    return arena_format(arena, "%s %s", money_format(price_minor, currency, amount), currency);
}

/* Of one milestone, whose changes begin at *next and follow each other. */
static const char *summarize(struct arena *arena, const struct milestone_effect *effect,
                             const char *currency, const struct list *changes, size_t *next)
{
    char day[DAY_TEXT_SIZE];
    struct text_buffer text = text_buffer_in(arena);
    for (; *next < changes->count; ++*next) {
        const struct plan_change *change = LIST_AT(struct plan_change, *changes, *next);
        if (!change->milestone || strcmp(change->milestone, effect->code) != 0)
            break;
        if (effect->kind == EFFECT_CHANGED)
            put_change(arena, &text, change);
    }
    if (effect->kind == EFFECT_ADDED)
        return arena_format(arena, "new, +%s, due %s",
                            price_in_words(arena, effect->price_after_minor, currency),
                            day_format(effect->due_after_day, day));
    if (effect->kind == EFFECT_DROPPED)
        return arena_format(arena, "dropped, -%s",
                            price_in_words(arena, effect->price_before_minor, currency));
    return text.size > 0 ? text.bytes : NULL;
}

/* ---- each milestone ------------------------------------------------------------------------ */

struct effecting {
    struct arena *arena;
    const struct change_order *order;
    const struct change_basis *basis;
    struct way before;
    struct way after;
    struct list states;   /* struct milestone by code */
    struct list plans;    /* those before, and the order's */
    int64_t *parts_minor; /* what percentages come to; NULL where that cannot be told */
    struct change_effect *effect;
};

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct milestone *)a)->code, ((const struct milestone *)b)->code);
}

static const struct milestone *row_of(const struct effecting *effecting, const char *code)
{
    const struct milestone key = {.code = code};
    const struct list *states = &effecting->states;
    return states->count > 0
               ? bsearch(&key, states->rows, states->count, sizeof(struct milestone), by_code)
               : NULL;
}

static enum milestone_state state_of(const struct effecting *effecting, const char *code)
{
    const struct milestone *found = row_of(effecting, code);
    return found ? found->state : 0;
}

static struct milestone_effect effect_of(const struct effecting *effecting,
                                         const struct plan_milestone *was,
                                         const struct plan_milestone *is)
{
    const struct plan_milestone *any = is ? is : was;
    struct milestone_effect effect = {
        .code = any->code,
        .title = any->title,
        .kind = !was  ? EFFECT_ADDED
                : !is ? EFFECT_DROPPED
                      : EFFECT_UNCHANGED,
        .state = state_of(effecting, any->code),
        .price_before_minor = was ? was->price_minor : INTEGER_NONE,
        .price_after_minor = is ? is->price_minor : INTEGER_NONE,
        .change_minor = (is ? is->price_minor : 0) - (was ? was->price_minor : 0),
        .due_before_day = was ? was->due_day : DAY_NONE,
        .due_after_day = is ? is->due_day : DAY_NONE,
        .days_moved = was && is ? is->due_day - was->due_day : INTEGER_NONE,
        .graph_before_day = DAY_NONE,
        .graph_after_day = DAY_NONE,
        .slack_days = INTEGER_NONE,
        .pricing = any->pricing ? any->pricing : PRICING_FIXED,
        .percent_ppm = any->percent_ppm,
        .comes_to_minor = is ? change_comes_to(effecting->arena, effecting->order->plan, is,
                                               effecting->parts_minor)
                             : INTEGER_NONE,
        .settled_minor = is ? is->settled_minor : INTEGER_NONE,
    };
    if (was) {
        size_t node = place_of(&effecting->before, was);
        effect.graph_before_day = effecting->before.finish[node];
        effect.was_critical = is_critical(&effecting->before, node);
    }
    if (is) {
        const struct way *way = &effecting->after;
        size_t node = place_of(way, is);
        effect.graph_after_day = way->finish[node];
        effect.days_short = way->finish[node] > is->due_day ? way->finish[node] - is->due_day : 0;
        effect.slack_days = way->latest[node] - way->finish[node];
        effect.is_critical = is_critical(way, node);
    }
    return effect;
}

/* In the order of plan_diff: those of the new plan, then those dropped. */
static void set_milestones(struct effecting *effecting)
{
    const struct plan *from = effecting->basis->plan, *to = effecting->order->plan;
    const struct list *changes = &effecting->effect->changes;
    size_t count = 0, next = 0;
    struct milestone_effect *effects = arena_array(
        effecting->arena, from->milestones.count + to->milestones.count, sizeof *effects);
    while (next < changes->count && !LIST_AT(struct plan_change, *changes, next)->milestone)
        next++;
    for (size_t i = 0; i < to->milestones.count; i++) {
        const struct plan_milestone *is = planned_at(to, i);
        effects[count++] = effect_of(effecting, plan_find(&effecting->before.index, is->code), is);
    }
    for (size_t i = 0; i < from->milestones.count; i++) {
        const struct plan_milestone *was = planned_at(from, i);
        if (!plan_find(&effecting->after.index, was->code))
            effects[count++] = effect_of(effecting, was, NULL);
    }
    for (size_t i = 0; i < count; i++) {
        struct milestone_effect *effect = &effects[i];
        const struct plan_change *change =
            next < changes->count ? LIST_AT(struct plan_change, *changes, next) : NULL;
        bool is_its = change && strcmp(change->milestone, effect->code) == 0;
        if (effect->kind == EFFECT_UNCHANGED && is_its)
            effect->kind = EFFECT_CHANGED;
        effect->summary = summarize(effecting->arena, effect, to->currency, changes, &next);
    }
    effecting->effect->milestones = (struct list){effects, count};
}

/* ---- money --------------------------------------------------------------------------------- */

enum error change_tax_of(const struct plan_milestone *milestone, int64_t net_minor,
                         int64_t *tax_minor, struct fault *fault)
{
    return money_ratio(net_minor, milestone->tax_rate_ppm, TAX_RATE_MAX_PPM, ROUND_HALF_UP,
                       tax_minor, fault);
}

static enum error sum_tax(const struct plan *plan, int64_t *sum_minor, struct fault *fault)
{
    enum error error = OK;
    *sum_minor = 0;
    for (size_t i = 0; !error && i < plan->milestones.count; i++) {
        int64_t tax_minor;
        const struct plan_milestone *milestone = planned_at(plan, i);
        error = change_tax_of(milestone, milestone->price_minor, &tax_minor, fault);
        if (!error)
            error = money_add(*sum_minor, tax_minor, sum_minor, fault);
    }
    return error;
}

static enum error set_sums(const struct effecting *effecting, struct fault *fault)
{
    struct change_effect *effect = effecting->effect;
    effect->currency = effecting->order->plan->currency;
    effect->sum_before_minor = effecting->basis->plan->total_minor;
    effect->sum_after_minor = effecting->order->plan->total_minor;
    enum error error = money_subtract(effect->sum_after_minor, effect->sum_before_minor,
                                      &effect->change_minor, fault);
    if (!error)
        error = sum_tax(effecting->basis->plan, &effect->tax_before_minor, fault);
    if (!error)
        error = sum_tax(effecting->order->plan, &effect->tax_after_minor, fault);
    if (!error)
        error = money_subtract(effect->tax_after_minor, effect->tax_before_minor,
                               &effect->tax_change_minor, fault);
    return error;
}

static int by_day(const void *a, const void *b)
{
    int32_t x = ((const struct due_effect *)a)->day, y = ((const struct due_effect *)b)->day;
    return (x > y) - (x < y);
}

struct dues {
    const struct effecting *effecting;
    const struct plan *plan;
    struct list plans; /* up to this one */
    bool is_after;
    struct due_effect *rows;
    size_t count;
    size_t room;
};

static void make_room(struct dues *dues)
{
    if (dues->count < dues->room)
        return;
    size_t room = dues->room > 0 ? 2 * dues->room : 16;
    struct due_effect *rows = arena_array(dues->effecting->arena, room, sizeof *rows);
    if (dues->count > 0)
        memcpy(rows, dues->rows, dues->count * sizeof *rows);
    dues->rows = rows;
    dues->room = room;
}

static enum error add_due(struct dues *dues, const struct plan_milestone *milestone,
                          int64_t net_minor, int32_t day, struct fault *fault)
{
    int64_t tax_minor, gross_minor;
    enum error error = change_tax_of(milestone, net_minor, &tax_minor, fault);
    if (!error)
        error = money_add(net_minor, tax_minor, &gross_minor, fault);
    if (error)
        return error;
    make_room(dues);
    dues->rows[dues->count++] = (struct due_effect){
        .day = day + (int32_t)dues->plan->terms->payment_days,
        .before_minor = dues->is_after ? 0 : gross_minor,
        .after_minor = dues->is_after ? gross_minor : 0,
    };
    return OK;
}

/* Its periods that are not billed yet. A plan that is only typed may tell none. */
static enum error add_periods(struct dues *dues, const struct plan_milestone *planned,
                              struct fault *fault)
{
    const struct effecting *effecting = dues->effecting;
    const struct milestone *row = row_of(effecting, planned->code);
    const struct milestone added = {.code = planned->code};
    int64_t billed = row ? change_billed_periods(effecting->basis, row->id) : 0;
    struct list periods = {0};
    enum error error = OK;
    if (billing_periods_of(effecting->arena, &dues->plans, row ? row : &added, &periods, NULL) !=
        OK)
        return OK;
    for (size_t i = (size_t)billed; !error && i < periods.count; i++) {
        const struct billing_period *period = LIST_AT(struct billing_period, periods, i);
        error = add_due(dues, planned, period->net_minor, period->bill_day, fault);
    }
    return error;
}

/* Its price, less the progress that is billed. A plan that is only typed may say less than that. */
static int64_t left_of(const struct effecting *effecting, const struct plan_milestone *planned)
{
    const struct milestone *row = row_of(effecting, planned->code);
    int64_t left_minor = planned->price_minor - (row ? milestone_claimed(row) : 0);
    return left_minor > 0 ? left_minor : 0;
}

/* Those of one plan, each a row of its own, in before or after. */
static enum error add_dues(struct dues *dues, struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < dues->plan->milestones.count; i++) {
        const struct plan_milestone *milestone = planned_at(dues->plan, i);
        enum milestone_state state = state_of(dues->effecting, milestone->code);
        if (milestone->pricing == PRICING_RECURRING)
            error = add_periods(dues, milestone, fault);
        else if (state != MILESTONE_ACCEPTED && state != MILESTONE_DEEMED_ACCEPTED &&
                 milestone->pricing != PRICING_NON_BILLABLE)
            error = add_due(dues, milestone, left_of(dues->effecting, milestone),
                            milestone->due_day, fault);
    }
    return error; /* what is accepted is billed, or credited again: not planned any more */
}

static enum error merge_days(struct list *rows, struct fault *fault)
{
    size_t kept = 0;
    enum error error = OK;
    if (rows->count > 0)
        qsort(rows->rows, rows->count, sizeof(struct due_effect), by_day);
    for (size_t i = 0; !error && i < rows->count; i++) {
        const struct due_effect *row = LIST_AT(struct due_effect, *rows, i);
        struct due_effect *last = kept > 0 ? LIST_AT(struct due_effect, *rows, kept - 1) : NULL;
        if (!last || last->day != row->day) {
            *LIST_AT(struct due_effect, *rows, kept++) = *row;
            continue;
        }
        error = money_add(last->before_minor, row->before_minor, &last->before_minor, fault);
        if (!error)
            error = money_add(last->after_minor, row->after_minor, &last->after_minor, fault);
    }
    rows->count = kept;
    return error;
}

static enum error set_due(const struct effecting *effecting, struct fault *fault)
{
    struct list *rows = &effecting->effect->falls_due;
    struct dues dues = {
        .effecting = effecting,
        .plan = effecting->basis->plan,
        .plans = {effecting->plans.rows, effecting->plans.count - 1},
    };
    enum error error = add_dues(&dues, fault);
    dues.plan = effecting->order->plan;
    dues.plans = effecting->plans;
    dues.is_after = true;
    if (!error)
        error = add_dues(&dues, fault);
    *rows = (struct list){dues.rows, dues.count};
    return error ? error : merge_days(rows, fault);
}

/* ---- all of it ----------------------------------------------------------------------------- */

static void set_problems(const struct effecting *effecting)
{
    struct fault why = {0};
    struct arena *arena = effecting->arena;
    if (change_order_check(arena, effecting->order, effecting->basis, &why) == OK)
        return;
    struct effect_problem *problem = arena_alloc(arena, sizeof *problem);
    *problem = (struct effect_problem){error_slug(why.code), arena_text(arena, why.field),
                                       arena_text(arena, why.detail)};
    effecting->effect->problems = (struct list){problem, 1};
}

static void set_days(const struct effecting *effecting)
{
    struct change_effect *effect = effecting->effect;
    effect->end_before_day = effecting->before.end;
    effect->end_after_day = effecting->after.end;
    effect->end_moved_days = effecting->after.end - effecting->before.end;
    effect->critical_before = critical_codes(effecting->arena, &effecting->before);
    effect->critical_after = critical_codes(effecting->arena, &effecting->after);
}

/* Those before the order, and its own. Where the basis names none, what is agreed now. */
static struct list plans_with(struct arena *arena, const struct change_basis *basis,
                              const struct plan *plan)
{
    size_t count = basis->plans.count;
    const struct plan **plans = arena_array(arena, count + 2, sizeof *plans);
    if (count > 0)
        memcpy(plans, basis->plans.rows, count * sizeof *plans);
    else
        plans[count++] = basis->plan;
    plans[count++] = plan;
    return (struct list){plans, count};
}

/* NULL where the percentages of a plan that is only typed do not go together. */
static int64_t *parts_of(struct arena *arena, const struct plan *plan)
{
    int64_t sum_ppm = 0;
    int64_t *parts_minor = arena_array(arena, plan->milestones.count, sizeof *parts_minor);
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *milestone = planned_at(plan, i);
        if (milestone->pricing != PRICING_PERCENTAGE)
            continue;
        if (milestone->percent_ppm == INTEGER_NONE || milestone->percent_ppm <= 0)
            return NULL;
        sum_ppm += milestone->percent_ppm;
    }
    bool can_tell = sum_ppm <= SPLIT_WHOLE_PPM && plan_shares(plan, parts_minor, NULL) == OK;
    return can_tell ? parts_minor : NULL;
}

static struct list sorted_states(struct arena *arena, const struct list *milestones)
{
    struct list states = {
        arena_copy(arena, milestones->rows, milestones->count * sizeof(struct milestone)),
        milestones->count};
    if (states.count > 0)
        qsort(states.rows, states.count, sizeof(struct milestone), by_code);
    return states;
}

enum error change_effect(struct arena *arena, const struct change_order *order,
                         const struct change_basis *basis, struct change_effect *effect,
                         struct fault *fault)
{
    struct texts criteria = requirement_criteria(arena, basis->requirements);
    enum error error = plan_check_parts(arena, order->plan, &criteria, fault);
    if (error)
        return error;
    if (strcmp(order->plan->currency, basis->plan->currency) != 0)
        return refuse(fault, ERROR_INVALID, "plan/currency", "the contract is in %s",
                      basis->plan->currency);
    struct effecting effecting = {
        .arena = arena,
        .order = order,
        .basis = basis,
        .before = find_way(arena, basis->plan, NULL),
        .states = sorted_states(arena, basis->milestones),
        .plans = plans_with(arena, basis, order->plan),
        .parts_minor = parts_of(arena, order->plan),
        .effect = effect,
    };
    effecting.after = find_way(arena, order->plan, &effecting.before);
    effect->changes = plan_diff(arena, basis->plan, order->plan);
    effect->credits = change_credits_needed(arena, order->plan, basis);
    set_milestones(&effecting);
    set_days(&effecting);
    set_problems(&effecting);
    error = set_sums(&effecting, fault);
    return error ? error : set_due(&effecting, fault);
}
