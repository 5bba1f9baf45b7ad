/* Open objections, which let invoices rest. */
#ifndef WAYMARK_STORE_DISPUTE_H
#define WAYMARK_STORE_DISPUTE_H

#include "core/dispute.h"
#include "core/invoice.h"
#include "store/store.h"

/* When the milestone's open objection was raised; 0: none is open. Does not ask who looks: load the
 * milestone first. */
enum error find_objection(struct store *store, const struct milestone *milestone,
                          int64_t *opened_at, struct fault *fault) WARN_UNUSED;

/* How many objections but this one are open to what the invoice bills. */
enum error count_other_objections(struct store *store, const struct invoice *invoice,
                                  const struct dispute *dispute, int64_t *count,
                                  struct fault *fault) WARN_UNUSED;

#endif
