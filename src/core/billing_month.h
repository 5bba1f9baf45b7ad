/* Accepted work that is collected by calendar month: which month it falls into, when that is
 * billed, and the one invoice of it. Days are those of the contract's zone. */
#ifndef WAYMARK_CORE_BILLING_MONTH_H
#define WAYMARK_CORE_BILLING_MONTH_H

#include "core/invoice.h"

struct billing_month {
    int32_t start_day;
    int32_t end_day;
    int32_t issue_day; /* the agreed day of the next month, or that month's last */
};

/* The month that work accepted on a day is collected in. The terms bill by month.
 * ERROR_OUT_OF_RANGE if the next month is past year 9999. */
enum error billing_month_of(const struct contract_terms *terms, int32_t accepted_day,
                            struct billing_month *month, struct fault *fault) WARN_UNUSED;

/* The month that is billed on a day of the one after it. */
enum error billing_month_before(const struct contract_terms *terms, int32_t issue_day,
                                struct billing_month *month, struct fault *fault) WARN_UNUSED;

/* Fills invoice, whose id is set, with a line for each milestone, in their order, dated and due
 * from the month's day of issue, and marks them as invoiced by it. basis names client and contract.
 * Errors of invoice_for_milestone; then nothing is marked. */
enum error invoice_for_month(struct arena *arena, const struct invoice_basis *basis,
                             const struct billing_month *month, struct list *milestones,
                             int64_t now_ms, struct invoice *invoice,
                             struct fault *fault) WARN_UNUSED;

#endif
