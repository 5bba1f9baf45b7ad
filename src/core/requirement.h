/* What the client needs, numbered and versioned, with the criteria by which it is accepted. A row
 * is one revision; the client's approver confirms the set of current ones before it is priced. */
#ifndef WAYMARK_CORE_REQUIREMENT_H
#define WAYMARK_CORE_REQUIREMENT_H

#include <stdint.h>

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
    const char *code; /* "R1.1", unique in the engagement; milestones name it */
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

#endif
