/* Proposals: drafted, sent and revised by the agency; read and decided by the client. An engagement
 * has at most one draft and one revision in the client's hands: sending the draft supersedes the
 * other, accepting one voids the rest. */
#ifndef WAYMARK_ACTION_PROPOSAL_H
#define WAYMARK_ACTION_PROPOSAL_H

#include "action/job.h"
#include "action/operation.h"
#include "action/subject.h"
#include "core/proposal.h"
#include "core/requirement.h"
#include "store/list.h"

/* ---- reading ----------------------------------------------------------------------------------
 */

struct list_proposals {
    struct page_query page;
    struct id engagement_id;
    enum proposal_state state;
};

struct compare_proposals {
    struct id id;
    struct id from_id; /* none: the revision before it */
};

/* What changed from one revision to another, in words (core/plan_diff.h). */
struct proposal_difference {
    int64_t from_revision;
    int64_t to_revision;
    const char *currency;     /* of the later one */
    int64_t total_minor;      /* likewise */
    int64_t difference_minor; /* none if the currencies differ */
    struct list changes;      /* struct plan_change */
};

extern const struct operation list_proposals_operation;
extern const struct operation show_proposal_operation; /* struct subject */
extern const struct operation compare_proposals_operation;

/* ---- the agency's side ------------------------------------------------------------------------
 */

/* Takes struct proposal: engagement_id or id, plan, valid_until_day. A draft need not hold together
 * yet. */
extern const struct operation create_proposal_operation;
extern const struct operation change_proposal_operation;

/* Puts the difference between a draft's total and the sum of its prices on one milestone. */
struct settle_proposal {
    struct id id;
    const char *code; /* the milestone's */
};
extern const struct operation settle_proposal_operation;

/* These take struct subject. Revising makes a new draft from one that was sent. */
extern const struct operation send_proposal_operation;
extern const struct operation withdraw_proposal_operation;
extern const struct operation revise_proposal_operation;

/* ---- deciding (proposal_decision.c) -----------------------------------------------------------
 */

/* Takes struct proposal: id and proof. */
extern const struct operation record_acceptance_operation;

extern const struct operation view_proposal_operation;   /* struct subject */
extern const struct operation accept_proposal_operation; /* struct subject */

/* Take struct proposal: id and reason. */
extern const struct operation decline_proposal_operation;
extern const struct operation request_change_operation;

/* At the end of its last day. */
enum error expire_proposal(struct call *call, const struct job *job, struct fault *fault);

/* ---- shared by both ---------------------------------------------------------------------------
 */

/* What a proposal is held against, loaded for its engagement, which may be read by the actor. */
struct proposal_setting {
    struct engagement engagement;
    struct list requirements;
    struct requirement_confirmation confirmation;
    struct proposal_basis basis; /* of the members above */
};
enum error load_proposal_setting(struct call *call, struct id engagement_id,
                                 struct proposal_setting *setting, struct fault *fault) WARN_UNUSED;

/* Supersedes every open proposal of the list but this one, up to and with that revision, and saves
 * them. */
enum error supersede_proposals(struct call *call, const struct list *open, struct id except,
                               int64_t last_revision, struct fault *fault) WARN_UNUSED;

extern const struct shape proposal_subject_shape;

#endif
