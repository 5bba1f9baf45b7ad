/* A status report tells the client how the work goes, without hours and without cost. It is kept as
 * it was sent. An engagement may have a rhythm in which it is sent on its own. */
#ifndef WAYMARK_CORE_STATUS_REPORT_H
#define WAYMARK_CORE_STATUS_REPORT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/recurrence.h"
#include "core/tracking.h"

struct status_report {
    struct id id;
    struct id engagement_id;
    int64_t number; /* 1, 2, … of its engagement */
    int32_t day;
    const char *subject;
    const char *text; /* as it was sent, but for the greeting */
    const char *note; /* what the agency added in its own words */
    int64_t recipients;
    struct id sent_by; /* user; none: by the rhythm */
    int64_t sent_at;
};
extern const struct shape status_report_shape;

/* What a report says of a milestone, or of all (without the first four): what the client may see of
 * its tracking. */
struct report_line {
    const char *code;
    const char *title;
    enum milestone_state state;
    int32_t due_day; /* signed */
    int64_t tasks;
    int64_t tasks_done;
    int64_t deadlines;
    int64_t deadlines_kept;
    int64_t first_decisions;
    int64_t first_acceptances;
    int64_t minor_defects;
    int64_t major_defects;
    int64_t critical_defects;
};
extern const struct shape report_line_shape;

/* By the id of its engagement. */
struct report_rhythm {
    struct id id;
    int64_t version;
    struct id engagement_id;
    enum rhythm rhythm;
    int32_t first_day;
    bool is_stopped;
    int64_t created_at;
};
extern const struct shape report_rhythm_shape;

/* ---- rules --------------------------------------------------------------------------------- */

/* ERROR_INVALID for "rhythm" twice a month, for which reports name no days. */
enum error report_rhythm_check(const struct report_rhythm *rhythm, struct fault *fault) WARN_UNUSED;

/* The first of its days that is not before that one, counted from the first day.
 * ERROR_OUT_OF_RANGE after the year 9999. */
enum error report_rhythm_next(const struct report_rhythm *rhythm, int32_t not_before, int32_t *day,
                              struct fault *fault) WARN_UNUSED;

struct report_line report_line_of(const struct tracking *tracking);

#endif
