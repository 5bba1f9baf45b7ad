/* Change orders and what they are held against. Load the engagement or the contract first: none of
 * these asks who looks. */
#ifndef WAYMARK_STORE_CHANGE_ORDER_H
#define WAYMARK_STORE_CHANGE_ORDER_H

#include "core/change_order.h"
#include "core/contract.h"
#include "store/store.h"

/* All of a contract, by number and revision: of each only id, version, number, revision, state,
 * based_on_id, start_day and applied_number, because their texts are long. */
enum error list_change_orders_of(struct store *store, struct id contract_id, struct list *orders,
                                 struct fault *fault) WARN_UNUSED;

/* Its plan alone. ERROR_INTERNAL if it is gone. */
enum error load_change_order_plan(struct store *store, struct id id, struct plan **plan,
                                  struct fault *fault) WARN_UNUSED;

/* The applied ones of a contract in their order: id, number, plan, currency, sum_after, credits
 * and applied_at.
 */
enum error list_applied_orders(struct store *store, struct id contract_id, struct list *orders,
                               struct fault *fault) WARN_UNUSED;

/* In their order. */
enum error list_change_signatures(struct store *store, struct id change_order_id,
                                  struct list *signatures, struct fault *fault) WARN_UNUSED;

/* struct change_billed: the invoices of a contract, each with its milestones. */
enum error list_change_billed(struct store *store, const struct contract *contract,
                              struct list *billed, struct fault *fault) WARN_UNUSED;

/* struct milestone, by number. */
enum error list_milestones_of(struct store *store, const struct contract *contract,
                              struct list *milestones, struct fault *fault) WARN_UNUSED;

/* Forgets what a milestone comes after. */
enum error delete_dependencies(struct store *store, struct id milestone_id,
                               struct fault *fault) WARN_UNUSED;

#endif
