#include "core/contract_terms.h"

#include <stdlib.h>

#include "base/limits.h"

void contract_terms_complete(struct contract_terms *terms)
{
    if (!terms->tax_rounding)
        terms->tax_rounding = TAX_PER_GROUP;
    if (!terms->refusal_from)
        terms->refusal_from = REFUSAL_FROM_MAJOR;
    if (!terms->partial_acceptance)
        terms->partial_acceptance = PARTIAL_ACCEPTANCE_NONE;
}

struct tax_rule contract_tax_rule(const struct contract_terms *terms)
{
    return (struct tax_rule){
        terms->tax_rounding == TAX_PER_LINE ? TAX_PER_LINE : TAX_PER_GROUP,
        ROUND_HALF_UP,
    };
}

enum severity contract_refusal_severity(const struct contract_terms *terms)
{
    static const enum severity severities[] = {
        [0] = SEVERITY_MAJOR,
        [REFUSAL_FROM_MINOR] = SEVERITY_MINOR,
        [REFUSAL_FROM_MAJOR] = SEVERITY_MAJOR,
        [REFUSAL_FROM_CRITICAL] = SEVERITY_CRITICAL,
    };
    return severities[terms->refusal_from];
}

static bool is_empty(const char *text)
{
    return !text || !*text;
}

static int by_day(const void *a, const void *b)
{
    int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
    return (left > right) - (left < right);
}

enum error contract_terms_calendar(struct arena *arena, const struct contract_terms *terms,
                                   struct day_calendar *calendar, struct fault *fault)
{
    size_t count = terms->holidays.count;
    int32_t *days = arena_array(arena, count, sizeof *days);
    for (size_t i = 0; i < count; i++) {
        if (day_parse(terms->holidays.texts[i], &days[i], NULL) != OK)
            return refuse(fault, ERROR_INVALID, arena_format(arena, "plan/terms/holidays/%zu", i),
                          "not a day written YYYY-MM-DD");
    }
    if (count > 0)
        qsort(days, count, sizeof *days, by_day);
    *calendar = (struct day_calendar){
        .weekend = WEEKEND_SATURDAY_SUNDAY, .holidays = days, .holiday_count = count};
    return OK;
}

enum error contract_terms_count(const struct contract_terms *terms,
                                const struct day_calendar *calendar, int32_t day, int64_t days,
                                int32_t *result, struct fault *fault)
{
    if (terms->acceptance_day_kind == DAYS_BUSINESS)
        return day_add_business(day, (int)days, calendar, result, fault);
    return day_add(day, (int)days, result, fault);
}

static enum error check_periods(const struct contract_terms *terms, struct fault *fault)
{
    if (terms->payment_days < 0 || terms->payment_days > DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/terms/payment_days", "must be from 0 to %d",
                      DAYS_LIMIT);
    if (terms->acceptance_days < 0 || terms->acceptance_days > DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/terms/acceptance_days",
                      "must be from 0 to %d", DAYS_LIMIT);
    if (!terms->acceptance_day_kind)
        return refuse(fault, ERROR_INVALID, "plan/terms/acceptance_day_kind", "is missing");
    return OK;
}

static enum error check_silence(const struct contract_terms *terms, struct fault *fault)
{
    if (!terms->silence)
        return refuse(fault, ERROR_INVALID, "plan/terms/silence", "is missing");
    if (terms->silence == SILENCE_NONE)
        return OK;
    if (terms->acceptance_days == 0)
        return refuse(fault, ERROR_INVALID, "plan/terms/acceptance_days",
                      "deemed acceptance needs a period of at least one day");
    if (terms->consumer_client && is_empty(terms->notice_text))
        return refuse(fault, ERROR_INVALID, "plan/terms/notice_text",
                      "a consumer must be told what silence means");
    return OK;
}

static enum error check_objection(const struct contract_terms *terms, struct fault *fault)
{
    if (terms->objection_days == INTEGER_NONE || terms->objection_days == 0)
        return OK;
    if (terms->objection_days < 0 || terms->objection_days > OBJECTION_DAYS_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/terms/objection_days",
                      "must be from 0 to %d", OBJECTION_DAYS_LIMIT);
    if (terms->silence != SILENCE_DEEMED)
        return refuse(fault, ERROR_INVALID, "plan/terms/objection_days",
                      "an objection is to an acceptance by silence, which the terms do not have");
    return OK;
}

static enum error check_answer(const struct contract_terms *terms, struct fault *fault)
{
    bool is_said = terms->dispute_answer_days != INTEGER_NONE;
    if (is_said &&
        (terms->dispute_answer_days < 0 || terms->dispute_answer_days > DISPUTE_ANSWER_DAYS_LIMIT))
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/terms/dispute_answer_days",
                      "must be from 0 to %d", DISPUTE_ANSWER_DAYS_LIMIT);
    return OK;
}

static enum error check_approvers(const struct contract_terms *terms, struct fault *fault)
{
    bool is_said = terms->approvers_needed != INTEGER_NONE && terms->approvers_needed != 0;
    if (is_said && (terms->approvers_needed < 1 || terms->approvers_needed > APPROVERS_LIMIT))
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/terms/approvers_needed",
                      "must be from 1 to %d", APPROVERS_LIMIT);
    return OK;
}

static enum error check_billing(const struct contract_terms *terms, struct fault *fault)
{
    bool has_day = terms->billing_day != INTEGER_NONE;
    if (terms->billing_mode == BILLING_MONTHLY && !has_day)
        return refuse(fault, ERROR_INVALID, "plan/terms/billing_day",
                      "monthly billing names the day of the next month");
    if (terms->billing_mode != BILLING_MONTHLY && has_day)
        return refuse(fault, ERROR_INVALID, "plan/terms/billing_day",
                      "only goes with monthly billing");
    if (has_day && (terms->billing_day < 1 || terms->billing_day > 31))
        return refuse(fault, ERROR_OUT_OF_RANGE, "plan/terms/billing_day", "must be from 1 to 31");
    return OK;
}

static enum error check_reminders(struct arena *arena, const struct contract_terms *terms,
                                  struct fault *fault)
{
    for (size_t i = 0; i < terms->reminders.count; i++) {
        int64_t days = LIST_AT(struct reminder, terms->reminders, i)->days_before;
        if (days < 1 || days >= terms->acceptance_days)
            return refuse(fault, ERROR_OUT_OF_RANGE,
                          arena_format(arena, "plan/terms/reminders/%zu/days_before", i),
                          "a reminder falls within the %lld days of acceptance",
                          (long long)terms->acceptance_days);
    }
    return OK;
}

enum error contract_terms_check(struct arena *arena, const struct contract_terms *terms,
                                struct fault *fault)
{
    struct day_calendar calendar;
    enum error error = check_periods(terms, fault);
    if (!error)
        error = check_silence(terms, fault);
    if (!error)
        error = check_objection(terms, fault);
    if (!error)
        error = check_answer(terms, fault);
    if (!error)
        error = check_billing(terms, fault);
    if (!error)
        error = check_approvers(terms, fault);
    if (!error)
        error = check_reminders(arena, terms, fault);
    if (!error && is_empty(terms->time_zone))
        error = refuse(fault, ERROR_INVALID, "plan/terms/time_zone", "is missing");
    if (!error)
        error = contract_terms_calendar(arena, terms, &calendar, fault);
    return error;
}
