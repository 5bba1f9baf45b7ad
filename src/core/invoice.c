#include "core/invoice.h"

#include "core/fields.h"

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
    FIELD(struct invoice_line, description, TEXT, .flags = REQUIRED, .limit = TEXT_LIMIT),
    FIELD(struct invoice_line, quantity, INTEGER, .minimum = 0, .maximum = AMOUNT_LIMIT,
          .initial = 1000),
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
    FIELD(struct invoice, kind, CHOICE, .flags = REQUIRED, .choices = &invoice_kind_choices),
    FIELD(struct invoice, engagement_id, ID, .flags = REQUIRED),
    FIELD(struct invoice, client_id, ID, .flags = REQUIRED),
    FIELD(struct invoice, contract_id, ID, .flags = REQUIRED),
    FIELD(struct invoice, milestone_id, ID, OPTIONAL),
    FIELD(struct invoice, certificate_id, ID, OPTIONAL),
    FIELD(struct invoice, credited_invoice_id, ID, OPTIONAL),
    FIELD(struct invoice, number, TEXT, .flags = REQUIRED, .limit = CODE_LIMIT),
    FIELD(struct invoice, reference, TEXT, .limit = CODE_LIMIT),
    FIELD(struct invoice, state, CHOICE, .flags = REQUIRED, .choices = &invoice_state_choices,
          .initial = INVOICE_ISSUED),
    FIELD(struct invoice, issue_day, DAY, .flags = REQUIRED),
    FIELD(struct invoice, due_day, DAY, .flags = REQUIRED),
    FIELD(struct invoice, period_start_day, DAY, OPTIONAL),
    FIELD(struct invoice, period_end_day, DAY, OPTIONAL),
    FIELD(struct invoice, currency, TEXT, .flags = REQUIRED, .limit = CURRENCY_LIMIT),
    FIELD(struct invoice, net_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice, tax_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice, total_minor, MONEY, .flags = REQUIRED, AMOUNT_RANGE),
    FIELD(struct invoice, paid_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct invoice, credited_minor, MONEY, AMOUNT_RANGE),
    FIELD(struct invoice, taxes, LIST, .limit = TAX_GROUP_LIMIT, .shape = &invoice_tax_shape),
    FIELD(struct invoice, reason, TEXT, .limit = TEXT_LIMIT),
    FIELD(struct invoice, issued_at, MOMENT, .flags = REQUIRED),
    FIELD(struct invoice, lines, LIST, .flags = NOT_STORED, .limit = LIST_LIMIT,
          .shape = &invoice_line_shape),
};
const struct shape invoice_shape = SHAPE("invoice", struct invoice, invoice_fields);
