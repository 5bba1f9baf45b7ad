/* What is paid when: a contract's budget for both sides, and the agency's cash forecast over all.
 */
#ifndef WAYMARK_ACTION_BUDGET_H
#define WAYMARK_ACTION_BUDGET_H

#include "action/operation.h"
#include "base/id.h"

struct show_forecast {
    struct id client_id; /* or none: of all */
};

extern const struct operation show_budget_operation;   /* struct subject: an engagement */
extern const struct operation show_forecast_operation; /* struct show_forecast */

#endif
