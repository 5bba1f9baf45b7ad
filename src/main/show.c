#include "main/show.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/must.h"

enum { COLUMNS_MAX = 16 };

/* How many characters a terminal shows: bytes that do not continue one. */
static int width_of(const char *text)
{
    int width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

static void put_padded(const char *text, int width)
{
    fputs(text, stdout);
    for (int i = width_of(text); i < width; i++)
        putchar(' ');
}

static const char *joined(struct arena *arena, const struct texts *texts)
{
    struct text_buffer text = text_buffer_in(arena);
    for (size_t i = 0; i < texts->count; i++) {
        text_put_text(&text, i > 0 ? "," : "");
        text_put_text(&text, texts->texts[i]);
    }
    return text.bytes;
}

static const char *value_text(struct arena *arena, const struct shape *shape, const char *name,
                              const void *row)
{
    const struct field *field = shape_field(shape, name, NULL);
    must(field);
    if (field_is_none(field, row))
        return "-";
    if (field->kind == FIELD_TEXT)
        return *(const char *const *)field_of(field, row);
    if (field->kind == FIELD_TEXTS)
        return joined(arena, field_of(field, row));
    struct text_buffer text = text_buffer_in(arena);
    json_write_member(&text, shape, field, row, JSON_FOR_AGENCY);
    bool is_quoted = text.size >= 2 && text.bytes[0] == '"';
    return is_quoted ? arena_text_n(arena, text.bytes + 1, text.size - 2) : text.bytes;
}

static void put_json(struct arena *arena, const struct shape *shape, const void *row)
{
    struct text_buffer text = text_buffer_in(arena);
    json_write_shape(&text, shape, row, JSON_FOR_AGENCY);
    puts(text.bytes);
}

static size_t count_columns(const struct show *show)
{
    size_t count = 0;
    while (show->columns[count])
        count++;
    must(count <= COLUMNS_MAX);
    return count;
}

/* The cells of the table, row after row, below a row of titles. */
static const char **table_cells(struct arena *arena, const struct show *show,
                                const struct list *rows, size_t columns)
{
    const char **cells = arena_array(arena, (rows->count + 1) * columns, sizeof *cells);
    for (size_t at = 0; at < columns; at++)
        cells[at] = show->columns[at];
    for (size_t i = 0; i < rows->count; i++) {
        const char *row = (const char *)rows->rows + i * show->shape->size;
        for (size_t at = 0; at < columns; at++)
            cells[(i + 1) * columns + at] = value_text(arena, show->shape, show->columns[at], row);
    }
    return cells;
}

static void put_table(const char **cells, size_t lines, size_t columns)
{
    int widths[COLUMNS_MAX] = {0};
    for (size_t i = 0; i < lines * columns; i++) {
        int width = width_of(cells[i]);
        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    for (size_t i = 0; i < lines * columns; i++) {
        bool is_last = i % columns == columns - 1;
        put_padded(cells[i], is_last ? 0 : widths[i % columns] + 2);
        if (is_last)
            putchar('\n');
    }
}

void show_rows(struct arena *arena, const struct show *show, const struct list *rows)
{
    size_t columns = count_columns(show);
    if (!show->is_json) {
        put_table(table_cells(arena, show, rows, columns), rows->count + 1, columns);
        return;
    }
    for (size_t i = 0; i < rows->count; i++)
        put_json(arena, show->shape, (const char *)rows->rows + i * show->shape->size);
}

/* A text of several lines stays in its column. */
static void put_lines(const char *text, int column)
{
    for (; *text; text++) {
        putchar(*text);
        if (*text == '\n')
            printf("%*s", column, "");
    }
    putchar('\n');
}

void show_row(struct arena *arena, const struct show *show, const void *row)
{
    if (show->is_json) {
        put_json(arena, show->shape, row);
        return;
    }
    int width = 0;
    for (const char *const *name = show->columns; *name; name++)
        width = width_of(*name) > width ? width_of(*name) : width;
    for (const char *const *name = show->columns; *name; name++) {
        put_padded(*name, width + 2);
        put_lines(value_text(arena, show->shape, *name, row), width + 2);
    }
}
