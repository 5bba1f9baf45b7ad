#include "core/earned_value.h"

#include "base/day.h"
#include "base/limits.h"
#include "base/money.h"
#include "base/must.h"
#include "core/fields.h"
#include "core/ratio.h"

static const char *const earning_rules[] = {
    [EARN_ON_ACCEPTANCE] = "acceptance",
    [EARN_IN_HALVES] = "halves",
    [EARN_BY_CRITERIA] = "criteria",
    [EARN_BY_TASKS] = "tasks",
};
const struct choices earning_rule_choices = CHOICES("earning_rule", earning_rules);

static const struct field earned_value_fields[] = {
    FIELD(struct earned_value, code, TEXT, .limit = CODE_LIMIT),
    FIELD(struct earned_value, rule, CHOICE, .choices = &earning_rule_choices),
    FIELD(struct earned_value, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct earned_value, budget_minor, MONEY),
    FIELD(struct earned_value, planned_minor, MONEY),
    FIELD(struct earned_value, earned_minor, MONEY),
    FIELD(struct earned_value, actual_minor, MONEY, .flags = NULLABLE),
    FIELD(struct earned_value, schedule_variance_minor, MONEY),
    FIELD(struct earned_value, cost_variance_minor, MONEY, .flags = NULLABLE),
    FIELD(struct earned_value, schedule_index_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct earned_value, cost_index_ppm, INTEGER, .flags = NULLABLE),
    FIELD(struct earned_value, expected_cost_minor, MONEY, .flags = NULLABLE),
    FIELD(struct earned_value, to_complete_index_ppm, INTEGER, .flags = NULLABLE),
};
const struct shape earned_value_shape =
    SHAPE("earned_value", struct earned_value, earned_value_fields);

static const struct field kept_value_fields[] = {
    FIELD(struct earned_value, code, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct earned_value, rule, CHOICE, .flags = REQUIRED, .choices = &earning_rule_choices),
    FIELD(struct earned_value, budget_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct earned_value, planned_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct earned_value, earned_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct earned_value, actual_minor, MONEY, .flags = NULLABLE, .minimum = -AMOUNT_LIMIT,
          .maximum = AMOUNT_LIMIT),
};
const struct shape kept_value_shape = SHAPE("kept_value", struct earned_value, kept_value_fields);

/* ---- of one milestone ---------------------------------------------------------------------- */

static const struct earning_share nothing = {EARNING_NOTHING, 0, 1};
static const struct earning_share half = {EARNING_HALF, 1, 2};
static const struct earning_share whole = {EARNING_WHOLE, 1, 1};

/* Half up; the part is not above the whole, so it fits. */
static int64_t amount_of(int64_t budget_minor, struct earning_share share)
{
    int64_t share_minor;
    enum error error =
        money_ratio(budget_minor, share.part, share.whole, ROUND_HALF_UP, &share_minor, NULL);
    must(error == OK);
    return share_minor;
}

static int32_t planned_start(const struct earning *earning)
{
    bool has_start = earning->start_day != DAY_NONE && earning->start_day <= earning->due_day;
    return has_start ? earning->start_day : earning->due_day;
}

struct earning_share earning_planned_share(const struct earning *earning, int32_t day)
{
    int32_t start_day = planned_start(earning);
    if (day >= earning->due_day)
        return whole;
    if (day < start_day || earning->rule == EARN_ON_ACCEPTANCE)
        return nothing;
    if (earning->rule == EARN_IN_HALVES)
        return half;
    return (struct earning_share){EARNING_BY_DAYS, (int64_t)day - start_day + 1,
                                  (int64_t)earning->due_day - start_day + 1};
}

int64_t earning_planned(const struct earning *earning, int32_t day)
{
    return amount_of(earning->budget_minor, earning_planned_share(earning, day));
}

struct earning_share earning_earned_share(const struct earning *earning)
{
    static const enum earning_reason reasons[] = {
        [EARN_BY_CRITERIA] = EARNING_BY_CRITERIA,
        [EARN_BY_TASKS] = EARNING_BY_TASKS,
    };
    if (earning->is_accepted)
        return whole;
    if (earning->rule == EARN_ON_ACCEPTANCE)
        return nothing;
    if (earning->rule == EARN_IN_HALVES)
        return earning->is_started ? half : nothing;
    if (earning->whole == 0)
        return nothing;
    return (struct earning_share){reasons[earning->rule], earning->reached, earning->whole};
}

int64_t earning_earned(const struct earning *earning)
{
    return amount_of(earning->budget_minor, earning_earned_share(earning));
}

/* ---- figures ------------------------------------------------------------------------------- */

void earned_value_reckon(struct earned_value *value)
{
    int64_t left_minor = value->budget_minor - value->earned_minor;
    value->schedule_variance_minor = value->earned_minor - value->planned_minor;
    value->schedule_index_ppm = ratio_ppm(value->earned_minor, value->planned_minor);
    value->cost_variance_minor = INTEGER_NONE;
    value->cost_index_ppm = INTEGER_NONE;
    value->expected_cost_minor = INTEGER_NONE;
    value->to_complete_index_ppm = INTEGER_NONE;
    if (value->actual_minor == INTEGER_NONE)
        return;
    value->cost_variance_minor = value->earned_minor - value->actual_minor;
    value->cost_index_ppm = ratio_ppm(value->earned_minor, value->actual_minor);
    if (value->cost_index_ppm != INTEGER_NONE)
        value->expected_cost_minor =
            ratio_of(value->budget_minor, value->actual_minor, value->earned_minor);
    if (value->actual_minor < value->budget_minor)
        value->to_complete_index_ppm =
            ratio_ppm(left_minor, value->budget_minor - value->actual_minor);
}
