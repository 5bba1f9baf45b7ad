/* Applying money to invoices, and taking it off again. The money is what a payment or a credit note
 * has left. An invoice that is paid settles its milestone. */
#ifndef WAYMARK_ACTION_ALLOCATION_H
#define WAYMARK_ACTION_ALLOCATION_H

#include "action/operation.h"
#include "core/invoice.h"
#include "core/ledger.h"
#include "core/milestone.h"
#include "core/payment.h"
#include "store/list.h"

enum { ALLOCATIONS_LIMIT = 200 }; /* in one action; more are made by another */

/* Which invoices money goes to when none are named. */
enum allocation_rule {
    ALLOCATE_AUTOMATICALLY = 1, /* to the one whose reference was quoted, or else the oldest due */
    ALLOCATE_OLDEST_DUE,
    ALLOCATE_NOTHING,
};
extern const struct choices allocation_rule_choices;

/* How much goes to a named invoice. */
struct allocation_part {
    struct id invoice_id;
    int64_t amount_minor;
};
extern const struct shape allocation_part_shape;

struct list_allocations {
    struct page_query page;
    struct id client_id;
    struct id payment_id;
    struct id credit_note_id;
    struct id invoice_id;
    enum allocation_state state;
};

/* Applies what a payment or a credit note has left. */
struct allocate {
    struct id id;
    const char *currency; /* of the parts */
    enum allocation_rule rule;
    struct list allocations; /* struct allocation_part; given, the rule does not matter */
};

struct reverse {
    struct id id;
    const char *reason;
};

extern const struct operation list_allocations_operation;
extern const struct operation allocate_payment_operation;
extern const struct operation allocate_credit_note_operation;
extern const struct operation reverse_allocation_operation;

/* ---- called inside actions ----------------------------------------------------------------- */

/* Money on its way to invoices: decided in memory first, then written. */
struct application {
    struct payment *payment; /* one of these two */
    struct invoice *credit_note;
    int32_t day; /* that the ledger counts it for */
    struct applied *applied;
    size_t count;
};

/* Decides where the money goes, changing its row and the invoices in memory. text is what the payer
 * quoted, or NULL. ERROR_INVALID and ERROR_OUT_OF_RANGE name the part ("allocations/0/amount"). */
enum error decide_application(struct call *call, const struct allocate *order, const char *text,
                              struct application *application, struct fault *fault) WARN_UNUSED;

/* Writes allocations, entries, invoices and milestones; the caller writes the money's own row. Says
 * which invoices were paid. */
enum error write_application(struct call *call, const struct application *application,
                             struct fault *fault) WARN_UNUSED;

/* What it made: struct allocation. */
struct list allocations_of(struct call *call, const struct application *application);

/* The invoice of each of them, as it is since: struct invoice. */
struct list applied_invoices(struct call *call, const struct application *application);

/* Takes an allocation back: the body of reverse_allocation. */
enum error take_allocation_back(struct call *call, const char *reason,
                                struct allocation *allocation, struct ledger_entry *reversal,
                                struct fault *fault) WARN_UNUSED;

#endif
