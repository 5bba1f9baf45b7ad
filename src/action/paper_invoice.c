#include "action/paper_render.h"
#include "base/currency.h"
#include "base/day.h"
#include "document/invoice.h"

/* What line i stands on: one invoice may bill several milestones. */
static struct paper_work work_of(const struct invoice_paper *paper, size_t i)
{
    if (i < paper->work.count)
        return *LIST_AT(struct paper_work, paper->work, i);
    return (struct paper_work){paper->milestone_code, paper->accepted_at};
}

static struct printed_line *lines_of(struct arena *arena, const struct invoice_paper *paper)
{
    const struct list *lines = &paper->invoice->lines;
    struct printed_line *out = arena_array(arena, lines->count, sizeof *out);
    for (size_t i = 0; i < lines->count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, *lines, i);
        const struct paper_work work = work_of(paper, i);
        out[i] = (struct printed_line){
            .description = line->description,
            .quantity = {line->quantity, QUANTITY_SCALE},
            .unit_price = {line->unit_price_minor, currency_exponent(paper->invoice->currency)},
            .net_minor = line->net_minor,
            .tax_category = line->tax_category,
            .tax_rate_ppm = line->tax_rate_ppm,
            .milestone_number = work.milestone_code,
            .accepted_day = work.accepted_at ? time_day(work.accepted_at) : DAY_NONE,
        };
    }
    return out;
}

static struct printed_tax *taxes_of(struct arena *arena, const struct list *taxes)
{
    struct printed_tax *out = arena_array(arena, taxes->count, sizeof *out);
    for (size_t i = 0; i < taxes->count; i++) {
        const struct invoice_tax *tax = LIST_AT(struct invoice_tax, *taxes, i);
        out[i] = (struct printed_tax){tax->category, tax->rate_ppm, tax->base_minor, tax->tax_minor,
                                      tax->reason};
    }
    return out;
}

static struct printed_position position_of(const struct paper_position *position)
{
    int64_t reductions_minor =
        position->reductions_minor == INTEGER_NONE ? 0 : position->reductions_minor;
    int64_t to_date = position->sum_minor + position->changes_minor - reductions_minor;
    return (struct printed_position){
        .contract_sum_minor = position->sum_minor,
        .changes_minor = position->changes_minor,
        .reductions_minor = reductions_minor,
        .sum_to_date_minor = to_date,
        .accepted_minor = position->accepted_minor,
        .invoiced_minor = position->invoiced_minor,
        .paid_minor = position->paid_minor,
        .left_minor = to_date - position->invoiced_minor,
    };
}

static bool is_last(const struct invoice_paper *paper)
{
    return paper->invoice->kind == INVOICE_INVOICE && position_of(&paper->position).left_minor == 0;
}

static bool is_among(const struct id *ids, size_t count, struct id id)
{
    for (size_t i = 0; i < count; i++) {
        if (id_equal(ids[i], id))
            return true;
    }
    return false;
}

struct list invoice_paper_certificates(struct arena *arena, const void *thawed)
{
    const struct invoice_paper *paper = thawed;
    const struct list *lines = &paper->invoice->lines;
    struct id *ids = arena_array(arena, lines->count, sizeof *ids);
    size_t count = 0;
    for (size_t i = 0; is_last(paper) && i < lines->count; i++) {
        struct id id = LIST_AT(struct invoice_line, *lines, i)->certificate_id;
        if (!id_is_none(id) && !is_among(ids, count, id))
            ids[count++] = id;
    }
    return (struct list){ids, count};
}

enum error invoice_paper_render(struct arena *arena, const void *thawed,
                                const struct paper_extras *extras, struct document_bytes *pdf,
                                struct fault *fault)
{
    const struct invoice_paper *paper = thawed;
    const struct invoice *invoice = paper->invoice;
    const struct company *company = paper->company;
    struct printed_position position = position_of(&paper->position);
    bool is_credit = invoice->kind == INVOICE_CREDIT_NOTE;
    struct printed_invoice document = {
        .setting = paper_setting(company, paper->client, invoice->issued_at, extras),
        .kind = is_credit ? PRINTED_CREDIT_NOTE : PRINTED_INVOICE,
        .number = invoice->number,
        .currency = invoice->currency,
        .seller = paper_agency(company),
        .buyer = paper_client(paper->client),
        .issue_day = invoice->issue_day,
        .due_day = is_credit ? DAY_NONE : invoice->due_day,
        .performed_from_day = invoice->period_start_day,
        .performed_to_day = invoice->period_end_day,
        .order_reference = paper->engagement->reference,
        .contract_reference = paper->contract_number,
        .corrects = paper->corrects,
        .contact = company->email,
        .lines = lines_of(arena, paper),
        .line_count = invoice->lines.count,
        .taxes = taxes_of(arena, &invoice->taxes),
        .tax_count = invoice->taxes.count,
        .net_minor = invoice->net_minor,
        .total_minor = invoice->total_minor,
        .due_minor = invoice->total_minor,
        .payment_reference = invoice->reference,
        .remittance = {.holder = company->legal_name,
                       .iban = company->iban,
                       .bic = company->bic,
                       .address = company->remittance},
        .position = &position,
        .notes = invoice->reason,
        .evidence = paper_evidence(paper->leaf, extras),
    };
    return print_invoice(arena, &document, pdf, fault);
}
