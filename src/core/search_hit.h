/* Something that was found by a word of it. */
#ifndef WAYMARK_CORE_SEARCH_HIT_H
#define WAYMARK_CORE_SEARCH_HIT_H

#include "base/id.h"
#include "base/shape.h"

struct search_hit {
    const char *kind; /* "invoice", as the evidence log names it */
    struct id id;
    struct id engagement_id; /* none: of a client, a contact, a payment */
    const char *title;
    const char *snippet; /* of a longer text, what is around the word; or NULL */
};
extern const struct shape search_hit_shape;

/* Shortens a snippet to what is around the word, in whole characters. */
void search_hit_shorten(struct search_hit *hit, const char *word, struct arena *arena);

#endif
