/* What has happened, as the evidence log has it in order, without its contents: who wants to know
 * more asks for it. The agency is told of everything; a client's contact of what it may see, at the
 * moment it asks, and only if something changed that its side sees. */
#ifndef WAYMARK_ACTION_HAPPENING_H
#define WAYMARK_ACTION_HAPPENING_H

#include "action/operation.h"

enum {
    HAPPENINGS_LIMIT = 200,     /* told at a time */
    HAPPENINGS_LOOKED_AT = 500, /* leaves looked at for it */
};

struct happening {
    int64_t position;         /* in the company's log */
    const char *kind;         /* the event: "milestone.accepted" */
    const char *subject_kind; /* "submission" */
    struct id subject_id;
    struct id engagement_id; /* none: of no engagement, or of several */
    int64_t at;
};
extern const struct shape happening_shape;

struct list_happenings {
    int64_t after; /* the last position that is known, -1 for none of them; INTEGER_NONE: all that
                      there are now */
    int64_t limit;
};

struct happenings {
    struct list items;
    int64_t position; /* up to where it was looked: what to ask after next; -1: the log is empty */
    bool has_more;    /* there is more already */
};
extern const struct operation list_happenings_operation;

/* Where to begin for somebody who wants to be told from now on, or from the query's "after" on. */
struct happenings_start {
    int64_t position;
    int64_t last; /* that there is */
};
extern const struct operation follow_happenings_operation;

#endif
