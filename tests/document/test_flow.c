#include "document/flow.h"
#include "document/table.h"

#include "../check.h"
#include "tools.h"

static const struct document_setting setting = {.language = "en"};
static const struct margins margins = {"Head", "About", "Foot"};

static struct document_bytes finish(struct arena *arena, struct flow *flow)
{
    struct text_buffer pdf = text_buffer_in(arena);
    assert_int_equal(flow_write(flow, &margins, &pdf, NULL), OK);
    struct document_bytes bytes = {pdf.bytes, pdf.size, pages_count(flow->pages)};
    flow_free(flow);
    return bytes;
}

static struct row *text_row(struct flow *flow, enum style style, const char *text)
{
    struct row *row = flow_row_new(flow);
    flow_text(flow, row, row_cell(row, 0, flow->width, ALIGN_TEXT), style, text);
    return row;
}

/* Words "p17 p17 …" that take some lines. */
static const char *words_of(struct arena *arena, int paragraph, int word_count)
{
    struct text_buffer words = text_buffer_in(arena);
    for (int i = 0; i < word_count; i++)
        text_printf(&words, "p%d ", paragraph);
    return words.bytes;
}

/* Lines of the text that contain a part. */
static int lines_with(struct arena *arena, const char *text, const char *part)
{
    int count = 0;
    while (*text) {
        size_t size = strcspn(text, "\n");
        count += strstr(arena_text_n(arena, text, size), part) != NULL;
        text += size + (text[size] == '\n');
    }
    return count;
}

enum { SECTIONS = 60 };

static struct document_bytes sections(struct arena *arena)
{
    struct flow *flow = flow_new(&setting, NULL);
    for (int i = 0; i < SECTIONS; i++) {
        struct row *heading = text_row(flow, STYLE_HEADING, arena_format(arena, "Section h%d.", i));
        heading->keeps_with_next = true;
        flow_row(flow, heading);
        struct row *body = text_row(flow, STYLE_BODY, words_of(arena, i, 30 + i * 7 % 190));
        body->is_running_text = true;
        flow_row(flow, body);
    }
    return finish(arena, flow);
}

CASE(a_heading_stands_on_the_page_of_its_text)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf = sections(arena);
    int found = 0;
    for (int page = 1; page <= pdf.page_count; page++) {
        const char *text = text_of_page(arena, &pdf, page);
        for (int i = 0; i < SECTIONS; i++) {
            if (!strstr(text, arena_format(arena, "h%d.", i)))
                continue;
            found++;
            check_has(text, arena_format(arena, "p%d ", i));
        }
    }
    assert_int_equal(found, SECTIONS);
    arena_free(arena);
}

CASE(running_text_leaves_no_line_alone)
{
    struct arena *arena = arena_new();
    struct document_bytes pdf = sections(arena);
    int lines[SECTIONS][16] = {{0}};
    assert_true(pdf.page_count > 3 && pdf.page_count < 16);
    for (int page = 1; page <= pdf.page_count; page++) {
        const char *text = text_of_page(arena, &pdf, page);
        for (int i = 0; i < SECTIONS; i++)
            lines[i][page] = lines_with(arena, text, arena_format(arena, "p%d ", i)) +
                             lines_with(arena, text, arena_format(arena, "p%d\n", i));
    }
    int parted = 0;
    for (int i = 0; i < SECTIONS; i++) {
        int pages = 0;
        for (int page = 1; page <= pdf.page_count; page++)
            pages += lines[i][page] > 0;
        for (int page = 1; pages > 1 && page <= pdf.page_count; page++)
            assert_int_not_equal(lines[i][page], 1);
        parted += pages > 1;
    }
    assert_true(parted > 0);
    arena_free(arena);
}

static struct table *two_columns(struct flow *flow)
{
    static const struct column columns[] = {
        {WORD_DESCRIPTION, ALIGN_START, .takes_rest = true},
        {WORD_NET, ALIGN_END},
    };
    return table_new(flow, columns, 2);
}

