/* The mails of scope and contract: every text that a person gets from the first requirement to the
 * last signature, in one place. Each is queued in the transaction of what it tells of. */
#ifndef WAYMARK_ACTION_SCOPE_MAIL_H
#define WAYMARK_ACTION_SCOPE_MAIL_H

#include "action/call.h"
#include "core/comment.h"
#include "core/contract.h"
#include "core/engagement.h"
#include "core/proposal.h"
#include "core/requirement.h"
#include "core/signature.h"
#include "words/saying.h"

/* To the client's approvers (struct recipient). */
enum error mail_requirements_sent(struct call *call, const struct engagement *engagement,
                                  const struct list *approvers, struct fault *fault) WARN_UNUSED;

/* To the client's approvers. */
enum error mail_proposal_sent(struct call *call, const struct engagement *engagement,
                              const struct proposal *proposal, struct fault *fault) WARN_UNUSED;
enum error mail_proposal_withdrawn(struct call *call, const struct engagement *engagement,
                                   const struct proposal *proposal,
                                   struct fault *fault) WARN_UNUSED;
enum error mail_acceptance_recorded(struct call *call, const struct engagement *engagement,
                                    const struct proposal *proposal,
                                    struct fault *fault) WARN_UNUSED;

/* To the agency's owners and sales. The proposal is accepted, declined, sent back for changes or
 * expired. */
enum error mail_requirements_confirmed(struct call *call, const struct engagement *engagement,
                                       const struct requirement_confirmation *confirmation,
                                       struct fault *fault) WARN_UNUSED;
enum error mail_proposal_decided(struct call *call, const struct engagement *engagement,
                                 const struct proposal *proposal, struct fault *fault) WARN_UNUSED;

/* To the other side: of the agency its owners and staff of that role, of the client its approvers
 * and who has spoken about the same. about: "requirement R1"; link: where it is shown. */
enum error mail_comment_added(struct call *call, const struct engagement *engagement,
                              const struct comment *comment, struct saying about, const char *link,
                              enum user_role staff, struct fault *fault) WARN_UNUSED;

/* To whoever of the struct signature is next to sign; to nobody if all have. */
enum error mail_next_signer(struct call *call, const struct engagement *engagement,
                            const struct contract *contract, const struct list *signatures,
                            struct fault *fault) WARN_UNUSED;

/* To all who sign. */
enum error mail_contract_signed(struct call *call, const struct engagement *engagement,
                                const struct contract *contract, struct fault *fault) WARN_UNUSED;
enum error mail_contract_declined(struct call *call, const struct engagement *engagement,
                                  const struct contract *contract, struct fault *fault) WARN_UNUSED;

/* To all contacts of the client: work begins; it is suspended, goes on, or has ended, by the
 * engagement's state. reason may be NULL. */
enum error mail_kickoff(struct call *call, const struct engagement *engagement,
                        struct fault *fault) WARN_UNUSED;
enum error mail_engagement_state(struct call *call, const struct engagement *engagement,
                                 const char *reason, struct fault *fault) WARN_UNUSED;

/* To the agency's owners and delivery: it is complete, by itself. */
enum error mail_completed(struct call *call, const struct engagement *engagement,
                          struct fault *fault) WARN_UNUSED;

#endif
