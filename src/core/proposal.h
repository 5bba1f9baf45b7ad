/* A proposal is one numbered revision of what the agency offers: scope, milestones, dates and price
 * together. */
#ifndef WAYMARK_CORE_PROPOSAL_H
#define WAYMARK_CORE_PROPOSAL_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/plan.h"

enum proposal_state {
    PROPOSAL_DRAFT = 1,
    PROPOSAL_SENT,
    PROPOSAL_VIEWED,
    PROPOSAL_ACCEPTED,
    PROPOSAL_DECLINED,
    PROPOSAL_CHANGE_REQUESTED,
    PROPOSAL_SUPERSEDED, /* by a later revision */
    PROPOSAL_EXPIRED,
    PROPOSAL_WITHDRAWN,
};
extern const struct choices proposal_state_choices;

struct proposal {
    struct id id;
    int64_t version;
    struct id engagement_id;
    int64_t revision; /* 1, 2, … in the engagement */
    enum proposal_state state;
    struct plan *plan;
    const char *currency;
    int64_t total_minor;     /* the plan's */
    int32_t valid_until_day; /* the last day on which it can be accepted */
    int64_t sent_at;
    int64_t viewed_at;
    int64_t decided_at;
    struct id decided_by; /* contact, or the user who recorded it */
    const char *reason;   /* why it was declined, or what should change */
    const char *proof;    /* what an acceptance recorded by staff rests on */
    int64_t created_at;
};
extern const struct shape proposal_shape;

#endif
