#include "document/page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/must.h"

enum mark_kind {
    MARK_FILL,
    MARK_LINE,
    MARK_PICTURE,
    MARK_MODULES,
};

struct mark {
    struct mark *next;
    enum mark_kind kind;
    enum tone tone;
    struct rectangle where;
    union {
        PangoLayoutLine *line;
        cairo_surface_t *picture;
        const struct modules *modules;
    };
};

struct page {
    struct page *next;
    struct mark *first;
    struct mark *last;
};

struct picture {
    struct picture *next;
    cairo_surface_t *surface;
};

struct pages {
    struct arena *arena;
    int width;
    int height;
    bool is_mirrored;
    int count;
    struct page *first;
    struct page *last;
    struct page *current;
    struct picture *pictures;
    uint32_t palette[TONE_COUNT]; /* 0xRRGGBB */
};

static const struct {
    int width;
    int height;
} papers[] = {
    [0] = {609562, 862095},        /* not set: A4 */
    [PAPER_A4] = {609562, 862095}, /* 210 by 297 mm */
    [PAPER_LETTER] = {POINTS(612), POINTS(792)},
};

/* part of 100 of colour, the rest of ground. */
static uint32_t mix(uint32_t colour, uint32_t ground, uint32_t part)
{
    uint32_t mixed = 0;
    for (unsigned shift = 0; shift <= 16; shift += 8) {
        uint32_t channel =
            ((colour >> shift & 0xff) * part + (ground >> shift & 0xff) * (100 - part)) / 100;
        mixed |= channel << shift;
    }
    return mixed;
}

/* Lightness from 0 to 255, weighted as in ITU-R BT.709. */
static uint32_t lightness(uint32_t colour)
{
    return ((colour >> 16 & 0xff) * 2126 + (colour >> 8 & 0xff) * 7152 + (colour & 0xff) * 722) /
           10000;
}

/* Text in a company's yellow must still be read on white: WCAG asks for a contrast of 4.5. */
static uint32_t readable(uint32_t colour)
{
    const uint32_t lightest = 112;
    const uint32_t black = 0;
    while (lightness(colour) > lightest)
        colour = mix(colour, black, 94);
    return colour;
}

static void choose_palette(uint32_t palette[TONE_COUNT], uint32_t accent_rgb)
{
    const uint32_t own_accent = 0x0b5566;
    const uint32_t white = 0xffffff;
    uint32_t accent = readable(accent_rgb ? accent_rgb & white : own_accent);
    palette[TONE_INK] = 0x1a222c;
    palette[TONE_SOFT] = 0x5c6773;
    palette[TONE_RULE] = 0xd5dbe1;
    palette[TONE_TINT] = 0xf4f6f8;
    palette[TONE_ACCENT] = accent;
    palette[TONE_WASH] = mix(accent, white, 8);
}

struct pages *pages_new(struct arena *arena, enum paper paper, uint32_t accent_rgb,
                        bool is_mirrored)
{
    struct pages *pages = arena_alloc(arena, sizeof *pages);
    pages->arena = arena;
    pages->width = papers[paper].width;
    pages->height = papers[paper].height;
    pages->is_mirrored = is_mirrored;
    choose_palette(pages->palette, accent_rgb);
    return pages;
}

void pages_free(struct pages *pages)
{
    for (struct picture *picture = pages->pictures; picture; picture = picture->next)
        cairo_surface_destroy(picture->surface);
}

int pages_width(const struct pages *pages)
{
    return pages->width;
}

int pages_height(const struct pages *pages)
{
    return pages->height;
}

int pages_count(const struct pages *pages)
{
    return pages->count;
}

bool pages_are_mirrored(const struct pages *pages)
{
    return pages->is_mirrored;
}

void pages_add(struct pages *pages)
{
    struct page *page = arena_alloc(pages->arena, sizeof *page);
    if (pages->last)
        pages->last->next = page;
    else
        pages->first = page;
    pages->last = page;
    pages->current = page;
    pages->count++;
}

void pages_turn_to(struct pages *pages, int page)
{
    must(page >= 0 && page < pages->count);
    pages->current = pages->first;
    while (page-- > 0)
        pages->current = pages->current->next;
}

static struct mark *put(struct pages *pages, enum mark_kind kind, enum tone tone,
                        struct rectangle where)
{
    struct page *page = pages->current;
    must(page);
    struct mark *mark = arena_alloc(pages->arena, sizeof *mark);
    if (pages->is_mirrored)
        where.x = pages->width - where.x - where.width;
    mark->kind = kind;
    mark->tone = tone;
    mark->where = where;
    if (page->last)
        page->last->next = mark;
    else
        page->first = mark;
    page->last = mark;
    return mark;
}

