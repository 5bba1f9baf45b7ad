/* What both sides say about a part of an engagement. Whoever may comment reads what the others
 * wrote, so nothing can be said about what the client has not been shown. */
#ifndef WAYMARK_ACTION_COMMENT_H
#define WAYMARK_ACTION_COMMENT_H

#include "action/operation.h"
#include "core/comment.h"
#include "store/list.h"

enum comment_subject {
    COMMENT_ON_PROPOSAL = 1,
    COMMENT_ON_REQUIREMENT,
    COMMENT_ON_MILESTONE,
};

struct list_comments {
    struct page_query page;
    struct id engagement_id;
    struct id subject_id;
};

struct add_comment {
    struct id engagement_id;
    enum comment_subject subject_kind;
    struct id subject_id;
    const char *text;
};

extern const struct operation list_comments_operation;
extern const struct operation add_comment_operation;

#endif
