/* An obligation of the client is something that it has to supply or do by a day, for which
 * milestones and tasks wait. Each working day that it is late moves the planned days of what waits
 * by one; signed days never move. */
#ifndef WAYMARK_CORE_OBLIGATION_H
#define WAYMARK_CORE_OBLIGATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

enum obligation_state {
    OBLIGATION_OPEN = 1,
    OBLIGATION_FULFILLED,
    OBLIGATION_WAIVED, /* by the agency: it is no longer needed */
};
extern const struct choices obligation_state_choices;

enum {
    OBLIGATIONS_LIMIT = 500,    /* of one engagement */
    OBLIGATION_NOTICE_DAYS = 3, /* calendar days before the due day, when it is reminded of */
};

struct waiting_milestone {
    struct id milestone_id;
};
extern const struct shape waiting_milestone_shape;

struct waiting_task {
    struct id task_id;
};
extern const struct shape waiting_task_shape;

struct obligation {
    struct id id;
    int64_t version;
    struct id engagement_id;
    const char *code; /* "O1" */
    const char *text;
    int32_t due_day;
    struct id contact_id;   /* who of the client sees to it; none: all of them */
    struct list milestones; /* struct waiting_milestone */
    struct list tasks;      /* struct waiting_task; only the agency sees them */
    enum obligation_state state;
    int64_t days_late;    /* working days by which it has moved the plan so far */
    int32_t counted_day;  /* the last that was counted */
    int32_t reminded_day; /* when it was last reminded of */
    int32_t closed_day;   /* fulfilled or waived */
    int64_t closed_at;
    enum actor_kind closed_by_kind;
    struct id closed_by;
    const char *closed_by_name;
    const char *note; /* of whoever fulfilled, waived or reopened it */
    int64_t created_at;
};
extern const struct shape obligation_shape;

/* A milestone's planned day before and after, beside the signed one. */
struct milestone_move {
    struct id milestone_id;
    const char *code;
    int32_t signed_due_day;
    int32_t from_due_day;
    int32_t to_due_day;
};
extern const struct shape milestone_move_shape;

/* What a late obligation moved, and why. Both sides see it; tasks only the agency. */
struct obligation_slip {
    struct id id;
    struct id engagement_id;
    struct id obligation_id;
    int32_t late_day; /* the working day for which it moved */
    int64_t days;     /* by how many working days what waits moved */
    const char *reason;
    struct list milestones; /* struct milestone_move */
    struct list tasks;      /* struct task_move */
    int64_t created_at;
};
extern const struct shape obligation_slip_shape;

/* ---- rules --------------------------------------------------------------------------------- */

enum obligation_event {
    OBLIGATION_FULFIL = 1,
    OBLIGATION_WAIVE,
    OBLIGATION_REOPEN, /* what was supplied is not what was asked for */
    OBLIGATION_EVENT_COUNT,
};

/* ERROR_WRONG_STATE for "state". Who closes it and when is for the caller to put in; reopening
 * forgets both. */
enum error obligation_advance(struct obligation *obligation, enum obligation_event event,
                              struct fault *fault) WARN_UNUSED;

/* The next free code "O1", "O2", … */
const char *obligation_next_code(struct arena *arena, const struct list *obligations);

/* Whether it can be asked for: a text; a due day that is not before today, unless was (NULL: it is
 * new) has the same, and at most DAYS_LIMIT after; what waits is of these milestones and tasks,
 * still to be done, and named once. ERROR_INVALID for "text", "milestones/<n>/milestone_id" or
 * "tasks/<n>/task_id"; ERROR_OUT_OF_RANGE for "due_day". */
enum error obligation_check(const struct obligation *obligation, const struct obligation *was,
                            const struct list *milestones, const struct list *tasks, int32_t today,
                            struct fault *fault) WARN_UNUSED;

/* Whether it was still owed when that day began, being late then, and the day is not counted yet.
 */
bool obligation_is_late_on(const struct obligation *obligation, int32_t day);

/* Whether it is to be reminded of: open, on the notice day, the due day or in between, and not
 * reminded of on this day yet. */
bool obligation_is_to_remind(const struct obligation *obligation, int32_t today);

/* The ids of all that waits for it, in the arena: struct id. */
struct list obligation_waiting(struct arena *arena, const struct obligation *obligation);

/* "The client's O1, due on 2026-12-01, is late: Access to the data" */
const char *obligation_reason(struct arena *arena, const struct obligation *obligation);

#endif
