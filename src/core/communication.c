#include "core/communication.h"

#include "base/day.h"
#include "base/must.h"
#include "core/code.h"
#include "core/fields.h"

static const char *const rhythms[] = {
    [COMMUNICATE_WEEKLY] = "weekly",
    [COMMUNICATE_BIWEEKLY] = "biweekly",
    [COMMUNICATE_MONTHLY] = "monthly",
};
const struct choices communication_rhythm_choices = CHOICES("communication_rhythm", rhythms);

static const char *const weekdays[] = {
    [COMMUNICATE_MONDAY] = "monday",       [COMMUNICATE_TUESDAY] = "tuesday",
    [COMMUNICATE_WEDNESDAY] = "wednesday", [COMMUNICATE_THURSDAY] = "thursday",
    [COMMUNICATE_FRIDAY] = "friday",       [COMMUNICATE_SATURDAY] = "saturday",
    [COMMUNICATE_SUNDAY] = "sunday",
};
const struct choices communication_weekday_choices = CHOICES("communication_weekday", weekdays);

enum { MONTH_DAYS = 31, WEEK_DAYS = 7 };

static const struct field communication_fields[] = {
    ID_FIELD(struct communication),
    VERSION_FIELD(struct communication),
    FIELD(struct communication, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct communication, title, TEXT, .flags = REQUIRED),
    FIELD(struct communication, channel, TEXT, .flags = REQUIRED),
    FIELD(struct communication, audience, TEXT, .flags = REQUIRED),
    FIELD(struct communication, rhythm, CHOICE, .flags = REQUIRED,
          .choices = &communication_rhythm_choices),
    FIELD(struct communication, weekday, CHOICE, .choices = &communication_weekday_choices),
    FIELD(struct communication, month_day, INTEGER, .minimum = 0, .maximum = MONTH_DAYS),
    FIELD(struct communication, last_of_month, BOOLEAN, OPTIONAL),
    FIELD(struct communication, from_day, DAY, .flags = REQUIRED),
    FIELD(struct communication, until_day, DAY, OPTIONAL),
    FIELD(struct communication, note, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct communication, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape communication_shape =
    SHAPE("communication", struct communication, communication_fields);

static const struct field date_fields[] = {
    FIELD(struct communication_date, day, DAY),
    FIELD(struct communication_date, communication_id, ID),
    FIELD(struct communication_date, title, TEXT),
    FIELD(struct communication_date, channel, TEXT),
    FIELD(struct communication_date, audience, TEXT),
};
const struct shape communication_date_shape =
    SHAPE("communication_date", struct communication_date, date_fields);

/* ---- checks -------------------------------------------------------------------------------- */

static enum error check_by_weeks(const struct communication *communication, struct fault *fault)
{
    if (!communication->weekday)
        return refuse(fault, ERROR_INVALID, "weekday", "is missing");
    if (communication->month_day != 0)
        return refuse(fault, ERROR_INVALID, "month_day", "does not go with weeks");
    if (communication->last_of_month)
        return refuse(fault, ERROR_INVALID, "last_of_month", "does not go with weeks");
    return OK;
}

static enum error check_by_months(const struct communication *communication, struct fault *fault)
{
    if (communication->weekday)
        return refuse(fault, ERROR_INVALID, "weekday", "does not go with months");
    if ((communication->month_day != 0) == communication->last_of_month)
        return refuse(fault, ERROR_INVALID, "month_day",
                      "name a day of the month, or the last one of it");
    return OK;
}

enum error communication_check(const struct communication *communication, struct fault *fault)
{
    enum error error = text_check(communication->title, "title", fault);
    if (!error)
        error = text_check(communication->channel, "channel", fault);
    if (!error)
        error = text_check(communication->audience, "audience", fault);
    if (!error)
        error = communication->rhythm == COMMUNICATE_MONTHLY ? check_by_months(communication, fault)
                                                             : check_by_weeks(communication, fault);
    if (!error && communication->until_day != DAY_NONE &&
        communication->until_day < communication->from_day)
        return refuse(fault, ERROR_OUT_OF_RANGE, "until_day", "is before the first day");
    return error;
}

/* ---- days ---------------------------------------------------------------------------------- */

static bool is_on_by_weeks(const struct communication *communication, int32_t day)
{
    int weekday = (int)communication->weekday - COMMUNICATE_MONDAY;
    int first_gap = (weekday - (int)day_weekday(communication->from_day) + WEEK_DAYS) % WEEK_DAYS;
    int32_t first = communication->from_day + first_gap;
    int32_t step = communication->rhythm == COMMUNICATE_WEEKLY ? WEEK_DAYS : 2 * WEEK_DAYS;
    return day >= first && (day - first) % step == 0;
}

static bool is_on_by_months(const struct communication *communication, int32_t day)
{
    bool is_last = day == day_month_end(day);
    if (communication->last_of_month)
        return is_last;
    int month_day = day_to_civil(day).day;
    return month_day == communication->month_day ||
           (is_last && month_day < communication->month_day);
}

static bool is_on(const struct communication *communication, int32_t day)
{
    if (day < communication->from_day ||
        (communication->until_day != DAY_NONE && day > communication->until_day))
        return false;
    return communication->rhythm == COMMUNICATE_MONTHLY ? is_on_by_months(communication, day)
                                                        : is_on_by_weeks(communication, day);
}

struct list communication_dates(struct arena *arena, const struct list *communications,
                                int32_t from_day, int32_t until_day)
{
    if (until_day < from_day)
        return (struct list){0};
    must(until_day - from_day <= COMMUNICATION_DAYS_MAX);
    size_t days = (size_t)(until_day - from_day) + 1, count = 0;
    size_t most = communications->count * (days / WEEK_DAYS + 1);
    struct communication_date *dates = arena_array(arena, most, sizeof *dates);
    for (int32_t day = from_day; day <= until_day; day++) {
        for (size_t i = 0; i < communications->count; i++) {
            const struct communication *one = LIST_AT(struct communication, *communications, i);
            if (is_on(one, day))
                dates[count++] = (struct communication_date){day, one->id, one->title, one->channel,
                                                             one->audience};
        }
    }
    return (struct list){dates, count};
}
