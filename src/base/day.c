#include "base/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

enum {
    DAYS_OF_WEEK = 7,
    MONTHS = 12,
    DAYS_OF_CYCLE = 146097, /* the calendar repeats after 400 years */
    YEARS_OF_CYCLE = 400,
    YEAR_MAX = 9999,
};

static bool is_day(int64_t day)
{
    return day >= DAY_MIN && day <= DAY_MAX;
}

static enum error outside_calendar(struct fault *fault)
{
    return refuse(fault, ERROR_OUT_OF_RANGE, NULL, "the day is outside the years 1 to 9999");
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Day of 1 January. */
static int32_t year_start(int year)
{
    int past = year - 1;
    return DAY_MIN + past * 365 + past / 4 - past / 100 + past / 400;
}

static int32_t month_start(int year, int month)
{
    int32_t day = year_start(year);
    for (int earlier = 1; earlier < month; earlier++)
        day += month_length(year, earlier);
    return day;
}

bool day_from_civil(struct civil civil, int32_t *day)
{
    if (civil.year < 1 || civil.year > YEAR_MAX || civil.month < 1 || civil.month > MONTHS ||
        civil.day < 1 || civil.day > month_length(civil.year, civil.month))
        return false;
    *day = month_start(civil.year, civil.month) + civil.day - 1;
    return true;
}

struct civil day_to_civil(int32_t day)
{
    must(is_day(day));
    /* Years of mean length end in the right one or the one before. */
    int year = 1 + (int)((int64_t)(day - DAY_MIN) * YEARS_OF_CYCLE / DAYS_OF_CYCLE);
    if (day >= year_start(year + 1))
        year++;
    int rest = day - year_start(year);
    int month = 1;
    for (; rest >= month_length(year, month); month++)
        rest -= month_length(year, month);
    return (struct civil){.year = year, .month = month, .day = rest + 1};
}

enum weekday day_weekday(int32_t day)
{
    must(is_day(day));
    return (enum weekday)((day - DAY_MIN) % DAYS_OF_WEEK); /* 0001-01-01 was a Monday */
}

int32_t day_month_end(int32_t day)
{
    struct civil civil = day_to_civil(day);
    return day - civil.day + month_length(civil.year, civil.month);
}

/* A number of exactly count digits; -1 for anything else. */
static int read_number(const char *digits, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return -1;
        number = number * 10 + digits[i] - '0';
    }
    return number;
}

