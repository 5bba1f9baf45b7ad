/* PDF/A-3b (ISO 19005-3): what an archive needs that cairo does not write.
 *
 * Adds XMP metadata and the same facts for older readers, an sRGB output intent, the language, an
 * id that follows from the content, the glyph map of CID fonts, and files to be carried inside. */
#ifndef WAYMARK_DOCUMENT_ARCHIVE_H
#define WAYMARK_DOCUMENT_ARCHIVE_H

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "document/document.h"

struct archive_facts {
    const char *title;
    const char *author;
    const char *language;
    int64_t made_at_ms;
    const struct document_attachment *attachments; /* in the order of their names */
    size_t attachment_count;
};

/* The bytes come to lie in arena; page_count is left alone. ERROR_INTERNAL when qpdf fails. */
enum error archive_pdf(struct arena *arena, const struct text_buffer *pdf,
                       const struct archive_facts *facts, struct document_bytes *out,
                       struct fault *fault) WARN_UNUSED;

#endif
