/* How the work on an engagement goes. The client sees the same figures without hours and cost. */
#ifndef WAYMARK_ACTION_TRACKING_H
#define WAYMARK_ACTION_TRACKING_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/engagement.h"
#include "core/estimate.h"
#include "core/tracking.h"

struct tracking_view {
    struct id engagement_id;
    int32_t today;
    struct tracking *total;
    struct list milestones; /* struct tracking */
};

extern const struct operation show_tracking_operation; /* struct subject */

/* Fills the view as of a day; hours and cost only where an agency's eyes read. */
enum error reckon_tracking(struct call *call, const struct engagement *engagement, int32_t today,
                           struct tracking_view *view, struct fault *fault) WARN_UNUSED;

/* What the contract's estimate comes to, by milestone, or *found false without one. For the agency
 * only. */
enum error load_estimated(struct call *call, struct id engagement_id, struct list *figures,
                          bool *found, struct fault *fault) WARN_UNUSED;

#endif
