#include "core/billing_period.h"

#include <string.h>

#include "base/day.h"
#include "core/fields.h"

static const struct field billing_period_fields[] = {
    ID_FIELD(struct billing_period),
    FIELD(struct billing_period, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct billing_period, contract_id, ID, .flags = REQUIRED),
    FIELD(struct billing_period, milestone_id, ID, .flags = REQUIRED),
    FIELD(struct billing_period, number, INTEGER, .minimum = 1, .maximum = LIST_LIMIT),
    FIELD(struct billing_period, start_day, DAY, .flags = REQUIRED),
    FIELD(struct billing_period, end_day, DAY, .flags = REQUIRED),
    FIELD(struct billing_period, bill_day, DAY, .flags = REQUIRED),
    FIELD(struct billing_period, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct billing_period, net_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct billing_period, invoice_id, ID, OPTIONAL),
    FIELD(struct billing_period, billed_at, MOMENT, .flags = REQUIRED),
};
const struct shape billing_period_shape =
    SHAPE("billing_period", struct billing_period, billing_period_fields);

static int64_t settled_periods(const struct plan_milestone *planned)
{
    return planned->settled_periods == INTEGER_NONE ? 0 : planned->settled_periods;
}

static enum error split(struct arena *arena, const struct plan_milestone *planned,
                        const struct list *periods, int64_t *parts_minor, struct fault *fault)
{
    int64_t sum_minor;
    if (planned->period_price_minor != INTEGER_NONE)
        return recurrence_price(planned->recurrence, periods, planned->period_price_minor,
                                parts_minor, &sum_minor, fault);
    int64_t settled_minor = planned->settled_minor == INTEGER_NONE ? 0 : planned->settled_minor;
    return recurrence_split(arena, planned->recurrence, periods,
                            planned->price_minor - settled_minor, parts_minor, fault);
}

enum error billing_periods_planned(struct arena *arena, const struct plan_milestone *planned,
                                   struct list *periods, struct fault *fault)
{
    struct list cut;
    *periods = (struct list){0};
    if (!planned->recurrence)
        return OK;
    enum error error = recurrence_periods(arena, planned->recurrence, &cut, fault);
    if (error)
        return error;
    int64_t *parts_minor = arena_array(arena, cut.count, sizeof *parts_minor);
    struct billing_period *rows = arena_array(arena, cut.count, sizeof *rows);
    error = split(arena, planned, &cut, parts_minor, fault);
    for (size_t i = 0; !error && i < cut.count; i++) {
        const struct recurrence_period *period = LIST_AT(struct recurrence_period, cut, i);
        rows[i] = (struct billing_period){
            .number = settled_periods(planned) + period->number,
            .start_day = period->start_day,
            .end_day = period->end_day,
            .bill_day = period->bill_day,
            .net_minor = parts_minor[i],
        };
    }
    *periods = (struct list){rows, cut.count};
    return error;
}

/* NULL where it is not in the plan, or is not billed by periods there. */
static const struct plan_milestone *find_recurring(const struct plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->milestones.count; i++) {
        const struct plan_milestone *planned = LIST_AT(struct plan_milestone, plan->milestones, i);
        if (planned->pricing == PRICING_RECURRING && strcmp(planned->code, code) == 0)
            return planned;
    }
    return NULL;
}

/* Copies those of the numbers up to until to their places. */
static void take_up_to(const struct milestone *milestone, const struct list *from, int64_t until,
                       struct billing_period *rows)
{
    for (size_t i = 0; i < from->count; i++) {
        struct billing_period period = *LIST_AT(struct billing_period, *from, i);
        if (period.number > until)
            return;
        period.engagement_id = milestone->engagement_id;
        period.contract_id = milestone->contract_id;
        period.milestone_id = milestone->id;
        period.currency = milestone->currency;
        rows[period.number - 1] = period;
    }
}

enum error billing_periods_of(struct arena *arena, const struct list *plans,
                              const struct milestone *milestone, struct list *periods,
                              struct fault *fault)
{
    struct billing_period *rows = NULL;
    int64_t until = 0;
    *periods = (struct list){0};
    for (size_t i = plans->count; i-- > 0;) {
        const struct plan *plan = *LIST_AT(const struct plan *, *plans, i);
        const struct plan_milestone *planned = find_recurring(plan, milestone->code);
        struct list own;
        if (!planned)
            break;
        enum error error = billing_periods_planned(arena, planned, &own, fault);
        if (error)
            return error;
        if (!rows) {
            until = settled_periods(planned) + (int64_t)own.count;
            rows = arena_array(arena, (size_t)until, sizeof *rows);
            *periods = (struct list){rows, (size_t)until};
        }
        take_up_to(milestone, &own, until, rows);
        until = settled_periods(planned) < until ? settled_periods(planned) : until;
        if (until == 0)
            return OK;
    }
    if (until == 0)
        return OK;
    return refuse(fault, ERROR_CHECK_FAILED, "settled_periods",
                  "%s: no earlier plan says what is settled", milestone->code);
}

bool billing_period_is_due(const struct billing_period *period, const struct contract *contract,
                           const struct milestone *milestone, int32_t ended_day)
{
    if (milestone->state == MILESTONE_CANCELLED)
        return false;
    return contract->state != CONTRACT_TERMINATED || period->bill_day <= ended_day;
}

static struct invoice_line line_of(struct arena *arena, const struct milestone *milestone,
                                   const struct billing_period *period)
{
    char start[DAY_TEXT_SIZE], end[DAY_TEXT_SIZE];
    struct invoice_line line = line_of_milestone(arena, milestone);
    line.certificate_id = (struct id){0};
    line.description =
        arena_format(arena, "%s, %s to %s", line.description, day_format(period->start_day, start),
                     day_format(period->end_day, end));
    line.unit_price_minor = line.net_minor = period->net_minor;
    return line;
}

enum error invoice_for_period(struct arena *arena, const struct invoice_basis *basis,
                              const struct milestone *milestone, struct billing_period *period,
                              int64_t now_ms, struct invoice *invoice, struct fault *fault)
{
    struct invoice_line line = line_of(arena, milestone, period);
    const struct invoice_content content = {
        .client = basis->client,
        .contract = basis->contract,
        .lines = {arena_copy(arena, &line, sizeof line), 1},
        .issue_day = period->bill_day,
        .period_start_day = period->start_day,
        .period_end_day = period->end_day,
        .now_ms = now_ms,
    };
    enum error error = invoice_of_lines(arena, &content, invoice, fault);
    if (!error)
        period->invoice_id = invoice->id;
    return error;
}
