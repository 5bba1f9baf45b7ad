#include "core/credit_note.h"

#include <stdio.h>

#include "base/money.h"
#include "base/must.h"
#include "core/code.h"

static const struct invoice_line *line_at(const struct invoice *invoice, size_t i)
{
    return LIST_AT(struct invoice_line, invoice->lines, i);
}

static const struct invoice *note_at(const struct list *credit_notes, size_t i)
{
    return LIST_AT(struct invoice, *credit_notes, i);
}

static const struct invoice_line *find_line(const struct invoice *invoice, int64_t number)
{
    for (size_t i = 0; i < invoice->lines.count; i++) {
        if (line_at(invoice, i)->number == number)
            return line_at(invoice, i);
    }
    return NULL;
}

/* What earlier credit notes left of a line, net. */
static int64_t left_of_line(const struct credit_request *request, const struct invoice_line *line)
{
    int64_t left_minor = line->net_minor;
    for (size_t i = 0; i < request->earlier->count; i++) {
        const struct invoice_line *taken = find_line(note_at(request->earlier, i), line->number);
        left_minor -= taken ? taken->net_minor : 0;
    }
    return left_minor;
}

/* Whether a line bills the milestone itself; accepted progress of it stays accepted. */
static bool bills_milestone(const struct invoice_line *line, struct id milestone_id)
{
    return id_equal(line->milestone_id, milestone_id) && id_is_none(line->progress_claim_id);
}

enum error credit_lines_of_milestone(struct arena *arena, const struct credit_request *request,
                                     struct id milestone_id, int64_t net_minor, struct list *lines,
                                     struct fault *fault)
{
    const struct invoice *invoice = request->invoice;
    struct credit_line *taken = arena_array(arena, invoice->lines.count, sizeof *taken);
    char amount[MONEY_TEXT_SIZE];
    int64_t wanted_minor = net_minor;
    *lines = (struct list){taken, 0};
    for (size_t i = 0; i < invoice->lines.count && wanted_minor > 0; i++) {
        const struct invoice_line *line = line_at(invoice, i);
        if (!bills_milestone(line, milestone_id))
            continue;
        int64_t left_minor = left_of_line(request, line);
        int64_t part_minor = left_minor < wanted_minor ? left_minor : wanted_minor;
        if (part_minor > 0)
            taken[lines->count++] = (struct credit_line){line->number, part_minor};
        wanted_minor -= part_minor;
    }
    if (wanted_minor == 0)
        return OK;
    return refuse(fault, ERROR_OUT_OF_RANGE, "credit",
                  "at most %s %s net is left of what invoice %s bills for it",
                  money_format(net_minor - wanted_minor, invoice->currency, amount),
                  invoice->currency, invoice->number);
}

static enum error refuse_line(struct fault *fault, enum error code, size_t i, const char *member,
                              const char *detail)
{
    char field[FAULT_FIELD_MAX];
    snprintf(field, sizeof field, "lines/%zu/%s", i, member);
    return refuse(fault, code, field, "%s", detail);
}

static enum error check_lines(const struct credit_request *request, const struct credit_line *lines,
                              size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        const struct invoice_line *line = find_line(request->invoice, lines[i].number);
        if (!line)
            return refuse_line(fault, ERROR_INVALID, i, "number", "is no line of the invoice");
        for (size_t earlier = 0; earlier < i; earlier++) {
            if (lines[earlier].number == lines[i].number)
                return refuse_line(fault, ERROR_INVALID, i, "number", "is there twice");
        }
        if (lines[i].net_minor <= 0 || lines[i].net_minor > left_of_line(request, line))
            return refuse_line(fault, ERROR_OUT_OF_RANGE, i, "net",
                               "must be above zero and at most what is left of the line");
    }
    return count > 0 ? OK : refuse(fault, ERROR_INVALID, "lines", "is missing");
}

static enum error check_request(const struct credit_request *request, struct fault *fault)
{
    if (request->invoice->kind != INVOICE_INVOICE)
        return refuse(fault, ERROR_INVALID, "invoice_id", "a credit note cannot be credited");
    return text_check(request->reason, "reason", fault);
}

static enum error sum_earlier(const struct credit_request *request, struct tax_breakdown *reversed,
                              struct fault *fault)
{
    enum error error = OK;
    for (size_t i = 0; i < request->earlier->count && !error; i++) {
        const struct tax_breakdown more = invoice_breakdown(note_at(request->earlier, i));
        error = tax_accumulate(reversed, &more, fault);
    }
    return error;
}

static enum error reverse_by_group(struct arena *arena, const struct credit_request *request,
                                   const struct credit_line *lines, size_t count,
                                   const struct tax_breakdown *reversed,
                                   struct tax_breakdown *reversal, struct fault *fault)
{
    const struct tax_breakdown issued = invoice_breakdown(request->invoice);
    struct tax_line *nets = arena_array(arena, count, sizeof *nets);
    for (size_t i = 0; i < count; i++) {
        const struct invoice_line *line = find_line(request->invoice, lines[i].number);
        nets[i] = (struct tax_line){
            .category = line->tax_category,
            .rate_ppm = line->tax_rate_ppm,
            .net_minor = lines[i].net_minor,
        };
    }
    return tax_reverse(&issued, reversed, nets, count, request->tax_rule.rounding, reversal, fault);
}

