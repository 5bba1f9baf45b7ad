/* Money that goes back to a client: what a payment or a credit note has left, requested first and
 * paid later. From the request on it is no longer the client's credit. */
#ifndef WAYMARK_CORE_REFUND_H
#define WAYMARK_CORE_REFUND_H

#include "core/invoice.h"
#include "core/payment.h"

/* Fill refund, whose id and number are set. ERROR_OUT_OF_RANGE for "amount" if it is not above zero
 * or more than is left, ERROR_INVALID for "reason" without one. */
enum error refund_payment(struct payment *payment, int64_t amount_minor, const char *reason,
                          int64_t now_ms, struct refund *refund, struct fault *fault) WARN_UNUSED;
enum error refund_credit_note(struct invoice *credit_note, int64_t amount_minor, const char *reason,
                              int64_t now_ms, struct refund *refund,
                              struct fault *fault) WARN_UNUSED;

/* The money left on that day. ERROR_WRONG_STATE for "state" if it had before, ERROR_INVALID for
 * "paid_day" if it is none or to come. */
enum error refund_pay(struct refund *refund, int32_t paid_day, int32_t today,
                      struct fault *fault) WARN_UNUSED;

/* The money came back: it is owed again. ERROR_WRONG_STATE for "state" unless it is paid,
 * ERROR_INVALID for "reason" without one. */
enum error refund_return(struct refund *refund, const char *reason,
                         struct fault *fault) WARN_UNUSED;

/* It will not be paid: the amount is the client's credit again. payment or credit_note is what it
 * came from, the other is NULL. ERROR_WRONG_STATE for "state" unless it is requested, ERROR_INVALID
 * for "reason" without one. */
enum error refund_cancel(struct refund *refund, struct payment *payment,
                         struct invoice *credit_note, const char *reason,
                         struct fault *fault) WARN_UNUSED;

#endif
