/* Rules about a contract's terms on their own: whether they make sense, and their calendar. */
#ifndef WAYMARK_CORE_CONTRACT_TERMS_H
#define WAYMARK_CORE_CONTRACT_TERMS_H

#include "base/arena.h"
#include "base/day.h"
#include "base/error.h"
#include "core/plan.h"
#include "core/submission.h"

/* ERROR_INVALID or ERROR_OUT_OF_RANGE naming the member within a plan ("plan/terms/holidays/3").
 * Deemed acceptance needs a period, and towards a consumer a notice text, without which silence
 * means nothing. A reminder falls within the period. Monthly billing names its day. */
enum error contract_terms_check(struct arena *arena, const struct contract_terms *terms,
                                struct fault *fault) WARN_UNUSED;

/* Says in words what is meant where the terms say nothing, so that a new contract states it. */
void contract_terms_complete(struct contract_terms *terms);

/* How tax is rounded on all documents of the contract: half up, per group unless it says per line.
 */
struct tax_rule contract_tax_rule(const struct contract_terms *terms);

/* The least severe defect that justifies a refusal: major unless the contract says otherwise. */
enum severity contract_refusal_severity(const struct contract_terms *terms);

/* The days on which business rests: Saturdays, Sundays and the holidays, sorted, in the arena.
 * ERROR_INVALID for a holiday that is no day. */
enum error contract_terms_calendar(struct arena *arena, const struct contract_terms *terms,
                                   struct day_calendar *calendar, struct fault *fault) WARN_UNUSED;

/* So many days later, or earlier if negative, counted as the terms count those of acceptance.
 * ERROR_OUT_OF_RANGE past the year 9999. */
enum error contract_terms_count(const struct contract_terms *terms,
                                const struct day_calendar *calendar, int32_t day, int64_t days,
                                int32_t *result, struct fault *fault) WARN_UNUSED;

#endif
