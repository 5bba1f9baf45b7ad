/* The sums that a contract's position is made of (core/contract_position.h). */
#ifndef WAYMARK_STORE_CONTRACT_POSITION_H
#define WAYMARK_STORE_CONTRACT_POSITION_H

#include "core/contract.h"
#include "core/contract_position.h"
#include "store/store.h"

/* The position of a contract, but for one milestone (none: of all): the one that is being accepted
 * in this transaction, whose row may or may not be saved yet. Errors of contract_position_complete.
 */
enum error load_contract_position(struct store *store, const struct contract *contract,
                                  struct id besides, struct contract_position *position,
                                  struct fault *fault) WARN_UNUSED;

/* The contract of an engagement that both sides have signed, if the viewer may see it. Of that
 * contract only id, engagement_id, currency and sum_minor are read, because its texts are long. */
enum error find_signed_contract(struct store *store, struct id engagement_id,
                                struct contract *contract, bool *found,
                                struct fault *fault) WARN_UNUSED;

#endif
