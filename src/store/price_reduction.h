/* Price reductions of a milestone, as rows. */
#ifndef WAYMARK_STORE_PRICE_REDUCTION_H
#define WAYMARK_STORE_PRICE_REDUCTION_H

#include "core/price_reduction.h"
#include "store/store.h"

/* The milestone's one that is proposed, or agreed, or *found false. Does not ask who looks: load
 * the milestone first. */
enum error find_price_reduction(struct store *store, struct id milestone_id,
                                enum reduction_state state, struct price_reduction *reduction,
                                bool *found, struct fault *fault) WARN_UNUSED;

#endif