CASE(a_table_repeats_its_header_and_keeps_its_rows_whole)
{
    struct arena *arena = arena_new();
    struct flow *flow = flow_new(&setting, NULL);
    struct table *table = two_columns(flow);
    for (int i = 0; i < 120; i++) {
        table_row(table);
        table_text(table, 0, STYLE_BODY, arena_format(arena, "top%d.", i));
        table_text(table, 0, STYLE_SMALL, arena_format(arena, "end%d.", i));
        table_text(table, 1, STYLE_BODY, arena_format(arena, "%d.00", i));
    }
    table_end(table, false);
    struct document_bytes pdf = finish(arena, flow);
    assert_true(pdf.page_count >= 5);
    int rows = 0;
    for (int page = 1; page <= pdf.page_count; page++) {
        const char *text = text_of_page(arena, &pdf, page);
        assert_int_equal(count_of(text, "Description"), 1);
        for (int i = 0; i < 120; i++) {
            bool has_top = strstr(text, arena_format(arena, "top%d.", i));
            assert_int_equal(has_top, strstr(text, arena_format(arena, "end%d.", i)) != NULL);
            rows += has_top;
        }
    }
    assert_int_equal(rows, 120);
    assert_true(count_of(text_of_page(arena, &pdf, pdf.page_count), "top") >= 2);
    arena_free(arena);
}

CASE(a_header_does_not_repeat_after_its_table)
{
    struct arena *arena = arena_new();
    struct flow *flow = flow_new(&setting, NULL);
    struct table *table = two_columns(flow);
    table_row(table);
    table_text(table, 0, STYLE_BODY, "Only row");
    table_end(table, false);
    flow_break(flow);
    flow_row(flow, text_row(flow, STYLE_BODY, "Next page"));
    struct document_bytes pdf = finish(arena, flow);
    assert_int_equal(pdf.page_count, 2);
    check_has(text_of_page(arena, &pdf, 1), "Description");
    check_lacks(text_of_page(arena, &pdf, 2), "Description");
    arena_free(arena);
}

CASE(a_header_does_not_stand_alone_at_the_end_of_a_page)
{
    struct arena *arena = arena_new();
    for (int fill = 54; fill < 62; fill++) {
        struct flow *flow = flow_new(&setting, NULL);
        for (int i = 0; i < fill; i++)
            flow_row(flow, text_row(flow, STYLE_BODY, "filling"));
        struct table *table = two_columns(flow);
        table_row(table);
        table_text(table, 0, STYLE_BODY, "First row");
        table_end(table, false);
        struct document_bytes pdf = finish(arena, flow);
        const char *last = text_of_page(arena, &pdf, pdf.page_count);
        assert_int_equal(count_of(last, "Description"), 1);
        assert_int_equal(count_of(last, "First row"), 1);
        arena_reset(arena);
    }
    arena_free(arena);
}

CASE(a_row_taller_than_a_page_goes_on_without_losing_a_line)
{
    struct arena *arena = arena_new();
    struct flow *flow = flow_new(&setting, NULL);
    struct text_buffer lines = text_buffer_in(arena);
    for (int i = 0; i < 200; i++)
        text_printf(&lines, "line%d.\n", i);
    struct table *table = two_columns(flow);
    table_row(table);
    table_text(table, 0, STYLE_BODY, lines.bytes);
    table_text(table, 1, STYLE_BODY, "1.00");
    table_end(table, false);
    struct document_bytes pdf = finish(arena, flow);
    assert_int_equal(pdf.page_count, 4);
    const char *text = text_of(arena, &pdf);
    for (int i = 0; i < 200; i++)
        assert_int_equal(count_of(text, arena_format(arena, "line%d.", i)), 1);
    assert_int_equal(count_of(text, "Description"), 4);
    assert_int_equal(count_of(text, "1.00"), 1);
    arena_free(arena);
}

