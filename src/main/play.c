#include "main/play.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "action/link.h"
#include "action/perform.h"
#include "base/day.h"
#include "main/timed.h"

enum { HOUR_MS = 60 * 60 * 1000 };

void play_at(struct play *play, const char *day, int hour)
{
    int32_t number;
    if (play->error)
        return;
    play->error = day_parse(day, &number, play->fault);
    if (play->error)
        return;
    int64_t time_ms = (int64_t)number * DAY_MS + (int64_t)hour * HOUR_MS;
    if (time_ms > play->now_ms) {
        play->now_ms = time_ms;
        clock_set(&play->house->clock, time_ms);
    }
    timed_run_jobs(play->house);
}

void play_scene(struct play *play, const char *title)
{
    if (!play->error)
        printf("\n%s\n", title);
}

void play_tell(struct play *play, const char *who, const char *format, ...)
{
    char day[DAY_TEXT_SIZE];
    va_list arguments;
    if (play->error)
        return;
    printf("  %s  %-9s ", day_format(time_day(clock_now_ms(&play->house->clock)), day), who);
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
}

json_t *play_call(struct play *play, const struct api_voice *voice, const char *method,
                  json_t *body, const char *path, ...)
{
    char address[512];
    json_t *answer = NULL;
    va_list arguments;
    va_start(arguments, path);
    vsnprintf(address, sizeof address, path, arguments);
    va_end(arguments);
    if (!play->error)
        play->error =
            api_client_call(play->client, voice, method, address, body, &answer, play->fault);
    json_decref(body);
    return answer;
}

json_t *play_call_at(struct play *play, const struct api_voice *voice, const char *method,
                     json_t *body, const json_t *read, const char *path)
{
    struct api_voice precise = *voice;
    json_int_t version = json_integer_value(json_object_get(read, "version"));
    precise.if_match = arena_format(play->arena, "\"%lld\"", (long long)version);
    return play_call(play, &precise, method, body, "%s", path);
}

const char *play_text(struct play *play, const json_t *answer, const char *member)
{
    const char *text = json_string_value(json_object_get(answer, member));
    return text ? arena_text(play->arena, text) : "";
}

void play_enter(struct play *play, const char *email, struct api_voice *voice)
{
    struct make_link_for in = {.email = email};
    struct link_view link;
    if (play->error)
        return;
    struct call call = call_by(&play->house->app, play->arena, play->company, ACTOR_OPERATOR);
    play->error = perform_writing(&call, house_writer(play->house, play->company), NULL,
                                  &make_link_for_operation, &in, &link, play->fault);
    if (!play->error)
        play->error = api_client_redeem(play->client, play->arena, link.token, voice, play->fault);
}
