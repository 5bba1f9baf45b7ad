/* A time entry is what a person of the agency worked on a milestone, or on one of its tasks, on one
 * day. Once approved it never changes: what was wrong about it is taken back by an entry of its own
 * that reverses it. Its cost is that of its role by the rates that were frozen with the contract's
 * estimate, reckoned when it is approved; without an estimate it has none. */
#ifndef WAYMARK_CORE_TIME_ENTRY_H
#define WAYMARK_CORE_TIME_ENTRY_H

#include <stdint.h>

#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"
#include "core/engagement.h"

enum time_entry_state {
    TIME_ENTRY_SUBMITTED = 1,
    TIME_ENTRY_APPROVED,
    TIME_ENTRY_RETURNED,  /* with a reason; the person records it anew */
    TIME_ENTRY_WITHDRAWN, /* by the person who recorded it */
};
extern const struct choices time_entry_state_choices;

enum { TIME_OF_DAY_LIMIT = 24 * 60 /* minutes that one person can work on a day */ };

struct time_entry {
    struct id id;
    int64_t version;
    struct id engagement_id;
    struct id milestone_id;
    struct id task_id; /* of that milestone; none: on the milestone as such */
    struct id user_id; /* who worked */
    int32_t day;
    int64_t minutes;  /* negative where it reverses another */
    const char *role; /* of the estimate's rates */
    const char *note;
    enum time_entry_state state;
    const char *currency;
    int64_t cost_minor;   /* once approved, if its rate is known; negative where minutes are */
    const char *reason;   /* why it was returned, or why it reverses another */
    struct id decided_by; /* user */
    int64_t decided_at;
    struct id reverses_entry_id;
    int64_t created_at;
};
extern const struct shape time_entry_shape;

/* ---- rules --------------------------------------------------------------------------------- */

/* Whether a new entry may be recorded. before_minutes is what the person has submitted or approved
 * for the same day, of all engagements; rates are those frozen with the estimate, none without one.
 * ERROR_WRONG_STATE for "engagement" that is closed or not yet agreed; ERROR_INVALID for "note"
 * without one and for "role" unless it is one of the rates; ERROR_OUT_OF_RANGE for "day" in the
 * future and for "minutes" beyond a day's. */
enum error time_entry_check(const struct time_entry *entry, const struct engagement *engagement,
                            int32_t today, int64_t before_minutes, const struct list *rates,
                            struct fault *fault) WARN_UNUSED;

enum time_entry_event {
    TIME_ENTRY_APPROVE = 1,
    TIME_ENTRY_RETURN,
    TIME_ENTRY_WITHDRAW,
    TIME_ENTRY_EVENT_COUNT,
};

/* ERROR_WRONG_STATE for "state". */
enum error time_entry_advance(struct time_entry *entry, enum time_entry_event event,
                              struct fault *fault) WARN_UNUSED;

/* Approves it and sets its cost by the rates, of which there may be none. ERROR_WRONG_STATE for
 * "state"; ERROR_INVALID for "role" that has no rate. */
enum error time_entry_approve(struct time_entry *entry, const struct list *rates,
                              struct fault *fault) WARN_UNUSED;

/* Fills the entry, approved, that takes an approved one back; who, when and its id are the
 * caller's. ERROR_WRONG_STATE for "state" unless that is approved and itself reverses nothing;
 * ERROR_INVALID for "reason" without one. */
enum error time_entry_reverse(const struct time_entry *entry, const char *reason,
                              struct time_entry *reversal, struct fault *fault) WARN_UNUSED;

#endif
