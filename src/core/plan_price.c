#include "core/plan_price.h"

#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/limits.h"
#include "base/money.h"
#include "core/split.h"

struct price_check {
    struct arena *arena;
    const struct plan *plan;
    int64_t percent_ppm;  /* up to here */
    bool has_fixed;       /* something besides percentages */
    int64_t *parts_minor; /* of each milestone that is a percentage */
    struct fault *fault;
};

static struct plan_milestone *milestone_at(const struct plan *plan, size_t i)
{
    return LIST_AT(struct plan_milestone, plan->milestones, i);
}

static const char *place(const struct price_check *check, size_t i, const char *member)
{
    return arena_format(check->arena, "plan/milestones/%zu/%s", i, member);
}

/* "30" of 300000. */
static const char *percent_text(const struct price_check *check, int64_t percent_ppm)
{
    enum { PERCENT_DECIMALS = 4 };
    char text[DECIMAL_TEXT_SIZE];
    return arena_text(check->arena, decimal_format_short(percent_ppm, PERCENT_DECIMALS, text));
}

/* ---- what is settled ----------------------------------------------------------------------- */

bool plan_is_settled(const struct plan_milestone *milestone)
{
    return milestone->settled_minor != INTEGER_NONE;
}

static int64_t settled_of(const struct plan_milestone *milestone)
{
    return plan_is_settled(milestone) ? milestone->settled_minor : 0;
}

static bool is_share(const struct plan_milestone *milestone, bool is_settled)
{
    return milestone->pricing == PRICING_PERCENTAGE && plan_is_settled(milestone) == is_settled;
}

static bool has_settled_shares(const struct plan *plan)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (is_share(milestone_at(plan, i), true))
            return true;
    }
    return false;
}

static int64_t sum_ppm(const struct plan *plan, bool is_settled)
{
    int64_t sum_ppm = 0;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        if (is_share(milestone_at(plan, i), is_settled))
            sum_ppm += milestone_at(plan, i)->percent_ppm;
    }
    return sum_ppm;
}

enum error plan_rest_of_shares(const struct plan *plan, int64_t *rest_minor, struct fault *fault)
{
    int64_t ppm = sum_ppm(plan, true) + sum_ppm(plan, false);
    enum error error =
        split_step(plan->total_minor, 0, ppm, SPLIT_WHOLE_PPM, ROUND_HALF_UP, rest_minor, fault);
    for (size_t i = 0; !error && i < plan->milestones.count; i++) {
        if (is_share(milestone_at(plan, i), true))
            error =
                money_subtract(*rest_minor, settled_of(milestone_at(plan, i)), rest_minor, fault);
    }
    return error;
}

enum error plan_shares(const struct plan *plan, int64_t *parts_minor, struct fault *fault)
{
    char amount[MONEY_TEXT_SIZE];
    int64_t whole_minor = plan->total_minor, whole_ppm = SPLIT_WHOLE_PPM, up_to_ppm = 0;
    enum error error = OK;
    if (has_settled_shares(plan)) {
        whole_ppm = sum_ppm(plan, false);
        error = plan_rest_of_shares(plan, &whole_minor, fault);
    }
    if (!error && whole_ppm > 0 && whole_minor < 0)
        return refuse(fault, ERROR_SUM_MISMATCH, "plan/total",
                      "what is settled of the percentages is %s %s more than they come to",
                      money_format(-whole_minor, plan->currency, amount), plan->currency);
    for (size_t i = 0; !error && i < plan->milestones.count; i++) {
        const struct plan_milestone *milestone = milestone_at(plan, i);
        if (is_share(milestone, true))
            parts_minor[i] = milestone->settled_minor;
        if (!is_share(milestone, false))
            continue;
        error = split_step(whole_minor, up_to_ppm, up_to_ppm + milestone->percent_ppm, whole_ppm,
                           ROUND_HALF_UP, &parts_minor[i], fault);
        up_to_ppm += milestone->percent_ppm;
    }
    return error;
}

