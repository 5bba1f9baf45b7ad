/* What explanations are made from (core/explanation.h). None of these asks who looks: load the
 * invoice or contract first. */
#ifndef WAYMARK_STORE_EXPLANATION_H
#define WAYMARK_STORE_EXPLANATION_H

#include "core/domain.h"
#include "store/store.h"

/* struct applied_amount: what is applied to an invoice, in the order of time. */
enum error list_applied(struct store *store, struct id invoice_id, struct list *applied,
                        struct fault *fault) WARN_UNUSED;

/* struct spent_amount: what a credit note was used for, invoices first. */
enum error list_spent(struct store *store, const struct invoice *credit_note, struct list *spent,
                      struct fault *fault) WARN_UNUSED;

/* struct applied_change, in the order in which they were applied. */
enum error list_applied_changes(struct store *store, const struct contract *contract,
                                struct list *changes, struct fault *fault) WARN_UNUSED;

#endif
