/* Where a page of a list ends: the cursor that leads to the next one. A text that its holder can
 * read and change, so nothing in it is trusted. */
#ifndef WAYMARK_STORE_CURSOR_H
#define WAYMARK_STORE_CURSOR_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/id.h"
#include "base/shape.h"

/* The last row of the page: its id, and what it has in the column that the list is sorted by. */
struct cursor {
    struct id id;
    const char *text; /* of a TEXT column */
    int64_t integer;  /* of any other but an id's */
};

/* As text, base64 of "sort id value"; sort is the query's. In the arena. */
const char *cursor_format(struct arena *arena, const char *sort, const struct field *column,
                          const struct cursor *cursor);

/* Reads what that wrote for the same sort: ERROR_INVALID for "cursor" otherwise. */
enum error cursor_parse(struct arena *arena, const char *sort, const struct field *column,
                        const char *text, struct cursor *cursor, struct fault *fault) WARN_UNUSED;

#endif
