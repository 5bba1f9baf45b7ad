/* What a client's payers are told about invoices, by mail: its contacts with that role, and the
 * billing address on record; where there is neither, its approvers, as somebody has to know.
 * Called inside an action, once its rows are as they will be saved. */
#ifndef WAYMARK_ACTION_INVOICE_MAIL_H
#define WAYMARK_ACTION_INVOICE_MAIL_H

#include "action/call.h"
#include "core/client.h"
#include "core/company.h"
#include "core/invoice.h"
#include "core/payment.h"

/* Whom to write to (struct recipient); read before the action's first change. parties are the
 * client's people (struct party) if they have been read already, or NULL. */
enum error list_payers(struct call *call, const struct company *company,
                       const struct client *client, const struct list *parties, struct list *payers,
                       struct fault *fault) WARN_UNUSED;

/* company: whose account it is paid to. */
enum error mail_invoice_issued(struct call *call, const struct company *company,
                               const struct list *payers, const struct invoice *invoice,
                               struct fault *fault) WARN_UNUSED;
enum error mail_invoice_overdue(struct call *call, const struct company *company,
                                const struct list *payers, const struct invoice *invoice,
                                struct fault *fault) WARN_UNUSED;

/* invoice is what the note takes back, as it stands afterwards. */
enum error mail_credit_note_issued(struct call *call, const struct list *payers,
                                   const struct invoice *note, const struct invoice *invoice,
                                   struct fault *fault) WARN_UNUSED;
enum error mail_refund_paid(struct call *call, const struct list *payers,
                            const struct refund *refund, struct fault *fault) WARN_UNUSED;

/* To those who pay: it has arrived, and what it paid. invoices (struct invoice) are those of the
 * payment's allocations, in their order. */
enum error mail_payment_received(struct call *call, const struct list *payers,
                                 const struct payment *payment, const struct list *invoices,
                                 struct fault *fault) WARN_UNUSED;

#endif
