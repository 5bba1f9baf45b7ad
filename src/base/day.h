/* Calendar days and moments, without clock or zone.
 *
 * A day is an int32_t count from 1970-01-01 in the proleptic Gregorian calendar, years 1 to 9999,
 * or DAY_NONE. A moment is an int64_t count of milliseconds UTC since 1970. Arithmetic that leaves
 * those years is ERROR_OUT_OF_RANGE; it is a bug to pass DAY_NONE where a day is asked for. */
#ifndef WAYMARK_BASE_DAY_H
#define WAYMARK_BASE_DAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define DAY_NONE INT32_MIN

enum {
    DAY_MIN = -719162,     /* 0001-01-01 */
    DAY_MAX = 2932896,     /* 9999-12-31 */
    DAY_TEXT_SIZE = 11,    /* "2016-06-22" */
    TIME_TEXT_SIZE = 25,   /* "2016-06-22T14:03:05.123Z" */
    DAY_MS = 86400 * 1000, /* a day in UTC, which has no leap seconds here */
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct civil {
    int year;  /* 1 to 9999 */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

/* The day of a civil date; false if there is no such date. */
bool day_from_civil(struct civil civil, int32_t *day);
struct civil day_to_civil(int32_t day);

enum weekday day_weekday(int32_t day);

/* The last day of the month that the day is in. */
int32_t day_month_end(int32_t day);

/* Strictly YYYY-MM-DD. ERROR_INVALID for anything else; the fault names no field. */
enum error day_parse(const char *text, int32_t *day, struct fault *fault) WARN_UNUSED;
/* Returns text; DAY_NONE gives "". */
char *day_format(int32_t day, char text[static DAY_TEXT_SIZE]);

/* count days later, or earlier if negative. */
enum error day_add(int32_t day, int count, int32_t *result, struct fault *fault) WARN_UNUSED;

/* Where a monthly series stands: a day, or the last day of that day's month. */
struct day_anchor {
    int32_t day;
    bool last_of_month;
};

/* The occurrence that many months from the anchor. It keeps the anchor's day of the month, or takes
 * the month's last day where the month is shorter: 31 January gives 28 February, then 31 March.
 * Always count from the anchor, never from the last occurrence. */
enum error day_add_months(struct day_anchor anchor, int months, int32_t *result,
                          struct fault *fault) WARN_UNUSED;

/* Days on which business rests: a bit (1u << weekday) for each weekend day, and single days,
 * sorted. */
struct day_calendar {
    unsigned weekend;
    const int32_t *holidays;
    size_t holiday_count;
};

#define WEEKEND_SATURDAY_SUNDAY (1u << SATURDAY | 1u << SUNDAY)

bool day_is_business(int32_t day, const struct day_calendar *calendar);

/* The count-th business day after the day, which itself does not count; before it if negative. With
 * count 0 the day itself, or the first business day after it. ERROR_INVALID if the weekend is the
 * whole week. */
enum error day_add_business(int32_t day, int count, const struct day_calendar *calendar,
                            int32_t *result, struct fault *fault) WARN_UNUSED;

/* RFC 3339 in UTC with milliseconds. The moment is within years 1 to 9999. Returns text. */
char *time_format(int64_t time_ms, char text[static TIME_TEXT_SIZE]);

/* Strictly the same, but the decimals may be one to three or absent with their point. Neither
 * offsets nor leap seconds. ERROR_INVALID for anything else; the fault names no field. */
enum error time_parse(const char *text, int64_t *time_ms, struct fault *fault) WARN_UNUSED;

/* The UTC day that a moment is in. */
int32_t time_day(int64_t time_ms);

#endif