enum error plan_check_first(struct arena *arena, const struct plan *plan, struct fault *fault)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *milestone = milestone_at(plan, i);
        bool has_periods = milestone->settled_periods != INTEGER_NONE;
        if (plan_is_settled(milestone) || has_periods)
            return refuse(fault, ERROR_INVALID,
                          arena_format(arena, "plan/milestones/%zu/%s", i,
                                       has_periods ? "settled_periods" : "settled"),
                          "only a change order has something that is settled already");
    }
    return OK;
}

/* ---- each by its pricing ------------------------------------------------------------------- */

/* The members that only one pricing has. */
static enum error check_only(const struct price_check *check, size_t i, enum pricing pricing)
{
    const struct plan_milestone *milestone = milestone_at(check->plan, i);
    if (pricing != PRICING_PERCENTAGE && milestone->percent_ppm != INTEGER_NONE)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "percent_ppm"),
                      "only goes with the pricing percentage");
    if (pricing != PRICING_RECURRING && milestone->recurrence)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "recurrence"),
                      "only goes with the pricing recurring");
    if (pricing != PRICING_RECURRING && milestone->period_price_minor != INTEGER_NONE)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "period_price"),
                      "only goes with the pricing recurring");
    if (pricing != PRICING_RECURRING && milestone->settled_periods != INTEGER_NONE)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "settled_periods"),
                      "only goes with the pricing recurring");
    if (pricing != PRICING_RECURRING && pricing != PRICING_PERCENTAGE && plan_is_settled(milestone))
        return refuse(check->fault, ERROR_INVALID, place(check, i, "settled"),
                      "only goes with the pricings percentage and recurring");
    return OK;
}

static enum error check_fixed(struct price_check *check, size_t i)
{
    check->has_fixed = true;
    return check_only(check, i, PRICING_FIXED);
}

static enum error check_non_billable(struct price_check *check, size_t i)
{
    if (milestone_at(check->plan, i)->price_minor != 0)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "price"),
                      "what is not billable has no price");
    return check_only(check, i, PRICING_NON_BILLABLE);
}

static enum error check_share(const struct price_check *check, size_t i, int64_t before_ppm)
{
    char price[MONEY_TEXT_SIZE];
    const struct plan *plan = check->plan;
    const struct plan_milestone *milestone = milestone_at(plan, i);
    if (check->parts_minor[i] == milestone->price_minor)
        return OK;
    money_format(check->parts_minor[i], plan->currency, price);
    if (plan_is_settled(milestone))
        return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "settled"),
                      "what is settled of a percentage is the whole of its price");
    if (has_settled_shares(plan))
        return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "price"),
                      "%s%% of the total, with what is settled, is %s %s",
                      percent_text(check, milestone->percent_ppm), price, plan->currency);
    return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "price"),
                  "%s%% of the total, after %s%% before it, is %s %s",
                  percent_text(check, milestone->percent_ppm), percent_text(check, before_ppm),
                  price, plan->currency);
}

static enum error check_percentage(struct price_check *check, size_t i)
{
    int64_t percent_ppm = milestone_at(check->plan, i)->percent_ppm;
    int64_t before_ppm = check->percent_ppm;
    if (percent_ppm == INTEGER_NONE || percent_ppm <= 0)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "percent_ppm"),
                      "must be above zero");
    if (percent_ppm > SPLIT_WHOLE_PPM - before_ppm)
        return refuse(check->fault, ERROR_OUT_OF_RANGE, place(check, i, "percent_ppm"),
                      "makes more than 100%%");
    check->percent_ppm += percent_ppm;
    return check_only(check, i, PRICING_PERCENTAGE);
}

static enum error check_shares(const struct price_check *check)
{
    int64_t before_ppm = 0;
    if (check->percent_ppm == 0)
        return OK;
    enum error error = plan_shares(check->plan, check->parts_minor, check->fault);
    for (size_t i = 0; !error && i < check->plan->milestones.count; i++) {
        if (milestone_at(check->plan, i)->pricing != PRICING_PERCENTAGE)
            continue;
        error = check_share(check, i, before_ppm);
        before_ppm += milestone_at(check->plan, i)->percent_ppm;
    }
    return error;
}

