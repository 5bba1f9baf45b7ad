/* What every document shares: how it is made, who sends it, what proves it, and the bytes that
 * come out.
 *
 * A document is a function of its struct alone: no clock, no database, no network. The same struct
 * gives the same bytes with the same fonts and libraries, so a stored SHA-256 stays true. All
 * functions here may be called from several threads, and then wait for each other.
 *
 * Texts are UTF-8 in any script; NULL and "" both mean "none" and leave their place out. */
#ifndef WAYMARK_DOCUMENT_DOCUMENT_H
#define WAYMARK_DOCUMENT_DOCUMENT_H

#include <stddef.h>
#include <stdint.h>

#include "core/company.h"

/* A file inside the PDF: the invoice as XML, the acceptance that it stands on. */
struct document_attachment {
    const char *name;         /* "factur-x.xml"; no two in one document have the same */
    const char *mime;         /* "text/xml" */
    const char *relationship; /* PDF 2.0 AFRelationship: "Alternative", "Supplement", "Source" … */
    const char *description;
    const void *bytes;
    size_t size;
};

struct document_setting {
    enum paper paper;     /* A4 unless set */
    const char *language; /* BCP 47: "en", "en-US"; anything unknown is English */
    uint32_t accent_rgb;  /* 0xRRGGBB, darkened until it can be read; 0 for waymark's own */
    const void *logo_png; /* up to LOGO_LIMIT bytes and LOGO_SIDE_LIMIT pixels a side, or NULL */
    size_t logo_size;
    int64_t made_at_ms; /* the document's own date, in the file's metadata */
    const struct document_attachment *attachments; /* in the order of their names */
    size_t attachment_count;
};

struct document_party {
    const char *name;
    const char *address; /* lines parted by newlines, in the order of its country */
    const char *country; /* ISO 3166-1 alpha-2: settles the regional shape of Han characters */
    const char *tax_id;
    const char *registration_id;
    const char *contact; /* a person or a desk */
    const char *email;
    const char *phone;
};

/* A label and its value, such as a contract term. */
struct document_fact {
    const char *label;
    const char *value;
};

/* Where the event that made this document stands in the company's evidence log. */
struct document_evidence {
    const char *log_origin; /* NULL for no evidence */
    int64_t leaf_index;
    const char *checkpoint; /* signed note, several lines */
};

/* The finished PDF, in the arena that the caller passed. */
struct document_bytes {
    const void *bytes;
    size_t size;
    int page_count;
};

#endif
