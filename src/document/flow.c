#include "document/flow.h"

#include "base/must.h"

enum {
    MARGIN_SIDE = POINTS(54),
    MARGIN_TOP = POINTS(44),
    MARGIN_BOTTOM = POINTS(60),
    HEAD_TOP = POINTS(34),    /* of the running head */
    HEAD_HEIGHT = POINTS(26), /* which later pages lose */
    FOOT_BOTTOM = POINTS(42), /* from the lower edge to the top of the foot */
    BAND_HEIGHT = POINTS(5),
    HAIRLINE = TENTHS(5),
    ITEM_INDENT = POINTS(8),
    REST_TOGETHER = POINTS(26), /* of a parted row, at least, after a page break */
    LINES_TOGETHER = 2,         /* of running text, at least, before and after a page break */
};

struct flow *flow_new(const struct document_setting *setting, const char *home)
{
    struct arena *arena = arena_new();
    struct flow *flow = arena_alloc(arena, sizeof *flow);
    flow->arena = arena;
    flow->language = language_find(setting->language);
    flow->typesetter = typesetter_new(arena, flow->language, home);
    flow->pages =
        pages_new(arena, setting->paper, setting->accent_rgb, language_is_rtl(flow->language));
    flow->width = pages_width(flow->pages) - 2 * MARGIN_SIDE;
    pages_add(flow->pages);
    page_fill(flow->pages, TONE_ACCENT,
              (struct rectangle){.width = pages_width(flow->pages), .height = BAND_HEIGHT});
    flow->y = MARGIN_TOP;
    flow->is_at_top = true;
    return flow;
}

void flow_free(struct flow *flow)
{
    pages_free(flow->pages);
    typesetter_free(flow->typesetter);
    arena_free(flow->arena);
}

struct row *flow_row_new(struct flow *flow)
{
    return row_new(flow->arena, flow->width);
}

void flow_text(struct flow *flow, struct row *row, struct cell *cell, enum style style,
               const char *text)
{
    if (text && *text)
        cell_passage(row, cell, passage_new(flow->typesetter, style, text));
}

void flow_item(struct flow *flow, struct row *row, struct cell *cell, enum style style,
               const char *text)
{
    if (text && *text)
        cell_item(row, cell, passage_new(flow->typesetter, style, "\u2022"), ITEM_INDENT,
                  passage_new(flow->typesetter, style, text));
}

static int whole_height(const struct row *row)
{
    struct row_place start = row_begin(row);
    return row_height(row, &start);
}

static int bottom(const struct flow *flow)
{
    return pages_height(flow->pages) - MARGIN_BOTTOM;
}

static int room_left(const struct flow *flow)
{
    return bottom(flow) - flow->y;
}

/* On a page that has only the head and the table's header. */
static int room_on_next(const struct flow *flow)
{
    int header = flow->header ? whole_height(flow->header) : 0;
    return bottom(flow) - MARGIN_TOP - HEAD_HEIGHT - header;
}

static void next_page(struct flow *flow)
{
    pages_add(flow->pages);
    flow->y = MARGIN_TOP + HEAD_HEIGHT;
    flow->is_at_top = true;
    if (flow->header) {
        struct row_place start = row_begin(flow->header);
        flow->y +=
            row_put(flow->header, &start, flow->pages, MARGIN_SIDE, flow->y, room_left(flow));
    }
}

/* How much of this room running text may take: whole lines, and not so that one stands alone. */
static int room_for_text(const struct row *row, const struct row_place *place, int room)
{
    int line_height = row_line_height(row);
    int lines = row_lines_left(place);
    int fitting = room / line_height;
    if (lines - fitting < LINES_TOGETHER)
        fitting = lines - LINES_TOGETHER;
    return fitting < LINES_TOGETHER ? 0 : fitting * line_height;
}

/* The same for a row whose cells do not fit: only a tall one is worth parting. */
static int room_for_part(const struct flow *flow, int height, int room)
{
    int next = room_on_next(flow);
    bool is_tall = height > next / 3;
    bool is_worth_a_start = flow->is_at_top || room > next / 4;
    if (height <= next && !(is_tall && is_worth_a_start))
        return 0;
    if (!is_worth_a_start)
        return 0;
    return height - room < REST_TOGETHER ? room - REST_TOGETHER : room;
}

