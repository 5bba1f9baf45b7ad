/* The mails of disputes and of objections to acceptance by silence. */
#ifndef WAYMARK_ACTION_DISPUTE_MAIL_H
#define WAYMARK_ACTION_DISPUTE_MAIL_H

#include "action/review.h"

/* To both sides: a dispute was opened, is said by one side to be resolved, or has ended, and until
 * when there is time to answer then. */
enum error mail_dispute(struct call *call, const struct review *review,
                        const struct dispute *dispute, struct fault *fault) WARN_UNUSED;

/* To the side that is asked: its last day to answer is here; to both, that it is past. */
enum error mail_dispute_answer(struct call *call, const struct review *review,
                               const struct dispute *dispute, bool is_past,
                               struct fault *fault) WARN_UNUSED;

#endif
