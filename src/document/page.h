/* Sheets of paper: what is put where, and the PDF of it.
 *
 * All lengths are integers in Pango units, 1/1024 of a point, from the top left corner of the page.
 * Marks are painted when all pages are known, in the order in which they were put. */
#ifndef WAYMARK_DOCUMENT_PAGE_H
#define WAYMARK_DOCUMENT_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <cairo.h>
#include <pango/pango.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "document/document.h"

/* Lengths from points and from tenths of one. */
#define POINTS(points) ((points)*PANGO_SCALE)
#define TENTHS(tenths) ((tenths)*PANGO_SCALE / 10)

/* The few colours of a document, by their task. */
enum tone {
    TONE_NONE,
    TONE_INK,    /* text */
    TONE_SOFT,   /* second text */
    TONE_RULE,   /* hairlines */
    TONE_TINT,   /* quiet panels */
    TONE_ACCENT, /* the sender's own */
    TONE_WASH,   /* the accent as a panel */
    TONE_COUNT,
};

struct rectangle {
    int x;
    int y;
    int width;
    int height;
};

/* Square modules, row by row from the top left; 1 is dark. */
struct modules {
    int side;
    const uint8_t *dark;
};

struct pages;

/* No pages yet; all lives in arena but the pictures, which pages_free lets go. Mirrored pages are
 * read from right to left: what is put is turned about the middle of the page, so that whoever puts
 * it counts from the left on every page. */
struct pages *pages_new(struct arena *arena, enum paper paper, uint32_t accent_rgb,
                        bool is_mirrored);
void pages_free(struct pages *pages);

int pages_width(const struct pages *pages);
int pages_height(const struct pages *pages);
int pages_count(const struct pages *pages);
bool pages_are_mirrored(const struct pages *pages);

/* Adds a page; marks go to the page added last, until pages_turn_to another (from 0). */
void pages_add(struct pages *pages);
void pages_turn_to(struct pages *pages, int page);

void page_fill(struct pages *pages, enum tone tone, struct rectangle where);

/* A line of a layout that lives, unchanged, until pages_write; width is its own. */
void page_line(struct pages *pages, enum tone tone, int x, int baseline, int width,
               PangoLayoutLine *line);

/* Stretched to the rectangle. pages_keep hands the picture over, once. */
void page_picture(struct pages *pages, cairo_surface_t *picture, struct rectangle where);
void pages_keep(struct pages *pages, cairo_surface_t *picture);
void page_modules(struct pages *pages, const struct modules *modules, struct rectangle where);

/* Appends a PDF of all pages. ERROR_INTERNAL when cairo fails. */
enum error pages_write(const struct pages *pages, struct text_buffer *pdf,
                       struct fault *fault) WARN_UNUSED;

#endif
