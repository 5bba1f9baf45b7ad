/* The mails of claimed progress, filed under the claim. */
#ifndef WAYMARK_ACTION_PROGRESS_MAIL_H
#define WAYMARK_ACTION_PROGRESS_MAIL_H

#include "action/review.h"

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

#endif
