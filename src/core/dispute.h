/* A dispute is opened by either side on a submission that is to be decided on, with its reason.
 * While it is open nothing is decided: nobody accepts, rejects or takes back, and silence means
 * nothing. The clock stands still, and goes on with the days that were left when the dispute ends:
 * when both sides say that it is resolved, or the side that opened it withdraws it.
 *
 * An objection is a dispute that the client raises after silence has accepted, as long as the
 * contract gives time for it. The acceptance stands; while it is open the invoice rests. It ends in
 * the same ways, and both sides agree on how much of the invoice is credited, if anything.
 *
 * The contract may set days within which a side answers: the one that did not open it, then
 * whichever has not said how it is resolved. It is reminded on its last day, and both are told when
 * that has passed. Silence decides nothing. */
#ifndef WAYMARK_CORE_DISPUTE_H
#define WAYMARK_CORE_DISPUTE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"
#include "core/plan.h"
#include "core/policy.h"
#include "core/submission.h"

enum dispute_state {
    DISPUTE_OPEN = 1,
    DISPUTE_RESOLVED,
    DISPUTE_WITHDRAWN,
};
extern const struct choices dispute_state_choices;

enum dispute_kind {
    DISPUTE_ROUND = 1, /* about what is to be decided on; none, in older rows, is this */
    DISPUTE_OBJECTION,
};
extern const struct choices dispute_kind_choices;

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
    enum dispute_kind kind;
    const char *currency;     /* of an objection: of what is billed */
    int64_t credit_minor;     /* net, as the side said that spoke last; none: neither has */
    struct id credit_note_id; /* by which it was conceded */
    int32_t answer_by_day;    /* of the side that is asked, while it is open; or none */
    int32_t told_day;         /* when somebody was last told of that day, or that it is past */
};
extern const struct shape dispute_shape;

/* On which side an actor is. */
enum side dispute_side(const struct actor *actor);

/* Whose answer it waits for. */
enum side dispute_asked(const struct dispute *dispute);

/* Sets by when the side that is asked answers, counted from today as the terms say; none where they
 * set no days. Errors of contract_terms_calendar and contract_terms_count. */
enum error dispute_ask(struct arena *arena, struct dispute *dispute,
                       const struct contract_terms *terms, int32_t today,
                       struct fault *fault) WARN_UNUSED;

/* Whether somebody is to be told today: on the last day to answer or after it, once each. */
bool dispute_is_to_tell(const struct dispute *dispute, int32_t today);

/* Fills dispute, whose id is set, and freezes the submission. days_left: 0 if no clock runs.
 * ERROR_WRONG_STATE for "state" if it is decided on, for "dispute" if one is open; ERROR_INVALID
 * for "reason" if blank. */
enum error dispute_open(struct dispute *dispute, struct submission *submission, const char *reason,
                        int64_t days_left, const struct actor *actor, int64_t now_ms,
                        struct fault *fault) WARN_UNUSED;

/* Likewise, of a submission that silence has accepted, by the client until last_day, which is that
 * of objection_until_at. today: in the contract's zone. currency: of the milestone. Errors as
 * dispute_open; ERROR_WRONG_STATE for "state" unless it is deemed accepted and there is time given;
 * ERROR_FORBIDDEN for the agency; ERROR_EXPIRED for "objection_until_at". */
enum error dispute_object(struct dispute *dispute, struct submission *submission,
                          const char *reason, const char *currency, int32_t last_day, int32_t today,
                          const struct actor *actor, int64_t now_ms,
                          struct fault *fault) WARN_UNUSED;

/* How one side says that it is resolved. */
struct resolution {
    const char *note;
    const char *currency; /* none: the dispute's */
    int64_t credit_minor; /* none: nothing is credited */
};

/* One side says that it is resolved, and how; with both it is, and the submission is free. Of an
 * objection they must say the same credit: another one is an offer in return, and what the other
 * side said stands no longer. Once it is resolved no other is raised. ERROR_WRONG_STATE for "state"
 * if it is not open, or that side has said so; ERROR_INVALID for "note" if blank, for "credit" of
 * what is not an objection, for "currency". */
enum error dispute_resolve(struct dispute *dispute, struct submission *submission,
                           const struct resolution *resolution, const struct actor *actor,
                           int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* The side that opened it takes it back, and the submission is free. Errors as dispute_resolve;
 * ERROR_FORBIDDEN for the other side. */
enum error dispute_withdraw(struct dispute *dispute, struct submission *submission,
                            const char *note, const struct actor *actor, int64_t now_ms,
                            struct fault *fault) WARN_UNUSED;

#endif
