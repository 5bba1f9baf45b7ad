/* An approval is one person's yes to a submission where the contract wants several: a number of
 * approvers for each acceptance, or two where the price is above what one may accept alone. The
 * acceptance takes effect with the last one. All approve the same: the same criteria met, the same
 * defects. One refusal refuses. */
#ifndef WAYMARK_CORE_APPROVAL_H
#define WAYMARK_CORE_APPROVAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/milestone.h"
#include "core/policy.h"
#include "core/submission.h"

struct approval {
    struct id id;
    struct id engagement_id;
    struct id milestone_id;
    struct id submission_id;
    int64_t sequence; /* 1, 2, … of its submission */
    struct id approved_by;
    const char *approved_by_name;
    const char *approved_by_role;
    enum method method;
    int64_t approved_at;
    const char *reservations;
    struct list decisions; /* struct decision */
};
extern const struct shape approval_shape;

/* How many have to approve before the milestone is accepted; 1 unless the terms say otherwise. It
 * is the signed price that counts against the limit, whatever was agreed off it. */
size_t approvals_needed(const struct contract_terms *terms, const struct milestone *milestone);

/* Fills approval, whose id is set, as the next one of the submission after those that there are
 * (struct approval, in their order). ERROR_CONFLICT for "approved_by" if that person has approved
 * it already, for "decisions" if others decided otherwise. */
enum error approval_give(struct approval *approval, const struct submission *submission,
                         const struct list *earlier, const struct list *decisions,
                         const char *reservations, const struct actor *actor, int64_t now_ms,
                         struct fault *fault) WARN_UNUSED;

#endif
