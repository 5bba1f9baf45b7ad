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
    int64_t percent_ppm; /* up to here */
    bool has_fixed;      /* something besides percentages */
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
    int64_t price_minor;
    const struct plan *plan = check->plan;
    enum error error = split_step(plan->total_minor, before_ppm, check->percent_ppm,
                                  SPLIT_WHOLE_PPM, ROUND_HALF_UP, &price_minor, check->fault);
    if (error || price_minor == milestone_at(plan, i)->price_minor)
        return error;
    return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "price"),
                  "%s%% of the total, after %s%% before it, is %s %s",
                  percent_text(check, check->percent_ppm - before_ppm),
                  percent_text(check, before_ppm), money_format(price_minor, plan->currency, price),
                  plan->currency);
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
    enum error error = check_only(check, i, PRICING_PERCENTAGE);
    return error ? error : check_share(check, i, before_ppm);
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
    if (error)
        return refuse(check->fault, error, place(check, i, "period_price"), "outside its limits");
    if (sum_minor == milestone->price_minor)
        return OK;
    return refuse(check->fault, ERROR_SUM_MISMATCH, place(check, i, "price"),
                  "its %zu periods sum to %s %s", periods->count,
                  money_format(sum_minor, check->plan->currency, price), check->plan->currency);
}

static enum error check_recurring(struct price_check *check, size_t i)
{
    struct fault why = {0};
    struct list periods;
    const struct plan_milestone *milestone = milestone_at(check->plan, i);
    check->has_fixed = true;
    if (!milestone->recurrence)
        return refuse(check->fault, ERROR_INVALID, place(check, i, "recurrence"), "is missing");
    enum error error = recurrence_periods(check->arena, milestone->recurrence, &periods, &why);
    if (error)
        return refuse(check->fault, error,
                      place(check, i, arena_format(check->arena, "recurrence/%s", why.field)), "%s",
                      why.detail);
    error = check_only(check, i, PRICING_RECURRING);
    if (!error && milestone->period_price_minor != INTEGER_NONE)
        error = check_period_price(check, i, &periods);
    return error;
}

static enum error (*const checks[])(struct price_check *check, size_t i) = {
    [0] = check_fixed,
    [PRICING_FIXED] = check_fixed,
    [PRICING_PERCENTAGE] = check_percentage,
    [PRICING_NON_BILLABLE] = check_non_billable,
    [PRICING_RECURRING] = check_recurring,
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
    struct price_check check = {.arena = arena, .plan = plan, .fault = fault};
    enum error error = OK;
    for (size_t i = 0; !error && i < plan->milestones.count; i++)
        error = checks[milestone_at(plan, i)->pricing](&check, i);
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
