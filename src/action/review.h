/* A submission under review, for actions. It is read before the transaction, where that costs
 * nobody else time; the body then only makes sure that nothing has moved since. */
#ifndef WAYMARK_ACTION_REVIEW_H
#define WAYMARK_ACTION_REVIEW_H

#include "action/call.h"
#include "store/review.h"

/* The review and its parties, as the actor may see it. ERROR_NOT_FOUND. */
enum error load_review(struct call *call, struct id submission_id, struct review *review,
                       struct fault *fault) WARN_UNUSED;

/* The same of a milestone that is about to be submitted. */
enum error load_review_of_milestone(struct call *call, struct id milestone_id,
                                    struct review *review, struct fault *fault) WARN_UNUSED;

/* Whether it is a contact of the client who may accept. */
bool may_accept(const struct party *party);

/* ERROR_WRONG_STATE for "client" where fewer of it may accept than the contract wants. */
enum error check_approvers(const struct review *review, struct fault *fault) WARN_UNUSED;

/* In a body: whether nothing of the engagement, its client or the company has changed since the
 * review was read. Only the people to be told are not watched. */
enum error review_holds(struct call *call, const struct review *prepared, bool *holds,
                        struct fault *fault) WARN_UNUSED;

/* In a body: the review as it is now, which is the one that was prepared if it holds. Honours
 * If-Match for the submission (ERROR_STALE). */
enum error resume_review(struct call *call, const struct review *prepared, struct review *review,
                         struct fault *fault) WARN_UNUSED;

#endif
