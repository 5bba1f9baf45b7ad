/* Whether a plan holds together, before it is sent or signed. */
#ifndef WAYMARK_CORE_PLAN_CHECK_H
#define WAYMARK_CORE_PLAN_CHECK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "core/graph.h"
#include "core/plan.h"

/* criteria: the codes that milestones may name. Faults name the place ("plan/milestones/2/price"):
 * - ERROR_INVALID: an unknown currency, a missing code, title or day, an unknown code in "after" or
 *   "criteria", tax that does not go together, and contract_terms_check's;
 * - ERROR_CONFLICT: a code or a deliverable's title twice;
 * - ERROR_OUT_OF_RANGE: a price, or a day before another that it has to follow: due before start,
 * or either before the same day of a milestone that comes first;
 * - ERROR_CYCLE: "after" goes round, for "plan/milestones", with the way: "S1 -> S2 -> S1";
 * - ERROR_CONFLICT or ERROR_OUT_OF_RANGE for "plan/terms/one_approver_limit/amount" in another
 *   currency than the plan's, or of nothing;
 * - those of plan_check_prices;
 * - for "plan/terms/billing_mode", what tax_compute refuses of all milestones on one invoice, where
 *   accepted work is collected by month. */
enum error plan_check(struct arena *arena, const struct plan *plan, const struct texts *criteria,
                      struct fault *fault) WARN_UNUSED;

/* The same but for the order of days and the sum: whether there is a plan to speak of. */
enum error plan_check_parts(struct arena *arena, const struct plan *plan,
                            const struct texts *criteria, struct fault *fault) WARN_UNUSED;

/* Of a draft, which need not hold together yet: whether "after" goes round. Codes that are not
 * there are no matter. ERROR_CYCLE as above. */
enum error plan_check_cycle(struct arena *arena, const struct plan *plan,
                            struct fault *fault) WARN_UNUSED;

/* Which milestone, by place, comes after which; codes in "after" that are not there are left out.
 */
struct graph plan_graph(struct arena *arena, const struct plan *plan);

#endif
