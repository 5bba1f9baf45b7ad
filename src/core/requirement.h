/* What the client needs, numbered and versioned, with the criteria by which it is accepted. A row
 * is one revision; the client's approver confirms the set of current ones before it is priced. */
#ifndef WAYMARK_CORE_REQUIREMENT_H
#define WAYMARK_CORE_REQUIREMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/shape.h"

enum priority {
    PRIORITY_MUST = 1,
    PRIORITY_SHOULD,
    PRIORITY_COULD,
    PRIORITY_OUT_OF_SCOPE,
};
extern const struct choices priority_choices;

enum requirement_state {
    REQUIREMENT_CURRENT = 1,
    REQUIREMENT_SUPERSEDED, /* by a later revision with the same code */
    REQUIREMENT_WITHDRAWN,
};
extern const struct choices requirement_state_choices;

struct criterion {
    const char *code; /* "R1.1", unique in the engagement; milestones name it. None: given one */
    const char *text;
    const char *measure;    /* "test coverage at least 90%" */
    const char *checked_by; /* who or what checks it */
};
extern const struct shape criterion_shape;

struct requirement {
    struct id id;
    int64_t version;
    struct id engagement_id;
    const char *code; /* "R1"; the same for all revisions */
    int64_t revision; /* 1, 2, … */
    const char *text;
    enum priority priority;
    enum requirement_state state;
    struct list criteria; /* struct criterion */
    int64_t confirmed_at;
    struct id confirmed_by; /* contact */
    int64_t created_at;
};
extern const struct shape requirement_shape;

struct requirement_confirmation {
    struct id id;
    struct id engagement_id;
    struct id contact_id;
    struct hash set_hash; /* of the set as it was shown */
    int64_t requirement_count;
    int64_t confirmed_at;
};
extern const struct shape requirement_confirmation_shape;

/* What is confirmed and what a contract quotes: a requirement without its own history. */
struct requirement_statement {
    const char *code;
    int64_t revision;
    const char *text;
    enum priority priority;
    struct list criteria; /* struct criterion */
};
extern const struct shape requirement_statement_shape;

/* ---- rules; lists hold struct requirement, all revisions of one engagement --------------------
 */

/* The next free code "R1", "R2", …; codes of withdrawn requirements are not used again. */
const char *requirement_next_code(struct arena *arena, const struct list *requirements);

/* Gives criteria without a code the next free "R1.1", "R1.2", … of their requirement, counting on
 * from what any of its earlier revisions used. */
void requirement_number_criteria(struct arena *arena, struct requirement *requirement,
                                 const struct list *requirements);

/* Whether a new requirement or revision can stand beside the others. Its own earlier revisions are
 * not in its way. ERROR_INVALID for "code", "text", "priority", "criteria/2/code" or
 * "criteria/2/text"; ERROR_CONFLICT for a code that is taken; ERROR_OUT_OF_RANGE for
 * "requirements" if there are too many, LIST_LIMIT in number or SCOPE_LIMIT in size. */
enum error requirement_check(const struct requirement *requirement, const struct list *requirements,
                             struct fault *fault) WARN_UNUSED;

/* Makes next, whose text, priority, criteria, id and created_at are set, the revision after
 * current, which becomes superseded. The client has to confirm it anew. ERROR_WRONG_STATE unless
 * current is. */
enum error requirement_revise(struct requirement *current, struct requirement *next,
                              struct fault *fault) WARN_UNUSED;

/* ERROR_WRONG_STATE unless it is current. */
enum error requirement_withdraw(struct requirement *requirement, struct fault *fault) WARN_UNUSED;

/* The current requirements as statements, in the order of their codes. */
struct list requirement_statements(struct arena *arena, const struct list *requirements);

/* SHA-256 of the canonical JSON of these statements: what the client is shown and confirms. */
struct hash requirement_set_hash(struct arena *arena, const struct list *requirements);

/* Records that the client's contact confirmed the current set, shown as shown_hash, in confirmation
 * (all but its id) and in each current requirement. ERROR_WRONG_STATE if there is none, ERROR_STALE
 * for "set_hash" if the set has changed since. */
enum error requirement_confirm(struct arena *arena, struct list *requirements,
                               struct hash shown_hash, struct id contact_id, int64_t now_ms,
                               struct requirement_confirmation *confirmation,
                               struct fault *fault) WARN_UNUSED;

/* Whether the latest confirmation (NULL: none yet) is of the current set. A set of none needs none.
 */
bool requirement_set_is_confirmed(struct arena *arena, const struct list *requirements,
                                  const struct requirement_confirmation *latest);

/* The codes of all current criteria. */
struct texts requirement_criteria(struct arena *arena, const struct list *requirements);

#endif
