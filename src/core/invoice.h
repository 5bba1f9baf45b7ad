/* Invoices and credit notes. Both carry positive amounts; a credit note takes back what the invoice
 * that it names asked for. Nothing that was issued is edited: what follows is counted beside it, in
 * paid_minor and credited_minor. */
#ifndef WAYMARK_CORE_INVOICE_H
#define WAYMARK_CORE_INVOICE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/certificate.h"
#include "core/client.h"
#include "core/contract.h"
#include "core/milestone.h"
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

enum {
    QUANTITY_SCALE = 3,
    QUANTITY_ONE = 1000,
};

struct invoice_line {
    struct id invoice_id;
    int64_t number; /* 1, 2, …; on a credit note that of the line it takes back */
    struct id milestone_id;
    struct id certificate_id;    /* of the acceptance that it bills */
    struct id progress_claim_id; /* or of the progress; none on lines from before it was named */
    const char *description;
    int64_t quantity; /* at QUANTITY_SCALE */
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
    int64_t credited_minor; /* what its own credit notes took off an invoice's unpaid part */
    struct list taxes;      /* struct invoice_tax */
    const char *reason;     /* of a credit note */
    int64_t issued_at;
    int64_t disputed_at; /* since when it rests, as an objection to what it bills is open; 0: none
                            is (core/dispute.h) */
    struct list lines;   /* struct invoice_line, rows of their own */
};
extern const struct shape invoice_shape;
extern const struct shape invoice_summary_shape; /* without lines */

/* ---- rules ------------------------------------------------------------------------------------
 */

/* What an invoice asks for and when. */
struct invoice_content {
    const struct client *client;
    const struct contract *contract;
    struct list lines; /* struct invoice_line, which are numbered in their order */
    int32_t issue_day;
    int32_t period_start_day;
    int32_t period_end_day;
    int64_t now_ms;
};

/* Fills invoice, whose id is set, with lines, the tax of each group of them, and its due day by the
 * contract's terms. It has no number yet. One of a single line is its milestone's. Errors of
 * tax_compute; ERROR_OUT_OF_RANGE for a due day past year 9999 and for "total" past AMOUNT_LIMIT.
 */
enum error invoice_of_lines(struct arena *arena, const struct invoice_content *content,
                            struct invoice *invoice, struct fault *fault) WARN_UNUSED;

/* The line that bills an accepted milestone, or the rest that no progress claim has billed, without
 * invoice and number. */
struct invoice_line line_of_milestone(struct arena *arena, const struct milestone *milestone);

/* "M1 Design", and on a line of its own "progress 35% to 60%". */
const char *progress_text(struct arena *arena, const struct milestone *milestone, int64_t from_ppm,
                          int64_t to_ppm);

/* The first day of the period of performance; work that was accepted before it was to start has one
 * of one day. */
int32_t performed_from(const struct milestone *milestone, int32_t accepted_day);

/* What an invoice of one milestone stands on. */
struct invoice_basis {
    const struct client *client;
    const struct contract *contract;
    const struct certificate *certificate; /* of the milestone */
    int32_t accepted_day;                  /* as calendars of the contract's zone show it */
};

/* Fills invoice, whose id is set, with the one line of an accepted milestone and its tax, due by
 * the contract's terms, and marks the milestone as invoiced by it. The period of performance ends
 * with the acceptance. Lines live in the arena. ERROR_WRONG_STATE for "billing" unless the
 * milestone is billable; errors of invoice_of_lines. */
enum error invoice_for_milestone(struct arena *arena, const struct invoice_basis *basis,
                                 struct milestone *milestone, int32_t today, int64_t now_ms,
                                 struct invoice *invoice, struct fault *fault) WARN_UNUSED;

/* Gives an invoice or credit note its number, which lives in the arena, and an invoice its payment
 * reference. */
enum error invoice_issue(struct arena *arena, struct invoice *invoice, const char *number,
                         struct fault *fault) WARN_UNUSED;

/* What is still to be paid; nothing for a credit note. */
int64_t invoice_outstanding(const struct invoice *invoice);

/* Whether something is still to be paid after the due day, and no objection lets it rest. Derived,
 * never stored. */
bool invoice_is_overdue(const struct invoice *invoice, int32_t today);

/* Sets the state from what was paid and credited: paid, or cancelled if credit notes alone took all
 * of it, part paid, issued. A credit note is paid when its rest is used up. */
void invoice_derive_state(struct invoice *invoice);

/* Moves a milestone between invoiced and settled, as its invoice is paid or no longer is. False if
 * nothing changed. */
bool invoice_settles(const struct invoice *invoice, struct milestone *milestone);

/* Its tax breakdown as core/tax.h counts. */
struct tax_breakdown invoice_breakdown(const struct invoice *invoice);

/* Sets taxes, in the arena, and totals. */
void invoice_set_breakdown(struct arena *arena, struct invoice *invoice,
                           const struct tax_breakdown *breakdown);

#endif