CASE(stacks_beside_each_other_stay_on_one_page)
{
    struct arena *arena = arena_new();
    for (int fill = 50; fill < 62; fill += 3) {
        struct flow *flow = flow_new(&setting, NULL);
        for (int i = 0; i < fill; i++)
            flow_row(flow, text_row(flow, STYLE_BODY, "filling"));
        struct row *left[3];
        struct row *right[5];
        for (int i = 0; i < 3; i++)
            left[i] = text_row(flow, STYLE_BODY, "left side");
        for (int i = 0; i < 5; i++) {
            right[i] = flow_row_new(flow);
            flow_text(flow, right[i],
                      row_cell(right[i], flow->width / 2, flow->width / 2, ALIGN_END), STYLE_BODY,
                      "right side");
        }
        flow_beside(flow, left, 3, right, 5);
        flow_row(flow, text_row(flow, STYLE_BODY, "below both"));
        struct document_bytes pdf = finish(arena, flow);
        bool seen = false;
        for (int page = 1; page <= pdf.page_count; page++) {
            const char *text = text_of_page(arena, &pdf, page);
            if (!strstr(text, "side"))
                continue;
            assert_false(seen);
            seen = true;
            assert_int_equal(count_of(text, "left side"), 3);
            assert_int_equal(count_of(text, "right side"), 5);
        }
        const char *all = text_of(arena, &pdf);
        assert_true(strstr(all, "below both") > strstr(all, "right side"));
        arena_reset(arena);
    }
    arena_free(arena);
}

CASE(stacks_too_tall_for_a_page_follow_each_other)
{
    struct arena *arena = arena_new();
    struct flow *flow = flow_new(&setting, NULL);
    struct row *left[100];
    struct row *right[100];
    for (int i = 0; i < 100; i++) {
        left[i] = text_row(flow, STYLE_BODY, arena_format(arena, "left%d.", i));
        right[i] = text_row(flow, STYLE_BODY, arena_format(arena, "right%d.", i));
    }
    flow_beside(flow, left, 100, right, 100);
    struct document_bytes pdf = finish(arena, flow);
    const char *text = text_of(arena, &pdf);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(count_of(text, arena_format(arena, "left%d.", i)), 1);
        assert_int_equal(count_of(text, arena_format(arena, "right%d.", i)), 1);
    }
    arena_free(arena);
}

CASE(more_held_rows_than_a_page_takes_are_all_placed)
{
    struct arena *arena = arena_new();
    struct flow *flow = flow_new(&setting, NULL);
    for (int i = 0; i < 300; i++) {
        struct row *row = text_row(flow, STYLE_TITLE, arena_format(arena, "held%d.", i));
        row->keeps_with_next = true;
        flow_row(flow, row);
    }
    struct document_bytes pdf = finish(arena, flow);
    const char *text = text_of(arena, &pdf);
    for (int i = 0; i < 300; i++)
        assert_int_equal(count_of(text, arena_format(arena, "held%d.", i)), 1);
    arena_free(arena);
}

CASE(every_page_has_its_margins)
{
    struct arena *arena = arena_new();
    struct flow *flow = flow_new(&setting, NULL);
    for (int i = 0; i < 3; i++) {
        flow_row(flow, text_row(flow, STYLE_BODY, "a page"));
        if (i < 2)
            flow_break(flow);
    }
    struct document_bytes pdf = finish(arena, flow);
    assert_int_equal(pdf.page_count, 3);
    for (int page = 1; page <= 3; page++) {
        const char *text = text_of_page(arena, &pdf, page);
        check_has(text, arena_format(arena, "Page %d of 3", page));
        check_has(text, "Foot");
        assert_int_equal(count_of(text, "Head"), page > 1);
        assert_int_equal(count_of(text, "About"), page > 1);
    }
    arena_free(arena);
}

RUN(T(a_heading_stands_on_the_page_of_its_text), T(running_text_leaves_no_line_alone),
    T(a_table_repeats_its_header_and_keeps_its_rows_whole),
    T(a_header_does_not_repeat_after_its_table),
    T(a_header_does_not_stand_alone_at_the_end_of_a_page),
    T(a_row_taller_than_a_page_goes_on_without_losing_a_line),
    T(stacks_beside_each_other_stay_on_one_page), T(stacks_too_tall_for_a_page_follow_each_other),
    T(more_held_rows_than_a_page_takes_are_all_placed), T(every_page_has_its_margins))