void page_fill(struct pages *pages, enum tone tone, struct rectangle where)
{
    put(pages, MARK_FILL, tone, where);
}

void page_line(struct pages *pages, enum tone tone, int x, int baseline, int width,
               PangoLayoutLine *line)
{
    const struct rectangle where = {.x = x, .y = baseline, .width = width};
    put(pages, MARK_LINE, tone, where)->line = line;
}

void page_picture(struct pages *pages, cairo_surface_t *picture, struct rectangle where)
{
    put(pages, MARK_PICTURE, TONE_NONE, where)->picture = picture;
}

void pages_keep(struct pages *pages, cairo_surface_t *picture)
{
    struct picture *kept = arena_alloc(pages->arena, sizeof *kept);
    kept->surface = picture;
    kept->next = pages->pictures;
    pages->pictures = kept;
}

void page_modules(struct pages *pages, const struct modules *modules, struct rectangle where)
{
    put(pages, MARK_MODULES, TONE_INK, where)->modules = modules;
}

static double in_points(int length)
{
    return pango_units_to_double(length);
}

static void rectangle_path(cairo_t *cairo, struct rectangle where)
{
    cairo_rectangle(cairo, in_points(where.x), in_points(where.y), in_points(where.width),
                    in_points(where.height));
}

static void paint_picture(cairo_t *cairo, const struct mark *mark)
{
    const struct rectangle *where = &mark->where;
    cairo_save(cairo);
    cairo_translate(cairo, in_points(where->x), in_points(where->y));
    cairo_scale(cairo, in_points(where->width) / cairo_image_surface_get_width(mark->picture),
                in_points(where->height) / cairo_image_surface_get_height(mark->picture));
    cairo_set_source_surface(cairo, mark->picture, 0, 0);
    /* PDF/A forbids /Interpolate true, which any smoother filter writes. */
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_NEAREST);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

/* Each run of dark modules is one thick line: half the text in the PDF, and half the time, that
 * rectangles would take. */
static void paint_modules(cairo_t *cairo, const struct mark *mark)
{
    const struct modules *modules = mark->modules;
    double module = in_points(mark->where.width) / modules->side;
    cairo_save(cairo);
    cairo_translate(cairo, in_points(mark->where.x), in_points(mark->where.y));
    cairo_scale(cairo, module, module);
    cairo_set_line_width(cairo, 1);
    for (int row = 0; row < modules->side; row++) {
        const uint8_t *dark = modules->dark + row * modules->side;
        for (int from = 0, to; from < modules->side; from = to + 1) {
            for (to = from; to < modules->side && dark[to]; to++)
                ;
            if (to == from)
                continue;
            cairo_move_to(cairo, from, row + 0.5);
            cairo_line_to(cairo, to, row + 0.5);
        }
    }
    cairo_stroke(cairo);
    cairo_restore(cairo);
}

static void paint(cairo_t *cairo, const struct mark *mark)
{
    switch (mark->kind) {
    case MARK_FILL:
        rectangle_path(cairo, mark->where);
        cairo_fill(cairo);
        break;
    case MARK_LINE:
        cairo_move_to(cairo, in_points(mark->where.x), in_points(mark->where.y));
        pango_cairo_show_layout_line(cairo, mark->line);
        break;
    case MARK_PICTURE:
        paint_picture(cairo, mark);
        break;
    case MARK_MODULES:
        paint_modules(cairo, mark);
        break;
    }
}

static void set_colour(cairo_t *cairo, uint32_t colour)
{
    cairo_set_source_rgb(cairo, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                         (colour & 0xff) / 255.0);
}

static void paint_page(cairo_t *cairo, const struct pages *pages, const struct page *page)
{
    for (const struct mark *mark = page->first; mark; mark = mark->next) {
        set_colour(cairo, pages->palette[mark->tone]);
        paint(cairo, mark);
    }
    cairo_show_page(cairo);
}

static cairo_status_t append(void *pdf, const unsigned char *bytes, unsigned int size)
{
    text_put(pdf, (const char *)bytes, size);
    return CAIRO_STATUS_SUCCESS;
}

enum error pages_write(const struct pages *pages, struct text_buffer *pdf, struct fault *fault)
{
    cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
        append, pdf, in_points(pages->width), in_points(pages->height));
    /* Else cairo would ask the clock. The archive pass writes the real one. */
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "1970-01-01T00:00:00Z");
    cairo_t *cairo = cairo_create(surface);
    for (const struct page *page = pages->first; page; page = page->next)
        paint_page(cairo, pages, page);
    cairo_status_t status = cairo_status(cairo);
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (status != CAIRO_STATUS_SUCCESS)
        return refuse(fault, ERROR_INTERNAL, NULL, "cairo: %s", cairo_status_to_string(status));
    return OK;
}
