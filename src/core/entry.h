/* What each event posts to the ledger. Debits are above zero, credits below; each entry sums to
 * nothing and is in one currency.
 *
 *   event                          debit             credit
 *   invoice issued                 receivable        revenue, output_tax
 *   credit note issued             revenue,          client_credit
 *                                  output_tax
 *   payment received               bank              client_credit
 *   payment or credit note
 *     allocated to an invoice      client_credit     receivable
 *   refund requested               client_credit     refunds_payable
 *   refund paid                    refunds_payable   bank
 *   anything reversed              its mirror
 *
 * So receivable is what invoices have outstanding, and client_credit what payments and credit notes
 * have left, both per client.
 *
 * An entry has the id of the row that it records, so that nothing is booked twice; a further one of
 * the same row (a reversal, a refund's payment) is given an id of its own. Postings live in the
 * arena. now_ms is when it is booked, day the day that it counts for. */
#ifndef WAYMARK_CORE_ENTRY_H
#define WAYMARK_CORE_ENTRY_H

#include "base/arena.h"
#include "base/error.h"
#include "core/invoice.h"
#include "core/ledger.h"
#include "core/payment.h"

enum chart_account {
    CHART_BANK,
    CHART_RECEIVABLE,
    CHART_CLIENT_CREDIT,
    CHART_REFUNDS_PAYABLE,
    CHART_OUTPUT_TAX,
    CHART_REVENUE,
    CHART_COUNT,
};

/* The accounts that a new company starts with. */
extern const struct ledger_account chart_of_accounts[CHART_COUNT];

struct ledger_entry entry_for_invoice(struct arena *arena, const struct invoice *invoice,
                                      int64_t now_ms);
struct ledger_entry entry_for_credit_note(struct arena *arena, const struct invoice *credit_note,
                                          int64_t now_ms);
struct ledger_entry entry_for_payment(struct arena *arena, const struct payment *payment,
                                      int64_t now_ms);
/* source and invoice are the numbers of what it goes from and to. */
struct ledger_entry entry_for_allocation(struct arena *arena, const struct allocation *allocation,
                                         const char *source, const char *invoice, int32_t day,
                                         int64_t now_ms);
struct ledger_entry entry_for_refund_request(struct arena *arena, const struct refund *refund,
                                             int32_t day, int64_t now_ms);
struct ledger_entry entry_for_refund(struct arena *arena, const struct refund *refund, struct id id,
                                     int64_t now_ms);

/* The mirror of an entry that was read with its postings. */
struct ledger_entry entry_reverse(struct arena *arena, const struct ledger_entry *entry,
                                  struct id id, int32_t day, const char *narrative, int64_t now_ms);

/* ERROR_INVALID for "currency", for "postings" if there are fewer than two, for
 * "postings/1/account" if it is none of the chart, for "postings/1/client_id" unless one is there
 * for accounts per client and none for others, for "postings/1/amount" if it is zero;
 * ERROR_SUM_MISMATCH for "postings", saying by how much, if they do not balance; ERROR_OUT_OF_RANGE
 * for "amount". */
enum error entry_check(const struct ledger_entry *entry, struct fault *fault) WARN_UNUSED;

#endif
