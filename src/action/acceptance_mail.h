/* The mails of delivery and acceptance: what a person gets from the hand-over of a milestone to its
 * certificate. */
#ifndef WAYMARK_ACTION_ACCEPTANCE_MAIL_H
#define WAYMARK_ACTION_ACCEPTANCE_MAIL_H

#include "action/review.h"

/* To those who may accept: what was handed over, what is asked until when, and what silence means,
 * in the contract's words. The reminder repeats the question. Both put each mail on record among
 * the submission's notices. */
enum error mail_request(struct call *call, struct review *review, struct fault *fault) WARN_UNUSED;
enum error mail_reminder(struct call *call, struct review *review, struct fault *fault) WARN_UNUSED;

/* To those who may accept: there is nothing to decide any more. */
enum error mail_withdrawn(struct call *call, const struct review *review,
                          struct fault *fault) WARN_UNUSED;

/* To both sides. */
enum error mail_rejected(struct call *call, const struct review *review,
                         struct fault *fault) WARN_UNUSED;
enum error mail_accepted(struct call *call, const struct review *review,
                         const struct certificate *certificate, struct fault *fault) WARN_UNUSED;

/* To both sides: one of several has approved, and others have to. */
enum error mail_approved(struct call *call, const struct review *review,
                         const struct approval *approval, size_t needed,
                         struct fault *fault) WARN_UNUSED;

/* To both sides: the clock began later than the submission, with the notice. */
enum error mail_deadline_moved(struct call *call, const struct review *review,
                               struct fault *fault) WARN_UNUSED;

/* To the agency: the period is over, and silence has no effect. */
enum error mail_lapsed(struct call *call, const struct review *review,
                       struct fault *fault) WARN_UNUSED;

#endif
