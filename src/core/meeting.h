/* The record of a meeting: who was there, what was said, decided and is to be done. Each version is
 * a row of its own that never changes; the client sees those that are shared with it. */
#ifndef WAYMARK_CORE_MEETING_H
#define WAYMARK_CORE_MEETING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

struct meeting_participant {
    enum side side;
    const char *name;
};
extern const struct shape meeting_participant_shape;

struct meeting_decision {
    const char *text;
};
extern const struct shape meeting_decision_shape;

/* What somebody is to do until a day. */
struct meeting_action {
    const char *text;
    enum side side;
    const char *owner_name;
    int32_t due_day;
};
extern const struct shape meeting_action_shape;

struct meeting {
    struct id id;
    struct id engagement_id;
    struct id first_id; /* of the first version: its own for that */
    int64_t revision;   /* 1, 2, … */
    const char *title;
    int32_t day;
    struct list participants; /* struct meeting_participant */
    const char *notes;
    struct list decisions; /* struct meeting_decision */
    struct list actions;   /* struct meeting_action */
    bool is_shared;        /* with the client */
    struct id recorded_by;
    const char *recorded_by_name;
    int64_t created_at;
};
extern const struct shape meeting_shape;

/* Whether it can be recorded: ERROR_INVALID for "title", "participants" without anybody,
 * "participants/<n>/name", "decisions/<n>/text", "actions/<n>/text" or "actions/<n>/owner_name"
 * that is blank; ERROR_OUT_OF_RANGE for "day" after today. */
enum error meeting_check(const struct meeting *meeting, int32_t today,
                         struct fault *fault) WARN_UNUSED;

#endif
