/* The days that concern somebody, as a calendar shows them, and the key that lets a calendar read
 * them. */
#ifndef WAYMARK_CORE_CALENDAR_H
#define WAYMARK_CORE_CALENDAR_H

#include <stdint.h>

#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

struct calendar_key {
    struct id person_id; /* a user or a contact */
    enum actor_kind person_kind;
    const char *key; /* itself, in the answer that made it and never again */
    const char *url; /* of the feed, with the key; likewise */
    struct hash key_hash;
    int64_t made_at;
};
extern const struct shape calendar_key_shape;

enum calendar_kind {
    CALENDAR_MILESTONE = 1, /* its signed day */
    CALENDAR_PLANNED,       /* the day to which lateness of the client has moved it */
    CALENDAR_OBLIGATION,
    CALENDAR_INVOICE,
    CALENDAR_DEADLINE, /* of a submission: the last day for an answer */
    CALENDAR_MEETING,
    CALENDAR_COMMUNICATION,
};
extern const struct choices calendar_kind_choices;

struct calendar_entry {
    enum calendar_kind kind;
    struct id id; /* what it is about; with kind and, where that comes again, day it is unique */
    int64_t version;
    int32_t day;
    int64_t deadline_at;   /* in place of day: a moment in the zone that follows; 0: none */
    const char *time_zone; /* IANA name */
    const char *label;     /* code or number, or NULL */
    const char *title;
    const char *engagement_title;
    const char *client_name;
    int64_t disputed_at; /* since when an invoice rests, as an objection is open; 0: it does not */
    int64_t changed_at;  /* when what it is about, or what that belongs to, was made */
};
extern const struct shape calendar_entry_shape;

/* What a calendar shows of it: "M1 Design is due (Website, General Services)". In the arena. */
const char *calendar_summary(struct arena *arena, const struct calendar_entry *entry);

/* Where in the portal it is: "milestones". Static. */
const char *calendar_place(enum calendar_kind kind);

#endif