/* Reads the first ten characters only. */
static bool read_day(const char *text, int32_t *day)
{
    if (strnlen(text, DAY_TEXT_SIZE - 1) < DAY_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
        return false;
    struct civil civil = {.year = read_number(text, 4),
                          .month = read_number(text + 5, 2),
                          .day = read_number(text + 8, 2)};
    return day_from_civil(civil, day);
}

enum error day_parse(const char *text, int32_t *day, struct fault *fault)
{
    int32_t found;
    if (!read_day(text, &found) || text[DAY_TEXT_SIZE - 1] != '\0')
        return refuse(fault, ERROR_INVALID, NULL, "not a calendar day like 2016-06-22");
    *day = found;
    return OK;
}

static char *append_number(char *end, int number, int digits)
{
    for (int i = digits - 1; i >= 0; i--) {
        end[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return end + digits;
}

static char *append_day(char *end, int32_t day)
{
    struct civil civil = day_to_civil(day);
    end = append_number(end, civil.year, 4);
    *end++ = '-';
    end = append_number(end, civil.month, 2);
    *end++ = '-';
    return append_number(end, civil.day, 2);
}

char *day_format(int32_t day, char text[static DAY_TEXT_SIZE])
{
    char *end = text;
    if (day != DAY_NONE)
        end = append_day(end, day);
    *end = '\0';
    return text;
}

enum error day_add(int32_t day, int count, int32_t *result, struct fault *fault)
{
    must(is_day(day));
    int64_t moved = (int64_t)day + count;
    if (!is_day(moved))
        return outside_calendar(fault);
    *result = (int32_t)moved;
    return OK;
}

enum error day_add_months(struct day_anchor anchor, int months, int32_t *result,
                          struct fault *fault)
{
    struct civil civil = day_to_civil(anchor.day);
    int64_t month_count = (int64_t)civil.year * MONTHS + civil.month - 1 + months;
    if (month_count < MONTHS || month_count >= (int64_t)(YEAR_MAX + 1) * MONTHS)
        return outside_calendar(fault);
    int year = (int)(month_count / MONTHS);
    int month = (int)(month_count % MONTHS) + 1;
    int length = month_length(year, month);
    int day_of_month = anchor.last_of_month || civil.day > length ? length : civil.day;
    *result = month_start(year, month) + day_of_month - 1;
    return OK;
}

static int compare_days(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left;
    int32_t b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

bool day_is_business(int32_t day, const struct day_calendar *calendar)
{
    if (calendar->weekend & 1u << day_weekday(day))
        return false;
    return calendar->holiday_count == 0 ||
           !bsearch(&day, calendar->holidays, calendar->holiday_count, sizeof day, compare_days);
}

enum error day_add_business(int32_t day, int count, const struct day_calendar *calendar,
                            int32_t *result, struct fault *fault)
{
    must(is_day(day));
    const unsigned week = (1u << DAYS_OF_WEEK) - 1;
    if ((calendar->weekend & week) == week)
        return refuse(fault, ERROR_INVALID, "weekend", "a week without business days");
    int step = count < 0 ? -1 : 1;
    int64_t left = count < 0 ? -(int64_t)count : count;
    if (left == 0)
        left = day_is_business(day, calendar) ? 0 : 1;
    while (left > 0) {
        day += step;
        if (!is_day(day))
            return outside_calendar(fault);
        left -= day_is_business(day, calendar);
    }
    *result = day;
    return OK;
}

int32_t time_day(int64_t time_ms)
{
    int64_t day = time_ms / DAY_MS - (time_ms % DAY_MS < 0);
    must(is_day(day));
    return (int32_t)day;
}

char *time_format(int64_t time_ms, char text[static TIME_TEXT_SIZE])
{
    int32_t day = time_day(time_ms);
    int ms = (int)(time_ms - (int64_t)day * DAY_MS);
    char *end = append_day(text, day);
    *end++ = 'T';
    end = append_number(end, ms / 3600000, 2);
    *end++ = ':';
    end = append_number(end, ms / 60000 % 60, 2);
    *end++ = ':';
    end = append_number(end, ms / 1000 % 60, 2);
    *end++ = '.';
    end = append_number(end, ms % 1000, 3);
    strcpy(end, "Z");
    return text;
}

/* Milliseconds of ".1", ".12" or ".123" before the 'Z'; 0 for nothing, -1 for anything else. */
static int read_decimals(const char *text)
{
    static const int scales[] = {100, 10, 1};
    if (strcmp(text, "Z") == 0)
        return 0;
    size_t digits = strspn(text + (*text == '.'), "0123456789");
    if (*text != '.' || digits < 1 || digits > 3 || strcmp(text + 1 + digits, "Z") != 0)
        return -1;
    return read_number(text + 1, (int)digits) * scales[digits - 1];
}

static bool read_clock(const char *text, int *ms)
{
    if (strnlen(text, 9) < 9 || text[2] != ':' || text[5] != ':')
        return false;
    int hour = read_number(text, 2);
    int minute = read_number(text + 3, 2);
    int second = read_number(text + 6, 2);
    int decimals = read_decimals(text + 8);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
        decimals < 0)
        return false;
    *ms = ((hour * 60 + minute) * 60 + second) * 1000 + decimals;
    return true;
}

enum error time_parse(const char *text, int64_t *time_ms, struct fault *fault)
{
    int32_t day;
    int ms;
    if (!read_day(text, &day) || text[10] != 'T' || !read_clock(text + 11, &ms))
        return refuse(fault, ERROR_INVALID, NULL,
                      "not a moment in UTC like 2016-06-22T14:03:05.123Z");
    *time_ms = (int64_t)day * DAY_MS + ms;
    return OK;
}
