/* Rows of cells: the one thing that flows down pages (document/flow.h).
 *
 * A paragraph is a row with one cell, a label and its value one with two, a line of a table one
 * with a cell for each column. Lengths are in Pango units; x is from the left edge of the text. */
#ifndef WAYMARK_DOCUMENT_ROW_H
#define WAYMARK_DOCUMENT_ROW_H

#include <stdbool.h>

#include "base/arena.h"
#include "document/page.h"
#include "document/passage.h"

enum { ROW_CELLS_MAX = 10 };

struct piece;

struct cell {
    int x;
    int width;
    enum align align;
    struct piece *first; /* below each other */
    struct piece *last;
    int space; /* above the next piece */
};

struct edge {
    enum tone tone;
    int thickness;
};

struct row {
    struct arena *arena;
    int x; /* of fill and edges */
    int width;
    int space_above; /* none at the top of a page; between two rows the larger one counts */
    int space_below;
    int pad_above; /* inside the fill */
    int pad_below;
    enum tone fill;
    struct edge above;
    struct edge below;
    struct edge left;
    bool keeps_with_next;
    bool is_running_text; /* may be parted between lines */
    bool repeats;         /* a table's header: again on each page of the table */
    int cell_count;
    struct cell cells[ROW_CELLS_MAX];
};

/* How far a row that is parted has come. */
struct row_place {
    bool has_begun;
    struct {
        struct piece *piece;
        int line;
    } cells[ROW_CELLS_MAX];
};

struct row *row_new(struct arena *arena, int width);
struct cell *row_cell(struct row *row, int x, int width, enum align align);

/* Below what the cell has. NULL passage, picture or modules add nothing. */
void cell_passage(struct row *row, struct cell *cell, struct passage *passage);
/* The same, indented, with a marker in front of its first line. */
void cell_item(struct row *row, struct cell *cell, struct passage *marker, int indent,
               struct passage *passage);
void cell_picture(struct row *row, struct cell *cell, cairo_surface_t *picture, int width,
                  int height);
void cell_modules(struct row *row, struct cell *cell, const struct modules *modules, int side);

/* Between what the cell has and what it gets next. */
void cell_space(struct cell *cell, int height);

/* The width that the widest text of the cell has when set on one line. */
int cell_natural_width(const struct cell *cell);

bool row_is_empty(const struct row *row);

/* Breaks the text of every cell to its cell's width; once, before what follows. */
void row_wrap(struct row *row);

struct row_place row_begin(const struct row *row);
bool row_is_done(const struct row *row, const struct row_place *place);

/* The height of what is left. */
int row_height(const struct row *row, const struct row_place *place);

/* Lines of text left in the first cell, and their height. */
int row_lines_left(const struct row_place *place);
int row_line_height(const struct row *row);

/* Puts as much as goes into the room, with the text's left edge at left, and moves the place on.
 * Returns the height used. */
int row_put(const struct row *row, struct row_place *place, struct pages *pages, int left, int y,
            int room);

#endif
