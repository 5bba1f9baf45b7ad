/* The mails of delivery and acceptance: what a person gets from the hand-over of a milestone to its
 * certificate, and of claimed progress, defects, disputes and price reductions. Each is queued in
 * the transaction of what it tells of, to the parties of the review. */
#ifndef WAYMARK_ACTION_DELIVERY_MAIL_H
#define WAYMARK_ACTION_DELIVERY_MAIL_H

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

/* To all who hear of the review: with this acceptance the engagement is completed. */
enum error mail_completed(struct call *call, const struct review *review,
                          struct fault *fault) WARN_UNUSED;

/* To both sides: one of several has approved, and others have to. */
enum error mail_approved(struct call *call, const struct review *review,
                         const struct approval *approval, size_t needed,
                         struct fault *fault) WARN_UNUSED;

/* To both sides: a dispute was opened, is said by one side to be resolved, or has ended, and until
 * when there is time to answer then. */
enum error mail_dispute(struct call *call, const struct review *review,
                        const struct dispute *dispute, struct fault *fault) WARN_UNUSED;

/* To the side that is asked: its last day to answer is here; to both, that it is past. */
enum error mail_dispute_answer(struct call *call, const struct review *review,
                               const struct dispute *dispute, bool is_past,
                               struct fault *fault) WARN_UNUSED;

/* Of a defect of the review's milestone. To those who may accept: it is said to be corrected; to
 * the agency: how the client answers. */
enum error mail_defect_corrected(struct call *call, const struct review *review,
                                 const struct defect *defect, struct fault *fault) WARN_UNUSED;
enum error mail_defect_answered(struct call *call, const struct review *review,
                                const struct defect *defect, struct fault *fault) WARN_UNUSED;

/* Of a price reduction of the review's milestone. To those who may accept: what is proposed; to the
 * agency, and of one that was withdrawn to the client: how it was decided. */
enum error mail_reduction_proposed(struct call *call, const struct review *review,
                                   const struct price_reduction *reduction,
                                   struct fault *fault) WARN_UNUSED;
enum error mail_reduction_decided(struct call *call, const struct review *review,
                                  const struct price_reduction *reduction,
                                  struct fault *fault) WARN_UNUSED;

/* Of a progress claim of the review's milestone. To those who may accept: what is claimed; to the
 * agency, and of one that was withdrawn to the client: how it was decided. */
enum error mail_progress_claimed(struct call *call, const struct review *review,
                                 const struct progress_claim *claim,
                                 struct fault *fault) WARN_UNUSED;
enum error mail_progress_approved(struct call *call, const struct review *review,
                                  const struct progress_claim *claim,
                                  const struct progress_approval *approval, size_t needed,
                                  struct fault *fault) WARN_UNUSED;
enum error mail_progress_decided(struct call *call, const struct review *review,
                                 const struct progress_claim *claim,
                                 struct fault *fault) WARN_UNUSED;

/* To both sides: the clock began later than the submission, with the notice. */
enum error mail_deadline_moved(struct call *call, const struct review *review,
                               struct fault *fault) WARN_UNUSED;

/* To the agency: the period is over, and silence has no effect. */
enum error mail_lapsed(struct call *call, const struct review *review,
                       struct fault *fault) WARN_UNUSED;

/* How many of the client may accept. */
size_t count_approvers(const struct review *review);

#endif
