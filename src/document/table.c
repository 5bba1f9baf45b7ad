#include "document/table.h"

#include "base/must.h"

enum {
    GUTTER = POINTS(12),
    PAD = POINTS(5),
    HEADER_PAD = POINTS(3),
    HEADER_EDGE = TENTHS(9),
    HAIRLINE = TENTHS(5),
};

struct table_line {
    struct table_line *next;
    struct row *row;
};

struct table {
    struct flow *flow;
    const struct column *columns;
    int column_count;
    struct table_line *first;
    struct table_line *last;
};

static struct row *add_row(struct table *table)
{
    struct row *row = flow_row_new(table->flow);
    for (int i = 0; i < table->column_count; i++)
        row_cell(row, 0, 0, table->columns[i].align);
    struct table_line *line = arena_alloc(table->flow->arena, sizeof *line);
    line->row = row;
    if (table->last)
        table->last->next = line;
    else
        table->first = line;
    table->last = line;
    return row;
}

struct table *table_new(struct flow *flow, const struct column *columns, int column_count)
{
    must(column_count > 0 && column_count <= ROW_CELLS_MAX);
    struct table *table = arena_alloc(flow->arena, sizeof *table);
    table->flow = flow;
    table->columns = columns;
    table->column_count = column_count;
    struct row *header = add_row(table);
    header->pad_above = HEADER_PAD;
    header->pad_below = HEADER_PAD;
    header->below = (struct edge){TONE_INK, HEADER_EDGE};
    header->repeats = true;
    header->keeps_with_next = true;
    for (int i = 0; i < column_count; i++)
        table_text(table, i, STYLE_LABEL, word(flow->language, columns[i].heading));
    return table;
}

void table_row(struct table *table)
{
    struct row *row = add_row(table);
    row->pad_above = PAD;
    row->pad_below = PAD;
    row->below = (struct edge){TONE_RULE, HAIRLINE};
}

void table_text(struct table *table, int column, enum style style, const char *text)
{
    struct row *row = table->last->row;
    flow_text(table->flow, row, &row->cells[column], style, text);
}

void table_item(struct table *table, int column, enum style style, const char *text)
{
    struct row *row = table->last->row;
    flow_item(table->flow, row, &row->cells[column], style, text);
}

void table_space(struct table *table, int column, int height)
{
    cell_space(&table->last->row->cells[column], height);
}

static int widest(const struct table *table, int column)
{
    int width = 0;
    for (const struct table_line *line = table->first; line; line = line->next) {
        int cell = cell_natural_width(&line->row->cells[column]);
        width = cell > width ? cell : width;
    }
    return width;
}

/* Cuts the widest columns, all to the same width, until the columns take no more than a width. */
static void cut_widest(int *widths, int count, int most)
{
    int limit = most / count;
    bool is_settled = false;
    while (!is_settled) {
        int narrow = 0; /* what the columns below the limit take */
        int wide_count = 0;
        for (int i = 0; i < count; i++) {
            narrow += widths[i] <= limit ? widths[i] : 0;
            wide_count += widths[i] > limit;
        }
        int raised = wide_count ? (most - narrow) / wide_count : limit;
        is_settled = raised == limit;
        limit = raised;
    }
    for (int i = 0; i < count; i++)
        widths[i] = widths[i] < limit ? widths[i] : limit;
}

/* The column that takes the rest gets at least a third. */
static void measure(const struct table *table, int widths[ROW_CELLS_MAX])
{
    int count = table->column_count;
    int available = table->flow->width - (count - 1) * GUTTER;
    int most = available / 3 * 2;
    int taken = 0;
    for (int i = 0; i < count; i++) {
        widths[i] = table->columns[i].takes_rest ? 0 : widest(table, i);
        taken += widths[i];
    }
    if (taken > most) {
        cut_widest(widths, count, most);
        taken = 0;
        for (int i = 0; i < count; i++)
            taken += widths[i];
    }
    for (int i = 0; i < count; i++)
        if (table->columns[i].takes_rest)
            widths[i] = available - taken;
}

static void align_columns(const struct table *table, struct row *row,
                          const int widths[ROW_CELLS_MAX])
{
    int x = 0;
    for (int i = 0; i < table->column_count; i++) {
        row->cells[i].x = x;
        row->cells[i].width = widths[i];
        x += widths[i] + GUTTER;
    }
}

/* The last row never stands alone on a page. */
void table_end(struct table *table, bool keeps_with_next)
{
    int widths[ROW_CELLS_MAX];
    measure(table, widths);
    for (struct table_line *line = table->first; line; line = line->next) {
        align_columns(table, line->row, widths);
        bool is_last = !line->next;
        bool is_last_but_one = !is_last && !line->next->next;
        if (is_last ? keeps_with_next : is_last_but_one)
            line->row->keeps_with_next = true;
        flow_row(table->flow, line->row);
    }
    if (!keeps_with_next)
        flow_end_table(table->flow);
}
