/* Change orders: composed by the agency against a contract in force, put to both sides with what
 * they would do, signed alone, and applied as a whole or not at all. Until then nothing of the
 * contract, its milestones or its invoices changes. */
#ifndef WAYMARK_ACTION_CHANGE_ORDER_H
#define WAYMARK_ACTION_CHANGE_ORDER_H

#include "action/contract.h"
#include "action/job.h"
#include "action/operation.h"
#include "action/subject.h"
#include "core/change_effect.h"
#include "core/change_order.h"
#include "store/list.h"

/* ---- reading ----------------------------------------------------------------------------------
 */

struct list_change_orders {
    struct page_query page;
    struct id engagement_id;
    enum change_order_state state;
};

/* The frozen text and its hash, which is what is signed. */
struct change_order_text {
    const char *label;
    struct hash document_hash;
    const char *document;
};

extern const struct operation list_change_orders_operation;
extern const struct operation show_change_order_operation;      /* struct subject */
extern const struct operation show_change_order_text_operation; /* struct subject; ERROR_NOT_FOUND
                                                                   for a draft */

/* ---- comparing (change_compare.c) -------------------------------------------------------------
 */

struct compare_change_orders {
    struct id id;
    struct id from_id; /* a revision of the same order; none: the one before it */
};

/* What changed from one revision to another, in words (core/change_difference.h). */
struct change_order_difference {
    int64_t from_revision;
    int64_t to_revision;
    const char *currency;     /* of the contract */
    int64_t sum_after_minor;  /* of the later one */
    int64_t difference_minor; /* between the sums after */
    struct list changes;      /* struct plan_change */
};
extern const struct operation compare_change_orders_operation;

/* ---- what it would do (change_effect.c) -------------------------------------------------------
 */

/* struct subject; gives struct change_effect. */
extern const struct operation show_change_effect_operation;

/* The same of a change that is only typed: takes struct change_order, of which engagement_id, plan,
 * credits and start_day. Saves nothing. */
extern const struct operation preview_change_order_operation;

/* ---- composing --------------------------------------------------------------------------------
 */

/* Takes struct change_order: engagement_id or id, title, purpose, plan, credits, start_day,
 * valid_until_day. A draft need not hold together yet; without a plan it starts as the one in
 * force. */
extern const struct operation create_change_order_operation;
extern const struct operation change_change_order_operation;

/* Restates a draft's prices that follow from its total and its terms (core/change_pricing.h), then
 * puts the difference between its total and the sum of its prices on one milestone. */
struct settle_change_order {
    struct id id;
    const char *code; /* the milestone's; none: on none */
};
extern const struct operation settle_change_order_operation;

/* The next revision, a draft, with its changes carried over to the contract as it is now (struct
 * subject). */
extern const struct operation revise_change_order_operation;

struct propose_change_order {
    struct id id;
    struct list signers; /* struct signer; the list's order is the signing order */
};
extern const struct operation propose_change_order_operation;
extern const struct operation withdraw_change_order_operation; /* struct subject */

/* ---- deciding (change_signing.c) --------------------------------------------------------------
 */

/* Takes struct sign_contract. */
extern const struct operation sign_change_order_operation;
/* Takes struct change_order: id and reason. */
extern const struct operation decline_change_order_operation;

/* At the end of its last day, and on its start day. */
enum error expire_change_order(struct call *call, const struct job *job,
                               struct fault *fault) WARN_UNUSED;
enum error apply_change_order_on_its_day(struct call *call, const struct job *job,
                                         struct fault *fault) WARN_UNUSED;

/* ---- shared (change_setting.c) ----------------------------------------------------------------
 */

/* What an order is held against, loaded for its contract. */
struct change_setting {
    struct contract_setting around;
    struct contract contract; /* with its own plan, as signed */
    struct list orders;       /* heads of all of the contract: store/change_order.h */
    struct list milestones;
    struct list billed;
    struct list periods;  /* that are billed */
    struct id applied_id; /* of the last that is applied; none */
    int64_t applied_count;
    struct change_basis basis; /* as agreed now */
};
enum error load_change_setting(struct call *call, struct id contract_id,
                               struct change_setting *setting, struct fault *fault) WARN_UNUSED;

/* Sets the basis to what is applied, leaving out what still waits for its day. */
enum error use_applied_plan(struct call *call, struct change_setting *setting,
                            struct fault *fault) WARN_UNUSED;

/* The plan that an order is based on, as it was. */
enum error load_base_plan(struct call *call, const struct change_setting *setting,
                          struct id based_on_id, struct plan **plan,
                          struct fault *fault) WARN_UNUSED;

/* Sets it as what the basis takes for agreed, with those before it. */
enum error use_base_plan(struct call *call, const struct change_setting *setting,
                         struct id based_on_id, struct change_basis *basis,
                         struct fault *fault) WARN_UNUSED;

/* Loads the order that the request is about, its signatures and its setting, and whether it is
 * stale. */
enum error load_change_order(struct call *call, struct id id, struct change_order *order,
                             struct change_setting *setting, struct fault *fault) WARN_UNUSED;

/* The same with its effect on the plan that it is based on. effect is zero before. */
enum error load_change_effect(struct call *call, struct id id, struct change_order *order,
                              struct change_setting *setting, struct change_effect *effect,
                              struct fault *fault) WARN_UNUSED;

/* Keeps it as a paper: before anybody signed (signatures is an empty list), or with all signatures.
 */
enum error keep_change_order(struct call *call, const struct change_order *order,
                             struct change_setting *setting, struct list signatures,
                             struct fault *fault) WARN_UNUSED;

extern const struct shape change_order_subject_shape;

#endif
