/* What the mails about a review have in common: to whom of its parties they go, and how they name
 * what they tell of. Each is queued in the transaction of what it tells of. */
#ifndef WAYMARK_ACTION_REVIEW_MAIL_H
#define WAYMARK_ACTION_REVIEW_MAIL_H

#include "action/mail_parts.h"
#include "action/review.h"

enum told {
    TO_APPROVERS, /* contacts who may accept */
    TO_AGENCY,
    TO_BOTH, /* these two */
};

/* Queues the mail for each of them, filed under the subject. */
enum error tell_review(struct call *call, const struct review *review, enum told told,
                       struct id subject_id, const struct mail_text *mail,
                       struct fault *fault) WARN_UNUSED;

struct recipient recipient_of(const struct party *party);

/* A subject line that says this of the milestone. */
struct saying review_subject(const struct call *call, enum word subject,
                             const struct review *review);

/* "M1 Prototype of "Dashboard"" */
struct saying review_name(const struct call *call, const struct review *review);

/* The day of a moment where the contract's days begin. */
struct saying review_day(const struct call *call, const struct review *review, int64_t moment);

/* Until when is answered; nothing where there is no deadline. */
struct saying review_until(const struct call *call, const struct review *review);

#endif
