/* One person's yes to a progress claim where the contract wants several (core/approval.h says how
 * many, by the price of the milestone). The claim is accepted with the last one; one refusal
 * refuses. */
#ifndef WAYMARK_CORE_PROGRESS_APPROVAL_H
#define WAYMARK_CORE_PROGRESS_APPROVAL_H

#include "core/approval.h"
#include "core/progress_claim.h"

struct progress_approval {
    struct id id;
    struct id engagement_id;
    struct id milestone_id;
    struct id progress_claim_id;
    int64_t sequence; /* 1, 2, … of its claim */
    struct id approved_by;
    const char *approved_by_name;
    const char *approved_by_role;
    enum method method;
    int64_t approved_at;
    const char *note;
};
extern const struct shape progress_approval_shape;

/* Fills approval, whose id is set, as the next one of the claim after those that there are (struct
 * progress_approval, in their order). ERROR_CONFLICT for "approved_by" if that person has approved
 * it already. */
enum error progress_approval_give(struct progress_approval *approval,
                                  const struct progress_claim *claim, const struct list *earlier,
                                  const char *note, const struct actor *actor, int64_t now_ms,
                                  struct fault *fault) WARN_UNUSED;

#endif
