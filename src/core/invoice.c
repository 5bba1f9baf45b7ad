#include "core/invoice.h"

#include "base/day.h"
#include "base/decimal.h"
#include "base/money.h"
#include "base/must.h"
#include "core/contract_terms.h"
#include "core/fields.h"
#include "core/reference.h"
#include "core/split.h"

static const char *const invoice_kinds[] = {
    [INVOICE_INVOICE] = "invoice",
    [INVOICE_CREDIT_NOTE] = "credit_note",
};
const struct choices invoice_kind_choices = CHOICES("invoice_kind", invoice_kinds);

static const char *const invoice_states[] = {
    [INVOICE_ISSUED] = "issued",
    [INVOICE_PART_PAID] = "part_paid",
    [INVOICE_PAID] = "paid",
    [INVOICE_CANCELLED] = "cancelled",
};
const struct choices invoice_state_choices = CHOICES("invoice_state", invoice_states);

static const struct field invoice_tax_fields[] = {
    FIELD(struct invoice_tax, category, CHOICE, .flags = REQUIRED,
          .choices = &tax_category_choices),
    FIELD(struct invoice_tax, rate_ppm, INTEGER, RATE_RANGE),
    FIELD(struct invoice_tax, base_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice_tax, tax_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice_tax, reason, TEXT, .limit = SHORT_TEXT_LIMIT),
};
const struct shape invoice_tax_shape = SHAPE("invoice_tax", struct invoice_tax, invoice_tax_fields);

static const struct field invoice_line_fields[] = {
    FIELD(struct invoice_line, invoice_id, ID, .flags = REQUIRED),
    FIELD(struct invoice_line, number, INTEGER, .minimum = 1, .maximum = LIST_LIMIT),
    FIELD(struct invoice_line, milestone_id, ID, OPTIONAL),
    FIELD(struct invoice_line, certificate_id, ID, OPTIONAL),
    FIELD(struct invoice_line, progress_claim_id, ID, .flags = ADDED_LATER),
    FIELD(struct invoice_line, description, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct invoice_line, quantity, INTEGER, .minimum = 0, .maximum = AMOUNT_LIMIT,
          .initial = QUANTITY_ONE),
    FIELD(struct invoice_line, unit_price_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice_line, net_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice_line, tax_category, CHOICE, .flags = REQUIRED,
          .choices = &tax_category_choices),
    FIELD(struct invoice_line, tax_rate_ppm, INTEGER, RATE_RANGE),
};
const struct shape invoice_line_shape =
    SHAPE("invoice_line", struct invoice_line, invoice_line_fields);

static const struct field invoice_fields[] = {
    ID_FIELD(struct invoice),
    VERSION_FIELD(struct invoice),
    FIELD(struct invoice, kind, CHOICE, .flags = REQUIRED | FIXED,
          .choices = &invoice_kind_choices),
    FIELD(struct invoice, engagement_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct invoice, client_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct invoice, contract_id, ID, .flags = REQUIRED | FIXED),
    FIELD(struct invoice, milestone_id, ID, .flags = FIXED),
    FIELD(struct invoice, certificate_id, ID, .flags = FIXED),
    FIELD(struct invoice, credited_invoice_id, ID, .flags = FIXED),
    FIELD(struct invoice, number, TEXT, .flags = REQUIRED | FIXED, .limit = CODE_LIMIT),
    FIELD(struct invoice, reference, TEXT, .flags = FIXED, .limit = CODE_LIMIT),
    FIELD(struct invoice, state, CHOICE, .flags = REQUIRED, .choices = &invoice_state_choices,
          .initial = INVOICE_ISSUED),
    FIELD(struct invoice, issue_day, DAY, .flags = REQUIRED | FIXED),
    FIELD(struct invoice, due_day, DAY, .flags = REQUIRED | FIXED),
    FIELD(struct invoice, period_start_day, DAY, .flags = FIXED),
    FIELD(struct invoice, period_end_day, DAY, .flags = FIXED),
    FIELD(struct invoice, currency, TEXT, .flags = REQUIRED | FIXED, .limit = CURRENCY_LIMIT),
    FIELD(struct invoice, net_minor, MONEY, .flags = REQUIRED | FIXED, AMOUNT_RANGE),
    FIELD(struct invoice, tax_minor, MONEY, .flags = REQUIRED | FIXED, AMOUNT_RANGE),
    FIELD(struct invoice, total_minor, MONEY, .flags = REQUIRED | FIXED, AMOUNT_RANGE),
    FIELD(struct invoice, paid_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct invoice, credited_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct invoice, taxes, LIST, .flags = FIXED, .limit = TAX_GROUP_LIMIT,
          .shape = &invoice_tax_shape),
    FIELD(struct invoice, reason, TEXT, .flags = FIXED, .limit = TEXT_LIMIT),
    FIELD(struct invoice, issued_at, MOMENT, .flags = REQUIRED | FIXED),
    FIELD(struct invoice, disputed_at, MOMENT, .flags = ADDED_LATER),
    FIELD(struct invoice, lines, LIST, .flags = NOT_STORED, .limit = LIST_LIMIT,
          .shape = &invoice_line_shape),
};
const struct shape invoice_shape = SHAPE("invoice", struct invoice, invoice_fields);
const struct shape invoice_summary_shape =
    SUMMARY("invoice_summary", struct invoice, invoice_fields);

