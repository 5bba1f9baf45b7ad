/* Money received, what it is applied to, and what goes back: three records, so that each can be
 * reversed without touching the others. A credit note's rest is applied and refunded the same way,
 * so an allocation and a refund come from either a payment or a credit note. */
#ifndef WAYMARK_CORE_PAYMENT_H
#define WAYMARK_CORE_PAYMENT_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"

enum payment_method {
    PAYMENT_BANK_TRANSFER = 1,
    PAYMENT_CARD,
    PAYMENT_CASH,
    PAYMENT_OTHER,
};
extern const struct choices payment_method_choices;

enum payment_state {
    PAYMENT_CONFIRMED = 1,
    PAYMENT_REFUNDED, /* in full */
    PAYMENT_REVERSED, /* recorded by mistake, or taken back by the bank */
};
extern const struct choices payment_state_choices;

struct payment {
    struct id id;
    int64_t version;
    struct id client_id;
    const char *number;
    const char *currency;
    int64_t amount_minor;
    int32_t received_day;
    enum payment_method method;
    const char *payer_reference; /* as the payer wrote it */
    const char *note;
    enum payment_state state;
    int64_t allocated_minor;
    int64_t refunded_minor;
    int64_t created_at;
    struct list allocations; /* struct allocation, rows of their own */
};
extern const struct shape payment_shape;
extern const struct shape payment_summary_shape; /* without allocations */

enum allocation_state {
    ALLOCATION_ACTIVE = 1,
    ALLOCATION_REVERSED,
};
extern const struct choices allocation_state_choices;

struct allocation {
    struct id id;
    int64_t version;
    struct id payment_id; /* one of these two */
    struct id credit_note_id;
    struct id invoice_id;
    struct id client_id;
    const char *currency;
    int64_t amount_minor;
    enum allocation_state state;
    int64_t allocated_at;
    int64_t reversed_at;
    const char *reason; /* of the reversal */
};
extern const struct shape allocation_shape;

enum refund_state {
    REFUND_REQUESTED = 1,
    REFUND_PAID,
    REFUND_CANCELLED,
};
extern const struct choices refund_state_choices;

struct refund {
    struct id id;
    int64_t version;
    struct id payment_id; /* one of these two */
    struct id credit_note_id;
    struct id client_id;
    const char *number;
    const char *currency;
    int64_t amount_minor;
    const char *reason;
    enum refund_state state;
    int32_t paid_day;
    int64_t created_at;
};
extern const struct shape refund_shape;

#endif
