/* Progress claims: the agency claims a share of completion of a milestone that is billed by
 * progress, and the client's approver accepts it, or rejects it. What is accepted is billed at
 * once, or with its month (action/billing_month.h). */
#ifndef WAYMARK_ACTION_PROGRESS_CLAIM_H
#define WAYMARK_ACTION_PROGRESS_CLAIM_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/progress_approval.h"
#include "store/list.h"

struct list_progress_claims {
    struct page_query page;
    struct id milestone_id;
    enum progress_state state;
};

struct decide_progress_claim {
    struct id id;
    const char *reason; /* has to be given where it is rejected */
};

extern const struct operation list_progress_claims_operation;
extern const struct operation show_progress_claim_operation; /* struct subject */

/* Takes struct progress_claim: milestone_id, percent_ppm and note. ERROR_CONFLICT for "state" while
 * another is open; errors of progress_claim_make. */
extern const struct operation claim_progress_operation;

/* Where the contract wants several approvers, all but the last leave the claim as it is, with one
 * approval more. */
struct list_progress_approvals {
    struct page_query page;
    struct id progress_claim_id;
};
extern const struct operation list_progress_approvals_operation;

/* Take struct decide_progress_claim and give the struct progress_claim; an accepted one has its
 * invoice, unless the contract collects by month. Errors of progress_claim_decide,
 * progress_claim_count, progress_approval_give and invoice_for_claim. */
extern const struct operation accept_progress_claim_operation;
extern const struct operation reject_progress_claim_operation;
extern const struct operation withdraw_progress_claim_operation;

/* Called inside actions: ERROR_CONFLICT for "progress_claim" while one is open. */
enum error check_no_open_claim(struct call *call, const struct milestone *milestone,
                               struct fault *fault) WARN_UNUSED;

#endif
