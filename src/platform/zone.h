/* Time zones by IANA name, from the machine's time zone data: which calendar day it is somewhere,
 * and when such a day begins.
 *
 * Names are "UTC" or Area/Location as in the IANA list ("Europe/Berlin", "Etc/GMT+5"); the old
 * one-word aliases, offsets and paths are refused, because a contract names its zone for years.
 * Zones are read once, never change while the process lives, and may be used by any thread. */
#ifndef WAYMARK_PLATFORM_ZONE_H
#define WAYMARK_PLATFORM_ZONE_H

#include <stdbool.h>
#include <stdint.h>

struct zone;

/* What a clock on the wall shows. */
struct zone_time {
    int32_t day;            /* days since 1970-01-01, there */
    int32_t second_of_day;  /* 0 to 86399 */
    int32_t offset_s;       /* seconds east of UTC */
    const char *short_name; /* such as "CEST"; lives as long as the process */
};

/* The zone of that name, or NULL if there is none. It belongs to the process. */
const struct zone *zone_find(const char *name);

bool zone_exists(const char *name);

/* What the clock shows at a moment, ms since 1970 within the years 1 to 9999. */
struct zone_time zone_local_time(const struct zone *zone, int64_t time_ms);
int32_t zone_local_day(const struct zone *zone, int64_t time_ms);

/* The first moment, ms since 1970, at which a clock there shows this day or, when the day was
 * left out (Pacific/Apia, 2011-12-30), a later one. It is 00:00 except where the clock is put
 * forward at midnight. The last millisecond of a day is zone_day_start_ms(zone, day + 1) - 1. */
int64_t zone_day_start_ms(const struct zone *zone, int32_t day);

#endif
