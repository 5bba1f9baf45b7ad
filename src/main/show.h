/* Rows on the terminal: aligned columns for people, or one JSON object a line, as the API gives
 * it, for programs. */
#ifndef WAYMARK_MAIN_SHOW_H
#define WAYMARK_MAIN_SHOW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/shape.h"

/* How rows of a shape are shown. */
struct show {
    const struct shape *shape;
    const char *const *columns; /* names of fields, ends with NULL */
    bool is_json;               /* all fields, whatever the columns */
};

void show_rows(struct arena *arena, const struct show *show, const struct list *rows);

/* One row, a field a line. */
void show_row(struct arena *arena, const struct show *show, const void *row);

#endif
