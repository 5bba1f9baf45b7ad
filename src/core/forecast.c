#include "core/forecast.h"

#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/money.h"
#include "core/fields.h"

static const char *const histories[] = {
    [HISTORY_NONE] = "none",
    [HISTORY_ALL_CLIENTS] = "all_clients",
    [HISTORY_CLIENT] = "client",
};
static const struct choices history_choices = CHOICES("payment_history", histories);

static const struct field event_fields[] = {
    FIELD(struct forecast_event, engagement_id, ID),
    FIELD(struct forecast_event, engagement_title, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct forecast_event, client_id, ID),
    FIELD(struct forecast_event, client_name, TEXT, .limit = SHORT_TEXT_LIMIT),
    FIELD(struct forecast_event, stage, CHOICE, .choices = &budget_stage_choices),
    FIELD(struct forecast_event, basis, CHOICE, .choices = &budget_basis_choices),
    FIELD(struct forecast_event, why, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct forecast_event, invoice_id, ID),
    FIELD(struct forecast_event, number, TEXT, .limit = CODE_LIMIT),
    FIELD(struct forecast_event, codes, TEXTS, .limit = LIST_LIMIT),
    FIELD(struct forecast_event, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct forecast_event, outstanding_minor, MONEY),
    FIELD(struct forecast_event, done_day, DAY),
    FIELD(struct forecast_event, issue_day, DAY),
    FIELD(struct forecast_event, payment_days, INTEGER),
    FIELD(struct forecast_event, due_day, DAY),
    FIELD(struct forecast_event, history, CHOICE, .choices = &history_choices),
    FIELD(struct forecast_event, history_count, INTEGER),
    FIELD(struct forecast_event, paid_50_day, DAY),
    FIELD(struct forecast_event, paid_80_day, DAY),
    FIELD(struct forecast_event, paid_95_day, DAY),
};
static const struct shape event_shape =
    SHAPE("forecast_event", struct forecast_event, event_fields);

static const struct field month_fields[] = {
    FIELD(struct forecast_month, start_day, DAY),
    FIELD(struct forecast_month, currency, TEXT, .limit = CURRENCY_LIMIT),
    FIELD(struct forecast_month, due_minor, MONEY),
    FIELD(struct forecast_month, paid_50_minor, MONEY),
    FIELD(struct forecast_month, paid_80_minor, MONEY),
    FIELD(struct forecast_month, paid_95_minor, MONEY),
};
static const struct shape month_shape =
    SHAPE("forecast_month", struct forecast_month, month_fields);

static const struct field forecast_fields[] = {
    FIELD(struct forecast, day, DAY),
    FIELD(struct forecast, events, LIST, .shape = &event_shape),
    FIELD(struct forecast, months, LIST, .shape = &month_shape),
};
const struct shape forecast_shape = SHAPE("forecast", struct forecast, forecast_fields);

/* ---- history ------------------------------------------------------------------------------- */

int32_t paid_invoice_delay(const struct paid_invoice *invoice)
{
    return invoice->paid_day - invoice->due_day;
}

size_t rank_of_percent(size_t count, int percent)
{
    return (count * (size_t)percent + 99) / 100;
}

static int by_delay(const void *a, const void *b)
{
    const struct paid_invoice *left = *(const struct paid_invoice *const *)a;
    const struct paid_invoice *right = *(const struct paid_invoice *const *)b;
    int32_t difference = paid_invoice_delay(left) - paid_invoice_delay(right);
    if (difference != 0)
        return difference < 0 ? -1 : 1;
    return memcmp(&left->id, &right->id, sizeof left->id);
}

/* Those of a client, or of all without one. */
static struct delays delays_of(struct arena *arena, const struct list *paid,
                               const struct id *client_id)
{
    const struct paid_invoice **invoices = arena_array(arena, paid->count, sizeof *invoices);
    size_t count = 0;
    for (size_t i = 0; i < paid->count; i++) {
        const struct paid_invoice *invoice = LIST_AT(struct paid_invoice, *paid, i);
        if (!client_id || id_equal(invoice->client_id, *client_id))
            invoices[count++] = invoice;
    }
    if (count > 0)
        qsort(invoices, count, sizeof *invoices, by_delay);
    return (struct delays){client_id ? HISTORY_CLIENT : HISTORY_ALL_CLIENTS, invoices, count};
}

struct delays delays_for(struct arena *arena, const struct list *paid, struct id client_id)
{
    struct delays delays = delays_of(arena, paid, &client_id);
    if (delays.count < HISTORY_MIN)
        delays = delays_of(arena, paid, NULL);
    return delays.count >= HISTORY_MIN ? delays : (struct delays){HISTORY_NONE, NULL, 0};
}

enum error delays_expect(const struct delays *delays, int32_t due_day, int percent, int32_t today,
                         int32_t *day, struct fault *fault)
{
    int32_t delay = 0;
    if (delays->count > 0)
        delay = paid_invoice_delay(delays->invoices[rank_of_percent(delays->count, percent) - 1]);
    enum error error = day_add(due_day, delay, day, fault);
    if (!error && *day < today)
        *day = today;
    return error;
}

/* ---- events -------------------------------------------------------------------------------- */

static struct texts codes_of(struct arena *arena, const struct list *parts)
{
    const char **codes = arena_array(arena, parts->count, sizeof *codes);
    size_t count = 0;
    for (size_t i = 0; i < parts->count; i++) {
        const char *code = LIST_AT(struct budget_part, *parts, i)->code;
        if (code)
            codes[count++] = code;
    }
    return (struct texts){codes, count};
}

