/* Invoices and credit notes. Both carry positive amounts; a credit note takes back what the invoice
 * that it names asked for. Nothing that was issued is edited: what follows is counted beside it, in
 * paid_minor and credited_minor. */
#ifndef WAYMARK_CORE_INVOICE_H
#define WAYMARK_CORE_INVOICE_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/tax.h"

enum invoice_kind {
    INVOICE_INVOICE = 1,
    INVOICE_CREDIT_NOTE,
};
extern const struct choices invoice_kind_choices;

enum invoice_state {
    INVOICE_ISSUED = 1,
    INVOICE_PART_PAID,
    INVOICE_PAID,
    INVOICE_CANCELLED, /* credited in full */
};
extern const struct choices invoice_state_choices;

/* One group of the tax breakdown, core/tax.h. */
struct invoice_tax {
    enum tax_category category;
    int64_t rate_ppm;
    int64_t base_minor;
    int64_t tax_minor;
    const char *reason; /* why no tax is charged, where none is */
};
extern const struct shape invoice_tax_shape;

enum { QUANTITY_SCALE = 3 }; /* quantities are thousandths */

struct invoice_line {
    struct id invoice_id;
    int64_t number; /* 1, 2, … */
    struct id milestone_id;
    struct id certificate_id;
    const char *description;
    int64_t quantity;
    int64_t unit_price_minor;
    int64_t net_minor;
    enum tax_category tax_category;
    int64_t tax_rate_ppm;
};
extern const struct shape invoice_line_shape;

struct invoice {
    struct id id;
    int64_t version;
    enum invoice_kind kind;
    struct id engagement_id;
    struct id client_id;
    struct id contract_id;
    struct id milestone_id;
    struct id certificate_id;
    struct id credited_invoice_id; /* of a credit note */
    const char *number;
    const char *reference; /* ISO 11649, what the payer quotes; none on a credit note */
    enum invoice_state state;
    int32_t issue_day;
    int32_t due_day;
    int32_t period_start_day;
    int32_t period_end_day;
    const char *currency;
    int64_t net_minor;
    int64_t tax_minor;
    int64_t total_minor;
    int64_t paid_minor;     /* allocated to an invoice; of a credit note: used or refunded */
    int64_t credited_minor; /* of an invoice: what credit notes took off what was unpaid */
    struct list taxes;      /* struct invoice_tax */
    const char *reason;     /* of a credit note */
    int64_t issued_at;
    struct list lines; /* struct invoice_line, rows of their own */
};
extern const struct shape invoice_shape;

#endif
