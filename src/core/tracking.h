/* How the work on an engagement goes, milestone by milestone and in all: what is done, what was
 * handed over in time, what was accepted at once, which defects were found, and what was worked and
 * cost beside what was estimated.
 *
 * Rates are millionths, half up; one of nothing is none. Cancelled tasks count nowhere, and of a
 * cancelled milestone only what was worked does. */
#ifndef WAYMARK_CORE_TRACKING_H
#define WAYMARK_CORE_TRACKING_H

#include <stdint.h>

#include "base/arena.h"
#include "base/shape.h"
#include "core/milestone.h"
#include "core/submission.h"
#include "core/task.h"

/* Approved time on one milestone. */
struct approved_time {
    struct id milestone_id;
    int64_t minutes;
    int64_t cost_minor; /* INTEGER_NONE if there are no rates */
};
extern const struct shape approved_time_shape;

struct tracking {
    const char *code; /* these four: none: all */
    const char *title;
    enum milestone_state state;
    int32_t due_day; /* signed */
    int64_t tasks;
    int64_t tasks_done;
    int64_t task_completion_ppm;
    int64_t deadlines; /* signed due days that can be judged */
    int64_t deadlines_kept;
    int64_t deadline_adherence_ppm;
    int64_t first_decisions; /* milestones whose first round was decided */
    int64_t first_acceptances;
    int64_t first_pass_ppm;
    int64_t minor_defects;
    int64_t major_defects;
    int64_t critical_defects;
    int64_t planned_minutes;   /* of its tasks */
    int64_t estimated_minutes; /* of the contract's estimate; none without one */
    int64_t approved_minutes;
    const char *currency;
    int64_t estimated_cost_minor; /* likewise */
    int64_t approved_cost_minor;  /* none without rates */
};
extern const struct shape tracking_shape;

/* What the figures are taken from. Lists that the reader may not see are empty. */
struct tracking_ground {
    const struct list *milestones;  /* struct milestone */
    const struct list *tasks;       /* struct task */
    const struct list *submissions; /* struct submission, by milestone and round */
    const int32_t *submitted_days;  /* of each of them, where the contract's clock is */
    const struct list *times;       /* struct approved_time */
    const struct list *estimates;   /* struct estimate_figures by code; NULL: no estimate */
    const char *currency;
    int32_t today;
};

/* A due day is kept when the submission that was accepted was handed over on it or before. It can
 * be judged once the milestone is accepted, and when it is over with nothing handed over that is
 * still to be decided or was in time. A round that was withdrawn is none. rows has a struct
 * tracking for each milestone, in their order. */
void tracking_reckon(struct arena *arena, const struct tracking_ground *ground, struct list *rows,
                     struct tracking *total);

#endif
