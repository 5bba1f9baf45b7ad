/* A change order changes a contract that is in force. It holds the whole plan as it would be; what
 * it changes is always derived from that and from the plan that it is based on. Nothing of it
 * counts before both sides have signed it, alone and on its own frozen text, and it is applied. */
#ifndef WAYMARK_CORE_CHANGE_ORDER_H
#define WAYMARK_CORE_CHANGE_ORDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/plan.h"

enum change_order_state {
    CHANGE_ORDER_DRAFT = 1,
    CHANGE_ORDER_PROPOSED,
    CHANGE_ORDER_PARTLY_SIGNED,
    CHANGE_ORDER_APPROVED, /* signed by all; waits for its start day */
    CHANGE_ORDER_APPLIED,
    CHANGE_ORDER_DECLINED,
    CHANGE_ORDER_WITHDRAWN,
    CHANGE_ORDER_EXPIRED,
    CHANGE_ORDER_SUPERSEDED, /* by a later revision */
    CHANGE_ORDER_LAPSED,     /* approved, and then work had gone past it on its start day */
};
extern const struct choices change_order_state_choices;

/* What is to be credited of an invoice because the order lowers what it billed. A proposal: the
 * credit note itself is issued by people, and the invoice is never touched. */
struct change_credit {
    const char *milestone; /* its code */
    struct id invoice_id;
    int64_t net_minor;
};
extern const struct shape change_credit_shape;

struct change_order {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id contract_id;
    int64_t number;   /* 1, 2, … of the contract */
    int64_t revision; /* 1, 2, … of the number */
    enum change_order_state state;
    struct id based_on_id; /* the order whose plan it changes; none: the contract's own */
    const char *title;
    const char *purpose; /* why, in words */
    struct plan *plan;   /* as the whole would be */
    const char *currency;
    int64_t sum_before_minor; /* net */
    int64_t change_minor;     /* sum after - sum before; may be below 0 */
    int64_t sum_after_minor;  /* the plan's total */
    struct list credits;      /* struct change_credit */
    int32_t start_day;        /* it takes effect from then; none: as soon as all have signed */
    int32_t valid_until_day;  /* the last day on which it can be signed */
    const char *document;     /* core/change_document.h; none while it is a draft */
    struct hash document_hash;
    int64_t proposed_at;
    int64_t approved_at;
    int64_t applied_at;
    int64_t applied_number; /* which of the contract's applied orders it is: 1, 2, …; 0: none */
    int64_t ended_at;
    const char *reason; /* why it was declined or lapsed */
    int64_t created_at;
    bool is_stale;          /* another order came in between; while it is not signed by all */
    struct list signatures; /* struct signature in their order; rows of their own */
};
extern const struct shape change_order_shape;

/* ---- rules; a wrong state is always ERROR_WRONG_STATE for "state" -----------------------------
 */

struct client;
struct company;
struct contract;
struct engagement;
struct signing;

/* What an invoice of the contract bills for a milestone, net, and what credit notes have left of
 * it. */
struct change_billed {
    struct id id;
    const char *number;
    struct id milestone_id;
    int64_t net_minor;
};
extern const struct shape change_billed_shape;

/* What an order is held against. */
struct change_basis {
    const struct company *company;
    const struct client *client;
    const struct contract *contract;
    const struct engagement *engagement;
    const struct list *requirements; /* struct requirement, all of the engagement */
    const struct plan *plan;         /* as agreed now: of the latest order that all signed */
    struct id based_on_id;           /* that order; none: the contract's own plan */
    int32_t plan_start_day;          /* where that order still waits for its day; else none */
    const struct list *milestones;   /* struct milestone of the contract, as they stand */
    const struct list *billed;       /* struct change_billed */
    const struct list *periods;      /* struct billing_period of the contract that are billed */
    struct list plans; /* const struct plan *: those before plan, and plan itself as the last; it
                          alone will do where nothing is settled in it (core/billing_period.h) */
    int32_t today;
};

/* The plan with terms that it does not state taken from the plan in force, so that nothing changes
 * that nobody wrote, and where it restates the total, with what is settled of the percentages
 * (core/change_pricing.h). In the arena. */
