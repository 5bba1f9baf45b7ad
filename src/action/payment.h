/* Money received: recorded, applied to invoices as it comes in, and taken back when it was recorded
 * by mistake. What is not applied is the client's credit at once. */
#ifndef WAYMARK_ACTION_PAYMENT_H
#define WAYMARK_ACTION_PAYMENT_H

#include "action/allocation.h"
#include "action/operation.h"
#include "action/subject.h"
#include "core/payment.h"
#include "store/list.h"

struct list_payments {
    struct page_query page;
    struct id client_id;
    enum payment_state state;
    const char *number;
    const char *currency;
    int32_t from_day; /* received; inclusive, as to_day */
    int32_t to_day;
};

/* The client may be left out where payer_reference is the reference of one of its invoices. */
struct record_payment {
    struct payment payment;
    enum allocation_rule rule;
    struct list allocations; /* struct allocation_part */
};

extern const struct operation list_payments_operation;
extern const struct operation show_payment_operation; /* struct subject */
extern const struct operation record_payment_operation;
extern const struct operation reverse_payment_operation; /* struct reverse */

/* The body of reverse_payment, for a payment that is loaded. */
enum error take_payment_back(struct call *call, const char *reason, struct payment *payment,
                             struct ledger_entry *reversal, struct fault *fault) WARN_UNUSED;

#endif
