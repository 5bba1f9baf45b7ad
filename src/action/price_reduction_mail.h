/* The mails of price reductions, filed under them, as there may be no submission yet. */
#ifndef WAYMARK_ACTION_PRICE_REDUCTION_MAIL_H
#define WAYMARK_ACTION_PRICE_REDUCTION_MAIL_H

#include "action/review.h"

/* Of a price reduction of the review's milestone. To those who may accept: what is proposed; to the
 * agency, and of one that was withdrawn to the client: how it was decided. */
enum error mail_reduction_proposed(struct call *call, const struct review *review,
                                   const struct price_reduction *reduction,
                                   struct fault *fault) WARN_UNUSED;
enum error mail_reduction_decided(struct call *call, const struct review *review,
                                  const struct price_reduction *reduction,
                                  struct fault *fault) WARN_UNUSED;

#endif
