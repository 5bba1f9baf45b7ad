/* Finding things by a word of theirs, whatever they are: a name, a title, a number, a reference. */
#ifndef WAYMARK_ACTION_SEARCH_H
#define WAYMARK_ACTION_SEARCH_H

#include "action/operation.h"

enum { SEARCH_HITS = 20 };

struct search {
    const char *q;
};

struct search_results {
    struct list items; /* of struct search_hit, those of one kind together */
    bool has_more;     /* there are others, which a longer word would tell apart */
};
extern const struct operation search_operation;

#endif
