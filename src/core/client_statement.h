/* What a client owes and has to its credit on a day: the open items and their sums, each currency
 * for itself. */
#ifndef WAYMARK_CORE_CLIENT_STATEMENT_H
#define WAYMARK_CORE_CLIENT_STATEMENT_H

#include "base/arena.h"
#include "base/error.h"
#include "core/invoice.h"
#include "core/payment.h"

/* What a payment or a credit note has left. */
struct client_credit {
    struct id payment_id; /* one of these two */
    struct id credit_note_id;
    const char *number;
    int32_t day;
    const char *currency;
    int64_t amount_minor;
    int64_t rest_minor;
};

struct client_balance {
    const char *currency;
    int64_t outstanding_minor; /* of invoices */
    int64_t overdue_minor;     /* of that, past its due day */
    int64_t credit_minor;
    int64_t refunds_minor; /* requested and not yet paid */
    int64_t balance_minor; /* outstanding - credit - refunds: what the client has to pay */
};

struct client_statement {
    struct id client_id;
    int32_t day;
    struct list balances; /* struct client_balance, by currency */
    struct list invoices; /* struct invoice with something outstanding, the oldest due first */
    struct list credits;  /* struct client_credit */
};
extern const struct shape client_statement_shape;

/* The open rows of a client. */
struct client_rows {
    struct list documents; /* struct invoice, of both kinds */
    struct list payments;  /* struct payment with something left */
    struct list refunds;   /* struct refund that are requested */
};

/* Fills the lists of a statement, whose client and day are set; they live in the arena.
 * ERROR_OUT_OF_RANGE for sums that do not fit. */
enum error client_statement_of(struct arena *arena, const struct client_rows *rows,
                               struct client_statement *statement, struct fault *fault) WARN_UNUSED;

#endif
