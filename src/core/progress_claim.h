/* A progress claim: of a milestone whose pricing is progress, the agency says how much is done by
 * now, as a cumulative percentage, and the client's approver accepts that or rejects it with a
 * reason. An accepted one is billed, at once or with its month (core/billing_month.h): the share of
 * the price that it comes to, less what was claimed before, so that all of them and the rest that
 * the milestone's own acceptance bills sum to the price, however they are cut. Nothing goes back:
 * what is too much is for a credit note.
 *
 * The share is one of what the milestone bills, its price less what was agreed to be taken off. */
#ifndef WAYMARK_CORE_PROGRESS_CLAIM_H
#define WAYMARK_CORE_PROGRESS_CLAIM_H

#include "core/invoice.h"
#include "core/policy.h"

enum progress_state {
    PROGRESS_CLAIMED = 1,
    PROGRESS_ACCEPTED,
    PROGRESS_REJECTED,
    PROGRESS_WITHDRAWN,
};
extern const struct choices progress_state_choices;

struct progress_claim {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id contract_id;
    struct id milestone_id;
    int64_t number;      /* 1, 2, …; counts all claims of the milestone */
    int64_t percent_ppm; /* done by now, of the whole milestone */
    int64_t before_ppm;  /* accepted before */
    const char *currency;
    int64_t net_minor; /* what its acceptance bills */
    const char *note;
    enum progress_state state;
    struct id claimed_by; /* user */
    const char *claimed_by_name;
    int64_t claimed_at;
    struct id decided_by; /* contact; the user who withdrew it */
    const char *decided_by_name;
    int64_t decided_at;
    const char *reason;   /* of a rejection; of other answers in words */
    struct id invoice_id; /* once it is billed */
};
extern const struct shape progress_claim_shape;

enum progress_event {
    PROGRESS_ACCEPT = 1,
    PROGRESS_REJECT,
    PROGRESS_WITHDRAW,
    PROGRESS_EVENT_COUNT,
};

/* Fills claim, whose id, number, percentage and note are set, for the milestone. ERROR_WRONG_STATE
 * for "pricing" unless that is progress, for "state" unless the milestone has begun and is not
 * under review; ERROR_OUT_OF_RANGE for "percent_ppm" unless it is above what was accepted before
 * and at most 100%, and where it comes to nothing. */
enum error progress_claim_make(struct progress_claim *claim, const struct milestone *milestone,
                               const struct actor *actor, int64_t now_ms,
                               struct fault *fault) WARN_UNUSED;

/* The step of the state, with who took it. Leaves it as it was when it refuses: ERROR_WRONG_STATE
 * for "state", ERROR_INVALID for "reason" of a rejection without one. */
enum error progress_claim_decide(struct progress_claim *claim, enum progress_event event,
                                 const char *reason, const struct actor *actor, int64_t now_ms,
                                 struct fault *fault) WARN_UNUSED;

/* Counts a claim that was just accepted on its milestone. ERROR_WRONG_STATE for "state" once the
 * milestone is accepted, under review or gone; ERROR_CONFLICT for "net" where the price has changed
 * since it was claimed. */
enum error progress_claim_count(const struct progress_claim *claim, struct milestone *milestone,
                                struct fault *fault) WARN_UNUSED;

/* The line that bills an accepted claim, without invoice and number. */
struct invoice_line line_of_claim(struct arena *arena, const struct milestone *milestone,
                                  const struct progress_claim *claim);

/* Fills invoice, whose id is set, with the one line of an accepted claim, and marks the claim as
 * billed by it. Errors of invoice_of_lines; then it is left as it was. */
enum error invoice_for_claim(struct arena *arena, const struct invoice_basis *basis,
                             const struct milestone *milestone, struct progress_claim *claim,
                             int32_t today, int64_t now_ms, struct invoice *invoice,
                             struct fault *fault) WARN_UNUSED;

#endif