struct plan *change_order_plan(struct arena *arena, const struct plan *typed,
                               const struct change_basis *basis);

/* Sets what a draft says, and derives its sums from the basis. */
enum error change_order_edit(struct change_order *order, const struct change_order *form,
                             struct fault *fault) WARN_UNUSED;

/* A fresh draft of a contract in force, but for id, numbers and what it says. ERROR_WRONG_STATE for
 * "state" unless contract and engagement are active. */
enum error change_order_draft(struct change_order *order, const struct change_basis *basis,
                              struct fault *fault) WARN_UNUSED;

/* Whether it holds on that basis: contract and engagement active (ERROR_WRONG_STATE for
 * "contract"), not stale (ERROR_STALE for "based_on_id"), errors of plan_check, ERROR_INVALID for
 * "plan/currency" and, where nothing changes, for "plan"; ERROR_WRONG_STATE for
 * "plan/terms/time_zone"; errors of change_check (core/change_check.h); ERROR_OUT_OF_RANGE for a
 * "start_day" before that of the order it is based on. */
enum error change_order_check(struct arena *arena, const struct change_order *order,
                              const struct change_basis *basis, struct fault *fault) WARN_UNUSED;

/* Freezes a draft into its document and puts it to both sides. signatures: who is to sign, pending.
 * Errors of change_order_check and signers_check, and for "valid_until_day" and "start_day":
 * ERROR_INVALID in the past, ERROR_OUT_OF_RANGE more than DAYS_LIMIT ahead. */
enum error change_order_propose(struct arena *arena, struct change_order *order,
                                const struct change_basis *basis, const struct list *signatures,
                                int64_t now_ms, struct fault *fault) WARN_UNUSED;

/* As contract_sign (core/signature.h), and errors of change_order_check; ERROR_EXPIRED for
 * "valid_until_day" after that day. The last signature makes it approved. */
enum error change_order_sign(struct arena *arena, struct change_order *order,
                             const struct change_basis *basis, struct list *signatures,
                             struct id signature_id, const struct signing *signing, int64_t now_ms,
                             struct fault *fault) WARN_UNUSED;

enum error change_order_decline(struct change_order *order, struct list *signatures,
                                struct id signature_id, const char *reason, int64_t now_ms,
                                struct fault *fault) WARN_UNUSED;
enum error change_order_withdraw(struct change_order *order, int64_t now_ms,
                                 struct fault *fault) WARN_UNUSED;

/* ERROR_OUT_OF_RANGE for "valid_until_day" up to that day. */
enum error change_order_expire(struct change_order *order, int32_t today, int64_t now_ms,
                               struct fault *fault) WARN_UNUSED;

/* Whether a next revision can be made of it. */
enum error change_order_check_revise(const struct change_order *order,
                                     struct fault *fault) WARN_UNUSED;

/* A later revision took its place. */
enum error change_order_supersede(struct change_order *order, int64_t now_ms,
                                  struct fault *fault) WARN_UNUSED;

/* Whether it is in somebody's hands: a draft, or proposed and not signed by all. */
bool change_order_is_open(const struct change_order *order);

/* Approved to applied, as that number of the contract's. */
enum error change_order_apply(struct change_order *order, int64_t number, int64_t now_ms,
                              struct fault *fault) WARN_UNUSED;
enum error change_order_lapse(struct change_order *order, const char *reason, int64_t now_ms,
                              struct fault *fault) WARN_UNUSED;

/* "change order 2 to contract C-2016-0001, revision 1". In the arena. */
const char *change_order_label(struct arena *arena, const struct change_order *order,
                               const char *contract_number);

/* Whether the rows still prove what they claim, as contract_signatures_hold. base_sum_minor: of the
 * plan that it is based on. ERROR_CHECK_FAILED for "document", "plan", "signatures/2", "state",
 * "change". */
enum error change_order_holds(struct arena *arena, const struct change_order *order,
                              const char *contract_number, int64_t base_sum_minor,
                              const struct list *signatures, struct fault *fault) WARN_UNUSED;

#endif
