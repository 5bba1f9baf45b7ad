#include "document/part.h"

#include <string.h>

#include "base/must.h"
#include "document/logo.h"

enum {
    LOGO_WIDTH = POINTS(170),
    LOGO_HEIGHT = POINTS(36),
    HAIRLINE = TENTHS(5),
    PANEL_PAD = POINTS(10),
    TERM_LABEL = POINTS(130),
};

/* As large as the letterhead allows, in its own proportion. */
static void put_logo(struct flow *flow, struct row *row, struct cell *cell, cairo_surface_t *logo)
{
    int64_t width = cairo_image_surface_get_width(logo);
    int64_t height = cairo_image_surface_get_height(logo);
    int64_t shown_width = LOGO_HEIGHT * width / height;
    int64_t shown_height = LOGO_HEIGHT;
    if (shown_width > LOGO_WIDTH) {
        shown_width = LOGO_WIDTH;
        shown_height = LOGO_WIDTH * height / width;
    }
    pages_keep(flow->pages, logo);
    cell_picture(row, cell, logo, (int)shown_width, (int)shown_height);
}

enum error part_letterhead(struct flow *flow, const struct document_setting *setting,
                           const struct document_party *sender, struct fault *fault)
{
    struct row *row = flow_row_new(flow);
    struct cell *cell = row_cell(row, 0, flow->width, ALIGN_START);
    row->space_below = POINTS(20);
    if (setting->logo_png) {
        cairo_surface_t *logo;
        enum error error = logo_read(setting->logo_png, setting->logo_size, &logo, fault);
        if (error)
            return error;
        put_logo(flow, row, cell, logo);
    } else {
        flow_text(flow, row, cell, STYLE_NAME, sender->name);
    }
    flow_row(flow, row);
    return OK;
}

void part_title(struct flow *flow, const char *kind, const char *title, const char *lead)
{
    struct row *row = flow_row_new(flow);
    struct cell *cell = row_cell(row, 0, flow->width, ALIGN_TEXT);
    flow_text(flow, row, cell, STYLE_KIND, kind);
    cell_space(cell, POINTS(2));
    flow_text(flow, row, cell, STYLE_TITLE, title);
    cell_space(cell, POINTS(3));
    flow_text(flow, row, cell, STYLE_LEAD, lead);
    row->space_below = POINTS(18);
    flow_row(flow, row);
}

static void heading(struct flow *flow, enum style style, int space_above, const char *text)
{
    struct row *row = flow_row_new(flow);
    row->space_above = space_above;
    row->space_below = POINTS(5);
    row->keeps_with_next = true;
    flow_text(flow, row, row_cell(row, 0, flow->width, ALIGN_TEXT), style, text);
    flow_row(flow, row);
}

void part_heading(struct flow *flow, const char *text)
{
    heading(flow, STYLE_HEADING, POINTS(22), text);
}

void part_subheading(struct flow *flow, const char *text)
{
    heading(flow, STYLE_STRONG, POINTS(16), text);
}

/* "Tax ID DE123" as a line of small print. */
static void id_line(struct flow *flow, struct row *row, struct cell *cell, enum word word,
                    const char *id)
{
    if (id && *id)
        flow_text(flow, row, cell, STYLE_SMALL,
                  phrase(flow->arena, flow->language, word, id, NULL, NULL));
}

void part_party(struct flow *flow, struct row *row, struct cell *cell, const char *label,
                const struct document_party *party)
{
    typesetter_country(flow->typesetter, party->country);
    flow_text(flow, row, cell, STYLE_LABEL, label);
    flow_text(flow, row, cell, STYLE_STRONG, party->name);
    flow_text(flow, row, cell, STYLE_BODY, party->address);
    cell_space(cell, POINTS(3));
    id_line(flow, row, cell, WORD_TAX_ID, party->tax_id);
    id_line(flow, row, cell, WORD_REGISTRATION_ID, party->registration_id);
    flow_text(flow, row, cell, STYLE_SMALL, party->contact);
    flow_text(flow, row, cell, STYLE_SMALL, party->email);
    flow_text(flow, row, cell, STYLE_SMALL, party->phone);
    typesetter_country(flow->typesetter, NULL);
}

struct row *part_fact(struct flow *flow, int x, int label_width, int width, const char *label,
                      enum style style, const char *value)
{
    struct row *row = flow_row_new(flow);
    row->x = x;
    row->width = width;
    flow_text(flow, row, row_cell(row, x, label_width, ALIGN_START), STYLE_LABEL, label);
    struct cell *cell = row_cell(row, x + label_width, width - label_width, ALIGN_START);
    flow_text(flow, row, cell, style, value);
    return row;
}

void part_term(struct flow *flow, const char *label, const char *value)
{
    if (!value || !*value)
        return;
    struct row *row = part_fact(flow, 0, TERM_LABEL, flow->width, label, STYLE_BODY, value);
    row->pad_above = TENTHS(35);
    row->pad_below = TENTHS(35);
    row->below = (struct edge){TONE_RULE, HAIRLINE};
    flow_row(flow, row);
}

