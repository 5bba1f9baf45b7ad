/* Working days by number: 0 is the first one of a calendar on or after its start, 1 the next. So a
 * plan is reckoned with plain integers, and only its results become days again. Both ways take time
 * in proportion to the logarithm of the number of holidays. */
#ifndef WAYMARK_CORE_WORKING_DAYS_H
#define WAYMARK_CORE_WORKING_DAYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/day.h"
#include "base/error.h"

enum { WEEK_DAYS = 7 };

struct working_days {
    int32_t start_day;
    int32_t each_week;         /* working days of a week without holidays */
    int32_t before[WEEK_DAYS]; /* how many lie before day i from the start */
    int32_t nth[WEEK_DAYS];    /* which day from the start is the n-th */
    const int32_t *holidays;   /* as if there were none: the numbers that they take away */
    size_t holiday_count;
};

/* In the arena. ERROR_INVALID for "weekend" if that is the whole week. */
enum error working_days_make(struct arena *arena, const struct day_calendar *calendar,
                             int32_t start_day, struct working_days *days,
                             struct fault *fault) WARN_UNUSED;

/* The number of the first working day on or after the day; 0 for a day before the start. */
int32_t working_day_number(const struct working_days *days, int32_t day);

/* The day of a number, which is not negative. ERROR_OUT_OF_RANGE after the year 9999. */
enum error working_day_of(const struct working_days *days, int64_t number, int32_t *day,
                          struct fault *fault) WARN_UNUSED;

#endif
