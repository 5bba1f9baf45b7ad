/* A period of a recurring milestone: from when to when, on which day it is billed, and how much.
 * The periods follow from what was signed (core/recurrence.h); one that was billed is a row.
 *
 * A change order may restate how it recurs. The first periods are then settled (core/plan.h): they
 * stay as the plans before say, and those after them are counted on. */
#ifndef WAYMARK_CORE_BILLING_PERIOD_H
#define WAYMARK_CORE_BILLING_PERIOD_H

#include "core/invoice.h"

struct billing_period {
    struct id id;
    struct id engagement_id;
    struct id contract_id;
    struct id milestone_id;
    int64_t number; /* 1, 2, …; once for each milestone */
    int32_t start_day;
    int32_t end_day;
    int32_t bill_day;
    const char *currency;
    int64_t net_minor;
    struct id invoice_id; /* none until it is billed, and where there is nothing to bill */
    int64_t billed_at;
};
extern const struct shape billing_period_shape;

/* Those that a plan itself tells, after what is settled in it: number, days and net. In the arena.
 * Errors of recurrence_periods for what was never checked. */
enum error billing_periods_planned(struct arena *arena, const struct plan_milestone *planned,
                                   struct list *periods, struct fault *fault) WARN_UNUSED;

/* All periods of a recurring milestone, not yet billed and without ids, in the arena: struct
 * billing_period; none if it does not recur in the last of the plans. plans: const struct plan *,
 * the contract's own and those of the orders applied to it, the one in force last; it alone will do
 * where nothing is settled in it. ERROR_CHECK_FAILED for "settled_periods" that none of them tells,
 * and errors of recurrence_periods for what was never checked. */
enum error billing_periods_of(struct arena *arena, const struct list *plans,
                              const struct milestone *milestone, struct list *periods,
                              struct fault *fault) WARN_UNUSED;

/* Whether the series goes on at a period: it ends before its time when the milestone is cancelled,
 * or the contract was terminated on an earlier day (ended_day) than that on which it is billed. */
bool billing_period_is_due(const struct billing_period *period, const struct contract *contract,
                           const struct milestone *milestone, int32_t ended_day);

/* Fills invoice, whose id is set, with the one line of a period, dated and due from its day, and
 * marks the period as billed by it. Errors of invoice_of_lines. */
enum error invoice_for_period(struct arena *arena, const struct invoice_basis *basis,
                              const struct milestone *milestone, struct billing_period *period,
                              int64_t now_ms, struct invoice *invoice,
                              struct fault *fault) WARN_UNUSED;

#endif