static enum error reverse_by_line(struct arena *arena, const struct credit_request *request,
                                  const struct credit_line *lines, size_t count,
                                  const struct tax_breakdown *reversed,
                                  struct tax_breakdown *reversal, struct fault *fault)
{
    const struct tax_breakdown issued = invoice_breakdown(request->invoice);
    struct tax_part *parts = arena_array(arena, count, sizeof *parts);
    for (size_t i = 0; i < count; i++) {
        const struct invoice_line *line = find_line(request->invoice, lines[i].number);
        parts[i] = (struct tax_part){
            .category = line->tax_category,
            .rate_ppm = line->tax_rate_ppm,
            .line_minor = line->net_minor,
            .reversed_minor = line->net_minor - left_of_line(request, line),
            .net_minor = lines[i].net_minor,
        };
    }
    return tax_reverse_lines(&issued, reversed, parts, count, request->tax_rule.rounding, reversal,
                             fault);
}

static enum error reverse_tax(struct arena *arena, const struct credit_request *request,
                              const struct credit_line *lines, size_t count,
                              struct tax_breakdown *reversal, struct fault *fault)
{
    struct tax_breakdown reversed = {0};
    enum error error = sum_earlier(request, &reversed, fault);
    if (error)
        return error;
    return request->tax_rule.scope == TAX_PER_LINE
               ? reverse_by_line(arena, request, lines, count, &reversed, reversal, fault)
               : reverse_by_group(arena, request, lines, count, &reversed, reversal, fault);
}

static struct list lines_for(struct arena *arena, const struct credit_request *request,
                             const struct credit_line *lines, size_t count, struct id id)
{
    struct invoice_line *taken = arena_array(arena, count, sizeof *taken);
    for (size_t i = 0; i < count; i++) {
        taken[i] = *find_line(request->invoice, lines[i].number);
        taken[i].invoice_id = id;
        taken[i].quantity = QUANTITY_ONE;
        taken[i].unit_price_minor = taken[i].net_minor = lines[i].net_minor;
    }
    return (struct list){taken, count};
}

enum error credit_note_in_part(struct arena *arena, const struct credit_request *request,
                               const struct credit_line *lines, size_t line_count,
                               struct invoice *credit_note, struct fault *fault)
{
    struct tax_breakdown reversal;
    const struct invoice *invoice = request->invoice;
    enum error error = check_request(request, fault);
    if (!error)
        error = check_lines(request, lines, line_count, fault);
    if (!error)
        error = reverse_tax(arena, request, lines, line_count, &reversal, fault);
    if (error)
        return error;
    *credit_note = (struct invoice){
        .id = credit_note->id,
        .version = 1,
        .kind = INVOICE_CREDIT_NOTE,
        .engagement_id = invoice->engagement_id,
        .client_id = invoice->client_id,
        .contract_id = invoice->contract_id,
        .milestone_id = invoice->milestone_id,
        .certificate_id = invoice->certificate_id,
        .credited_invoice_id = invoice->id,
        .state = INVOICE_ISSUED,
        .issue_day = request->today,
        .due_day = request->today,
        .period_start_day = invoice->period_start_day,
        .period_end_day = invoice->period_end_day,
        .currency = invoice->currency,
        .reason = request->reason,
        .issued_at = request->now_ms,
        .lines = lines_for(arena, request, lines, line_count, credit_note->id),
    };
    invoice_set_breakdown(arena, credit_note, &reversal);
    return OK;
}

enum error credit_note_in_full(struct arena *arena, const struct credit_request *request,
                               struct invoice *credit_note, struct fault *fault)
{
    size_t count = 0;
    const struct invoice *invoice = request->invoice;
    struct credit_line *lines = arena_array(arena, invoice->lines.count, sizeof *lines);
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = line_at(invoice, i);
        int64_t left_minor = left_of_line(request, line);
        if (left_minor > 0)
            lines[count++] = (struct credit_line){line->number, left_minor};
    }
    enum error error = check_request(request, fault);
    if (error)
        return error;
    if (count == 0)
        return refuse(fault, ERROR_WRONG_STATE, "invoice_id", "nothing of it is left to credit");
    return credit_note_in_part(arena, request, lines, count, credit_note, fault);
}

static int64_t net_of(const struct invoice *document, struct id milestone_id)
{
    int64_t net_minor = 0;
    for (size_t i = 0; i < document->lines.count; i++) {
        if (bills_milestone(line_at(document, i), milestone_id))
            net_minor += line_at(document, i)->net_minor;
    }
    return net_minor;
}

bool credit_note_takes_rest(const struct invoice *invoice, const struct list *earlier,
                            const struct invoice *credit_note, struct id milestone_id)
{
    int64_t taken_minor = net_of(credit_note, milestone_id);
    int64_t left_minor = net_of(invoice, milestone_id) - taken_minor;
    for (size_t i = 0; i < earlier->count; i++)
        left_minor -= net_of(note_at(earlier, i), milestone_id);
    return taken_minor > 0 && left_minor == 0;
}

int64_t credit_note_rest(const struct invoice *credit_note)
{
    must(credit_note->kind == INVOICE_CREDIT_NOTE);
    return credit_note->total_minor - credit_note->paid_minor;
}
