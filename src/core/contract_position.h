/* Where a contract stands: what was agreed, what of it is accepted, billed and paid, and what is
 * left. It is printed on every invoice.
 *
 * All amounts are net, as the contract sum is. What was paid on an invoice counts with its net
 * share, rounded half up, so a fully paid invoice counts with exactly its net. Credit notes are
 * taken off the invoice that they name; what was paid and then credited is the client's money
 * again and does not count as paid. */
#ifndef WAYMARK_CORE_CONTRACT_POSITION_H
#define WAYMARK_CORE_CONTRACT_POSITION_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

struct contract_position {
    struct id engagement_id;
    struct id contract_id;
    const char *currency;
    int64_t sum_minor;         /* as signed */
    int64_t changes_minor;     /* applied change orders */
    int64_t reductions_minor;  /* agreed, off the prices of what is accepted; 0 or more */
    int64_t sum_to_date_minor; /* sum + changes - reductions */
    int64_t accepted_minor;
    int64_t invoiced_minor;
    int64_t paid_minor;
    int64_t left_minor;   /* to be invoiced: sum to date - invoiced */
    int64_t accepted_ppm; /* of the sum to date, rounded half up; 0 if that is 0 */
    int64_t invoiced_ppm;
    int64_t paid_ppm;
};
extern const struct shape contract_position_shape;

/* Invoices that were billed alike, less their credit notes: fully paid ones together, unpaid ones
 * together, and each part-paid one alone, because only so does rounding not depend on the rest. */
struct billed {
    int64_t net_minor;
    int64_t total_minor;
    int64_t paid_minor; /* of total_minor */
};

/* Fills in what follows from the rest: sum_to_date, invoiced, paid, left and the shares. The caller
 * has set ids, currency, sum, changes, reductions and accepted. ERROR_OUT_OF_RANGE for sums that do
 * not fit. */
enum error contract_position_complete(struct contract_position *position,
                                      const struct billed *billed, size_t count,
                                      struct fault *fault) WARN_UNUSED;

#endif
