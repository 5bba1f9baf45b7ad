#include "core/change_effect.h"

#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "base/text.h"
#include "core/change_check.h"
#include "core/change_dues.h"
#include "core/change_pricing.h"
#include "core/fields.h"
#include "core/plan_check.h"
#include "core/plan_days.h"
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
static const struct choices effect_kind_choices = CHOICES("effect_kind", effect_kinds);

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
static const struct shape milestone_effect_shape =
    SHAPE("milestone_effect", struct milestone_effect, milestone_effect_fields);

static const struct field due_effect_fields[] = {
    FIELD(struct due_effect, day, DAY),
    FIELD(struct due_effect, before_minor, MONEY),
    FIELD(struct due_effect, after_minor, MONEY),
};
static const struct shape due_effect_shape =
    SHAPE("due_effect", struct due_effect, due_effect_fields);

static const struct field effect_problem_fields[] = {
    FIELD(struct effect_problem, code, TEXT),
    FIELD(struct effect_problem, field, TEXT),
    FIELD(struct effect_problem, detail, TEXT),
};
static const struct shape effect_problem_shape =
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
    struct plan_days before;
    struct plan_days after;
    struct milestone_index rows;
    int64_t *parts_minor; /* what percentages come to; NULL where that cannot be told */
    struct change_effect *effect;
};

static enum milestone_state state_of(const struct effecting *effecting, const char *code)
{
    const struct milestone *found = milestone_find(&effecting->rows, code);
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
        size_t node = plan_days_place(&effecting->before, was);
        effect.graph_before_day = effecting->before.finish[node];
        effect.was_critical = plan_days_is_critical(&effecting->before, node);
    }
    if (is) {
        const struct plan_days *days = &effecting->after;
        size_t node = plan_days_place(days, is);
        effect.graph_after_day = days->finish[node];
        effect.days_short = days->finish[node] > is->due_day ? days->finish[node] - is->due_day : 0;
        effect.slack_days = days->latest[node] - days->finish[node];
        effect.is_critical = plan_days_is_critical(days, node);
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

/* ---- sums ---------------------------------------------------------------------------------- */

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
    effect->critical_before = plan_days_critical(effecting->arena, &effecting->before);
    effect->critical_after = plan_days_critical(effecting->arena, &effecting->after);
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
        .before = plan_days_of(arena, basis->plan, NULL),
        .rows = milestone_index(arena, basis->milestones),
        .parts_minor = parts_of(arena, order->plan),
        .effect = effect,
    };
    effecting.after = plan_days_of(arena, order->plan, &effecting.before);
    effect->changes = plan_diff(arena, basis->plan, order->plan);
    effect->credits = change_credits_needed(arena, order->plan, basis);
    set_milestones(&effecting);
    set_days(&effecting);
    set_problems(&effecting);
    error = set_sums(&effecting, fault);
    return error ? error : change_dues(arena, order->plan, basis, &effect->falls_due, fault);
}