static enum error check_period_price(const struct price_check *check, size_t i,
                                     const struct list *periods)
{
    char price[MONEY_TEXT_SIZE];
    int64_t sum_minor;
    const struct plan_milestone *milestone = milestone_at(check->plan, i);
    int64_t *parts_minor = arena_array(check->arena, periods->count, sizeof *parts_minor);
    enum error error =
        recurrence_price(milestone->recurrence, periods, milestone->period_price_minor, parts_minor,
                         &sum_minor, check->fault);
    if (!error)
        error = money_add(sum_minor, settled_of(milestone), &sum_minor, check->fault);
    if (error)
        return refuse(check->fault, error, place(check, i, "period_price"), "outside its limits");
    if (sum_minor == milestone->price_minor)
        return OK;
    return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "price"),
                  "its %zu periods%s sum to %s %s", periods->count,
                  plan_is_settled(milestone) ? " and what is settled" : "",
                  money_format(sum_minor, check->plan->currency, price), check->plan->currency);
}

/* What is settled goes with the number of its periods, and is part of the price. */
static enum error check_settled_periods(const struct price_check *check, size_t i)
{
    const struct plan_milestone *milestone = milestone_at(check->plan, i);
    if (plan_is_settled(milestone) != (milestone->settled_periods != INTEGER_NONE))
        return refuse(check->fault, ERROR_INVALID,
                      place(check, i, plan_is_settled(milestone) ? "settled_periods" : "settled"),
                      "is missing");
    if (settled_of(milestone) > milestone->price_minor)
        return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "settled"),
                      "is more than the price");
    if (milestone->recurrence)
        return OK;
    if (!plan_is_settled(milestone))
        return refuse(check->fault, ERROR_INVALID, place(check, i, "recurrence"), "is missing");
    if (settled_of(milestone) < milestone->price_minor)
        return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "price"),
                      "it ends with what is settled, and costs that");
    return OK;
}

static enum error check_recurring(struct price_check *check, size_t i)
{
    struct fault why = {0};
    struct list periods;
    const struct plan_milestone *milestone = milestone_at(check->plan, i);
    check->has_fixed = true;
    enum error error = check_settled_periods(check, i);
    if (error)
        return error;
    if (!milestone->recurrence) {
        if (milestone->period_price_minor != INTEGER_NONE)
            return refuse(check->fault, ERROR_INVALID, place(check, i, "period_price"),
                          "only goes with a recurrence");
        return check_only(check, i, PRICING_RECURRING);
    }
    error = recurrence_periods(check->arena, milestone->recurrence, &periods, &why);
    if (!error && milestone->settled_periods != INTEGER_NONE &&
        milestone->settled_periods + (int64_t)periods.count > LIST_LIMIT) {
        error = ERROR_OUT_OF_RANGE;
        why = (struct fault){.field = "end_day", .detail = "makes too many periods"};
    }
    if (error)
        return refuse(check->fault, error,
                      place(check, i, arena_format(check->arena, "recurrence/%s", why.field)), "%s",
                      why.detail);
    error = check_only(check, i, PRICING_RECURRING);
    if (!error && milestone->period_price_minor != INTEGER_NONE)
        error = check_period_price(check, i, &periods);
    return error;
}

/* A price of its own, of which shares are billed. */
static enum error check_progress(struct price_check *check, size_t i)
{
    check->has_fixed = true;
    return check_only(check, i, PRICING_PROGRESS);
}

static enum error (*const checks[])(struct price_check *check, size_t i) = {
    [0] = check_fixed,
    [PRICING_FIXED] = check_fixed,
    [PRICING_PERCENTAGE] = check_percentage,
    [PRICING_NON_BILLABLE] = check_non_billable,
    [PRICING_RECURRING] = check_recurring,
    [PRICING_PROGRESS] = check_progress,
};

