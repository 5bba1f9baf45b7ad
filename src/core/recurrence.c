#include "core/recurrence.h"

#include "base/day.h"
#include "base/money.h"
#include "base/must.h"
#include "core/fields.h"
#include "core/split.h"

static const char *const rhythms[] = {
    [RHYTHM_WEEKLY] = "weekly",           [RHYTHM_BIWEEKLY] = "biweekly",
    [RHYTHM_FOUR_WEEKLY] = "four_weekly", [RHYTHM_SEMI_MONTHLY] = "semi_monthly",
    [RHYTHM_MONTHLY] = "monthly",         [RHYTHM_QUARTERLY] = "quarterly",
    [RHYTHM_YEARLY] = "yearly",
};
const struct choices rhythm_choices = CHOICES("rhythm", rhythms);

static const char *const bill_ats[] = {
    [BILL_AT_START] = "period_start",
    [BILL_AT_END] = "period_end",
};
static const struct choices bill_at_choices = CHOICES("bill_at", bill_ats);

#define DAY_OF_MONTH .flags = NULLABLE, .minimum = 1, .maximum = 31
static const struct field recurrence_fields[] = {
    FIELD(struct recurrence, rhythm, CHOICE, .flags = REQUIRED, .choices = &rhythm_choices),
    FIELD(struct recurrence, anchor_day, DAY, OPTIONAL),
    FIELD(struct recurrence, start_day, DAY, .flags = REQUIRED),
    FIELD(struct recurrence, end_day, DAY, .flags = REQUIRED),
    FIELD(struct recurrence, last_of_month, BOOLEAN, .initial = false),
    FIELD(struct recurrence, first_of_two, INTEGER, DAY_OF_MONTH),
    FIELD(struct recurrence, second_of_two, INTEGER, DAY_OF_MONTH),
    FIELD(struct recurrence, prorated, BOOLEAN, .initial = false),
    FIELD(struct recurrence, bill_at, CHOICE, .flags = REQUIRED, .choices = &bill_at_choices,
          .initial = BILL_AT_START),
};
const struct shape recurrence_shape = SHAPE("recurrence", struct recurrence, recurrence_fields);

/* A rhythm goes by days, by months, or by two days of each month. */
static const struct {
    int days;
    int months;
} lengths[] = {
    [RHYTHM_WEEKLY] = {.days = 7},       [RHYTHM_BIWEEKLY] = {.days = 14},
    [RHYTHM_FOUR_WEEKLY] = {.days = 28}, [RHYTHM_SEMI_MONTHLY] = {0},
    [RHYTHM_MONTHLY] = {.months = 1},    [RHYTHM_QUARTERLY] = {.months = 3},
    [RHYTHM_YEARLY] = {.months = 12},
};

/* ---- checking ------------------------------------------------------------------------------ */

/* So that the two never fall on one day, not even in February. */
enum { FIRST_OF_TWO_MAX = 27 };

static enum error check_two_days(const struct recurrence *recurrence, struct fault *fault)
{
    bool has_first = recurrence->first_of_two != INTEGER_NONE;
    bool has_second = recurrence->second_of_two != INTEGER_NONE;
    if (recurrence->rhythm != RHYTHM_SEMI_MONTHLY)
        return has_first || has_second
                   ? refuse(fault, ERROR_INVALID, has_first ? "first_of_two" : "second_of_two",
                            "only a semi-monthly rhythm has two days of the month")
                   : OK;
    if (!has_first || !has_second)
        return refuse(fault, ERROR_INVALID, has_first ? "second_of_two" : "first_of_two",
                      "a semi-monthly rhythm names two days of the month");
    if (recurrence->first_of_two < 1 || recurrence->first_of_two > FIRST_OF_TWO_MAX)
        return refuse(fault, ERROR_OUT_OF_RANGE, "first_of_two", "must be from 1 to %d",
                      FIRST_OF_TWO_MAX);
    if (recurrence->second_of_two <= recurrence->first_of_two || recurrence->second_of_two > 31)
        return refuse(fault, ERROR_OUT_OF_RANGE, "second_of_two",
                      "must be a later day of the month than the first, up to 31");
    return OK;
}

enum error recurrence_check(const struct recurrence *recurrence, struct fault *fault)
{
    if (!recurrence->rhythm)
        return refuse(fault, ERROR_INVALID, "rhythm", "is missing");
    if (!recurrence->bill_at)
        return refuse(fault, ERROR_INVALID, "bill_at", "is missing");
    if (recurrence->start_day == DAY_NONE)
        return refuse(fault, ERROR_INVALID, "start_day", "is missing");
    if (recurrence->end_day == DAY_NONE)
        return refuse(fault, ERROR_INVALID, "end_day", "is missing");
    if (recurrence->end_day < recurrence->start_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "end_day", "is before the start");
    if (recurrence->last_of_month && lengths[recurrence->rhythm].months == 0)
        return refuse(fault, ERROR_INVALID, "last_of_month", "only goes with whole months");
    return check_two_days(recurrence, fault);
}

/* ---- days ---------------------------------------------------------------------------------- */

static int32_t anchor_of(const struct recurrence *recurrence)
{
    return recurrence->anchor_day == DAY_NONE ? recurrence->start_day : recurrence->anchor_day;
}

/* Rounds down, unlike C. */
static int half_of(int k)
{
    return k >= 0 ? k / 2 : -((1 - k) / 2);
}

