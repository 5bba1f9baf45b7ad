/* Which day it is where a company, an engagement or a contract has its calendar. */
#ifndef WAYMARK_ACTION_ZONED_DAY_H
#define WAYMARK_ACTION_ZONED_DAY_H

#include "core/plan.h"
#include "platform/zone.h"

/* The day of a moment (ms since 1970), and the first moment of a day, in the zone of that name; in
 * UTC where there is none, or on a machine that does not know it. */
int32_t zoned_day(const char *zone_name, int64_t moment);
int64_t zoned_day_start(const char *zone_name, int32_t day);

/* The contract's zone, which was checked before it was signed. */
const struct zone *zone_of(const struct contract_terms *terms);

#endif
