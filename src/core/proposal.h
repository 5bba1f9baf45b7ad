/* A proposal is one numbered revision of what the agency offers: scope, milestones, dates and price
 * together. */
#ifndef WAYMARK_CORE_PROPOSAL_H
#define WAYMARK_CORE_PROPOSAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/engagement.h"
#include "core/plan.h"
#include "core/policy.h"
#include "core/requirement.h"

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

/* ---- rules; a wrong state is always ERROR_WRONG_STATE for "state" -----------------------------
 */

/* Sets the plan of a draft, with its currency and total, and its last day. */
enum error proposal_edit(struct proposal *proposal, struct plan *plan, int32_t valid_until_day,
                         struct fault *fault) WARN_UNUSED;

/* What a proposal is held against when it is sent. */
struct proposal_basis {
    const struct engagement *engagement;
    const struct list *requirements; /* struct requirement, all of the engagement */
    const struct requirement_confirmation *confirmation; /* the latest, or NULL */
    int32_t today;
};

/* Whether it can be offered and accepted on that basis. Errors of plan_check, ERROR_WRONG_STATE for
 * "requirements" if the client has not confirmed them as they are now, ERROR_INVALID for
 * "plan/currency" if it is not the engagement's. */
enum error proposal_check_basis(struct arena *arena, const struct proposal *proposal,
                                const struct proposal_basis *basis,
                                struct fault *fault) WARN_UNUSED;

/* Draft to sent. Errors of proposal_check_basis, and ERROR_INVALID or ERROR_OUT_OF_RANGE for
 * "valid_until_day" if that is past, or more than DAYS_LIMIT ahead. */
enum error proposal_send(struct arena *arena, struct proposal *proposal,
                         const struct proposal_basis *basis, int64_t now_ms,
                         struct fault *fault) WARN_UNUSED;

/* The client looked at it. False if it had before, or it is no longer open: nothing changed. */
bool proposal_view(struct proposal *proposal, int64_t now_ms);

/* ERROR_EXPIRED for "valid_until_day" after that day. */
enum error proposal_accept(struct proposal *proposal, const struct actor *actor, int32_t today,
                           int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* The client accepted elsewhere, and staff says so. ERROR_INVALID for "proof" without one. */
enum error proposal_record_acceptance(struct proposal *proposal, const struct actor *actor,
                                      const char *proof, int32_t today, int64_t now_ms,
                                      struct fault *fault) WARN_UNUSED;

/* ERROR_INVALID for "reason" without one. */
enum error proposal_decline(struct proposal *proposal, const struct actor *actor,
                            const char *reason, int64_t now_ms, struct fault *fault) WARN_UNUSED;
enum error proposal_request_change(struct proposal *proposal, const struct actor *actor,
                                   const char *reason, int64_t now_ms,
                                   struct fault *fault) WARN_UNUSED;

/* A later revision was sent or accepted. */
enum error proposal_supersede(struct proposal *proposal, struct fault *fault) WARN_UNUSED;

/* ERROR_OUT_OF_RANGE for "valid_until_day" up to that day. */
enum error proposal_expire(struct proposal *proposal, int32_t today,
                           struct fault *fault) WARN_UNUSED;

enum error proposal_withdraw(struct proposal *proposal, struct fault *fault) WARN_UNUSED;

#endif
