/* The acceptance clock at work: core/acceptance_clock.h counts days, here they get moments in the
 * contract's zone, jobs and mail.
 *
 * The last day for an answer ends with its last millisecond there: that moment is the submission's
 * deadline_at, and a job due just after it takes silence for an answer where the contract says so.
 * However late the job comes, the acceptance has the deadline's date. */
#ifndef WAYMARK_ACTION_ACCEPTANCE_CLOCK_H
#define WAYMARK_ACTION_ACCEPTANCE_CLOCK_H

#include "action/job.h"
#include "action/review.h"
#include "core/acceptance_clock.h"

/* Reminders go out so long after their day has begun in the contract's zone: at nine. */
enum { REMINDER_MS = 9 * 60 * 60 * 1000 };

/* Starts the clock of the review's submission with its request: sets clock_start_at and
 * deadline_at. ERROR_INVALID if the contract's zone or calendar cannot be read. */
enum error start_clock(struct call *call, struct review *review, struct acceptance_clock *clock,
                       struct fault *fault) WARN_UNUSED;

/* Schedules what the clock does later. */
enum error schedule_clock(struct call *call, const struct review *review,
                          const struct acceptance_clock *clock, struct fault *fault) WARN_UNUSED;

/* What a dispute that is opened now leaves of the running clock, in days as the contract counts;
 * 0 if none runs. */
enum error find_days_left(struct call *call, const struct review *review, int64_t *days_left,
                          struct fault *fault) WARN_UNUSED;

/* Starts the clock anew with those days: sets clock_start_at, clock_days and deadline_at. */
enum error resume_clock(struct call *call, struct review *review, int64_t days_left,
                        struct acceptance_clock *clock, struct fault *fault) WARN_UNUSED;

/* The mail of a notice; *found false: it stayed in the house that the engagement comes from. The
 * viewer has to be the agency. */
enum error find_notice(struct call *call, const struct acceptance_notice *notice,
                       struct outbox *message, bool *found, struct fault *fault) WARN_UNUSED;

/* The clock as it counts in the end: towards a consumer from the moment at which the notice of what
 * silence means was delivered. */
enum error find_clock(struct call *call, const struct review *review,
                      struct acceptance_clock *clock, int64_t *start_at,
                      struct fault *fault) WARN_UNUSED;

/* Whether a decision still counts. ERROR_EXPIRED for "deadline_at" when silence has decided
 * already, though the job that says so has not come yet. */
enum error check_in_time(struct call *call, const struct review *review,
                         struct fault *fault) WARN_UNUSED;

/* The job's step: reminds those who have not answered, once a day at most. */
job_step remind_acceptance;

/* The moment just after the last of a day there, and the day that a moment is in. */
int64_t clock_day_end(const struct contract_terms *terms, int32_t day);
int32_t clock_day(const struct contract_terms *terms, int64_t moment);

#endif
