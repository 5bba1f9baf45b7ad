/* Explain this number, for both sides. */
#ifndef WAYMARK_ACTION_EXPLANATION_H
#define WAYMARK_ACTION_EXPLANATION_H

#include "action/operation.h"

extern const struct operation explain_invoice_operation;  /* struct subject: an invoice */
extern const struct operation explain_position_operation; /* struct subject: an engagement */

#endif
