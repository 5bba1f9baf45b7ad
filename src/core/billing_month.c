#include "core/billing_month.h"

#include <stdlib.h>

#include "base/day.h"
#include "base/must.h"

static void set_days(struct billing_month *month, int32_t end_day)
{
    month->end_day = end_day;
    month->start_day = end_day - day_to_civil(end_day).day + 1;
}

enum error billing_month_of(const struct contract_terms *terms, int32_t accepted_day,
                            struct billing_month *month, struct fault *fault)
{
    int32_t next_start, next_end;
    must(terms->billing_mode == BILLING_MONTHLY);
    set_days(month, day_month_end(accepted_day));
    enum error error = day_add(month->end_day, 1, &next_start, fault);
    if (error)
        return error;
    next_end = day_month_end(next_start);
    int32_t wanted = next_start + (int32_t)terms->billing_day - 1;
    month->issue_day = wanted < next_end ? wanted : next_end;
    return OK;
}

enum error billing_month_before(int32_t issue_day, struct billing_month *month, struct fault *fault)
{
    int32_t last_day;
    enum error error = day_add(issue_day, -day_to_civil(issue_day).day, &last_day, fault);
    if (error)
        return error;
    set_days(month, last_day);
    month->issue_day = issue_day;
    return OK;
}

/* ---- what it collects ---------------------------------------------------------------------- */

bool month_work_is_claim(const struct month_work *work)
{
    return !id_is_none(work->claim.id);
}

int64_t month_work_accepted_at(const struct month_work *work)
{
    return month_work_is_claim(work) ? work->claim.decided_at : work->milestone.accepted_at;
}

static int by_acceptance(const void *a, const void *b)
{
    const struct month_work *left = a, *right = b;
    const int64_t orders[][2] = {
        {month_work_accepted_at(left), month_work_accepted_at(right)},
        {left->milestone.number, right->milestone.number},
        {!month_work_is_claim(left), !month_work_is_claim(right)},
        {left->claim.number, right->claim.number},
    };
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (orders[i][0] != orders[i][1])
            return orders[i][0] < orders[i][1] ? -1 : 1;
    }
    return 0;
}

void month_works_sort(struct list *works)
{
    if (works->count > 0)
        qsort(works->rows, works->count, sizeof(struct month_work), by_acceptance);
}

static struct invoice_line line_of(struct arena *arena, const struct month_work *work)
{
    return month_work_is_claim(work) ? line_of_claim(arena, &work->milestone, &work->claim)
                                     : line_of_milestone(arena, &work->milestone);
}

static enum error mark(struct month_work *work, struct id invoice_id, struct fault *fault)
{
    if (month_work_is_claim(work)) {
        must(work->claim.state == PROGRESS_ACCEPTED && id_is_none(work->claim.invoice_id));
        work->claim.invoice_id = invoice_id;
        return OK;
    }
    work->milestone.invoice_id = invoice_id;
    return milestone_bill(&work->milestone, BILLING_INVOICE, fault);
}

enum error invoice_for_month(struct arena *arena, const struct invoice_basis *basis,
                             const struct billing_month *month, struct list *works, int64_t now_ms,
                             struct invoice *invoice, struct fault *fault)
{
    size_t count = works->count;
    struct invoice_line *lines = arena_array(arena, count, sizeof *lines);
    struct month_work *billed = arena_copy(arena, works->rows, count * sizeof *billed);
    enum error error = OK;
    for (size_t i = 0; !error && i < count; i++) {
        must(id_equal(billed[i].milestone.contract_id, basis->contract->id));
        lines[i] = line_of(arena, &billed[i]);
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
        works->rows = billed;
    return error;
}
