/* A dispute is opened by either side on a submission that is to be decided on, with its reason.
 * While it is open nothing is decided: nobody accepts, rejects or takes back, and silence means
 * nothing. The clock stands still, and goes on with the days that were left when the dispute ends:
 * when both sides say that it is resolved, or the side that opened it withdraws it. */
#ifndef WAYMARK_CORE_DISPUTE_H
#define WAYMARK_CORE_DISPUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"
#include "core/policy.h"
#include "core/submission.h"

enum dispute_state {
    DISPUTE_OPEN = 1,
    DISPUTE_RESOLVED,
    DISPUTE_WITHDRAWN,
};
extern const struct choices dispute_state_choices;

struct dispute {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id milestone_id;
    struct id submission_id;
    enum side side; /* that opened it */
    struct id opened_by;
    const char *opened_by_name;
    int64_t opened_at;
    const char *reason;
    int64_t days_left; /* of the clock, counted as the contract counts; 0: no clock ran */
    enum dispute_state state;
    const char *agency_note; /* how it is resolved, in the words of each side that said so */
    const char *agency_name;
    int64_t agency_at;
    const char *client_note;
    const char *client_name;
    int64_t client_at;
    int64_t ended_at;
    const char *note; /* of a withdrawal */
};
extern const struct shape dispute_shape;

/* On which side an actor is. */
enum side dispute_side(const struct actor *actor);

/* Fills dispute, whose id is set, and freezes the submission. days_left: 0 if no clock runs.
 * ERROR_WRONG_STATE for "state" if it is decided on, for "dispute" if one is open; ERROR_INVALID
 * for "reason" if blank. */
enum error dispute_open(struct dispute *dispute, struct submission *submission, const char *reason,
                        int64_t days_left, const struct actor *actor, int64_t now_ms,
                        struct fault *fault) WARN_UNUSED;

/* One side says that it is resolved, and how; with both it is, and the submission is free.
 * ERROR_WRONG_STATE for "state" if it is not open, or that side has said so; ERROR_INVALID for
 * "note" if blank. */
enum error dispute_resolve(struct dispute *dispute, struct submission *submission, const char *note,
                           const struct actor *actor, int64_t now_ms,
                           struct fault *fault) WARN_UNUSED;

/* The side that opened it takes it back, and the submission is free. Errors as dispute_resolve;
 * ERROR_FORBIDDEN for the other side. */
enum error dispute_withdraw(struct dispute *dispute, struct submission *submission,
                            const char *note, const struct actor *actor, int64_t now_ms,
                            struct fault *fault) WARN_UNUSED;

#endif
