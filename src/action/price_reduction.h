/* Price reductions: the agency proposes what a milestone costs less for what cannot be corrected,
 * and the client's approver agrees or declines before the acceptance, which then bills that. */
#ifndef WAYMARK_ACTION_PRICE_REDUCTION_H
#define WAYMARK_ACTION_PRICE_REDUCTION_H

#include "action/operation.h"
#include "action/subject.h"
#include "core/price_reduction.h"
#include "store/list.h"

struct list_price_reductions {
    struct page_query page;
    struct id engagement_id;
    struct id milestone_id;
    enum reduction_state state;
};

struct decide_price_reduction {
    struct id id;
    const char *answer;
};

extern const struct operation list_price_reductions_operation;
extern const struct operation show_price_reduction_operation; /* struct subject */

/* Takes struct price_reduction: milestone_id, amount, reason, and the criterion if it is about one.
 * ERROR_CONFLICT for "state" while another is proposed; errors of price_reduction_check. */
extern const struct operation propose_price_reduction_operation;

/* Take struct decide_price_reduction and give the struct price_reduction. */
extern const struct operation agree_price_reduction_operation;
extern const struct operation decline_price_reduction_operation;
extern const struct operation withdraw_price_reduction_operation;

#endif