/* ---- rules --------------------------------------------------------------------------------- */

struct tax_breakdown invoice_breakdown(const struct invoice *invoice)
{
    struct tax_breakdown breakdown = {
        .group_count = invoice->taxes.count,
        .net_minor = invoice->net_minor,
        .tax_minor = invoice->tax_minor,
        .gross_minor = invoice->total_minor,
    };
    must(invoice->taxes.count <= TAX_GROUP_LIMIT);
    for (size_t i = 0; i < invoice->taxes.count; i++) {
        const struct invoice_tax *tax = LIST_AT(struct invoice_tax, invoice->taxes, i);
        breakdown.groups[i] = (struct tax_group){tax->category, tax->rate_ppm, tax->base_minor,
                                                 tax->tax_minor, tax->reason};
    }
    return breakdown;
}

void invoice_set_breakdown(struct arena *arena, struct invoice *invoice,
                           const struct tax_breakdown *breakdown)
{
    struct invoice_tax *taxes = arena_array(arena, breakdown->group_count, sizeof *taxes);
    for (size_t i = 0; i < breakdown->group_count; i++) {
        const struct tax_group *group = &breakdown->groups[i];
        taxes[i] = (struct invoice_tax){group->category, group->rate_ppm, group->base_minor,
                                        group->tax_minor, group->reason};
    }
    invoice->taxes = (struct list){taxes, breakdown->group_count};
    invoice->net_minor = breakdown->net_minor;
    invoice->tax_minor = breakdown->tax_minor;
    invoice->total_minor = breakdown->gross_minor;
}

const char *progress_text(struct arena *arena, const struct milestone *milestone, int64_t from_ppm,
                          int64_t to_ppm)
{
    enum { PERCENT_DECIMALS = 4 };
    char from[DECIMAL_TEXT_SIZE], to[DECIMAL_TEXT_SIZE];
    return arena_format(arena, "%s %s\nprogress %s%% to %s%%", milestone->code, milestone->title,
                        decimal_format_short(from_ppm, PERCENT_DECIMALS, from),
                        decimal_format_short(to_ppm, PERCENT_DECIMALS, to));
}

/* What was agreed to be taken off stands with its reason in the line that it lowers. */
static const char *description_of(struct arena *arena, const struct milestone *milestone)
{
    char price[MONEY_TEXT_SIZE], less[MONEY_TEXT_SIZE];
    const char *name =
        milestone_claimed(milestone) > 0
            ? progress_text(arena, milestone, milestone_claimed_ppm(milestone), SPLIT_WHOLE_PPM)
            : arena_format(arena, "%s %s", milestone->code, milestone->title);
    if (milestone_reduction(milestone) == 0)
        return name;
    return arena_format(arena, "%s\n%s %s less %s %s as agreed: %s", name,
                        money_format(milestone->price_minor, milestone->currency, price),
                        milestone->currency,
                        money_format(milestone->reduction_minor, milestone->currency, less),
                        milestone->currency, milestone->reduction_reason);
}

struct invoice_line line_of_milestone(struct arena *arena, const struct milestone *milestone)
{
    return (struct invoice_line){
        .milestone_id = milestone->id,
        .certificate_id = milestone->certificate_id,
        .description = description_of(arena, milestone),
        .quantity = QUANTITY_ONE,
        .unit_price_minor = milestone_rest(milestone),
        .net_minor = milestone_rest(milestone),
        .tax_category = milestone->tax_category,
        .tax_rate_ppm = milestone->tax_rate_ppm,
    };
}

static enum error tax_for(struct arena *arena, const struct list *lines,
                          const struct contract_terms *terms, struct tax_breakdown *breakdown,
                          struct fault *fault)
{
    struct tax_line *taxed = arena_array(arena, lines->count, sizeof *taxed);
    for (size_t i = 0; i < lines->count; i++) {
        const struct invoice_line *line = LIST_AT(struct invoice_line, *lines, i);
        taxed[i] = (struct tax_line){
            .category = line->tax_category,
            .rate_ppm = line->tax_rate_ppm,
            .net_minor = line->net_minor,
            .reason = tax_reason(line->tax_category, terms->tax_note),
        };
    }
    return tax_compute(contract_tax_rule(terms), taxed, lines->count, breakdown, fault);
}

static void number_lines(struct list *lines, struct id invoice_id)
{
    for (size_t i = 0; i < lines->count; i++) {
        struct invoice_line *line = LIST_AT(struct invoice_line, *lines, i);
        line->invoice_id = invoice_id;
        line->number = (int64_t)i + 1;
    }
}

