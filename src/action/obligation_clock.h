/* The clock of an obligation: it is reminded of before and on its due day, and for each working day
 * that it is late after that, what waits for it moves by one. */
#ifndef WAYMARK_ACTION_OBLIGATION_CLOCK_H
#define WAYMARK_ACTION_OBLIGATION_CLOCK_H

#include "action/job.h"
#include "core/engagement.h"
#include "core/obligation.h"

/* Schedules its reminders that are still to come, and the count of the first working day after the
 * due day, in the engagement's time zone. */
enum error schedule_obligation(struct call *call, const struct engagement *engagement,
                               const struct obligation *obligation,
                               struct fault *fault) WARN_UNUSED;

/* Schedules the count of the first working day after that day. */
enum error schedule_next_late_day(struct call *call, const struct engagement *engagement,
                                  const struct obligation *obligation, int32_t day,
                                  struct fault *fault) WARN_UNUSED;

job_step remind_of_obligation;
job_step count_obligation_late;

#endif
