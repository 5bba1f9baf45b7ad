/* What falls due when, explained: each event, each month and the sums over all. */
#include <stddef.h>

#include "core/contract_terms.h"
#include "core/explanation_making.h"

enum { EVENT_NUMBERS = 4, MONTH_NUMBERS = 4, SUMS = 5 };

static const struct budget_event *event_at(const struct budget *budget, size_t i)
{
    return LIST_AT(struct budget_event, budget->events, i);
}

static const char *codes_of(struct making *making, const struct budget_event *event)
{
    const char **codes = arena_array(making->arena, event->parts.count, sizeof *codes);
    size_t count = 0;
    for (size_t i = 0; i < event->parts.count; i++) {
        const char *code = LIST_AT(struct budget_part, event->parts, i)->code;
        if (code)
            codes[count++] = code;
    }
    const struct texts texts = {codes, count};
    return explanation_codes(making, &texts);
}

/* An event as an input: its invoice, or what is to be billed. */
static struct explained_input input_of(struct making *making, const struct budget_event *event,
                                       int64_t amount_minor)
{
    struct explained_input input = {
        INPUT_INVOICE,
        .name = event->number,
        .day = event->due_day,
        .amount_minor = amount_minor,
        .subject_id = event->invoice_id,
    };
    if (!id_is_none(event->invoice_id))
        return input;
    input.kind = INPUT_TO_COME;
    input.name = codes_of(making, event);
    if (event->parts.count > 0)
        input.subject_id = LIST_AT(struct budget_part, event->parts, 0)->milestone_id;
    return input;
}

/* ---- an event ------------------------------------------------------------------------------ */

static void explain_net(struct making *making, const struct budget_event *event)
{
    struct explained_number *number =
        explanation_add_number(making, "net", event->net_minor, RULE_SUM, event->parts.count);
    for (size_t i = 0; i < event->parts.count; i++) {
        const struct budget_part *part = LIST_AT(struct budget_part, event->parts, i);
        explanation_add_input(
            making, number,
            (struct explained_input){
                INPUT_MILESTONE,
                .name = part->code ? arena_format(making->arena, "%s %s", part->code, part->title)
                                   : part->title,
                .amount_minor = part->net_minor,
                .subject_id = part->milestone_id,
            });
    }
    explained_check_sum(number);
}

static const enum explained_rounding tax_roundings[2][2] = {
    {ROUNDED_ONCE_UP, ROUNDED_ONCE_EVEN},
    {ROUNDED_LINES_UP, ROUNDED_LINES_EVEN},
};

static void explain_tax(struct making *making, const struct budget_event *event,
                        struct tax_rule rule)
{
    bool is_per_line = rule.scope == TAX_PER_LINE;
    struct explained_number *number =
        explanation_add_taxes(making, &event->taxes, event->tax_minor);
    explained_set_rounding(number, tax_roundings[is_per_line][rule.rounding == ROUND_HALF_EVEN]);
    if (is_per_line || event->taxes.count != 1)
        return;
    const struct invoice_tax *tax = LIST_AT(struct invoice_tax, event->taxes, 0);
    number->exact = explanation_product(making, tax->base_minor, tax->rate_ppm);
}

static void explain_outstanding(struct making *making, const struct budget_event *event)
{
    struct explained_number *number = explanation_add_number(
        making, "outstanding", event->outstanding_minor, RULE_TOTAL_LESS_PAID, 3);
    explanation_add_member(making, number, "total", event->total_minor);
    if (event->paid_minor != 0)
        explanation_add_input(making, number,
                              (struct explained_input){INPUT_PAID, .name = event->number,
                                                       .amount_minor = -event->paid_minor,
                                                       .subject_id = event->invoice_id});
    if (event->credited_minor != 0)
        explanation_add_input(making, number,
                              (struct explained_input){INPUT_CREDITED, .name = event->number,
                                                       .amount_minor = -event->credited_minor,
                                                       .subject_id = event->invoice_id});
    explained_check_sum(number);
}

static void explain_event(struct making *making, const struct budget_event *event,
                          struct tax_rule rule)
{
    explain_net(making, event);
    explain_tax(making, event, rule);
    explanation_add_total(making, event->net_minor, event->tax_minor, event->total_minor);
    explain_outstanding(making, event);
}

/* ---- sums of events ------------------------------------------------------------------------ */

#define ANY_STAGE ~0U

/* What counts in a sum, and how much of it. */
struct counted {
    const char *name;
    size_t member; /* of a month or of the budget */
    unsigned stages;
    size_t amount;       /* of an event */
    bool is_less_credit; /* less what of it was credited */
};

static int64_t member_of(const void *row, size_t member)
{
    return *(const int64_t *)(const void *)((const char *)row + member);
}

