/* The stage on which the sample is played: the clock, the voices, and a line for each step. Any
 * failure is kept and makes all that follows do nothing, so that a scene reads as a list of steps
 * and is checked once, at its end. */
#ifndef WAYMARK_MAIN_PLAY_H
#define WAYMARK_MAIN_PLAY_H

#include <jansson.h>

#include "main/api_client.h"
#include "main/house.h"

struct play {
    struct house *house;
    struct api_client *client;
    struct arena *arena;
    int64_t company;  /* its number */
    int64_t now_ms;   /* what the clock was set to */
    enum error error; /* the first; fault says what */
    struct fault *fault;
};

/* Sets the clock to an hour (UTC) of a day "2016-06-22", and does what falls due by then. Days only
 * go forward. */
void play_at(struct play *play, const char *day, int hour);

/* Says what happened: a day, who, and what. The format is printf's. */
void play_tell(struct play *play, const char *who, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A heading. */
void play_scene(struct play *play, const char *title);

/* Calls the API with a body that it takes over (NULL for none); path is a printf format. Gives the
 * answer, which is owned by the play's arena's life: NULL after a failure. */
json_t *play_call(struct play *play, const struct api_voice *voice, const char *method,
                  json_t *body, const char *path, ...) __attribute__((format(printf, 5, 6)));

/* The same, naming the version of what was read before (If-Match). */
json_t *play_call_at(struct play *play, const struct api_voice *voice, const char *method,
                     json_t *body, const json_t *read, const char *path);

/* A text member of an answer, copied into the arena; "" where it is not there. */
const char *play_text(struct play *play, const json_t *answer, const char *member);

/* A new session for a client's contact, by a link that the operator makes. */
void play_enter(struct play *play, const char *email, struct api_voice *voice);

#endif
