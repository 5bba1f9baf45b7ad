/* A communication is something that the two sides agreed to do again and again: a call, a report.
 * Its days are counted from the rhythm, never from the last one. */
#ifndef WAYMARK_CORE_COMMUNICATION_H
#define WAYMARK_CORE_COMMUNICATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

enum communication_rhythm {
    COMMUNICATE_WEEKLY = 1,
    COMMUNICATE_BIWEEKLY, /* every fourteen days from the first one */
    COMMUNICATE_MONTHLY,
};
extern const struct choices communication_rhythm_choices;

enum communication_weekday {
    COMMUNICATE_MONDAY = 1,
    COMMUNICATE_TUESDAY,
    COMMUNICATE_WEDNESDAY,
    COMMUNICATE_THURSDAY,
    COMMUNICATE_FRIDAY,
    COMMUNICATE_SATURDAY,
    COMMUNICATE_SUNDAY,
};
extern const struct choices communication_weekday_choices;

enum {
    COMMUNICATIONS_LIMIT = 100,   /* of one engagement */
    COMMUNICATION_DAYS_MAX = 366, /* that can be looked at in one go */
};

struct communication {
    struct id id;
    int64_t version;
    struct id engagement_id;
    const char *title;    /* "Status report" */
    const char *channel;  /* "video call", "e-mail" */
    const char *audience; /* "Sponsor and product owner" */
    enum communication_rhythm rhythm;
    enum communication_weekday weekday; /* by weeks */
    int64_t month_day;                  /* by months, 1 to 31, a shorter month has its last day
                                           instead; 0 is none */
    bool last_of_month;                 /* by months, in place of a day */
    int32_t from_day;
    int32_t until_day; /* the last one; none: it goes on */
    const char *note;
    int64_t created_at;
};
extern const struct shape communication_shape;

/* A day of it. */
struct communication_date {
    int32_t day;
    struct id communication_id;
    const char *title;
    const char *channel;
    const char *audience;
};
extern const struct shape communication_date_shape;

/* ERROR_INVALID for "title", "channel" or "audience" that is blank, "weekday", "month_day" or
 * "last_of_month" that is missing or does not go with the rhythm; ERROR_OUT_OF_RANGE for
 * "until_day" before the start. */
enum error communication_check(const struct communication *communication,
                               struct fault *fault) WARN_UNUSED;

/* The days of all of them (struct communication) from a day to another, both included, at most
 * COMMUNICATION_DAYS_MAX apart; by day, then in the order given: struct communication_date in the
 * arena. */
struct list communication_dates(struct arena *arena, const struct list *communications,
                                int32_t from_day, int32_t until_day);

#endif