/* How much of this room the row may take; 0 to go to the next page. */
static int room_for(const struct flow *flow, const struct row *row, const struct row_place *place,
                    int room)
{
    int height = row_height(row, place);
    if (height <= room)
        return room;
    return row->is_running_text ? room_for_text(row, place, room)
                                : room_for_part(flow, height, room);
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int space_between(int space_below, const struct row *row)
{
    return larger(space_below, row->space_above);
}

static void place_row(struct flow *flow, struct row *row)
{
    struct row_place place = row_begin(row);
    while (!row_is_done(row, &place)) {
        int space = flow->is_at_top ? 0 : space_between(flow->space_below, row);
        int room = room_for(flow, row, &place, room_left(flow) - space);
        if (room <= 0) {
            must(!flow->is_at_top);
            next_page(flow);
            continue;
        }
        flow->y += space;
        flow->y += row_put(row, &place, flow->pages, MARGIN_SIDE, flow->y, room);
        flow->space_below = row->space_below;
        flow->is_at_top = false;
        if (!row_is_done(row, &place))
            next_page(flow);
    }
    if (row->repeats)
        flow->header = row;
}

/* Of rows below each other, with the space above the first. */
static int stack_height(struct row *const *rows, int count, int space_below)
{
    int height = 0;
    for (int i = 0; i < count; i++) {
        height += space_between(space_below, rows[i]) + whole_height(rows[i]);
        space_below = rows[i]->space_below;
    }
    return height;
}

/* Places the held rows on a page that also has room for so much more, if a page can. */
static void settle(struct flow *flow, int height)
{
    int need = stack_height(flow->held, flow->held_count, flow->space_below) + height;
    if (need > room_left(flow) && need <= room_on_next(flow))
        next_page(flow);
    for (int i = 0; i < flow->held_count; i++)
        place_row(flow, flow->held[i]);
    flow->held_count = 0;
}

/* What must stand on one page with the rows held before it. */
static int first_height(const struct row *row)
{
    int height = whole_height(row);
    int lines = row->is_running_text ? row_line_height(row) * (LINES_TOGETHER + 1) : height;
    return row->space_above + (lines < height ? lines : height);
}

void flow_row(struct flow *flow, struct row *row)
{
    if (row_is_empty(row))
        return;
    row_wrap(row);
    if (row->keeps_with_next && flow->held_count < FLOW_HELD_MAX) {
        flow->held[flow->held_count++] = row;
        return;
    }
    settle(flow, first_height(row));
    place_row(flow, row);
}

void flow_end_table(struct flow *flow)
{
    settle(flow, 0);
    flow->header = NULL;
}

static void wrap_stack(struct row *const *rows, int count)
{
    for (int i = 0; i < count; i++)
        row_wrap(rows[i]);
}

static void place_stack(struct flow *flow, struct row *const *rows, int count)
{
    for (int i = 0; i < count; i++)
        place_row(flow, rows[i]);
}

void flow_beside(struct flow *flow, struct row *const *left, int left_count,
                 struct row *const *right, int right_count)
{
    wrap_stack(left, left_count);
    wrap_stack(right, right_count);
    int height = larger(stack_height(left, left_count, flow->space_below),
                        stack_height(right, right_count, flow->space_below));
    settle(flow, height);
    struct flow before = *flow;
    bool fits = height <= room_left(flow);
    place_stack(flow, left, left_count);
    struct flow after_left = *flow;
    if (fits) {
        flow->y = before.y;
        flow->space_below = before.space_below;
        flow->is_at_top = before.is_at_top;
    }
    place_stack(flow, right, right_count);
    if (fits) {
        flow->y = larger(flow->y, after_left.y);
        flow->space_below = larger(flow->space_below, after_left.space_below);
        flow->is_at_top &= after_left.is_at_top;
    }
}

void flow_break(struct flow *flow)
{
    flow_end_table(flow);
    if (!flow->is_at_top)
        next_page(flow);
}

/* One line for the margins of all pages, or NULL. */
static struct passage *margin_text(struct flow *flow, const char *text, int width)
{
    if (!text || !*text)
        return NULL;
    struct passage *passage = passage_new(flow->typesetter, STYLE_FINE, text);
    passage_cut(passage, width);
    return passage;
}

static void put_margin_text(struct flow *flow, const struct passage *passage, enum align align,
                            int y)
{
    if (passage)
        passage_put_line(passage, flow->pages, 0, align,
                         (struct rectangle){.x = MARGIN_SIDE, .y = y, .width = flow->width});
}

static void put_foot(struct flow *flow, const struct passage *foot, int page)
{
    const char *number = arena_format(flow->arena, "%d", page + 1);
    const char *count = arena_format(flow->arena, "%d", pages_count(flow->pages));
    const char *text = phrase(flow->arena, flow->language, WORD_PAGE_OF, number, count, NULL);
    int y = pages_height(flow->pages) - FOOT_BOTTOM;
    put_margin_text(flow, foot, ALIGN_START, y);
    put_margin_text(flow, margin_text(flow, text, flow->width / 4), ALIGN_END, y);
}

static void set_margins(struct flow *flow, const struct margins *margins)
{
    int half = flow->width / 2 - POINTS(6);
    const struct passage *left = margin_text(flow, margins->head_left, half);
    const struct passage *right = margin_text(flow, margins->head_right, half);
    const struct passage *foot = margin_text(flow, margins->foot, flow->width * 3 / 4);
    for (int page = 0; page < pages_count(flow->pages); page++) {
        pages_turn_to(flow->pages, page);
        put_foot(flow, foot, page);
        if (page == 0)
            continue;
        put_margin_text(flow, left, ALIGN_START, HEAD_TOP);
        put_margin_text(flow, right, ALIGN_END, HEAD_TOP);
        page_fill(flow->pages, TONE_RULE,
                  (struct rectangle){MARGIN_SIDE, HEAD_TOP + POINTS(16), flow->width, HAIRLINE});
    }
}

enum error flow_write(struct flow *flow, const struct margins *margins, struct text_buffer *pdf,
                      struct fault *fault)
{
    settle(flow, 0);
    set_margins(flow, margins);
    enum error error = typesetter_check(flow->typesetter, fault);
    if (error)
        return error;
    return pages_write(flow->pages, pdf, fault);
}
