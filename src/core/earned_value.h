/* Earned value: what should be done by a day, what is done, and what it cost, all in the same
 * money, and the figures that compare them.
 *
 * A milestone's budget is planned to be earned, and is earned, by its earning rule. Discrete rules
 * plan by the days on which they earn; rules by progress plan evenly over the calendar days from
 * start to due day, both included. An accepted milestone has earned all of its budget, by any rule.
 *
 * Amounts are minor units, rounded half up on the absolute value, once each. Ratios are millionths,
 * rounded likewise. A figure whose divisor is zero, or that needs one which is none, is none
 * (INTEGER_NONE), never 0; so is one too large for an amount. */
#ifndef WAYMARK_CORE_EARNED_VALUE_H
#define WAYMARK_CORE_EARNED_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/shape.h"

enum earning_rule {
    EARN_ON_ACCEPTANCE = 1, /* nothing before it: 0/100 */
    EARN_IN_HALVES,         /* half when work starts, the rest when it is accepted: 50/50 */
    EARN_BY_CRITERIA,       /* by those that the client has accepted, equal shares */
    EARN_BY_TASKS,          /* by the estimates of the tasks that are done */
};
extern const struct choices earning_rule_choices;

/* A milestone on a day. */
struct earning {
    int64_t budget_minor; /* not negative */
    enum earning_rule rule;
    int32_t start_day; /* as planned; DAY_NONE, or one after the due day: the due day */
    int32_t due_day;
    bool is_started;
    bool is_accepted;
    int64_t reached; /* of whole: criteria, or minutes; 0 <= reached <= whole */
    int64_t whole;   /* 0: nothing is earned before acceptance */
};

enum earning_reason {
    EARNING_NOTHING = 1,
    EARNING_HALF,
    EARNING_BY_DAYS, /* from start to due day */
    EARNING_BY_CRITERIA,
    EARNING_BY_TASKS,
    EARNING_WHOLE,
};

/* Part of whole of the budget: 0 <= part <= whole, whole > 0. */
struct earning_share {
    enum earning_reason reason;
    int64_t part;
    int64_t whole;
};

/* PV: what should have been earned by the end of the day. */
struct earning_share earning_planned_share(const struct earning *earning, int32_t day);
int64_t earning_planned(const struct earning *earning, int32_t day);

/* EV: what has been. */
struct earning_share earning_earned_share(const struct earning *earning);
int64_t earning_earned(const struct earning *earning);

struct earned_value {
    const char *code;       /* of the milestone; none: all */
    enum earning_rule rule; /* none for all */
    const char *currency;
    int64_t budget_minor;            /* BAC */
    int64_t planned_minor;           /* PV */
    int64_t earned_minor;            /* EV */
    int64_t actual_minor;            /* AC; INTEGER_NONE if what the work costs is not known */
    int64_t schedule_variance_minor; /* SV = EV - PV */
    int64_t cost_variance_minor;     /* CV = EV - AC */
    int64_t schedule_index_ppm;      /* SPI = EV / PV */
    int64_t cost_index_ppm;          /* CPI = EV / AC */
    int64_t expected_cost_minor;     /* EAC = BAC / CPI, reckoned as BAC * AC / EV */
    int64_t to_complete_index_ppm;   /* TCPI = (BAC - EV) / (BAC - AC); none if no budget is left */
};
extern const struct shape earned_value_shape;

/* The same struct without the figures that come of the others: what is kept of it. */
extern const struct shape kept_value_shape;

/* Fills the figures from budget_minor, planned_minor, earned_minor and actual_minor. */
void earned_value_reckon(struct earned_value *value);

#endif
