/* The mails of defects. */
#ifndef WAYMARK_ACTION_DEFECT_MAIL_H
#define WAYMARK_ACTION_DEFECT_MAIL_H

#include "action/review.h"

/* Of a defect of the review's milestone. To those who may accept: it is said to be corrected; to
 * the agency: how the client answers. */
enum error mail_defect_corrected(struct call *call, const struct review *review,
                                 const struct defect *defect, struct fault *fault) WARN_UNUSED;
enum error mail_defect_answered(struct call *call, const struct review *review,
                                const struct defect *defect, struct fault *fault) WARN_UNUSED;

#endif
