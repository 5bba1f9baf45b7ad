/* Giving money back: what a payment or a credit note has left is requested first, and paid later. A
 * refund that will not be paid is cancelled; one that the bank sends back is owed again. */
#ifndef WAYMARK_ACTION_REFUND_H
#define WAYMARK_ACTION_REFUND_H

#include "action/allocation.h"
#include "action/operation.h"
#include "action/subject.h"
#include "core/payment.h"
#include "store/list.h"

struct list_refunds {
    struct page_query page;
    struct id client_id;
    struct id payment_id;
    struct id credit_note_id;
    enum refund_state state;
};

struct request_refund {
    struct id payment_id; /* one of these two */
    struct id credit_note_id;
    const char *currency;
    int64_t amount_minor;
    const char *reason;
};

struct pay_refund {
    struct id id;
    int32_t paid_day;
};

extern const struct operation list_refunds_operation;
extern const struct operation show_refund_operation; /* struct subject */
extern const struct operation request_refund_operation;
extern const struct operation pay_refund_operation;
extern const struct operation cancel_refund_operation; /* struct reverse */
extern const struct operation return_refund_operation; /* struct reverse */

/* The bodies of cancel_refund and return_refund, for a refund that is loaded. */
enum error take_refund_back(struct call *call, const char *reason, struct refund *refund,
                            struct ledger_entry *reversal, struct fault *fault) WARN_UNUSED;
enum error owe_refund_again(struct call *call, const char *reason, struct refund *refund,
                            struct ledger_entry *reversal, struct fault *fault) WARN_UNUSED;

#endif
