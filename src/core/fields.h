/* What the field tables of core share. Included by core's .c files only. */
#ifndef WAYMARK_CORE_FIELDS_H
#define WAYMARK_CORE_FIELDS_H

#include "base/limits.h"
#include "base/shape.h"

#define ID_FIELD(type) FIELD(type, id, ID, .flags = REQUIRED | FIXED)

/* Counted up by the store with each change; what an ETag is made of. */
#define VERSION_FIELD(type)                                                                        \
    FIELD(type, version, INTEGER, .minimum = 1, .maximum = INT64_MAX, .initial = 1)

/* No flag and no limit: it may be none. */
#define OPTIONAL .flags = 0

#define AMOUNT_RANGE .minimum = 0, .maximum = AMOUNT_LIMIT
#define COUNT_RANGE  .minimum = 0, .maximum = INT32_MAX
#define DAYS_RANGE   .minimum = 0, .maximum = DAYS_LIMIT
#define RATE_RANGE   .minimum = 0, .maximum = 1000 * 1000

#endif
