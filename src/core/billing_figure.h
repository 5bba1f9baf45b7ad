/* What was billed, credited, paid and refunded in a month, and what falls due in it, of one client
 * in one currency. */
#ifndef WAYMARK_CORE_BILLING_FIGURE_H
#define WAYMARK_CORE_BILLING_FIGURE_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"

struct billing_figure {
    int32_t month_day; /* the first of the month */
    struct id client_id;
    const char *client_name;
    const char *currency;
    int64_t billed_minor;   /* invoices issued in it, tax included */
    int64_t credited_minor; /* credit notes issued in it */
    int64_t paid_minor;     /* payments received in it that were not reversed */
    int64_t refunded_minor; /* refunds paid in it */
    int64_t due_minor; /* still open of invoices that fall due in it, whenever they were issued */
    int64_t resting_minor; /* of that, what rests while an objection is open */
};
extern const struct shape billing_figure_shape;

#endif
