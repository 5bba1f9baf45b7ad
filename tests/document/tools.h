/* Other people's programs look at our PDFs: poppler-utils, qpdf, zbar-tools. */
#ifndef WAYMARK_TESTS_DOCUMENT_TOOLS_H
#define WAYMARK_TESTS_DOCUMENT_TOOLS_H

#include <stdbool.h>

#include "base/arena.h"
#include "document/document.h"
#include "words/word.h"

/* What a shell command prints; the test fails if the command does. */
const char *run(struct arena *arena, const char *command);

/* A new file with these bytes in the working directory of the test; its path. */
const char *save_bytes(struct arena *arena, const void *bytes, size_t size);

/* The text of the whole document, or of one page from 1, as pdftotext reads it. */
const char *text_of(struct arena *arena, const struct document_bytes *pdf);
const char *text_of_page(struct arena *arena, const struct document_bytes *pdf, int page);

/* Fails unless qpdf finds nothing to say, every font is embedded and a subset, no page is blank,
 * and the page count is what the document says. */
void check_pdf(struct arena *arena, const struct document_bytes *pdf);

/* The same of one in another language. */
void check_pdf_in(struct arena *arena, const struct document_bytes *pdf,
                  const struct language *language);

/* Fails with the text if it is not, or is, in there. */
void check_has(const char *text, const char *part);
void check_lacks(const char *text, const char *part);

/* How often part occurs in text. */
int count_of(const char *text, const char *part);

#endif
