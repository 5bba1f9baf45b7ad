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

/* What keeps an engagement open, counted. */
struct unfinished {
    int64_t milestones;    /* neither accepted nor cancelled */
    int64_t recurring;     /* not billed to their end; some of them may be accepted */
    int64_t change_orders; /* out for signature, or signed and not in effect yet */
};

enum error find_unfinished(struct store *store, struct id engagement_id,
                           struct unfinished *unfinished, struct fault *fault) WARN_UNUSED;

#endif
