#include "platform/zone.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/day.h"
#include "base/must.h"

enum { NAME_MAX_BYTES = 64 };

static const int64_t day_s = 86400;

struct zone {
    const struct zone *next;
    GTimeZone *rules;
    char name[NAME_MAX_BYTES + 1];
};

/* Every zone found so far. A zone is a fact and never leaves, so a found one needs no lock. */
static const struct zone *known;
static pthread_mutex_t known_lock = PTHREAD_MUTEX_INITIALIZER;

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_name_character(char c)
{
    return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '+';
}

/* "UTC", or two or three parts that each begin with a capital. Keeps paths, offsets and rule texts
 * away from GLib, which would take them for zones. */
static bool is_name(const char *name)
{
    if (strcmp(name, "UTC") == 0)
        return true;
    if (strlen(name) > NAME_MAX_BYTES)
        return false;
    int slashes = 0;
    for (const char *at = name; *at; at++) {
        bool begins = at == name || at[-1] == '/';
        if (*at == '/')
            slashes++;
        if (begins ? !is_upper(*at) : *at != '/' && !is_name_character(*at))
            return false;
    }
    return (slashes == 1 || slashes == 2) && name[strlen(name) - 1] != '/';
}

static const struct zone *known_zone(const char *name)
{
    const struct zone *zone = known;
    while (zone && strcmp(zone->name, name) != 0)
        zone = zone->next;
    return zone;
}

static const struct zone *learn_zone(const char *name)
{
    GTimeZone *rules = g_time_zone_new_identifier(name);
    if (!rules)
        return NULL;
    struct zone *zone = calloc(1, sizeof *zone);
    must(zone);
    strcpy(zone->name, name);
    zone->rules = rules;
    zone->next = known;
    known = zone;
    return zone;
}

const struct zone *zone_find(const char *name)
{
    if (!is_name(name))
        return NULL;
    pthread_mutex_lock(&known_lock);
    const struct zone *zone = known_zone(name);
    if (!zone)
        zone = learn_zone(name);
    pthread_mutex_unlock(&known_lock);
    return zone;
}

bool zone_exists(const char *name)
{
    return zone_find(name) != NULL;
}

/* A zone is a row of intervals of constant offset, numbered from 0. */
static int interval_at(const struct zone *zone, int64_t time_s)
{
    int interval = g_time_zone_find_interval(zone->rules, G_TIME_TYPE_UNIVERSAL, time_s);
    must(interval >= 0);
    return interval;
}

struct zone_time zone_local_time(const struct zone *zone, int64_t time_ms)
{
    int32_t utc_day = time_day(time_ms);
    int64_t time_s = utc_day * day_s + (time_ms - utc_day * day_s * 1000) / 1000;
    int interval = interval_at(zone, time_s);
    int32_t offset_s = g_time_zone_get_offset(zone->rules, interval);
    int32_t day = time_day((time_s + offset_s) * 1000);
    return (struct zone_time){
        .day = day,
        .second_of_day = (int32_t)(time_s + offset_s - day * day_s),
        .offset_s = offset_s,
        .short_name = g_time_zone_get_abbreviation(zone->rules, interval),
    };
}

int32_t zone_local_day(const struct zone *zone, int64_t time_ms)
{
    return zone_local_time(zone, time_ms).day;
}

/* The first second after `from` at which the interval is a later one, or `to`. */
static int64_t interval_end(const struct zone *zone, int64_t from, int64_t to)
{
    int interval = interval_at(zone, from);
    if (interval_at(zone, to - 1) == interval)
        return to;
    while (from < to) {
        int64_t middle = from + (to - from) / 2;
        if (interval_at(zone, middle) > interval)
            to = middle;
        else
            from = middle + 1;
    }
    return to;
}

int64_t zone_day_start_ms(const struct zone *zone, int32_t day)
{
    must(day >= DAY_MIN && day <= DAY_MAX);
    /* No offset, nor a change of one, exceeds a day or so. */
    int64_t midnight_s = day * day_s;
    int64_t horizon = midnight_s + 3 * day_s;
    int64_t start = midnight_s - 3 * day_s;
    while (start < horizon) {
        int64_t end = interval_end(zone, start, horizon);
        int64_t offset_s = g_time_zone_get_offset(zone->rules, interval_at(zone, start));
        int64_t shows_midnight = midnight_s - offset_s;
        if (shows_midnight < end)
            return (shows_midnight > start ? shows_midnight : start) * 1000;
        start = end;
    }
    must_fail(__FILE__, __LINE__, "a day begins in every zone");
}
