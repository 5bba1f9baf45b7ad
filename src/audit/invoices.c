/* Each invoice and credit note by itself: lines, groups of tax, totals and state. */
#include "audit/check.h"
#include "base/money.h"
#include "core/contract_terms.h"
#include "store/walk.h"

static const struct invoice_line *line_at(const struct invoice *invoice, size_t i)
{
    return LIST_AT(struct invoice_line, invoice->lines, i);
}

/* The net of the lines in a group; of all lines where tax is NULL. */
static bool sum_lines(const struct invoice *invoice, const struct invoice_tax *tax, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = line_at(invoice, i);
        bool counts =
            !tax || (line->tax_category == tax->category && line->tax_rate_ppm == tax->rate_ppm);
        if (counts && money_add(*sum, line->net_minor, sum, NULL) != OK)
            return false;
    }
    return true;
}

/* Whether amount is so many of scale of the whole, give or take what rounding may do. */
static bool is_share(int64_t whole_minor, int64_t part, int64_t scale, int64_t amount_minor,
                     int64_t tolerance)
{
    int64_t exact, difference;
    if (money_ratio(whole_minor, part, scale, ROUND_HALF_UP, &exact, NULL) != OK ||
        money_subtract(exact, amount_minor, &difference, NULL) != OK)
        return false;
    return difference >= -tolerance && difference <= tolerance;
}

static bool lines_hold(const struct invoice *invoice)
{
    for (size_t i = 0; i < invoice->lines.count; i++) {
        const struct invoice_line *line = line_at(invoice, i);
        if (!is_share(line->unit_price_minor, line->quantity, QUANTITY_ONE, line->net_minor, 0))
            return false;
    }
    return invoice->lines.count > 0;
}

/* The groups' bases are those of the lines, and groups and lines sum to the totals. */
static bool taxes_hold(const struct invoice *invoice)
{
    int64_t net, base, tax = 0;
    int64_t bases = 0;
    for (size_t i = 0; i < invoice->taxes.count; i++) {
        const struct invoice_tax *group = LIST_AT(struct invoice_tax, invoice->taxes, i);
        if (!sum_lines(invoice, group, &base) || base != group->base_minor ||
            money_add(bases, base, &bases, NULL) != OK ||
            money_add(tax, group->tax_minor, &tax, NULL) != OK)
            return false;
    }
    return sum_lines(invoice, NULL, &net) && net == invoice->net_minor && bases == net &&
           tax == invoice->tax_minor;
}

/* A group's tax as the sum of what each of its lines brings, rounded for itself. */
static bool sum_line_taxes(const struct invoice *invoice, const struct invoice_tax *tax,
                           int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < invoice->lines.count; i++) {
        int64_t line_tax;
        const struct invoice_line *line = line_at(invoice, i);
        if (line->tax_category != tax->category || line->tax_rate_ppm != tax->rate_ppm)
            continue;
        if (money_ratio(line->net_minor, tax->rate_ppm, TAX_RATE_MAX_PPM, ROUND_HALF_UP, &line_tax,
                        NULL) != OK ||
            money_add(*sum, line_tax, sum, NULL) != OK)
            return false;
    }
    return true;
}

/* An invoice's tax is computed anew; a credit note's comes from its invoice's in parts, which may
 * be off by as much as rounding does to each. */
static bool rates_hold(const struct invoice *invoice, enum tax_scope scope)
{
    int64_t tolerance = invoice->kind == INVOICE_INVOICE ? 0 : 2 * (int64_t)invoice->lines.count;
    for (size_t i = 0; i < invoice->taxes.count; i++) {
        const struct invoice_tax *group = LIST_AT(struct invoice_tax, invoice->taxes, i);
        int64_t sum = 0;
        bool by_line = scope == TAX_PER_LINE;
        if (by_line && !sum_line_taxes(invoice, group, &sum))
            return false;
        if (by_line ? !is_share(sum, 1, 1, group->tax_minor, tolerance)
                    : !is_share(group->base_minor, group->rate_ppm, TAX_RATE_MAX_PPM,
                                group->tax_minor, tolerance))
            return false;
    }
    return true;
}

/* Where the two ways of rounding agree, as for a single line, nobody need ask the contract. */
static enum error check_rates(struct audit *audit, const struct invoice *invoice,
                              struct fault *fault)
{
    struct contract contract;
    bool by_group = rates_hold(invoice, TAX_PER_GROUP);
    bool by_line = rates_hold(invoice, TAX_PER_LINE);
    bool holds = by_group;
    if (by_group != by_line) {
        enum error error = store_load(&audit->call->store, &contract_shape, invoice->contract_id,
                                      &contract, fault);
        if (error == ERROR_NOT_FOUND || error == ERROR_INTERNAL)
            return OK; /* told with the references and rows */
        if (error)
            return error;
        holds = contract_tax_rule(contract.plan->terms).scope == TAX_PER_LINE ? by_line : by_group;
    }
    if (!holds)
        report_wrong(audit->report, "invoice", invoice->number, "its tax is not that of its rates");
    return OK;
}

static bool totals_hold(const struct invoice *invoice)
{
    int64_t total;
    return money_add(invoice->net_minor, invoice->tax_minor, &total, NULL) == OK &&
           total == invoice->total_minor && invoice->paid_minor >= 0 &&
           invoice->credited_minor >= 0 &&
           invoice->paid_minor + invoice->credited_minor <= invoice->total_minor;
}

static bool state_holds(const struct invoice *invoice)
{
    struct invoice derived = *invoice;
    if (!totals_hold(invoice))
        return true; /* told already */
    invoice_derive_state(&derived);
    return derived.state == invoice->state;
}

static const struct {
    bool (*holds)(const struct invoice *invoice);
    const char *otherwise;
} invoice_checks[] = {
    {lines_hold, "a line is not its quantity times its price, or there is none"},
    {taxes_hold, "its lines and groups of tax do not sum to its totals"},
    {totals_hold, "its totals do not add up"},
    {state_holds, "its state is not what it was paid and credited"},
};

static enum error check_invoice(struct audit *audit, const struct invoice *invoice,
                                struct fault *fault)
{
    for (size_t i = 0; i < sizeof invoice_checks / sizeof *invoice_checks; i++) {
        if (!invoice_checks[i].holds(invoice))
            report_wrong(audit->report, "invoice", invoice->number, "%s",
                         invoice_checks[i].otherwise);
    }
    report_checked(audit->report, 1);
    return check_rates(audit, invoice, fault);
}

static enum error check_invoices(struct audit *audit, const struct list *rows, void *context,
                                 struct fault *fault)
{
    const struct field *lines = shape_field(&invoice_shape, "lines", NULL);
    enum error error = audit_attach(audit, &invoice_shape, lines, rows, fault);
    (void)context;
    if (error)
        return error == ERROR_INTERNAL ? OK : error; /* told with the rows */
    for (size_t i = 0; i < rows->count && !error; i++)
        error = check_invoice(audit, LIST_AT(struct invoice, *rows, i), fault);
    return error;
}

enum error audit_invoices(struct audit *audit, struct fault *fault)
{
    const struct audit_walk walk = {.shape = &invoice_shape, .visit = check_invoices};
    report_begin(audit->report, "invoices: lines, taxes, totals");
    enum error error = audit_walk(audit, &walk, fault);
    if (!error)
        report_end(audit->report);
    return error;
}
