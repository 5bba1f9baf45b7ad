/* Content flowing down pages as rows (document/row.h).
 *
 * A row goes onto the page whole, or onto the next; only running text, and a row of more than a
 * third of a page, is parted between lines, and never so that one line stands alone. A row that
 * keeps with the next shares its page. While a table lasts, its header repeats on each page.
 *
 * A flow has an arena of its own, for all that is laid out, until flow_free. */
#ifndef WAYMARK_DOCUMENT_FLOW_H
#define WAYMARK_DOCUMENT_FLOW_H

#include <stdbool.h>

#include "base/text.h"
#include "document/document.h"
#include "document/row.h"
#include "words/word.h"

enum { FLOW_HELD_MAX = 32 };

struct flow {
    struct arena *arena;
    const struct language *language;
    struct typesetter *typesetter;
    struct pages *pages;
    int width; /* of the text */

    /* The rest is the flow's own. */
    int y;
    int space_below; /* of the row placed last */
    bool is_at_top;
    struct row *header;
    struct row *held[FLOW_HELD_MAX]; /* rows that keep with the next one */
    int held_count;
};

/* What stands in the margins: the head from page 2 on, the foot on every page beside its number. */
struct margins {
    const char *head_left;
    const char *head_right;
    const char *foot;
};

/* An empty first page. home is the sender's country (document/passage.h). */
struct flow *flow_new(const struct document_setting *setting, const char *home);
void flow_free(struct flow *flow);

/* A row as wide as the text, to be filled and then given to flow_row. */
struct row *flow_row_new(struct flow *flow);

/* Puts a paragraph below what the cell has, or nothing for NULL and "". */
void flow_text(struct flow *flow, struct row *row, struct cell *cell, enum style style,
               const char *text);

/* The same as an item of a list, after a bullet. */
void flow_item(struct flow *flow, struct row *row, struct cell *cell, enum style style,
               const char *text);

/* A row with nothing in its cells is left out. */
void flow_row(struct flow *flow, struct row *row);
void flow_end_table(struct flow *flow);

/* Two stacks of rows beside each other, on one page if a page can hold them. */
void flow_beside(struct flow *flow, struct row *const *left, int left_count,
                 struct row *const *right, int right_count);

/* What comes next begins on a new page. */
void flow_break(struct flow *flow);

/* Sets the margins and appends a PDF. ERROR_INVALID, ERROR_TOO_LARGE for text that the document
 * cannot take (document/passage.h); ERROR_INTERNAL when a library fails. */
enum error flow_write(struct flow *flow, const struct margins *margins, struct text_buffer *pdf,
                      struct fault *fault) WARN_UNUSED;

#endif
