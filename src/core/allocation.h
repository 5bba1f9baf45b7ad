/* Applying money to invoices. It comes from a payment, or from what is left of a credit note; it is
 * never more than that has left, nor more than the invoice has outstanding, and stays with one
 * client and one currency. What is not applied is the client's credit. An allocation is reversed,
 * never deleted. */
#ifndef WAYMARK_CORE_ALLOCATION_H
#define WAYMARK_CORE_ALLOCATION_H

#include "core/credit_note.h"
#include "core/invoice.h"
#include "core/payment.h"

/* Whether a payment can be recorded: ERROR_INVALID for "currency" or "received_day" if unknown,
 * none or to come, ERROR_OUT_OF_RANGE for "amount". */
enum error payment_check(const struct payment *payment, int32_t today,
                         struct fault *fault) WARN_UNUSED;

/* What is neither allocated nor refunded; nothing of a reversed payment. */
int64_t payment_unallocated(const struct payment *payment);

/* Apply amount_minor and fill allocation, whose id is set. ERROR_OUT_OF_RANGE for "amount" if it is
 * not above zero, more than is left or more than is outstanding; ERROR_INVALID for "currency", or
 * for "invoice_id" if it is another client's or no invoice. */
enum error allocate_payment(struct payment *payment, struct invoice *invoice, int64_t amount_minor,
                            int64_t now_ms, struct allocation *allocation,
                            struct fault *fault) WARN_UNUSED;
enum error allocate_credit_note(struct invoice *credit_note, struct invoice *invoice,
                                int64_t amount_minor, int64_t now_ms, struct allocation *allocation,
                                struct fault *fault) WARN_UNUSED;

/* How much of a credit note lowers its own invoice: what is unpaid, at most all that the note has
 * left. May be nothing. */
int64_t credit_note_share(const struct invoice *credit_note, const struct invoice *invoice);

/* Takes an allocation back. payment or credit_note is what it came from, the other is NULL.
 * ERROR_WRONG_STATE for "state" if it was reversed before, and for "invoice_id" if a credit note
 * lowered its own invoice, which stands as long as the credit note does; ERROR_INVALID for "reason"
 * without one. What is left of the invoice's own credit notes should then
 * lower it again (credit_note_share). */
enum error allocation_reverse(struct allocation *allocation, struct payment *payment,
                              struct invoice *credit_note, struct invoice *invoice,
                              const char *reason, int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* The money was never received. ERROR_WRONG_STATE for "allocated" or "refunded" while anything of
 * it is in use, and for "state" if it was reversed before; ERROR_INVALID for "reason" without one.
 */
enum error payment_reverse(struct payment *payment, const char *reason,
                           struct fault *fault) WARN_UNUSED;

/* A part of an amount for one invoice of a list. */
struct allocation_share {
    size_t invoice; /* its place */
    int64_t amount_minor;
};

/* Spreads amount_minor over a client's open invoices in that currency, the oldest due first, then
 * by number. shares has room for all invoices; returns how many it fills. What is left over is
 * credit. */
size_t allocate_oldest_first(struct arena *arena, const struct list *invoices, struct id client_id,
                             const char *currency, int64_t amount_minor,
                             struct allocation_share *shares);

/* The invoice whose ISO 11649 reference stands in what a payer wrote, in either case, with or
 * without spaces and other words around it; NULL if none or several do. */
const struct invoice *invoice_by_reference(struct arena *arena, const struct list *invoices,
                                           const char *payer_text);

#endif
