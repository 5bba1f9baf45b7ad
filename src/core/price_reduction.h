/* A price reduction is what a milestone costs less because something of it cannot be corrected. The
 * agency proposes it with its reason, the client's approver agrees or declines, all before the
 * acceptance. One that is agreed lowers what is billed, and not the signed price; a later one takes
 * its place. */
#ifndef WAYMARK_CORE_PRICE_REDUCTION_H
#define WAYMARK_CORE_PRICE_REDUCTION_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/milestone.h"
#include "core/policy.h"

enum reduction_state {
    REDUCTION_PROPOSED = 1,
    REDUCTION_AGREED,
    REDUCTION_DECLINED,
    REDUCTION_WITHDRAWN,
    REDUCTION_SUPERSEDED, /* a later one was agreed in its place */
};
extern const struct choices reduction_state_choices;

struct price_reduction {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id milestone_id;
    int64_t amount_minor; /* net; the whole of what the milestone costs less */
    const char *currency;
    const char *reason;
    const char *criterion; /* code of the one that cannot be met, or NULL */
    enum reduction_state state;
    struct id proposed_by; /* user */
    const char *proposed_by_name;
    int64_t proposed_at;
    struct id decided_by; /* contact; the user who withdrew it */
    const char *decided_by_name;
    int64_t decided_at;
    const char *answer;
};
extern const struct shape price_reduction_shape;

enum reduction_event {
    REDUCTION_AGREE = 1,
    REDUCTION_DECLINE,
    REDUCTION_WITHDRAW,
    REDUCTION_SUPERSEDE,
    REDUCTION_EVENT_COUNT,
};

/* Whether it can be agreed for the milestone. ERROR_WRONG_STATE for "state" once that is accepted
 * or gone, for "pricing" if it is billed by periods; ERROR_INVALID for "reason" if blank, for
 * "criterion" if it is not one of the milestone's; ERROR_OUT_OF_RANGE for "amount" unless it is
 * more than nothing and within the price, less what was claimed of it; ERROR_CONFLICT for "amount"
 * in another currency. */
enum error price_reduction_check(const struct price_reduction *reduction,
                                 const struct milestone *milestone,
                                 struct fault *fault) WARN_UNUSED;

/* The step of the state, with who took it. Leaves it as it was when it refuses: ERROR_WRONG_STATE
 * for "state". */
enum error price_reduction_decide(struct price_reduction *reduction, enum reduction_event event,
                                  const char *answer, const struct actor *actor, int64_t now_ms,
                                  struct fault *fault) WARN_UNUSED;

#endif
