/* Explain this number: for each answer that shows totals an operation that explains them, at the
 * same address with "/explanation" behind it, with the same input and for the same people. */
#ifndef WAYMARK_ACTION_EXPLANATION_H
#define WAYMARK_ACTION_EXPLANATION_H

#include "action/operation.h"

/* The totals, and one account's figures. */
struct explain_trial_balance {
    const char *account; /* its code; none: only the totals */
    int32_t day;         /* the end of which; none: today */
    int32_t from_day;    /* movements are told from then; none: from the first of the month */
};

/* Their errors are those of what they explain. */
extern const struct operation explain_invoice_operation;      /* struct subject: or a credit note */
extern const struct operation explain_position_operation;     /* struct subject: an engagement */
extern const struct operation explain_budget_operation;       /* struct subject: an engagement */
extern const struct operation explain_forecast_operation;     /* struct show_forecast */
extern const struct operation explain_estimate_operation;     /* struct subject */
extern const struct operation explain_earned_value_operation; /* struct show_earned_value */
extern const struct operation explain_change_effect_operation;    /* struct subject */
extern const struct operation explain_client_statement_operation; /* struct subject: a client */

/* struct explain_trial_balance. Besides, ERROR_NOT_FOUND for "account", and for "from_day"
 * ERROR_INVALID after the day and ERROR_OUT_OF_RANGE for too many movements. */
extern const struct operation explain_trial_balance_operation;

#endif
