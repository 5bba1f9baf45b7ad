#include "core/billing_month.h"

#include "base/day.h"
#include "base/must.h"

enum error billing_month_of(const struct contract_terms *terms, int32_t accepted_day,
                            struct billing_month *month, struct fault *fault)
{
    int32_t next_start, next_end;
    must(terms->billing_mode == BILLING_MONTHLY);
    month->end_day = day_month_end(accepted_day);
    month->start_day = month->end_day - day_to_civil(month->end_day).day + 1;
    enum error error = day_add(month->end_day, 1, &next_start, fault);
    if (error)
        return error;
    next_end = day_month_end(next_start);
    int32_t wanted = next_start + (int32_t)terms->billing_day - 1;
    month->issue_day = wanted < next_end ? wanted : next_end;
    return OK;
}

enum error billing_month_before(const struct contract_terms *terms, int32_t issue_day,
                                struct billing_month *month, struct fault *fault)
{
    int32_t last_day;
    enum error error = day_add(issue_day, -day_to_civil(issue_day).day, &last_day, fault);
    return error ? error : billing_month_of(terms, last_day, month, fault);
}

static enum error mark(struct milestone *milestone, struct id invoice_id, struct fault *fault)
{
    milestone->invoice_id = invoice_id;
    return milestone_bill(milestone, BILLING_INVOICE, fault);
}

enum error invoice_for_month(struct arena *arena, const struct invoice_basis *basis,
                             const struct billing_month *month, struct list *milestones,
                             int64_t now_ms, struct invoice *invoice, struct fault *fault)
{
    size_t count = milestones->count;
    struct invoice_line *lines = arena_array(arena, count, sizeof *lines);
    struct milestone *billed =
        arena_copy(arena, milestones->rows, count * sizeof(struct milestone));
    enum error error = OK;
    for (size_t i = 0; !error && i < count; i++) {
        must(id_equal(billed[i].contract_id, basis->contract->id));
        lines[i] = line_of_milestone(arena, &billed[i]);
        error = mark(&billed[i], invoice->id, fault);
    }
    const struct invoice_content content = {
        .client = basis->client,
        .contract = basis->contract,
        .lines = {lines, count},
        .issue_day = month->issue_day,
        .period_start_day = month->start_day,
        .period_end_day = month->end_day,
        .now_ms = now_ms,
    };
    if (!error)
        error = invoice_of_lines(arena, &content, invoice, fault);
    if (!error)
        milestones->rows = billed;
    return error;
}
