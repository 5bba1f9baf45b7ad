/* Shaped text: styles, fonts, line breaking, every script.
 *
 * A typesetter serves one document. Fonts come from fontconfig, through one cache for the whole
 * program. Text is laid out without hinting, so that the same fonts give the same lines on every
 * machine.
 *
 * Of typesetters there is one at a time: whoever makes another waits until it is freed, so a thread
 * has at most one. All use of Pango and cairo lies within the life of a typesetter. */
#ifndef WAYMARK_DOCUMENT_PASSAGE_H
#define WAYMARK_DOCUMENT_PASSAGE_H

#include <pango/pango.h>

#include "base/arena.h"
#include "base/error.h"
#include "document/page.h"
#include "words/word.h"

enum style {
    STYLE_BODY,
    STYLE_STRONG,  /* body in bold */
    STYLE_DETAIL,  /* body text inside a table */
    STYLE_SMALL,   /* second text under a first */
    STYLE_LABEL,   /* over or beside a value */
    STYLE_TITLE,   /* what the document is about */
    STYLE_KIND,    /* what kind it is: over the title */
    STYLE_LEAD,    /* under the title */
    STYLE_NAME,    /* the sender, where there is no logo */
    STYLE_HEADING, /* of a section */
    STYLE_FIGURE,  /* an amount among its peers */
    STYLE_GRAND,   /* the amount that matters */
    STYLE_MARK,    /* a decision, a milestone's number */
    STYLE_FINE,    /* running heads and feet */
    STYLE_HASH,    /* SHA-256 in hexadecimal */
    STYLE_MONO,    /* checkpoints */
    STYLE_COUNT,
};

struct typesetter;

/* home is the country of the sender (ISO 3166-1 alpha-2, or NULL): Han characters take its shapes,
 * or the mainland's. It stays the caller's. */
struct typesetter *typesetter_new(struct arena *arena, const struct language *language,
                                  const char *home);
void typesetter_free(struct typesetter *typesetter);

/* The passages to come are of another country, or of home again for NULL. */
void typesetter_country(struct typesetter *typesetter, const char *country);

/* What was wrong with the text so far: ERROR_INVALID for text that is not UTF-8, ERROR_TOO_LARGE
 * for more than DOCUMENT_TEXT_LIMIT bytes in all. Such text is left out of the document. */
enum error typesetter_check(const struct typesetter *typesetter, struct fault *fault) WARN_UNUSED;

struct passage;

/* Text in a style, with a paragraph for each line of it; lives as long as the typesetter. */
struct passage *passage_new(struct typesetter *typesetter, enum style style, const char *text);

/* The width of its longest paragraph set on one line; for passages that are not yet wrapped. */
int passage_width(struct passage *passage);

/* Breaks it into lines of a width. */
void passage_wrap(struct passage *passage, int width);

/* Instead: makes it one line, cut with an ellipsis where it is wider. */
void passage_cut(struct passage *passage, int width);

/* After passage_wrap or passage_cut. */
int passage_line_count(const struct passage *passage);
int passage_line_height(const struct passage *passage);

enum align {
    ALIGN_START, /* left, and right on mirrored pages */
    ALIGN_END,
    ALIGN_TEXT, /* each paragraph to the side where its script begins */
};

/* Puts line number `line` with its top at y between x and x + width. */
void passage_put_line(const struct passage *passage, struct pages *pages, int line,
                      enum align align, struct rectangle where);

#endif
