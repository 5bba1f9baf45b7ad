/* The figures of billing by months, for the agency's reports. */
#ifndef WAYMARK_ACTION_BILLING_FIGURE_H
#define WAYMARK_ACTION_BILLING_FIGURE_H

#include "action/operation.h"

struct billing_query {
    int32_t from_day;  /* none: from the first */
    int32_t until_day; /* none: to the last */
};

struct billing_figures {
    struct list items; /* of struct billing_figure */
};

extern const struct operation report_billing_operation;

#endif
