#include "action/zoned_day.h"

#include "base/day.h"
#include "base/must.h"

int32_t zoned_day(const char *zone_name, int64_t moment)
{
    const struct zone *zone = zone_name ? zone_find(zone_name) : NULL;
    return zone ? zone_local_day(zone, moment) : time_day(moment);
}

int64_t zoned_day_start(const char *zone_name, int32_t day)
{
    const struct zone *zone = zone_name ? zone_find(zone_name) : NULL;
    return zone ? zone_day_start_ms(zone, day) : (int64_t)day * DAY_MS;
}

const struct zone *zone_of(const struct contract_terms *terms)
{
    const struct zone *zone = zone_find(terms->time_zone);
    must(zone);
    return zone;
}
