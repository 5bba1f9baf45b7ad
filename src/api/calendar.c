#include "api/calendar.h"

#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

#include "action/calendar.h"
#include "base/day.h"
#include "base/must.h"

void calendar_prepare(void)
{
    must(icaltimezone_get_utc_timezone());
}

/* A whole day. */
static struct icaltimetype day_of(int32_t day)
{
    char text[DAY_TEXT_SIZE];
    struct icaltimetype time = icaltime_null_time();
    must(sscanf(day_format(day, text), "%d-%d-%d", &time.year, &time.month, &time.day) == 3);
    time.is_date = 1;
    return time;
}

static struct icaltimetype moment_of(int64_t ms)
{
    return icaltime_from_timet_with_zone((time_t)(ms / 1000), 0, icaltimezone_get_utc_timezone());
}

/* The same each time it is asked for; what comes again has one for each day. */
static const char *uid_of(struct request *request, const struct calendar_entry *entry)
{
    char id[ID_TEXT_SIZE], day[DAY_TEXT_SIZE];
    bool comes_again = entry->kind == CALENDAR_COMMUNICATION;
    return arena_format(
        request->arena, "%s-%s%s%s@%s", choice_name(&calendar_kind_choices, (int)entry->kind),
        id_format(entry->id, id), comes_again ? "-" : "",
        comes_again ? day_format(entry->day, day) : "", request->config->app->log_name);
}

static const char *url_of(struct request *request, const struct calendar_entry *entry)
{
    char id[ID_TEXT_SIZE];
    return arena_format(request->arena, "%s/%s/%s", request->config->app->base_url,
                        calendar_place(entry->kind), id_format(entry->id, id));
}

static icalcomponent *event_of(struct request *request, const struct calendar_entry *entry)
{
    return icalcomponent_vanew(ICAL_VEVENT_COMPONENT, icalproperty_new_uid(uid_of(request, entry)),
                               icalproperty_new_dtstamp(moment_of(entry->changed_at)),
                               icalproperty_new_sequence((int)entry->version),
                               icalproperty_new_dtstart(day_of(entry->day)),
                               icalproperty_new_dtend(day_of(entry->day + 1)),
                               icalproperty_new_summary(calendar_summary(request->arena, entry)),
                               icalproperty_new_url(url_of(request, entry)),
                               icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT), (void *)0);
}

static icalcomponent *calendar_of(struct request *request, const struct calendar_feed *feed)
{
    icalcomponent *calendar = icalcomponent_vanew(
        ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
        icalproperty_new_prodid("-//waymark//feed//EN"), icalproperty_new_calscale("GREGORIAN"),
        icalproperty_new_method(ICAL_METHOD_PUBLISH), (void *)0);
    for (size_t i = 0; i < feed->entries.count; i++)
        icalcomponent_add_component(
            calendar, event_of(request, LIST_AT(struct calendar_entry, feed->entries, i)));
    return calendar;
}

void answer_with_calendar(struct request *request, const void *out, struct http_response *response)
{
    icalcomponent *calendar = calendar_of(request, out);
    char *text = icalcomponent_as_ical_string_r(calendar);
    must(text);
    response->content_type = "text/calendar; charset=utf-8";
    response->body = text;
    response->body_size = strlen(text);
    response->release = free;
    response->release_argument = text;
    icalcomponent_free(calendar);
}