/* Over those of one month, or over all for DAY_NONE. */
static void explain_counted(struct making *making, const struct budget *budget, const void *row,
                            int32_t start_day, const struct counted *counted)
{
    bool is_month = start_day != DAY_NONE;
    struct explained_number *number =
        explanation_add_number(making, counted->name, member_of(row, counted->member),
                               is_month ? RULE_DUE_IN_MONTH : RULE_SUM, budget->events.count);
    for (size_t i = 0; i < budget->events.count; i++) {
        const struct budget_event *event = event_at(budget, i);
        int64_t amount_minor = member_of(event, counted->amount);
        if (counted->is_less_credit)
            amount_minor -= event->credited_minor;
        bool is_counted = amount_minor != 0 && (counted->stages & (1U << event->stage));
        if (is_counted && (!is_month || explanation_month_of(event->due_day) == start_day))
            explanation_add_input(making, number, input_of(making, event, amount_minor));
    }
    explained_check_sum(number);
}

#define OF_EVENT(name)  offsetof(struct budget_event, name##_minor)
#define OF_MONTH(name)  #name, offsetof(struct budget_month, name##_minor)
#define OF_BUDGET(name) #name, offsetof(struct budget, name##_minor)

static const struct counted month_sums[] = {
    {OF_MONTH(total), ANY_STAGE, OF_EVENT(total), true},
    {OF_MONTH(outstanding), ANY_STAGE, OF_EVENT(outstanding), false},
    {OF_MONTH(resting), 1 << BUDGET_DISPUTED, OF_EVENT(outstanding), false},
};

static const struct counted budget_sums[] = {
    {OF_BUDGET(planned), 1 << BUDGET_PLANNED, OF_EVENT(outstanding), false},
    {OF_BUDGET(accepted), 1 << BUDGET_ACCEPTED, OF_EVENT(outstanding), false},
    {OF_BUDGET(outstanding), 1 << BUDGET_INVOICED | 1 << BUDGET_PAID | 1 << BUDGET_DISPUTED,
     OF_EVENT(outstanding), false},
    {OF_BUDGET(paid), ANY_STAGE, OF_EVENT(paid), false},
};

static void explain_month(struct making *making, const struct budget *budget, size_t place)
{
    const struct budget_month *month = LIST_AT(struct budget_month, budget->months, place);
    for (size_t i = 0; i < sizeof month_sums / sizeof *month_sums; i++)
        explain_counted(making, budget, month, month->start_day, &month_sums[i]);
    struct explained_number *number =
        explanation_add_number(making, "cumulative", month->cumulative_minor, RULE_SUM, 2);
    if (place > 0) {
        const struct budget_month *before = LIST_AT(struct budget_month, budget->months, place - 1);
        explanation_add_input(
            making, number,
            (struct explained_input){
                INPUT_NUMBER,
                .name = arena_format(making->arena, "months/%zu/cumulative", place - 1),
                .amount_minor = before->cumulative_minor,
            });
    }
    explanation_add_member(making, number, "total", month->total_minor);
    explained_check_sum(number);
}

static void explain_total(struct making *making, const struct budget *budget)
{
    struct explained_number *number =
        explanation_add_number(making, "total", budget->total_minor, RULE_SUM, SUMS);
    for (size_t i = 0; i < sizeof budget_sums / sizeof *budget_sums; i++)
        explanation_add_member(making, number, budget_sums[i].name,
                               member_of(budget, budget_sums[i].member));
    explained_check_sum(number);
}

void explain_budget(struct arena *arena, const struct budget *budget,
                    const struct contract *contract, struct explanation *explanation)
{
    const struct tax_rule rule = contract_tax_rule(contract->plan->terms);
    struct making making = explanation_begin(
        arena, explanation, budget->contract_id, budget->currency,
        budget->events.count * EVENT_NUMBERS + budget->months.count * MONTH_NUMBERS + SUMS);
    for (size_t i = 0; i < budget->events.count; i++) {
        const struct budget_event *event = event_at(budget, i);
        bool is_there = !id_is_none(event->invoice_id);
        explanation_begin_row(&making, "events", i,
                              is_there ? event->number : codes_of(&making, event));
        explain_event(&making, event, rule);
    }
    for (size_t i = 0; i < budget->months.count; i++) {
        const struct budget_month *month = LIST_AT(struct budget_month, budget->months, i);
        explanation_begin_row(&making, "months", i, explanation_month(&making, month->start_day));
        explain_month(&making, budget, i);
    }
    explanation_end_row(&making);
    for (size_t i = 0; i < sizeof budget_sums / sizeof *budget_sums; i++)
        explain_counted(&making, budget, budget, DAY_NONE, &budget_sums[i]);
    explain_total(&making, budget);
}
