#include "core/working_days.h"

#include "base/must.h"

static void read_week(struct working_days *days, unsigned weekend)
{
    for (int32_t i = 0; i < WEEK_DAYS; i++) {
        unsigned weekday = ((unsigned)day_weekday(days->start_day) + (unsigned)i) % WEEK_DAYS;
        days->before[i] = days->each_week;
        if (!(weekend & 1u << weekday))
            days->nth[days->each_week++] = i;
    }
}

/* How many working days lie from the start to before the day, holidays counted in. */
static int32_t without_holidays(const struct working_days *days, int32_t day)
{
    int32_t since = day - days->start_day;
    return since / WEEK_DAYS * days->each_week + days->before[since % WEEK_DAYS];
}

enum error working_days_make(struct arena *arena, const struct day_calendar *calendar,
                             int32_t start_day, struct working_days *days, struct fault *fault)
{
    int32_t *holidays = arena_array(arena, calendar->holiday_count, sizeof *holidays);
    *days = (struct working_days){.start_day = start_day, .holidays = holidays};
    read_week(days, calendar->weekend);
    if (days->each_week == 0)
        return refuse(fault, ERROR_INVALID, "weekend", "a week without business days");
    for (size_t i = 0; i < calendar->holiday_count; i++) {
        int32_t day = calendar->holidays[i];
        bool is_same = i > 0 && day == calendar->holidays[i - 1];
        must(i == 0 || day >= calendar->holidays[i - 1]);
        if (day >= start_day && !is_same && !(calendar->weekend & 1u << day_weekday(day)))
            holidays[days->holiday_count++] = without_holidays(days, day);
    }
    return OK;
}

int32_t working_day_number(const struct working_days *days, int32_t day)
{
    if (day <= days->start_day)
        return 0;
    int32_t number = without_holidays(days, day);
    size_t low = 0, high = days->holiday_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (days->holidays[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return number - (int32_t)low;
}

enum error working_day_of(const struct working_days *days, int64_t number, int32_t *day,
                          struct fault *fault)
{
    must(number >= 0);
    /* Each holiday up to it moves it one further, and maybe past the next holiday. */
    size_t low = 0, high = days->holiday_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (days->holidays[middle] - (int64_t)middle <= number)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t counted = number + (int64_t)low;
    int64_t found = days->start_day + counted / days->each_week * WEEK_DAYS +
                    days->nth[counted % days->each_week];
    if (found > DAY_MAX)
        return refuse(fault, ERROR_OUT_OF_RANGE, NULL, "the plan goes past the year 9999");
    *day = (int32_t)found;
    return OK;
}