static enum error add(struct arena *arena, const struct forecast_part *part,
                      const struct budget_event *event, const struct delays *delays,
                      struct forecast *forecast, struct fault *fault)
{
    struct forecast_event *made =
        LIST_AT(struct forecast_event, forecast->events, forecast->events.count);
    *made = (struct forecast_event){
        .engagement_id = part->budget.engagement_id,
        .engagement_title = part->engagement_title,
        .client_id = part->client_id,
        .client_name = part->client_name,
        .stage = event->stage,
        .basis = event->basis,
        .why = event->why,
        .invoice_id = event->invoice_id,
        .number = event->number,
        .codes = codes_of(arena, &event->parts),
        .currency = part->budget.currency,
        .outstanding_minor = event->outstanding_minor,
        .done_day = event->done_day,
        .issue_day = event->issue_day,
        .payment_days = event->payment_days,
        .due_day = event->due_day,
        .history = delays->history,
        .history_count = (int64_t)delays->count,
    };
    int32_t today = forecast->day;
    enum error error = delays_expect(delays, event->due_day, 50, today, &made->paid_50_day, fault);
    if (!error)
        error = delays_expect(delays, event->due_day, 80, today, &made->paid_80_day, fault);
    if (!error)
        error = delays_expect(delays, event->due_day, 95, today, &made->paid_95_day, fault);
    forecast->events.count++;
    return error;
}

static enum error add_part(struct arena *arena, const struct forecast_part *part,
                           const struct list *paid, struct forecast *forecast, struct fault *fault)
{
    const struct delays delays = delays_for(arena, paid, part->client_id);
    enum error error = OK;
    for (size_t i = 0; !error && i < part->budget.events.count; i++) {
        const struct budget_event *event = LIST_AT(struct budget_event, part->budget.events, i);
        if (event->outstanding_minor > 0)
            error = add(arena, part, event, &delays, forecast, fault);
    }
    return error;
}

static int by_paid_day(const void *a, const void *b)
{
    const struct forecast_event *left = a;
    const struct forecast_event *right = b;
    if (left->paid_50_day != right->paid_50_day)
        return left->paid_50_day < right->paid_50_day ? -1 : 1;
    if (left->due_day != right->due_day)
        return left->due_day < right->due_day ? -1 : 1;
    return memcmp(&left->engagement_id, &right->engagement_id, sizeof left->engagement_id);
}

/* ---- months -------------------------------------------------------------------------------- */

static int by_month(const void *a, const void *b)
{
    const struct forecast_month *left = a;
    const struct forecast_month *right = b;
    int order = strcmp(left->currency, right->currency);
    if (order != 0)
        return order;
    return (left->start_day > right->start_day) - (left->start_day < right->start_day);
}

/* The month of a day, made if need be: the list has room for all. */
static struct forecast_month *month_at(struct list *months, const char *currency, int32_t day)
{
    const struct forecast_month wanted = {
        .start_day = day - day_to_civil(day).day + 1,
        .currency = currency,
    };
    for (size_t i = 0; i < months->count; i++) {
        struct forecast_month *month = LIST_AT(struct forecast_month, *months, i);
        if (by_month(month, &wanted) == 0)
            return month;
    }
    struct forecast_month *month = LIST_AT(struct forecast_month, *months, months->count++);
    *month = wanted;
    return month;
}

static enum error count_event(struct list *months, const struct forecast_event *event,
                              struct fault *fault)
{
    const struct {
        int32_t day;
        size_t sum;
    } sums[] = {
        {event->due_day, offsetof(struct forecast_month, due_minor)},
        {event->paid_50_day, offsetof(struct forecast_month, paid_50_minor)},
        {event->paid_80_day, offsetof(struct forecast_month, paid_80_minor)},
        {event->paid_95_day, offsetof(struct forecast_month, paid_95_minor)},
    };
    enum error error = OK;
    for (size_t i = 0; !error && i < sizeof sums / sizeof *sums; i++) {
        char *month = (char *)month_at(months, event->currency, sums[i].day);
        int64_t *sum_minor = (int64_t *)(void *)(month + sums[i].sum);
        error = money_add(*sum_minor, event->outstanding_minor, sum_minor, fault);
    }
    return error;
}

static enum error sum_months(struct arena *arena, struct forecast *forecast, struct fault *fault)
{
    size_t room = forecast->events.count * 4;
    struct list *months = &forecast->months;
    *months = (struct list){arena_array(arena, room, sizeof(struct forecast_month)), 0};
    enum error error = OK;
    for (size_t i = 0; !error && i < forecast->events.count; i++)
        error = count_event(months, LIST_AT(struct forecast_event, forecast->events, i), fault);
    if (months->count > 0)
        qsort(months->rows, months->count, sizeof(struct forecast_month), by_month);
    return error;
}

enum error forecast_of(struct arena *arena, const struct list *parts, const struct list *paid,
                       int32_t today, struct forecast *forecast, struct fault *fault)
{
    size_t room = 0;
    for (size_t i = 0; i < parts->count; i++)
        room += LIST_AT(struct forecast_part, *parts, i)->budget.events.count;
    *forecast = (struct forecast){
        .day = today,
        .events = {arena_array(arena, room, sizeof(struct forecast_event)), 0},
    };
    enum error error = OK;
    for (size_t i = 0; !error && i < parts->count; i++)
        error = add_part(arena, LIST_AT(struct forecast_part, *parts, i), paid, forecast, fault);
    if (forecast->events.count > 0)
        qsort(forecast->events.rows, forecast->events.count, sizeof(struct forecast_event),
              by_paid_day);
    return error ? error : sum_months(arena, forecast, fault);
}
