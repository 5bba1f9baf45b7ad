/* The invoice and its relatives as PDF: what is billed, why it may be billed (milestone,
 * acceptance, certificate), how to pay it, and where the contract stands after it.
 *
 * Prints what it is given; whether the sums are right is the core's business. */
#ifndef WAYMARK_DOCUMENT_INVOICE_H
#define WAYMARK_DOCUMENT_INVOICE_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/tax.h"
#include "document/document.h"

enum printed_invoice_kind {
    PRINTED_INVOICE,
    PRINTED_DEPOSIT_INVOICE,
    PRINTED_CREDIT_NOTE, /* amounts are what is credited, above zero */
};

/* value / 10^scale */
struct printed_decimal {
    int64_t value;
    int scale;
};

struct printed_line {
    const char *description;
    const char *detail; /* a second, smaller text */
    struct printed_decimal quantity;
    const char *unit; /* "day"; none for a whole milestone */
    struct printed_decimal unit_price;
    int64_t net_minor;
    enum tax_category tax_category; /* TAX_UNKNOWN for none */
    int64_t tax_rate_ppm;
    const char *milestone_number;
    int32_t accepted_day;
    const char *certificate_number;
};

struct printed_tax {
    enum tax_category category;
    int64_t rate_ppm;
    int64_t base_minor;
    int64_t tax_minor;
    const char *reason; /* why none is charged: printed below the totals */
};

struct printed_remittance {
    const char *holder;
    const char *iban;
    const char *bic;
    const char *bank;
    const char *account; /* where there is no IBAN: account and routing numbers, in lines */
    const char *address; /* where cheques go, in lines */
};

struct printed_position {
    int64_t contract_sum_minor;
    int64_t changes_minor;
    int64_t reductions_minor; /* agreed; not shown if nothing */
    int64_t sum_to_date_minor;
    int64_t accepted_minor;
    int64_t invoiced_minor;
    int64_t paid_minor;
    int64_t left_minor;
};

struct printed_invoice {
    struct document_setting setting;
    enum printed_invoice_kind kind;
    const char *number;
    const char *currency; /* ISO 4217, known to base/currency.h */
    struct document_party seller;
    struct document_party buyer;
    int32_t issue_day;
    int32_t due_day;
    int32_t performed_from_day;
    int32_t performed_to_day;
    const char *order_reference;
    const char *contract_reference;
    const char *corrects; /* the invoice that a credit note is for */
    const char *contact;
    const char *tax_name; /* "VAT", "GST"; "Tax" if none */
    const struct printed_line *lines;
    size_t line_count;
    const struct printed_tax *taxes;
    size_t tax_count; /* at most TAX_GROUP_LIMIT */
    int64_t net_minor;
    int64_t total_minor;
    int64_t paid_minor;
    int64_t rounding_minor;
    int64_t due_minor;
    const char *payment_reference; /* ISO 11649 */
    struct printed_remittance remittance;
    const struct printed_position *position; /* or NULL */
    const char *notes;
    struct document_evidence evidence;
};

/* ERROR_INVALID for an unknown currency (field "currency"), a logo that is no PNG, text that is not
 * UTF-8; ERROR_TOO_LARGE for a logo or text over the limits; ERROR_INTERNAL when a library fails.
 */
enum error print_invoice(struct arena *arena, const struct printed_invoice *invoice,
                         struct document_bytes *out, struct fault *fault) WARN_UNUSED;

#endif
