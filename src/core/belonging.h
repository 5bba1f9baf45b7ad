/* What a row belongs to, as evidence is looked for: its engagement, and where it is money, the
 * payment or credit note that the money is or comes from. One payment may go to invoices of several
 * engagements, so money has no engagement of its own. */
#ifndef WAYMARK_CORE_BELONGING_H
#define WAYMARK_CORE_BELONGING_H

#include "base/id.h"
#include "base/shape.h"

/* Either may be none: a client belongs to neither, a credit note to both. Neither ever changes. */
struct belonging {
    struct id engagement_id;
    struct id money_id;
};

struct belonging row_belonging(const struct shape *shape, const void *row);

#endif
