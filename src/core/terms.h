/* Payment terms: when an invoice falls due, counted from its day (issue, delivery or receipt, as
 * the contract says). Calendar days; business days have no part in it. */
#ifndef WAYMARK_CORE_TERMS_H
#define WAYMARK_CORE_TERMS_H

#include <stdint.h>

#include "base/error.h"

enum terms_kind {
    TERMS_UNKNOWN,
    TERMS_DAYS,                /* count days after */
    TERMS_MONTHS,              /* the same day count months after, or the month's last day */
    TERMS_DAYS_FROM_MONTH_END, /* count days after the end of the month */
    TERMS_DAY_OF_NEXT_MONTH,   /* day number count of the next month, or its last day */
    TERMS_KIND_COUNT,
};

struct payment_terms {
    enum terms_kind kind;
    int count;
};

/* The public name of a kind, such as "days_from_month_end", and back; TERMS_UNKNOWN for other text.
 */
const char *terms_kind_slug(enum terms_kind kind);
enum terms_kind terms_kind_find(const char *slug);

/* ERROR_INVALID for an unknown kind, field "kind"; ERROR_OUT_OF_RANGE for a count that it does not
 * take, field "count". */
enum error terms_check(struct payment_terms terms, struct fault *fault) WARN_UNUSED;

/* The due day of something dated day. Errors of terms_check, and ERROR_OUT_OF_RANGE past year 9999.
 */
enum error terms_due_day(struct payment_terms terms, int32_t day, int32_t *due_day,
                         struct fault *fault) WARN_UNUSED;

#endif
