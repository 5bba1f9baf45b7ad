#include "core/time_entry.h"

#include <string.h>

#include "core/code.h"
#include "core/engagement.h"
#include "core/estimate.h"
#include "core/fields.h"
#include "core/machine.h"

static const char *const time_entry_states[] = {
    [TIME_ENTRY_SUBMITTED] = "submitted",
    [TIME_ENTRY_APPROVED] = "approved",
    [TIME_ENTRY_RETURNED] = "returned",
    [TIME_ENTRY_WITHDRAWN] = "withdrawn",
};
const struct choices time_entry_state_choices = CHOICES("time_entry_state", time_entry_states);

static const struct field time_entry_fields[] = {
    ID_FIELD(struct time_entry),
    VERSION_FIELD(struct time_entry),
    FIELD(struct time_entry, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct time_entry, milestone_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct time_entry, task_id, ID, .flags = FIXED),
    FIELD(struct time_entry, user_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct time_entry, day, DAY, .flags = REQUIRED | FIXED),
    FIELD(struct time_entry, minutes, INTEGER, .flags = FIXED, .minimum = -TIME_OF_DAY_LIMIT,
          .maximum = TIME_OF_DAY_LIMIT),
    FIELD(struct time_entry, role, TEXT, .flags = FIXED),
    FIELD(struct time_entry, note, TEXT, .flags = REQUIRED | FIXED, .limit = TEXT_LIMIT),
    FIELD(struct time_entry, state, CHOICE, .flags = REQUIRED, .choices = &time_entry_state_choices,
          .initial = TIME_ENTRY_SUBMITTED),
    FIELD(struct time_entry, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct time_entry, cost_minor, MONEY, .flags = NULLABLE | AGENCY_ONLY,
          .minimum = -AMOUNT_LIMIT, .maximum = AMOUNT_LIMIT),
    FIELD(struct time_entry, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct time_entry, decided_by, ID, OPTIONAL),
    FIELD(struct time_entry, decided_at, MOMENT, OPTIONAL),
    FIELD(struct time_entry, reverses_entry_id, ID, .flags = FIXED),
    FIELD(struct time_entry, created_at, MOMENT, .flags = REQUIRED | FIXED),
};
const struct shape time_entry_shape = SHAPE("time_entry", struct time_entry, time_entry_fields);

/* ---- recording ----------------------------------------------------------------------------- */

static const struct rate *find_rate(const struct list *rates, const char *role)
{
    for (size_t i = 0; role && i < rates->count; i++) {
        const struct rate *rate = LIST_AT(struct rate, *rates, i);
        if (strcmp(rate->role, role) == 0)
            return rate;
    }
    return NULL;
}

static enum error check_role(const struct time_entry *entry, const struct list *rates,
                             struct fault *fault)
{
    if (rates->count == 0 || find_rate(rates, entry->role))
        return OK;
    if (!entry->role)
        return refuse(fault, ERROR_INVALID, "role", "name the role of the estimate that worked");
    return refuse(fault, ERROR_INVALID, "role", "the estimate has no rate for %s", entry->role);
}

static enum error check_minutes(const struct time_entry *entry, int64_t before_minutes,
                                struct fault *fault)
{
    if (entry->minutes <= 0)
        return refuse(fault, ERROR_OUT_OF_RANGE, "minutes", "must be at least 1");
    if (entry->minutes > TIME_OF_DAY_LIMIT - before_minutes)
        return refuse(fault, ERROR_OUT_OF_RANGE, "minutes",
                      "the day has %d minutes, and %lld are recorded already", TIME_OF_DAY_LIMIT,
                      (long long)before_minutes);
    return OK;
}

enum error time_entry_check(const struct time_entry *entry, const struct engagement *engagement,
                            int32_t today, int64_t before_minutes, const struct list *rates,
                            struct fault *fault)
{
    enum error error = engagement_check_decision(engagement, fault);
    if (!error)
        error = text_check(entry->note, "note", fault);
    if (!error && entry->day > today)
        error = refuse(fault, ERROR_OUT_OF_RANGE, "day", "is in the future");
    if (!error)
        error = check_minutes(entry, before_minutes, fault);
    return error ? error : check_role(entry, rates, fault);
}

/* ---- states -------------------------------------------------------------------------------- */

static const unsigned char next_state[TIME_ENTRY_WITHDRAWN + 1][TIME_ENTRY_EVENT_COUNT] = {
    [TIME_ENTRY_SUBMITTED] = {[TIME_ENTRY_APPROVE] = TIME_ENTRY_APPROVED,
                              [TIME_ENTRY_RETURN] = TIME_ENTRY_RETURNED,
                              [TIME_ENTRY_WITHDRAW] = TIME_ENTRY_WITHDRAWN},
};

static const char *const verbs[] = {
    [TIME_ENTRY_APPROVE] = "approved",
    [TIME_ENTRY_RETURN] = "returned",
    [TIME_ENTRY_WITHDRAW] = "withdrawn",
};

static const struct machine machine =
    MACHINE("time entry", "state", &time_entry_state_choices, verbs, next_state);

enum error time_entry_advance(struct time_entry *entry, enum time_entry_event event,
                              struct fault *fault)
{
    int state = (int)entry->state;
    enum error error = machine_step(&machine, &state, (int)event, fault);
    if (!error)
        entry->state = (enum time_entry_state)state;
    return error;
}

static enum error cost_of(const struct time_entry *entry, const struct list *rates,
                          int64_t *cost_minor, struct fault *fault)
{
    int64_t rate;
    *cost_minor = INTEGER_NONE;
    if (rates->count == 0)
        return OK;
    enum error error = check_role(entry, rates, fault);
    if (!error)
        error = rate_read(find_rate(rates, entry->role)->cost_per_hour, entry->currency,
                          "cost_per_hour", &rate, fault);
    return error ? error : rate_amount(entry->minutes, rate, cost_minor, fault);
}

enum error time_entry_approve(struct time_entry *entry, const struct list *rates,
                              struct fault *fault)
{
    struct time_entry approved = *entry;
    enum error error = time_entry_advance(&approved, TIME_ENTRY_APPROVE, fault);
    if (!error)
        error = cost_of(&approved, rates, &approved.cost_minor, fault);
    if (!error)
        *entry = approved;
    return error;
}

enum error time_entry_reverse(const struct time_entry *entry, const char *reason,
                              struct time_entry *reversal, struct fault *fault)
{
    if (entry->state != TIME_ENTRY_APPROVED)
        return refuse(fault, ERROR_WRONG_STATE, "state",
                      "the entry is %s: only approved time is reversed",
                      choice_name(&time_entry_state_choices, (int)entry->state));
    if (!id_is_none(entry->reverses_entry_id))
        return refuse(fault, ERROR_WRONG_STATE, "state", "the entry reverses another: record anew");
    enum error error = text_check(reason, "reason", fault);
    if (error)
        return error;
    *reversal = *entry;
    reversal->minutes = -entry->minutes;
    if (entry->cost_minor != INTEGER_NONE)
        reversal->cost_minor = -entry->cost_minor;
    reversal->reason = reason;
    reversal->reverses_entry_id = entry->id;
    return OK;
}
