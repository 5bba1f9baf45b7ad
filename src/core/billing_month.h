/* Accepted work that is collected by calendar month: which month it falls into, when that is
 * billed, and the one invoice of it. Days are those of the contract's zone. */
#ifndef WAYMARK_CORE_BILLING_MONTH_H
#define WAYMARK_CORE_BILLING_MONTH_H

#include "core/progress_claim.h"

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
enum error billing_month_before(int32_t issue_day, struct billing_month *month,
                                struct fault *fault) WARN_UNUSED;

/* What it collects: an accepted milestone, or progress of one. */
struct month_work {
    struct milestone milestone;
    struct progress_claim claim; /* accepted; id none where the milestone itself is meant */
};
bool month_work_is_claim(const struct month_work *work);

/* When it was accepted. */
int64_t month_work_accepted_at(const struct month_work *work);

/* In the order of their acceptance, a milestone's claims before itself. */
void month_works_sort(struct list *works);

/* Fills invoice, whose id is set, with a line for each of the works (struct month_work), in their
 * order, dated and due from the month's day of issue, and marks them as billed by it. basis names
 * client and contract. Errors of milestone_bill and invoice_of_lines; then nothing is marked. */
enum error invoice_for_month(struct arena *arena, const struct invoice_basis *basis,
                             const struct billing_month *month, struct list *works, int64_t now_ms,
                             struct invoice *invoice, struct fault *fault) WARN_UNUSED;

#endif
