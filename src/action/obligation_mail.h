/* Mails about what the client owes. Each is queued in the transaction of what it tells of. */
#ifndef WAYMARK_ACTION_OBLIGATION_MAIL_H
#define WAYMARK_ACTION_OBLIGATION_MAIL_H

#include "action/call.h"
#include "core/engagement.h"
#include "core/obligation.h"

/* To the contact who sees to it, or to all of the client if nobody is named or can be reached. */
enum error mail_obligation_asked(struct call *call, const struct engagement *engagement,
                                 const struct obligation *obligation,
                                 struct fault *fault) WARN_UNUSED;
enum error mail_obligation_due(struct call *call, const struct engagement *engagement,
                               const struct obligation *obligation,
                               struct fault *fault) WARN_UNUSED;

/* The same, and the agency's owners and delivery. */
enum error mail_obligation_late(struct call *call, const struct engagement *engagement,
                                const struct obligation *obligation,
                                const struct obligation_slip *slip,
                                struct fault *fault) WARN_UNUSED;

/* To the agency's owners and delivery. */
enum error mail_obligation_fulfilled(struct call *call, const struct engagement *engagement,
                                     const struct obligation *obligation,
                                     struct fault *fault) WARN_UNUSED;

#endif
