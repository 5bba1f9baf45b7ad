/* A milestone is an agreed piece of work with its price. Two fields tell where it stands: delivery
 * (state) and billing. Start and due day are the signed ones and never slip. */
#ifndef WAYMARK_CORE_MILESTONE_H
#define WAYMARK_CORE_MILESTONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/contract.h"
#include "core/plan.h"
#include "core/tax.h"

enum milestone_state {
    MILESTONE_PLANNED = 1,
    MILESTONE_READY, /* all that it comes after is accepted */
    MILESTONE_IN_PROGRESS,
    MILESTONE_SUBMITTED,
    MILESTONE_ACCEPTED,
    MILESTONE_DEEMED_ACCEPTED,
    MILESTONE_REJECTED,
    MILESTONE_REWORK,
    MILESTONE_CANCELLED,
};
extern const struct choices milestone_state_choices;

enum milestone_billing {
    BILLING_UNBILLED = 1,
    BILLING_BILLABLE, /* accepted, and not yet or no longer on an invoice */
    BILLING_INVOICED,
    BILLING_SETTLED, /* its invoice is paid */
    BILLING_CLOSED,
    BILLING_CREDITED, /* a credit note took the whole invoice back */
};
extern const struct choices milestone_billing_choices;

struct milestone {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id contract_id;
    int64_t number; /* its place in the plan: 1, 2, … */
    const char *code;
    const char *title;
    const char *description;
    int64_t price_minor; /* net */
    const char *currency;
    enum tax_category tax_category;
    int64_t tax_rate_ppm;
    int32_t start_day;
    int32_t due_day;
    enum milestone_state state;
    enum milestone_billing billing;
    int64_t round;            /* submissions so far */
    struct list deliverables; /* struct deliverable */
    struct texts criteria;    /* codes */
    int64_t accepted_at;
    struct id certificate_id; /* once accepted */
    struct id invoice_id;     /* once billed; the latest, if it was credited and billed again */
    enum pricing pricing;     /* none is fixed */
    struct texts carried_criteria; /* codes of those that earlier ones were accepted without */
    int64_t reduction_minor;       /* agreed, off the price; none for none */
    const char *reduction_reason;
    int32_t planned_due_day; /* to which lateness of the client has moved it; none: as signed */
    int64_t claimed_minor;   /* billed by accepted progress claims; none for none */
    int64_t claimed_ppm;     /* accepted by them, of the whole; none for none */
};
extern const struct shape milestone_shape;

/* after_id must be accepted before milestone_id can start. */
struct milestone_dependency {
    struct id milestone_id;
    struct id after_id;
    struct id engagement_id;
};
extern const struct shape milestone_dependency_shape;

/* ---- rules; a wrong state is ERROR_WRONG_STATE for "state" or "billing" -----------------------
 */

enum milestone_event {
    MILESTONE_MAKE_READY = 1,
    MILESTONE_START,
    MILESTONE_SUBMIT,
    MILESTONE_WITHDRAW, /* the submission */
    MILESTONE_ACCEPT,
    MILESTONE_DEEM,
    MILESTONE_REJECT,
    MILESTONE_TAKE_BACK, /* a rejected one, to rework it */
    MILESTONE_CANCEL,    /* by change order only */
    MILESTONE_HOLD_BACK, /* by change order: it waits for more than before */
    MILESTONE_EVENT_COUNT,
};

enum billing_event {
    BILLING_ALLOW = 1, /* accepted */
    BILLING_WAIVE,     /* accepted, and nothing is billed for that */
    BILLING_INVOICE,
    BILLING_SETTLE,  /* the invoice is paid */
    BILLING_REOPEN,  /* a payment was taken off the invoice again */
    BILLING_CREDIT,  /* a credit note took the whole invoice back */
    BILLING_RESTORE, /* credited, and to be billed again */
    BILLING_EVENT_COUNT,
};

enum error milestone_advance(struct milestone *milestone, enum milestone_event event,
                             struct fault *fault) WARN_UNUSED;
enum error milestone_bill(struct milestone *milestone, enum billing_event event,
                          struct fault *fault) WARN_UNUSED;

/* The milestones of a contract that all have signed, and their dependencies, in the arena. Those
 * that come after none are ready. ids has one for each milestone of the plan. ERROR_WRONG_STATE for
 * "state" unless the contract is active. */
enum error milestones_of_contract(struct arena *arena, const struct contract *contract,
                                  const struct id *ids, struct list *milestones,
                                  struct list *dependencies, struct fault *fault) WARN_UNUSED;

/* The signed price less the agreed reduction: what is billed, and counts as accepted. */
int64_t milestone_billed_minor(const struct milestone *milestone);

/* The reduction, nothing for none. */
int64_t milestone_reduction(const struct milestone *milestone);

/* What accepted progress claims billed, and up to which share; nothing for none. */
int64_t milestone_claimed(const struct milestone *milestone);
int64_t milestone_claimed_ppm(const struct milestone *milestone);

/* What its acceptance bills: all that is billed, less what was claimed. */
int64_t milestone_rest(const struct milestone *milestone);

bool milestone_is_accepted(const struct milestone *milestone);

/* The one of that id, which must be among them: rows of one contract belong together. */
const struct milestone *milestone_among(const struct list *milestones, struct id id);

/* The day to which lateness of the client has moved it, or the signed one. */
int32_t milestone_planned_day(const struct milestone *milestone);

/* Planned to ready. ERROR_WRONG_STATE for "after", naming the first that is not accepted. A
 * cancelled one is not: what waits for it is freed by a change of the contract only. */
enum error milestone_make_ready(struct milestone *milestone, const struct list *predecessors,
                                struct fault *fault) WARN_UNUSED;

/* The criteria by which it is accepted, those of its plan first, then those that were carried to
 * it. A code may be there twice. */
size_t milestone_criterion_count(const struct milestone *milestone);
const char *milestone_criterion(const struct milestone *milestone, size_t i);
bool milestone_asks(const struct milestone *milestone, const char *criterion);

/* Carries a criterion from one milestone to another, which is then accepted by it too.
 * ERROR_INVALID for field unless that is a later one of the same contract; ERROR_WRONG_STATE once
 * it was submitted, or is gone. As all that from comes after is accepted, none of that can be
 * meant, and nothing goes round. */
enum error milestone_carry(struct arena *arena, const struct milestone *from, struct milestone *to,
                           const char *criterion, const char *field,
                           struct fault *fault) WARN_UNUSED;

/* Submitted to accepted or deemed accepted, and on to billable; a price of nothing, one of which
 * everything was claimed, and one that is billed by periods, is closed. */
enum error milestone_accept(struct milestone *milestone, bool is_deemed, struct id certificate_id,
                            int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* The one of that code among struct milestone; NULL if there is none, or no code. */
struct milestone *milestone_by_code(const struct list *milestones, const char *code);

/* Milestones, where many are to be found by their codes. */
struct milestone_index {
    struct milestone **sorted;
    size_t count;
};
struct milestone_index milestone_index(struct arena *arena, const struct list *milestones);
struct milestone *milestone_find(const struct milestone_index *index, const char *code);

#endif
