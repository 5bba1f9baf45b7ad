/* Reversing a ledger entry, for accountants who look at the books and not at documents. An entry is
 * never reversed alone: what it records is taken back with it, by the same rules, so that books and
 * rows always agree.
 *
 *   payment         the payment was never received (action/payment.h)
 *   allocation      the money is taken off the invoice (action/allocation.h)
 *   refund request  the refund is cancelled (action/refund.h)
 *   refund          the money came back and is owed again; only the last one of a refund
 *   invoice         refused: an invoice is taken back by a credit note
 *   credit note     refused: a new invoice is issued instead
 *   reversal        refused: what was taken back is recorded anew */
#ifndef WAYMARK_ACTION_ENTRY_REVERSAL_H
#define WAYMARK_ACTION_ENTRY_REVERSAL_H

#include "action/operation.h"

/* Takes struct reverse (action/allocation.h), gives the new entry. */
extern const struct operation reverse_ledger_entry_operation;

#endif
