/* Each invoice and credit note by itself: lines, groups of tax, totals and state. */
#include "audit/check.h"
#include "base/money.h"
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

/* An invoice's tax is computed anew; a credit note's comes from its invoice's in parts. */
static bool rates_hold(const struct invoice *invoice)
{
    int64_t tolerance = invoice->kind == INVOICE_INVOICE ? 0 : 2;
    for (size_t i = 0; i < invoice->taxes.count; i++) {
        const struct invoice_tax *group = LIST_AT(struct invoice_tax, invoice->taxes, i);
        if (!is_share(group->base_minor, group->rate_ppm, TAX_RATE_MAX_PPM, group->tax_minor,
                      tolerance))
            return false;
    }
    return true;
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
    {rates_hold, "its tax is not that of its rates"},
    {totals_hold, "its totals do not add up"},
    {state_holds, "its state is not what it was paid and credited"},
};

static void check_invoice(struct audit *audit, const struct invoice *invoice)
{
    for (size_t i = 0; i < sizeof invoice_checks / sizeof *invoice_checks; i++) {
        if (!invoice_checks[i].holds(invoice))
            report_wrong(audit->report, "invoice", invoice->number, "%s",
                         invoice_checks[i].otherwise);
    }
    report_checked(audit->report, 1);
}

static enum error check_invoices(struct audit *audit, const struct list *rows, void *context,
                                 struct fault *fault)
{
    const struct field *lines = shape_field(&invoice_shape, "lines", NULL);
    enum error error = audit_attach(audit, &invoice_shape, lines, rows, fault);
    (void)context;
    if (error)
        return error == ERROR_INTERNAL ? OK : error; /* told with the rows */
    for (size_t i = 0; i < rows->count; i++)
        check_invoice(audit, LIST_AT(struct invoice, *rows, i));
    return OK;
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
