/* The acceptance clock: how long the client has, when it is reminded, and what its silence means.
 * Days only; which day it is in the contract's zone is for the caller to say.
 *
 * It starts on the day on which the notice and all deliverables were available, and that day does
 * not count. The deadline is the last day for an answer. It stops with the decision on its
 * submission; a new submission has a new clock. */
#ifndef WAYMARK_CORE_ACCEPTANCE_CLOCK_H
#define WAYMARK_CORE_ACCEPTANCE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "core/plan.h"
#include "core/submission.h"

struct acceptance_clock {
    int32_t start_day;
    int32_t deadline_day; /* DAY_NONE: the contract sets no period */
    bool deems;           /* silence until the deadline's end is acceptance */
    size_t reminder_count;
    int32_t reminder_days[REMINDERS_LIMIT]; /* after start_day, in order, each once */
};

/* was_notified: a consumer got the contract's notice of what silence means, together with the
 * request; a request is on its way to anybody else. There is no deemed acceptance without it.
 * Errors of contract_terms_calendar, and ERROR_OUT_OF_RANGE past year 9999. */
enum error acceptance_clock_start(struct arena *arena, const struct contract_terms *terms,
                                  int32_t start_day, bool was_notified,
                                  struct acceptance_clock *clock, struct fault *fault) WARN_UNUSED;

/* The days from today to the deadline, counted as the terms count them: what is left of a clock
 * that is stopped today. The day itself is half gone and not counted, but one day is always left.
 */
enum error acceptance_clock_days_left(struct arena *arena, const struct contract_terms *terms,
                                      int32_t today, int32_t deadline_day, int64_t *days_left,
                                      struct fault *fault) WARN_UNUSED;

/* The last day for an objection to a deemed acceptance whose deadline was that day; DAY_NONE where
 * the terms give none. Errors as acceptance_clock_start. */
enum error acceptance_clock_objection(struct arena *arena, const struct contract_terms *terms,
                                      int32_t deadline_day, int32_t *last_day,
                                      struct fault *fault) WARN_UNUSED;

/* Whether the submission's clock runs: it was started, nothing is decided and nothing in dispute.
 */
bool acceptance_clock_runs(const struct submission *submission);

/* Whether the deadline is past. */
bool acceptance_clock_has_run_out(const struct acceptance_clock *clock, int32_t today);

/* Whether an answer still counts: ERROR_EXPIRED for "deadline_at" once silence has been
 * acceptance. */
enum error acceptance_clock_check(const struct acceptance_clock *clock, int32_t today,
                                  struct fault *fault) WARN_UNUSED;

#endif
