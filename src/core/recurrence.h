/* What comes again: on which days, for which periods, and how much for each.
 *
 * Days are counted from an anchor, never from the last occurrence, so neither a short month nor a
 * late run moves the series: 31 January gives 28 February, then 31 March. The occurrences cut the
 * time from start to end, both inclusive, into periods that neither overlap nor leave a gap: each
 * reaches from an occurrence to the day before the next one. The first period is partial unless the
 * start is an occurrence, the last unless the day after the end is one. */
#ifndef WAYMARK_CORE_RECURRENCE_H
#define WAYMARK_CORE_RECURRENCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/shape.h"

enum rhythm {
    RHYTHM_WEEKLY = 1,
    RHYTHM_BIWEEKLY,     /* anchor + 14k days, whatever the month */
    RHYTHM_FOUR_WEEKLY,  /* anchor + 28k days: 13 in most years */
    RHYTHM_SEMI_MONTHLY, /* two named days of each month */
    RHYTHM_MONTHLY,
    RHYTHM_QUARTERLY,
    RHYTHM_YEARLY,
};
extern const struct choices rhythm_choices;

/* When a period is billed. */
enum bill_at {
    BILL_AT_START = 1, /* in advance, on its first day */
    BILL_AT_END,       /* in arrears, on its last day */
};

struct recurrence {
    enum rhythm rhythm;
    int32_t anchor_day; /* an occurrence; none: the start */
    int32_t start_day;
    int32_t end_day;
    bool last_of_month;    /* occurrences are last days of months; not by weeks */
    int64_t first_of_two;  /* semi-monthly: days of the month, 1 to 27 and a later one up to 31; */
    int64_t second_of_two; /* a shorter month has its last day instead. None otherwise */
    bool prorated;         /* partial periods count by their days, otherwise like full ones */
    enum bill_at bill_at;
};
extern const struct shape recurrence_shape;

struct recurrence_period {
    int64_t number; /* 1, 2, … */
    int32_t start_day;
    int32_t end_day;
    int64_t days;      /* that it has */
    int64_t full_days; /* that it would have if it were not cut off */
    int32_t bill_day;
};

/* ERROR_INVALID naming the member that is missing or does not go with the rhythm,
 * ERROR_OUT_OF_RANGE for "end_day" before the start, and for "first_of_two", "second_of_two" that
 * are no days of a month in their order. */
enum error recurrence_check(const struct recurrence *recurrence, struct fault *fault) WARN_UNUSED;

/* The k-th occurrence, counted from the anchor's, which is number 0; before it if negative. Of two
 * days a month, number 0 is the first in the anchor's month. The recurrence was checked.
 * ERROR_OUT_OF_RANGE outside years 1 to 9999. */
enum error recurrence_day(const struct recurrence *recurrence, int k, int32_t *day,
                          struct fault *fault) WARN_UNUSED;

/* Its struct recurrence_periods in the arena. Errors of recurrence_check, and ERROR_OUT_OF_RANGE
 * for "end_day" if there are more than LIST_LIMIT. */
enum error recurrence_periods(struct arena *arena, const struct recurrence *recurrence,
                              struct list *periods, struct fault *fault) WARN_UNUSED;

/* Splits a total over periods of recurrence_periods, by cumulative steps: equal parts up to one
 * minor unit, and partial ones by their days where it is prorated. The parts, one for each period,
 * sum to the total. */
enum error recurrence_split(struct arena *arena, const struct recurrence *recurrence,
                            const struct list *periods, int64_t total_minor, int64_t *parts_minor,
                            struct fault *fault) WARN_UNUSED;

/* What each period costs if a full one has that price, each rounded half up by itself, and their
 * sum. ERROR_OUT_OF_RANGE for a sum past AMOUNT_LIMIT. */
enum error recurrence_price(const struct recurrence *recurrence, const struct list *periods,
                            int64_t period_price_minor, int64_t *parts_minor, int64_t *sum_minor,
                            struct fault *fault) WARN_UNUSED;

#endif
