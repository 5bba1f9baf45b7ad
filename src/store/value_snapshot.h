/* Earned value, and what it is reckoned from, whoever acts: show nothing of it to a client. */
#ifndef WAYMARK_STORE_VALUE_SNAPSHOT_H
#define WAYMARK_STORE_VALUE_SNAPSHOT_H

#include "core/milestone.h"
#include "core/value_snapshot.h"
#include "store/store.h"

/* When work on a milestone was said to begin, by the log. */
struct milestone_start {
    struct id milestone_id;
    int64_t at;
};

enum error find_snapshot(struct store *store, struct id engagement_id, int32_t day,
                         struct value_snapshot *snapshot, bool *found,
                         struct fault *fault) WARN_UNUSED;

/* The milestones of an engagement in their order, as far as their value needs. */
enum error list_milestones_to_value(struct store *store, struct id engagement_id,
                                    struct list *milestones, struct fault *fault) WARN_UNUSED;

enum error list_earning_choices(struct store *store, struct id engagement_id, struct list *choices,
                                struct fault *fault) WARN_UNUSED;

enum error find_earning_choice(struct store *store, struct id milestone_id,
                               struct earning_choice *choice, bool *found,
                               struct fault *fault) WARN_UNUSED;

/* struct milestone_start; an imported engagement has none from before. */
enum error list_milestone_starts(struct store *store, struct id engagement_id, struct list *starts,
                                 struct fault *fault) WARN_UNUSED;

#endif
