/* Milestones at work: what is agreed, what comes after what, starting and reworking. Handing over
 * is action/submission.h, deciding on it action/acceptance.h. */
#ifndef WAYMARK_ACTION_MILESTONE_H
#define WAYMARK_ACTION_MILESTONE_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/milestone.h"
#include "store/list.h"

struct list_milestones {
    struct page_query page;
    struct id engagement_id;
    enum milestone_state state;
    enum milestone_billing billing;
};

extern const struct shape milestone_page_shape; /* struct page */

/* The neighbours of a milestone. */
struct milestone_dependencies {
    struct list comes_after;  /* struct milestone: id, number, code, title, due_day, state */
    struct list comes_before; /* likewise */
};

extern const struct operation list_milestones_operation;
extern const struct operation show_milestone_operation;              /* struct subject */
extern const struct operation show_milestone_dependencies_operation; /* struct subject */

/* Ready to in progress. */
extern const struct operation start_milestone_operation; /* struct subject */

/* Takes a rejected milestone back, to be handed over again. */
extern const struct operation rework_milestone_operation; /* struct subject */

#endif
