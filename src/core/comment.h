/* What someone of either side said about a proposal, a milestone or anything else of an engagement.
 * Comments are never changed. */
#ifndef WAYMARK_CORE_COMMENT_H
#define WAYMARK_CORE_COMMENT_H

#include <stdint.h>

#include "base/id.h"
#include "base/shape.h"
#include "core/actor.h"

struct comment {
    struct id id;
    struct id engagement_id;
    struct id subject_id; /* what it is about */
    enum actor_kind author_kind;
    struct id author_id;
    const char *author_name;
    const char *text;
    int64_t created_at;
};
extern const struct shape comment_shape;

#endif
