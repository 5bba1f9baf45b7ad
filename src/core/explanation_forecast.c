/* When the money comes, explained: the days by which each event is paid, and each month's sums. */
#include <stddef.h>
#include <string.h>

#include "core/explanation_making.h"

static const struct percent {
    int percent;
    const char *day_name;
    size_t day; /* of an event */
    const char *sum_name;
    size_t sum; /* of a month */
} percents[] = {
    {50, "paid_50_day", offsetof(struct forecast_event, paid_50_day), "paid_50",
     offsetof(struct forecast_month, paid_50_minor)},
    {80, "paid_80_day", offsetof(struct forecast_event, paid_80_day), "paid_80",
     offsetof(struct forecast_month, paid_80_minor)},
    {95, "paid_95_day", offsetof(struct forecast_event, paid_95_day), "paid_95",
     offsetof(struct forecast_month, paid_95_minor)},
};
enum { PERCENTS = sizeof percents / sizeof *percents, PERCENT_PPM = PPM / 100 };

struct foreseeing {
    struct making making;
    struct forecast forecast;
    const struct list *parts;
    const struct delays *delays; /* of each part's client */
};

static int32_t day_of(const struct forecast_event *event, size_t member)
{
    return *(const int32_t *)(const void *)((const char *)event + member);
}

static int64_t sum_of(const struct forecast_month *month, size_t member)
{
    return *(const int64_t *)(const void *)((const char *)month + member);
}

static const char *name_of(struct making *making, const struct forecast_event *event)
{
    return event->number ? event->number : explanation_codes(making, &event->codes);
}

static const struct delays *delays_of(const struct foreseeing *of,
                                      const struct forecast_event *event)
{
    size_t at = 0;
    while (!id_equal(LIST_AT(struct forecast_part, *of->parts, at)->client_id, event->client_id))
        at++;
    return &of->delays[at];
}

/* ---- an event ------------------------------------------------------------------------------ */

static const enum explained_rule day_rules[] = {
    [HISTORY_NONE] = RULE_DAY_AS_DUE,
    [HISTORY_ALL_CLIENTS] = RULE_DAY_BY_ALL,
    [HISTORY_CLIENT] = RULE_DAY_BY_CLIENT,
};

static void set_day_rule(struct making *making, struct explained_number *number,
                         const struct percent *percent)
{
    number->rate_ppm = (int64_t)percent->percent * PERCENT_PPM;
    if (number->rule_kind == RULE_DAY_AS_DUE)
        return;
    number->rule = arena_format(
        making->arena,
        "its due day and the delay within which %s of %s invoices were paid; not before today",
        explanation_percent(making->arena, number->rate_ppm),
        number->rule_kind == RULE_DAY_BY_CLIENT ? "the client's" : "all clients'");
}

static void explain_day(struct foreseeing *of, const struct forecast_event *event,
                        const struct percent *percent)
{
    struct making *making = &of->making;
    const struct delays *delays = delays_of(of, event);
    struct explained_number *number =
        explanation_add_other(making, percent->day_name, day_rules[delays->history], 3);
    int32_t again_day;
    number->day = day_of(event, percent->day);
    set_day_rule(making, number, percent);
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_DUE_DAY, .day = event->due_day,
                                                   .subject_id = event->invoice_id});
    if (delays->count > 0) {
        size_t rank = rank_of_percent(delays->count, percent->percent);
        const struct paid_invoice *invoice = delays->invoices[rank - 1];
        explanation_add_input(making, number,
                              (struct explained_input){
                                  INPUT_DELAY, .name = invoice->number, .part = (int64_t)rank,
                                  .whole = (int64_t)delays->count,
                                  .days = paid_invoice_delay(invoice), .subject_id = invoice->id});
    }
    explanation_add_input(making, number,
                          (struct explained_input){INPUT_TODAY, .day = of->forecast.day});
    number->is_sound = delays_expect(delays, event->due_day, percent->percent, of->forecast.day,
                                     &again_day, NULL) == OK &&
                       again_day == number->day;
}

/* ---- a month ------------------------------------------------------------------------------- */

static void explain_month_sum(struct foreseeing *of, const struct forecast_month *month,
                              const char *name, int64_t sum_minor, size_t day,
                              enum explained_rule rule, int percent)
{
    struct making *making = &of->making;
    const struct list *events = &of->forecast.events;
    struct explained_number *number =
        explanation_add_number(making, name, sum_minor, rule, events->count);
    if (rule == RULE_PAID_IN_MONTH) {
        number->rate_ppm = (int64_t)percent * PERCENT_PPM;
        number->rule = arena_format(making->arena, "what is paid in that month in %s of all cases",
                                    explanation_percent(making->arena, number->rate_ppm));
    }
    for (size_t i = 0; i < events->count; i++) {
        const struct forecast_event *event = LIST_AT(struct forecast_event, *events, i);
        if (strcmp(event->currency, month->currency) != 0 ||
            explanation_month_of(day_of(event, day)) != month->start_day)
            continue;
        explanation_add_input(making, number,
                              (struct explained_input){
                                  event->number ? INPUT_INVOICE : INPUT_TO_COME,
                                  .name = name_of(making, event),
                                  .day = event->due_day,
                                  .amount_minor = event->outstanding_minor,
                                  .subject_id = event->invoice_id,
                              });
    }
    explained_check_sum(number);
}

static void explain_month(struct foreseeing *of, const struct forecast_month *month)
{
    explain_month_sum(of, month, "due", month->due_minor, offsetof(struct forecast_event, due_day),
                      RULE_DUE_IN_MONTH, 0);
    for (size_t i = 0; i < PERCENTS; i++)
        explain_month_sum(of, month, percents[i].sum_name, sum_of(month, percents[i].sum),
                          percents[i].day, RULE_PAID_IN_MONTH, percents[i].percent);
}

/* ---- all of it ----------------------------------------------------------------------------- */

static const struct delays *delays_of_parts(struct arena *arena, const struct list *parts,
                                            const struct list *paid)
{
    struct delays *delays = arena_array(arena, parts->count, sizeof *delays);
    for (size_t i = 0; i < parts->count; i++)
        delays[i] = delays_for(arena, paid, LIST_AT(struct forecast_part, *parts, i)->client_id);
    return delays;
}

enum error explain_forecast(struct arena *arena, const struct list *parts, const struct list *paid,
                            int32_t today, struct explanation *explanation, struct fault *fault)
{
    struct foreseeing of = {.parts = parts};
    enum error error = forecast_of(arena, parts, paid, today, &of.forecast, fault);
    if (error)
        return error;
    const struct list *events = &of.forecast.events, *months = &of.forecast.months;
    of.delays = delays_of_parts(arena, parts, paid);
    of.making = explanation_begin(arena, explanation, (struct id){0}, NULL,
                                  events->count * PERCENTS + months->count * (PERCENTS + 1));
    for (size_t i = 0; i < events->count; i++) {
        const struct forecast_event *event = LIST_AT(struct forecast_event, *events, i);
        of.making.currency = event->currency;
        explanation_begin_row(&of.making, "events", i, name_of(&of.making, event));
        for (size_t j = 0; j < PERCENTS; j++)
            explain_day(&of, event, &percents[j]);
    }
    for (size_t i = 0; i < months->count; i++) {
        const struct forecast_month *month = LIST_AT(struct forecast_month, *months, i);
        of.making.currency = month->currency;
        explanation_begin_row(&of.making, "months", i,
                              explanation_month(&of.making, month->start_day));
        explain_month(&of, month);
    }
    return OK;
}