static void figures_below(struct flow *flow, const struct figure *figures, int count)
{
    for (int i = 0; i < count; i++)
        part_term(flow, figures[i].label, figures[i].value);
}

/* How wide a figure's column is at least: of its value, and of its label's longest word. */
static int figure_width(struct flow *flow, const struct figure *figure)
{
    struct row *scratch = flow_row_new(flow);
    struct cell *cell = row_cell(scratch, 0, flow->width, ALIGN_START);
    char *words = arena_text(flow->arena, figure->label ? figure->label : "");
    for (char *at = words; *at; at++)
        *at = *at == ' ' ? '\n' : *at;
    flow_text(flow, scratch, cell, STYLE_STRONG, figure->value);
    flow_text(flow, scratch, cell, STYLE_SMALL, words);
    return cell_natural_width(cell);
}

/* In lines of so many, one or two, or 0 where not even half of them stand beside each other. */
static int figures_a_line(struct flow *flow, const struct figure *figures, int count)
{
    int widest = 0;
    for (int i = 0; i < count; i++) {
        int width = figure_width(flow, &figures[i]);
        widest = width > widest ? width : widest;
    }
    int half = (count + 1) / 2;
    if ((flow->width - PANEL_PAD) / count - PANEL_PAD >= widest)
        return count;
    return (flow->width - PANEL_PAD) / half - PANEL_PAD >= widest ? half : 0;
}

static void put_figure_line(struct flow *flow, const struct figure *figures, int count, int columns,
                            bool is_last)
{
    struct row *row = flow_row_new(flow);
    int each = (flow->width - PANEL_PAD) / columns;
    row->fill = TONE_TINT;
    row->pad_above = POINTS(7);
    row->pad_below = POINTS(9);
    row->space_below = is_last ? POINTS(10) : 0;
    row->keeps_with_next = !is_last;
    for (int i = 0; i < count; i++) {
        struct cell *cell = row_cell(row, PANEL_PAD + i * each, each - PANEL_PAD, ALIGN_START);
        flow_text(flow, row, cell, STYLE_STRONG, figures[i].value);
        flow_text(flow, row, cell, STYLE_SMALL, figures[i].label);
    }
    flow_row(flow, row);
}

void part_figures(struct flow *flow, const struct figure *figures, int count)
{
    must(count > 0 && count <= FIGURES_MAX);
    int columns = figures_a_line(flow, figures, count);
    if (columns == 0) {
        figures_below(flow, figures, count);
        return;
    }
    for (int done = 0; done < count; done += columns) {
        int rest = count - done;
        put_figure_line(flow, figures + done, rest < columns ? rest : columns, columns,
                        rest <= columns);
    }
}

void part_prose(struct flow *flow, enum style style, const char *text)
{
    while (text && *text) {
        size_t size = strcspn(text, "\n");
        struct row *row = flow_row_new(flow);
        row->is_running_text = true;
        row->space_above = POINTS(4);
        flow_text(flow, row, row_cell(row, 0, flow->width, ALIGN_TEXT), style,
                  arena_text_n(flow->arena, text, size));
        flow_row(flow, row);
        text += size + (text[size] == '\n');
    }
}

void part_evidence(struct flow *flow, const struct document_evidence *evidence)
{
    if (!evidence->log_origin)
        return;
    struct row *row = flow_row_new(flow);
    row->space_above = POINTS(14);
    row->pad_above = POINTS(6);
    row->above = (struct edge){TONE_RULE, HAIRLINE};
    struct cell *cell = row_cell(row, 0, flow->width, ALIGN_START);
    flow_text(flow, row, cell, STYLE_FINE,
              phrase(flow->arena, flow->language, WORD_EVIDENCE_LEAF,
                     arena_format(flow->arena, "%lld", (long long)evidence->leaf_index),
                     evidence->log_origin, NULL));
    cell_space(cell, POINTS(3));
    flow_text(flow, row, cell, STYLE_MONO, evidence->checkpoint);
    flow_row(flow, row);
}

const char *part_method(const struct flow *flow, enum method method)
{
    static const enum word methods[] = {
        [METHOD_PASSWORD] = WORD_METHOD_PASSWORD,   [METHOD_EMAIL_LINK] = WORD_METHOD_EMAIL_LINK,
        [METHOD_API_TOKEN] = WORD_METHOD_API_TOKEN, [METHOD_RECORDED] = WORD_METHOD_RECORDED,
        [METHOD_SILENCE] = WORD_METHOD_SILENCE,
    };
    return word(flow->language, methods[method]);
}

const char *part_joined(struct arena *arena, const char *const *texts, int count)
{
    struct text_buffer joined = text_buffer_in(arena);
    for (int i = 0; i < count; i++) {
        if (!texts[i] || !*texts[i])
            continue;
        if (joined.size > 0)
            text_put_text(&joined, " · ");
        text_put_text(&joined, texts[i]);
    }
    return joined.bytes;
}