/* ---- all of them --------------------------------------------------------------------------- */

static enum error sum_prices(const struct plan *plan, int64_t *sum_minor, struct fault *fault)
{
    *sum_minor = 0;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        enum error error =
            money_add(*sum_minor, milestone_at(plan, i)->price_minor, sum_minor, fault);
        if (error)
            return error;
    }
    return OK;
}

/* Too few millionths can be lost in rounding, and would be missing later. */
static enum error check_whole(const struct price_check *check)
{
    if (check->has_fixed || check->percent_ppm == 0 || check->percent_ppm == SPLIT_WHOLE_PPM)
        return OK;
    return refuse(check->fault, ERROR_SUM_MISMATCH, "plan/milestones",
                  "the percentages make %s%%, not 100%%", percent_text(check, check->percent_ppm));
}

static enum error check_sum(const struct price_check *check)
{
    const struct plan *plan = check->plan;
    int64_t sum_minor;
    char sum[MONEY_TEXT_SIZE], difference[MONEY_TEXT_SIZE];
    enum error error = sum_prices(plan, &sum_minor, check->fault);
    if (error || sum_minor == plan->total_minor)
        return error;
    int64_t difference_minor =
        plan->total_minor - sum_minor; /* both are within AMOUNT_LIMIT * 1000 */
    return refuse(check->fault, ERROR_SUM_MISMATCH, "plan/total",
                  "the prices sum to %s %s, %s %s the total",
                  money_format(sum_minor, plan->currency, sum), plan->currency,
                  money_format(llabs(difference_minor), plan->currency, difference),
                  difference_minor > 0 ? "below" : "above");
}

enum error plan_check_prices(struct arena *arena, const struct plan *plan, struct fault *fault)
{
    struct price_check check = {
        .arena = arena,
        .plan = plan,
        .parts_minor = arena_array(arena, plan->milestones.count, sizeof *check.parts_minor),
        .fault = fault,
    };
    enum error error = OK;
    for (size_t i = 0; !error && i < plan->milestones.count; i++)
        error = checks[milestone_at(plan, i)->pricing](&check, i);
    if (!error)
        error = check_shares(&check);
    if (!error)
        error = check_whole(&check);
    return error ? error : check_sum(&check);
}

/* ---- settling ------------------------------------------------------------------------------ */

static bool is_fixed(const struct plan_milestone *milestone)
{
    return milestone->pricing == 0 || milestone->pricing == PRICING_FIXED;
}

static enum error put_on(struct plan_milestone *milestone, int64_t difference_minor,
                         struct fault *fault)
{
    int64_t price_minor;
    if (!is_fixed(milestone))
        return refuse(fault, ERROR_INVALID, "code", "the price of %s is %s, not fixed",
                      milestone->code, choice_name(&pricing_choices, (int)milestone->pricing));
    enum error error = money_add(milestone->price_minor, difference_minor, &price_minor, fault);
    if (error)
        return error;
    if (price_minor < 0 || price_minor > AMOUNT_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "code", "the price of %s would leave its limits",
                      milestone->code);
    milestone->price_minor = price_minor;
    return OK;
}

enum error plan_put_difference(struct plan *plan, const char *code, struct fault *fault)
{
    int64_t sum_minor, difference_minor;
    enum error error = sum_prices(plan, &sum_minor, fault);
    if (!error)
        error = money_subtract(plan->total_minor, sum_minor, &difference_minor, fault);
    if (error)
        return error;
    for (size_t i = 0; i < plan->milestones.count; i++) {
        struct plan_milestone *milestone = milestone_at(plan, i);
        if (milestone->code && strcmp(milestone->code, code) == 0)
            return put_on(milestone, difference_minor, fault);
    }
    return refuse(fault, ERROR_NOT_FOUND, "code", "there is no milestone %s", code);
}
