/* The mails of change orders, each queued in the transaction of what it tells of. */
#ifndef WAYMARK_ACTION_CHANGE_MAIL_H
#define WAYMARK_ACTION_CHANGE_MAIL_H

#include "action/call.h"
#include "core/change_order.h"
#include "core/contract.h"
#include "core/engagement.h"

/* What all of them name. */
struct change_letter {
    const struct engagement *engagement;
    const struct contract *contract;
    const struct change_order *order; /* with its signatures */
};

/* To both sides, the client's approvers and the agency's owners and sales: what is proposed, with
 * what it does to the contract sum. */
enum error mail_change_proposed(struct call *call, const struct change_letter *letter,
                                struct fault *fault) WARN_UNUSED;

/* To whoever is next to sign; to nobody if all have. */
enum error mail_change_signer(struct call *call, const struct change_letter *letter,
                              struct fault *fault) WARN_UNUSED;

/* To all who sign: it is signed by all, and in force or waiting for its day. */
enum error mail_change_agreed(struct call *call, const struct change_letter *letter,
                              struct fault *fault) WARN_UNUSED;

/* To both sides: it has taken effect, was declined or withdrawn, has expired or lapsed; by its
 * state. */
enum error mail_change_ended(struct call *call, const struct change_letter *letter,
                             struct fault *fault) WARN_UNUSED;

#endif
