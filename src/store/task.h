/* The plan of an engagement's work, as rows. None of these asks who looks: load the engagement
 * first, for one of the agency. */
#ifndef WAYMARK_STORE_TASK_H
#define WAYMARK_STORE_TASK_H

#include "core/milestone.h"
#include "core/task.h"
#include "store/store.h"

/* Every one, in the order in which they were made. */
enum error list_tasks_of(struct store *store, struct id engagement_id, struct list *tasks,
                         struct fault *fault) WARN_UNUSED;
enum error list_task_dependencies_of(struct store *store, struct id engagement_id,
                                     struct list *dependencies, struct fault *fault) WARN_UNUSED;

/* By number; of each only what a plan needs: id, engagement, number, code, title, days, state and
 * when it was accepted. */
enum error list_milestones_to_plan(struct store *store, struct id engagement_id,
                                   struct list *milestones, struct fault *fault) WARN_UNUSED;
enum error list_milestone_dependencies_of(struct store *store, struct id engagement_id,
                                          struct list *dependencies,
                                          struct fault *fault) WARN_UNUSED;

#endif
