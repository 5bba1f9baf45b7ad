/* Earned value: each day that is over is kept as a snapshot, taken by a job at its end or, when
 * that comes late, with its own date; today's is reckoned when it is asked for. The agency's own.
 */
#ifndef WAYMARK_ACTION_EARNED_VALUE_H
#define WAYMARK_ACTION_EARNED_VALUE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/engagement.h"
#include "core/job.h"
#include "core/value_snapshot.h"

struct show_earned_value {
    struct id engagement_id;
    int32_t day; /* none: today */
};

extern const struct shape show_earned_value_shape;

struct earned_value_view {
    struct id engagement_id;
    int32_t day;
    enum value_basis basis;
    int64_t taken_at; /* none: not kept, as the day is not over */
    struct earned_value *total;
    struct list milestones; /* struct earned_value */
};

/* ERROR_NOT_FOUND for "day" that was not kept; ERROR_OUT_OF_RANGE for "day" in the future. */
extern const struct operation show_earned_value_operation;

struct choose_earning_rule {
    struct id milestone_id;
    enum earning_rule rule;
};

/* Gives struct earning_choice. Snapshots that were taken stay as they are. ERROR_WRONG_STATE for
 * "state" of a milestone that is accepted or cancelled, and for "engagement" that is closed. */
extern const struct operation choose_earning_rule_operation;

/* The value of a day: of today with what it is reckoned from, of one that is over as it was kept.
 * DAY_NONE is today. Errors of show_earned_value_operation. */
struct value_day {
    struct value_snapshot snapshot;
    bool is_today;
    struct value_ground ground; /* only of today */
};
enum error load_value(struct call *call, const struct engagement *engagement, int32_t day,
                      struct value_day *value, struct fault *fault) WARN_UNUSED;

/* The moment at which a day is over where the engagement is: what was approved before it counts. */
int64_t value_day_end(const char *zone_name, int32_t day);

/* Lets the daily snapshots begin, when an engagement becomes active. */
enum error start_snapshots(struct call *call, const struct engagement *engagement,
                           struct fault *fault) WARN_UNUSED;

/* Keeps the day that was over when the job fell due, once, and waits for the next. The day on which
 * an engagement ends is its last. */
enum error take_snapshot(struct call *call, const struct job *job, struct fault *fault) WARN_UNUSED;

#endif
