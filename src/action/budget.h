/* What is paid when: a contract's budget for both sides, and the agency's cash forecast over all.
 */
#ifndef WAYMARK_ACTION_BUDGET_H
#define WAYMARK_ACTION_BUDGET_H

#include "action/operation.h"
#include "base/id.h"
#include "core/budget.h"

struct show_forecast {
    struct id client_id; /* or none: of all */
};

/* Of a contract that both sides have signed. */
enum error load_budget(struct call *call, struct id engagement_id, struct id contract_id,
                       struct budget *budget, struct fault *fault) WARN_UNUSED;

/* The same of an engagement's contract. ERROR_NOT_FOUND while it is not signed by all. */
enum error find_budget(struct call *call, struct id engagement_id, struct contract *contract,
                       struct budget *budget, struct fault *fault) WARN_UNUSED;

/* What a forecast is made of, for forecast_of. ERROR_TOO_LARGE for "client_id". */
struct forecast_ground {
    struct list parts; /* struct forecast_part */
    struct list paid;  /* struct paid_invoice */
    int32_t today;
};
enum error load_forecast(struct call *call, struct id client_id, struct forecast_ground *ground,
                         struct fault *fault) WARN_UNUSED;

extern const struct shape show_forecast_shape;
extern const struct operation show_budget_operation;   /* struct subject: an engagement */
extern const struct operation show_forecast_operation; /* struct show_forecast */

#endif
