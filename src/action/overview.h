/* What one sees of each engagement at a glance, all in one answer: what was agreed, what is done,
 * and what is paid when. */
#ifndef WAYMARK_ACTION_OVERVIEW_H
#define WAYMARK_ACTION_OVERVIEW_H

#include "action/operation.h"
#include "core/budget.h"
#include "core/contract_position.h"
#include "core/engagement.h"
#include "store/list.h"

struct overview {
    struct engagement *engagement;
    struct page *milestones;            /* struct milestone, the first page in their order */
    struct contract_position *position; /* NULL: no contract is signed yet */
    struct budget *budget;              /* NULL likewise */
};

extern const struct operation list_overviews_operation; /* struct list_engagements */

#endif
