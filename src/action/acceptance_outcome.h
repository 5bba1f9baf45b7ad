/* What an acceptance brings with it, whoever or whatever accepts: found before anything is saved,
 * and saved as a whole. */
#ifndef WAYMARK_ACTION_ACCEPTANCE_OUTCOME_H
#define WAYMARK_ACTION_ACCEPTANCE_OUTCOME_H

#include "action/acceptance.h"
#include "action/defect.h"
#include "action/invoice.h"
#include "action/paper.h"
#include "core/acceptance.h"
#include "store/approval.h"

/* An acceptance that is decided, with all that it changes; saved as a whole. */
struct outcome {
    struct review review;
    struct certificate certificate;
    size_t approvals_needed;
    struct approval approval; /* where that is more than one */
    struct list approvals;    /* struct approval: all, with this one; likewise */
    bool is_pending;          /* others have to approve: nothing but the approval is saved */
    struct list freed;   /* struct milestone: what waited for this one alone, and is ready now */
    struct list notices; /* struct paper_notice, of a deemed acceptance */
    struct defect_changes defects;
    struct list carried; /* struct milestone: others that take criteria over, but for freed ones */
    bool is_billed;      /* not for a price of nothing */
    struct invoice_draft draft; /* then */
    bool is_collected;          /* instead, it is billed with its month */
    struct frozen_paper paper;  /* the certificate */
};

/* Hands what is carried over to the milestones that are to be accepted by it. ERROR_INVALID for
 * "decisions/2/carry_to" if the contract has no such milestone, or it cannot take it. */
enum error outcome_carry(struct call *call, struct outcome *outcome, const struct list *decisions,
                         struct fault *fault) WARN_UNUSED;

/* Everything that follows from its review and certificate. Errors of outcome_carry and of the
 * invoice. */
enum error outcome_find(struct call *call, struct outcome *outcome,
                        struct fault *fault) WARN_UNUSED;

/* One of several has approved: no more than that. Fills acceptance. */
enum error outcome_save_pending(struct call *call, struct outcome *outcome,
                                struct acceptance *acceptance, struct fault *fault) WARN_UNUSED;

/* Saves all of it and tells those concerned. Fills acceptance. */
enum error outcome_save(struct call *call, struct outcome *outcome, struct acceptance *acceptance,
                        struct fault *fault) WARN_UNUSED;

#endif