static enum error one_of_two(const struct recurrence *recurrence, int k, int32_t *day,
                             struct fault *fault)
{
    int months = half_of(k);
    int64_t wanted = k == 2 * months ? recurrence->first_of_two : recurrence->second_of_two;
    int32_t month_end;
    const struct day_anchor anchor = {anchor_of(recurrence), .last_of_month = true};
    enum error error = day_add_months(anchor, months, &month_end, fault);
    if (error)
        return error;
    int length = day_to_civil(month_end).day;
    *day = month_end - length + (int32_t)(wanted < length ? wanted : length);
    return OK;
}

enum error recurrence_day(const struct recurrence *recurrence, int k, int32_t *day,
                          struct fault *fault)
{
    int days = lengths[recurrence->rhythm].days;
    int months = lengths[recurrence->rhythm].months;
    int steps;
    if (recurrence->rhythm == RHYTHM_SEMI_MONTHLY)
        return one_of_two(recurrence, k, day, fault);
    if (__builtin_mul_overflow(k, days ? days : months, &steps))
        return refuse(fault, ERROR_OUT_OF_RANGE, NULL, "outside the years 1 to 9999");
    if (days)
        return day_add(anchor_of(recurrence), steps, day, fault);
    const struct day_anchor anchor = {anchor_of(recurrence), recurrence->last_of_month};
    return day_add_months(anchor, steps, day, fault);
}

/* ---- periods ------------------------------------------------------------------------------- */

/* The calendar repeats itself after 400 years. */
enum { ERA_DAYS = 146097, ERA_MONTHS = 4800 };

/* The last occurrence that is not after the start. The mean length of months comes within two. */
static enum error first_occurrence(const struct recurrence *recurrence, int *k, struct fault *fault)
{
    int days = lengths[recurrence->rhythm].days;
    int months = lengths[recurrence->rhythm].months;
    int64_t apart = (int64_t)recurrence->start_day - anchor_of(recurrence);
    int64_t whole = days     ? apart / days
                    : months ? apart * ERA_MONTHS / (ERA_DAYS * (int64_t)months)
                             : apart * ERA_MONTHS * 2 / ERA_DAYS;
    int32_t day;
    *k = (int)whole + 2;
    enum error error = recurrence_day(recurrence, *k, &day, fault);
    while (!error && day > recurrence->start_day)
        error = recurrence_day(recurrence, --*k, &day, fault);
    return error;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t earlier(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static struct recurrence_period cut(const struct recurrence *recurrence, int64_t number,
                                    int32_t day, int32_t next)
{
    struct recurrence_period period = {
        .number = number,
        .start_day = later(day, recurrence->start_day),
        .end_day = earlier(next - 1, recurrence->end_day),
        .full_days = (int64_t)next - day,
    };
    period.days = (int64_t)period.end_day - period.start_day + 1;
    period.bill_day = recurrence->bill_at == BILL_AT_START ? period.start_day : period.end_day;
    return period;
}

enum error recurrence_periods(struct arena *arena, const struct recurrence *recurrence,
                              struct list *periods, struct fault *fault)
{
    int k;
    int32_t day, next;
    size_t count = 0;
    struct recurrence_period *rows = arena_array(arena, LIST_LIMIT, sizeof *rows);
    enum error error = recurrence_check(recurrence, fault);
    if (!error)
        error = first_occurrence(recurrence, &k, fault);
    if (!error)
        error = recurrence_day(recurrence, k, &day, fault);
    while (!error && day <= recurrence->end_day) {
        if (count == LIST_LIMIT)
            return refuse(fault, ERROR_OUT_OF_RANGE, "end_day", "makes more than %d periods",
                          LIST_LIMIT);
        error = recurrence_day(recurrence, ++k, &next, fault);
        if (!error)
            rows[count] = cut(recurrence, (int64_t)count + 1, day, next);
        count++;
        day = next;
    }
    *periods = (struct list){rows, count};
    return error;
}

/* ---- amounts ------------------------------------------------------------------------------- */

static const struct recurrence_period *period_at(const struct list *periods, size_t i)
{
    return LIST_AT(struct recurrence_period, *periods, i);
}

static bool is_partial(const struct recurrence *recurrence, const struct recurrence_period *period)
{
    return recurrence->prorated && period->days < period->full_days;
}

/* Only the first and the last can be partial, so their two lengths are the common denominator. */
enum error recurrence_split(struct arena *arena, const struct recurrence *recurrence,
                            const struct list *periods, int64_t total_minor, int64_t *parts_minor,
                            struct fault *fault)
{
    must(periods->count > 0);
    int64_t whole =
        period_at(periods, 0)->full_days * period_at(periods, periods->count - 1)->full_days;
    int64_t *shares = arena_array(arena, periods->count, sizeof *shares);
    for (size_t i = 0; i < periods->count; i++) {
        const struct recurrence_period *period = period_at(periods, i);
        shares[i] =
            is_partial(recurrence, period) ? whole / period->full_days * period->days : whole;
    }
    return split_in_steps(total_minor, shares, periods->count, ROUND_HALF_UP, parts_minor, fault);
}

enum error recurrence_price(const struct recurrence *recurrence, const struct list *periods,
                            int64_t period_price_minor, int64_t *parts_minor, int64_t *sum_minor,
                            struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; !error && i < periods->count; i++) {
        const struct recurrence_period *period = period_at(periods, i);
        parts_minor[i] = period_price_minor;
        if (is_partial(recurrence, period))
            error = money_ratio(period_price_minor, period->days, period->full_days, ROUND_HALF_UP,
                                &parts_minor[i], fault);
    }
    if (!error)
        error = money_sum(parts_minor, periods->count, sum_minor, fault);
    if (!error && *sum_minor > AMOUNT_LIMIT)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "amount", "larger than any amount can be");
    return error;
}
