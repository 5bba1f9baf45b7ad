#include "document/row.h"

#include <limits.h>

#include "base/must.h"

/* Text, or a picture, or modules. */
struct piece {
    struct piece *next;
    int space_above;
    struct passage *passage;
    struct passage *marker; /* in front of the first line */
    int indent;             /* of the text */
    cairo_surface_t *picture;
    const struct modules *modules;
    int width; /* of what is not text */
    int height;
};

struct row *row_new(struct arena *arena, int width)
{
    struct row *row = arena_alloc(arena, sizeof *row);
    row->arena = arena;
    row->width = width;
    return row;
}

struct cell *row_cell(struct row *row, int x, int width, enum align align)
{
    must(row->cell_count < ROW_CELLS_MAX);
    struct cell *cell = &row->cells[row->cell_count++];
    *cell = (struct cell){.x = x, .width = width, .align = align};
    return cell;
}

static struct piece *append(struct row *row, struct cell *cell)
{
    struct piece *piece = arena_alloc(row->arena, sizeof *piece);
    piece->space_above = cell->space;
    cell->space = 0;
    if (cell->last)
        cell->last->next = piece;
    else
        cell->first = piece;
    cell->last = piece;
    return piece;
}

void cell_passage(struct row *row, struct cell *cell, struct passage *passage)
{
    if (passage)
        append(row, cell)->passage = passage;
}

void cell_item(struct row *row, struct cell *cell, struct passage *marker, int indent,
               struct passage *passage)
{
    struct piece *piece = append(row, cell);
    piece->passage = passage;
    piece->marker = marker;
    piece->indent = indent;
}

void cell_picture(struct row *row, struct cell *cell, cairo_surface_t *picture, int width,
                  int height)
{
    if (!picture)
        return;
    struct piece *piece = append(row, cell);
    piece->picture = picture;
    piece->width = width;
    piece->height = height;
}

void cell_modules(struct row *row, struct cell *cell, const struct modules *modules, int side)
{
    if (!modules)
        return;
    struct piece *piece = append(row, cell);
    piece->modules = modules;
    piece->width = side;
    piece->height = side;
}

void cell_space(struct cell *cell, int height)
{
    cell->space = height;
}

int cell_natural_width(const struct cell *cell)
{
    int width = 0;
    for (const struct piece *piece = cell->first; piece; piece = piece->next) {
        int own = piece->passage ? passage_width(piece->passage) + piece->indent : piece->width;
        width = own > width ? own : width;
    }
    return width;
}

bool row_is_empty(const struct row *row)
{
    for (int i = 0; i < row->cell_count; i++)
        if (row->cells[i].first)
            return false;
    return true;
}

void row_wrap(struct row *row)
{
    for (int i = 0; i < row->cell_count; i++) {
        const struct cell *cell = &row->cells[i];
        for (struct piece *piece = cell->first; piece; piece = piece->next) {
            if (piece->passage)
                passage_wrap(piece->passage, cell->width - piece->indent);
            if (piece->marker)
                passage_wrap(piece->marker, piece->indent);
        }
    }
}

struct row_place row_begin(const struct row *row)
{
    struct row_place place = {.has_begun = false};
    for (int i = 0; i < row->cell_count; i++)
        place.cells[i].piece = row->cells[i].first;
    return place;
}

bool row_is_done(const struct row *row, const struct row_place *place)
{
    for (int i = 0; i < row->cell_count; i++)
        if (place->cells[i].piece)
            return false;
    return true;
}

static void put_piece(const struct piece *piece, int line, struct pages *pages, enum align align,
                      struct rectangle where)
{
    if (piece->passage) {
        if (piece->marker && line == 0)
            passage_put_line(piece->marker, pages, 0, ALIGN_START, where);
        where.x += piece->indent;
        where.width -= piece->indent;
        passage_put_line(piece->passage, pages, line, align, where);
        return;
    }
    if (align == ALIGN_END)
        where.x += where.width - piece->width;
    where.width = piece->width;
    where.height = piece->height;
    if (piece->picture)
        page_picture(pages, piece->picture, where);
    else
        page_modules(pages, piece->modules, where);
}

/* Goes through what is left of one cell as far as the room reaches; puts it unless pages is NULL.
 * Space above a piece is dropped where a part begins with it. */
static int walk_cell(const struct row *row, struct row_place *place, int cell_index,
                     struct pages *pages, struct rectangle where)
{
    const struct cell *cell = &row->cells[cell_index];
    struct piece *piece = place->cells[cell_index].piece;
    int line = place->cells[cell_index].line;
    int used = 0;
    while (piece) {
        int lines = piece->passage ? passage_line_count(piece->passage) : 1;
        int height = piece->passage ? passage_line_height(piece->passage) : piece->height;
        bool has_space = line == 0 && (used > 0 || piece == cell->first);
        int space = has_space ? piece->space_above : 0;
        if (space + height > where.height - used)
            break;
        used += space;
        if (pages)
            put_piece(piece, line, pages, cell->align,
                      (struct rectangle){where.x + cell->x, where.y + used, cell->width, height});
        used += height;
        if (++line == lines) {
            piece = piece->next;
            line = 0;
        }
    }
    place->cells[cell_index].piece = piece;
    place->cells[cell_index].line = line;
    return used;
}

static int walk(const struct row *row, struct row_place *place, struct pages *pages,
                struct rectangle where)
{
    int tallest = 0;
    for (int i = 0; i < row->cell_count; i++) {
        int used = walk_cell(row, place, i, pages, where);
        tallest = used > tallest ? used : tallest;
    }
    place->has_begun = true;
    return tallest;
}

static int row_height_within(const struct row *row, const struct row_place *place, int room)
{
    struct row_place trial = *place;
    int pads = row->pad_above + row->pad_below;
    return walk(row, &trial, NULL, (struct rectangle){.height = room - pads}) + pads;
}

int row_height(const struct row *row, const struct row_place *place)
{
    return row_height_within(row, place, INT_MAX);
}

int row_lines_left(const struct row_place *place)
{
    int lines = -place->cells[0].line;
    for (const struct piece *piece = place->cells[0].piece; piece; piece = piece->next)
        lines += piece->passage ? passage_line_count(piece->passage) : 1;
    return lines;
}

int row_line_height(const struct row *row)
{
    const struct piece *piece = row->cells[0].first;
    return piece->passage ? passage_line_height(piece->passage) : piece->height;
}

static void put_edge(struct pages *pages, struct edge edge, struct rectangle where)
{
    if (edge.tone != TONE_NONE)
        page_fill(pages, edge.tone, where);
}

int row_put(const struct row *row, struct row_place *place, struct pages *pages, int left, int y,
            int room)
{
    bool is_first = !place->has_begun;
    int height = row_height_within(row, place, room);
    bool is_last = height == row_height(row, place);
    struct rectangle box = {left + row->x, y, row->width, height};
    if (row->fill != TONE_NONE)
        page_fill(pages, row->fill, box);
    struct rectangle edge = box;
    edge.height = row->above.thickness;
    if (is_first)
        put_edge(pages, row->above, edge);
    edge.y = y + height - row->below.thickness;
    edge.height = row->below.thickness;
    if (is_last)
        put_edge(pages, row->below, edge);
    edge = box;
    edge.width = row->left.thickness;
    put_edge(pages, row->left, edge);
    int pads = row->pad_above + row->pad_below;
    walk(row, place, pages, (struct rectangle){left, y + row->pad_above, row->width, room - pads});
    return height;
}
