#include "core/acceptance_clock.h"

#include "base/day.h"
#include "core/contract_terms.h"

static void add_reminder(struct acceptance_clock *clock, int32_t day)
{
    size_t place = clock->reminder_count;
    for (size_t i = 0; i < clock->reminder_count; i++) {
        if (clock->reminder_days[i] == day)
            return;
    }
    for (; place > 0 && clock->reminder_days[place - 1] > day; place--)
        clock->reminder_days[place] = clock->reminder_days[place - 1];
    clock->reminder_days[place] = day;
    clock->reminder_count++;
}

static enum error set_reminders(const struct contract_terms *terms,
                                const struct day_calendar *calendar, struct acceptance_clock *clock,
                                struct fault *fault)
{
    for (size_t i = 0; i < terms->reminders.count && i < REMINDERS_LIMIT; i++) {
        int32_t day;
        int64_t days = LIST_AT(struct reminder, terms->reminders, i)->days_before;
        enum error error =
            contract_terms_count(terms, calendar, clock->deadline_day, -days, &day, fault);
        if (error)
            return error;
        if (day > clock->start_day)
            add_reminder(clock, day);
    }
    return OK;
}

enum error acceptance_clock_start(struct arena *arena, const struct contract_terms *terms,
                                  int32_t start_day, bool was_notified,
                                  struct acceptance_clock *clock, struct fault *fault)
{
    struct day_calendar calendar;
    *clock = (struct acceptance_clock){.start_day = start_day, .deadline_day = DAY_NONE};
    if (terms->acceptance_days == 0)
        return OK;
    enum error error = contract_terms_calendar(arena, terms, &calendar, fault);
    if (!error)
        error = contract_terms_count(terms, &calendar, start_day, terms->acceptance_days,
                                     &clock->deadline_day, fault);
    if (!error)
        error = set_reminders(terms, &calendar, clock, fault);
    clock->deems = terms->silence == SILENCE_DEEMED && was_notified;
    return error;
}

enum error acceptance_clock_days_left(struct arena *arena, const struct contract_terms *terms,
                                      int32_t today, int32_t deadline_day, int64_t *days_left,
                                      struct fault *fault)
{
    struct day_calendar calendar;
    enum error error = contract_terms_calendar(arena, terms, &calendar, fault);
    *days_left = 0;
    for (int32_t day = today + 1; !error && day <= deadline_day; day++)
        *days_left +=
            terms->acceptance_day_kind != DAYS_BUSINESS || day_is_business(day, &calendar);
    if (*days_left == 0)
        *days_left = 1;
    return error;
}

enum error acceptance_clock_objection(struct arena *arena, const struct contract_terms *terms,
                                      int32_t deadline_day, int32_t *last_day, struct fault *fault)
{
    struct day_calendar calendar;
    *last_day = DAY_NONE;
    if (terms->objection_days == INTEGER_NONE || terms->objection_days == 0)
        return OK;
    enum error error = contract_terms_calendar(arena, terms, &calendar, fault);
    return error ? error
                 : contract_terms_count(terms, &calendar, deadline_day, terms->objection_days,
                                        last_day, fault);
}

bool acceptance_clock_runs(const struct submission *submission)
{
    return submission->state == SUBMISSION_SUBMITTED && submission->clock_start_at != 0 &&
           submission->disputed_at == 0;
}

bool acceptance_clock_has_run_out(const struct acceptance_clock *clock, int32_t today)
{
    return clock->deadline_day != DAY_NONE && today > clock->deadline_day;
}

enum error acceptance_clock_check(const struct acceptance_clock *clock, int32_t today,
                                  struct fault *fault)
{
    char day[DAY_TEXT_SIZE];
    if (!clock->deems || !acceptance_clock_has_run_out(clock, today))
        return OK;
    return refuse(fault, ERROR_EXPIRED, "deadline_at",
                  "the time to answer ended with %s: it counts as accepted",
                  day_format(clock->deadline_day, day));
}
