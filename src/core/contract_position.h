/* Where a contract stands: the block that each of its invoices shows. All amounts are net of tax,
 * so that they compare with the contract sum. */
#ifndef WAYMARK_CORE_CONTRACT_POSITION_H
#define WAYMARK_CORE_CONTRACT_POSITION_H

#include "base/error.h"
#include "core/contract.h"
#include "core/invoice.h"
#include "core/milestone.h"

struct contract_position {
    const char *currency;
    int64_t sum_minor;         /* as signed */
    int64_t changes_minor;     /* by applied change orders; may be below zero */
    int64_t sum_to_date_minor; /* both together */
    int64_t accepted_minor;    /* prices of the accepted milestones */
    int64_t invoiced_minor;    /* less credit notes */
    int64_t paid_minor;        /* the net share of what invoices were paid with, half up each */
    int64_t left_minor;        /* of the sum to date, to be invoiced */
};
extern const struct shape contract_position_shape;

/* milestones and invoices are all of the contract (struct milestone; struct invoice of both kinds).
 * ERROR_OUT_OF_RANGE for sums that do not fit. */
enum error contract_position_of(const struct contract *contract, int64_t changes_minor,
                                const struct list *milestones, const struct list *invoices,
                                struct contract_position *position,
                                struct fault *fault) WARN_UNUSED;

#endif
