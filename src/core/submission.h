/* A submission is one round of handing a milestone's deliverables over, and what the client decided
 * about each criterion. */
#ifndef WAYMARK_CORE_SUBMISSION_H
#define WAYMARK_CORE_SUBMISSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"
#include "core/milestone.h"
#include "core/plan.h"
#include "core/policy.h"

enum submission_state {
    SUBMISSION_SUBMITTED = 1,
    SUBMISSION_WITHDRAWN,
    SUBMISSION_ACCEPTED,
    SUBMISSION_DEEMED_ACCEPTED,
    SUBMISSION_REJECTED,
};
extern const struct choices submission_state_choices;

/* Something handed over: a file by its hash, or a link. */
struct delivered {
    const char *title; /* of the deliverable that it is */
    enum deliverable_kind kind;
    struct id file_id;
    const char *name; /* of the file */
    const char *mime;
    int64_t size;
    struct hash hash;
    const char *link;
};
extern const struct shape delivered_shape;

enum severity {
    SEVERITY_NONE = 1,
    SEVERITY_MINOR, /* no reason to refuse: accepted with a reservation */
    SEVERITY_MAJOR,
    SEVERITY_CRITICAL,
};
extern const struct choices severity_choices;

/* What is to become of a criterion that is not met. */
enum remedy {
    REMEDY_REWORK =
        1,        /* the round is rejected; so is none, unless it is accepted with reservations */
    REMEDY_CARRY, /* a later milestone asks for it, and this one is accepted without it */
    REMEDY_DROP,  /* the round is rejected until a change order has dropped it */
};
extern const struct choices remedy_choices;

struct decision {
    const char *criterion; /* code */
    bool met;
    enum severity severity; /* of the defect, where it is not met */
    const char *note;
    int32_t correct_by_day; /* until when a defect is to be corrected; DAY_NONE: not said */
    enum remedy remedy;
    const char *carry_to; /* the code of that milestone */
};
extern const struct shape decision_shape;

enum rejection_reason {
    REJECTION_CRITERION_NOT_MET = 1,
    REJECTION_DEFECT,
    REJECTION_INCOMPLETE,
    REJECTION_NOT_AS_AGREED,
    REJECTION_OTHER,
};
extern const struct choices rejection_reason_choices;

enum notice_kind {
    NOTICE_REQUEST = 1, /* with the submission: what was handed over, and what is asked */
    NOTICE_REMINDER,
};

/* What was sent to one who may accept, on record. */
struct acceptance_notice {
    enum notice_kind kind;
    struct id contact_id;
    struct id message_id; /* in the outbox, which knows whether it was delivered */
    int64_t sent_at;      /* when it was queued */
};
extern const struct shape acceptance_notice_shape;

struct submission {
    struct id id;
    int64_t version;
    struct id milestone_id;
    struct id engagement_id;
    int64_t round; /* 1, 2, … of its milestone */
    enum submission_state state;
    const char *note;
    struct list deliverables; /* struct delivered */
    struct list decisions;    /* struct decision, once decided */
    struct id submitted_by;   /* user */
    const char *submitted_by_name;
    int64_t submitted_at;
    int64_t clock_start_at; /* when notice and deliverables were all available to an approver */
    int64_t deadline_at;    /* the last moment for an answer; 0 for no clock */
    struct list notices;    /* struct acceptance_notice, in the order in which they were sent */
    enum rejection_reason reason_code;
    const char *reason;
    struct id decided_by; /* contact, or the user who recorded it */
    const char *decided_by_name;
    const char *decided_by_role;
    int64_t decided_at;
    enum method method;
    int64_t disputed_at;        /* when the dispute was opened that is open; 0: none is */
    int64_t clock_days;         /* that the clock runs from its start; none and 0: the contract's */
    int64_t objection_until_at; /* the last moment for an objection to its deemed acceptance; 0:
                                   nothing is objected to, or that is settled (core/dispute.h) */
};
extern const struct shape submission_shape;

/* ---- handing over; deciding is in core/acceptance.h -------------------------------------------
 */

/* Fills a submission, whose id, note and deliverables are set, as the milestone's next round, and
 * moves the milestone to submitted. Each required deliverable is there, of its kind, once; there
 * may be more. A file has its id, name and hash, a link is http or https. ERROR_WRONG_STATE for
 * "state"; ERROR_INVALID for "deliverables", naming what is missing, or for "deliverables/2/link"
 * and its like. The clock is set apart (core/acceptance_clock.h). */
enum error submission_submit(struct submission *submission, struct milestone *milestone,
                             const struct actor *actor, int64_t now_ms,
                             struct fault *fault) WARN_UNUSED;

/* Takes it back before it is decided. ERROR_WRONG_STATE for "state". */
enum error submission_withdraw(struct submission *submission, struct milestone *milestone,
                               struct fault *fault) WARN_UNUSED;

/* ERROR_WRONG_STATE for "dispute" while one is open: until it ends nothing is decided, and nothing
 * is taken back. */
enum error submission_check_free(const struct submission *submission,
                                 struct fault *fault) WARN_UNUSED;

enum submission_event {
    SUBMISSION_WITHDRAW = 1,
    SUBMISSION_ACCEPT,
    SUBMISSION_DEEM,
    SUBMISSION_REJECT,
    SUBMISSION_EVENT_COUNT,
};

/* The step of the state alone. ERROR_WRONG_STATE for "state", and for "dispute" as above. */
enum error submission_advance(struct submission *submission, enum submission_event event,
                              struct fault *fault) WARN_UNUSED;

#endif