static void fill(struct invoice *invoice, const struct invoice_content *content)
{
    const struct invoice_line *first = LIST_AT(struct invoice_line, content->lines, 0);
    *invoice = (struct invoice){
        .id = invoice->id,
        .version = 1,
        .kind = INVOICE_INVOICE,
        .engagement_id = content->contract->engagement_id,
        .client_id = content->client->id,
        .contract_id = content->contract->id,
        .state = INVOICE_ISSUED,
        .issue_day = content->issue_day,
        .period_start_day = content->period_start_day,
        .period_end_day = content->period_end_day,
        .currency = content->contract->currency,
        .issued_at = content->now_ms,
        .lines = content->lines,
    };
    if (content->lines.count > 1)
        return;
    invoice->milestone_id = first->milestone_id;
    invoice->certificate_id = first->certificate_id;
}

enum error invoice_of_lines(struct arena *arena, const struct invoice_content *content,
                            struct invoice *invoice, struct fault *fault)
{
    const struct contract_terms *terms = content->contract->plan->terms;
    struct tax_breakdown breakdown;
    int32_t due_day;
    must(content->lines.count > 0);
    enum error error = tax_for(arena, &content->lines, terms, &breakdown, fault);
    if (!error)
        error = day_add(content->issue_day, (int)terms->payment_days, &due_day, fault);
    if (error)
        return error;
    if (breakdown.gross_minor > AMOUNT_LIMIT)
        return refuse(fault, ERROR_OUT_OF_RANGE, "total", "larger than any amount can be");
    fill(invoice, content);
    invoice->due_day = due_day;
    number_lines(&invoice->lines, invoice->id);
    invoice_set_breakdown(arena, invoice, &breakdown);
    return OK;
}

int32_t performed_from(const struct milestone *milestone, int32_t accepted_day)
{
    bool is_later = milestone->start_day != DAY_NONE && milestone->start_day > accepted_day;
    return is_later ? accepted_day : milestone->start_day;
}

enum error invoice_for_milestone(struct arena *arena, const struct invoice_basis *basis,
                                 struct milestone *milestone, int32_t today, int64_t now_ms,
                                 struct invoice *invoice, struct fault *fault)
{
    struct milestone billed = *milestone;
    struct invoice_line line = line_of_milestone(arena, milestone);
    struct invoice_content content = {
        .client = basis->client,
        .contract = basis->contract,
        .lines = {arena_copy(arena, &line, sizeof line), 1},
        .issue_day = today,
        .period_start_day = performed_from(milestone, basis->accepted_day),
        .period_end_day = basis->accepted_day,
        .now_ms = now_ms,
    };
    enum error error = milestone_bill(&billed, BILLING_INVOICE, fault);
    if (error)
        return error;
    must(id_equal(milestone->certificate_id, basis->certificate->id));
    must(id_equal(milestone->contract_id, basis->contract->id));
    error = invoice_of_lines(arena, &content, invoice, fault);
    if (error)
        return error;
    billed.invoice_id = invoice->id;
    *milestone = billed;
    return OK;
}

enum error invoice_issue(struct arena *arena, struct invoice *invoice, const char *number,
                         struct fault *fault)
{
    char reference[REFERENCE_SIZE];
    if (invoice->kind == INVOICE_INVOICE) {
        enum error error = reference_make(number, reference, fault);
        if (error)
            return error;
        invoice->reference = arena_text(arena, reference);
    }
    invoice->number = number;
    return OK;
}

int64_t invoice_outstanding(const struct invoice *invoice)
{
    if (invoice->kind == INVOICE_CREDIT_NOTE)
        return 0;
    return invoice->total_minor - invoice->paid_minor - invoice->credited_minor;
}

bool invoice_is_overdue(const struct invoice *invoice, int32_t today)
{
    return invoice_outstanding(invoice) > 0 && today > invoice->due_day &&
           invoice->disputed_at == 0;
}

void invoice_derive_state(struct invoice *invoice)
{
    int64_t left_minor = invoice->total_minor - invoice->paid_minor - invoice->credited_minor;
    must(invoice->paid_minor >= 0 && invoice->credited_minor >= 0 && left_minor >= 0);
    if (left_minor == 0)
        invoice->state = invoice->credited_minor > 0 && invoice->paid_minor == 0 ? INVOICE_CANCELLED
                                                                                 : INVOICE_PAID;
    else
        invoice->state = invoice->paid_minor > 0 ? INVOICE_PART_PAID : INVOICE_ISSUED;
}

bool invoice_settles(const struct invoice *invoice, struct milestone *milestone)
{
    bool is_paid = invoice->state == INVOICE_PAID;
    must(id_equal(milestone->invoice_id, invoice->id));
    if (milestone->billing != (is_paid ? BILLING_INVOICED : BILLING_SETTLED))
        return false;
    return milestone_bill(milestone, is_paid ? BILLING_SETTLE : BILLING_REOPEN, NULL) == OK;
}
