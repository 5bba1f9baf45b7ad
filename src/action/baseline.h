/* Baselines: copies of the plan's days, taken at kickoff or by hand, and how far the plan is from
 * them now. */
#ifndef WAYMARK_ACTION_BASELINE_H
#define WAYMARK_ACTION_BASELINE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/baseline.h"
#include "core/engagement.h"
#include "store/list.h"

struct list_baselines {
    struct page_query page;
    struct id engagement_id;
};

struct baseline_variance {
    struct id baseline_id;
    const char *name;
    int32_t taken_day;
    int32_t today;
    struct list rows; /* struct variance */
};

extern const struct operation list_baselines_operation; /* without their rows */
extern const struct operation show_baseline_operation;  /* struct subject */

/* Takes struct baseline: engagement_id, name, note. ERROR_CONFLICT for a "name" that is taken. */
extern const struct operation take_baseline_operation;

/* Takes struct subject, gives struct baseline_variance. */
extern const struct operation compare_baseline_operation;

/* The one of the first kickoff, to be made before anything is saved and kept afterwards. One that
 * has no id is not kept: there is one. */
enum error make_kickoff_baseline(struct call *call, struct id engagement_id,
                                 struct baseline *baseline, struct fault *fault) WARN_UNUSED;
enum error keep_baseline(struct call *call, struct baseline *baseline,
                         struct fault *fault) WARN_UNUSED;

#endif
