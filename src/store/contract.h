/* Contracts with their signatures. Load the engagement or the contract first. */
#ifndef WAYMARK_STORE_CONTRACT_H
#define WAYMARK_STORE_CONTRACT_H

#include "core/contract.h"
#include "core/signature.h"
#include "store/store.h"

/* The contract of an engagement that is not declined or terminated: there is at most one. */
enum error find_standing_contract(struct store *store, struct id engagement_id,
                                  struct contract *contract, bool *found,
                                  struct fault *fault) WARN_UNUSED;

/* In their order. */
enum error list_signatures(struct store *store, struct id contract_id, struct list *signatures,
                           struct fault *fault) WARN_UNUSED;

/* How many milestones of the engagement are neither accepted nor cancelled. */
enum error count_open_milestones(struct store *store, struct id engagement_id, int64_t *count,
                                 struct fault *fault) WARN_UNUSED;

#endif
