/* What documents have in common: letterhead, title, headings, parties, labelled values, figures
 * beside each other, prose, evidence.
 *
 * Each part flows at once, but for labelled rows, which a document may also set beside others. */
#ifndef WAYMARK_DOCUMENT_PART_H
#define WAYMARK_DOCUMENT_PART_H

#include "core/actor.h"
#include "document/flow.h"

/* The sender's logo, or name where there is none. ERROR_INVALID or ERROR_TOO_LARGE, field "logo",
 * if the logo is not a PNG within its limits. */
enum error part_letterhead(struct flow *flow, const struct document_setting *setting,
                           const struct document_party *sender, struct fault *fault) WARN_UNUSED;

/* What kind of document it is, what about, and a line below; any of them may be none. */
void part_title(struct flow *flow, const char *kind, const char *title, const char *lead);

/* A section begins, or a small part of a page. */
void part_heading(struct flow *flow, const char *text);
void part_subheading(struct flow *flow, const char *text);

/* Name, address, ids and contact in a cell, under a label. */
void part_party(struct flow *flow, struct row *row, struct cell *cell, const char *label,
                const struct document_party *party);

/* A row with a label and its value beside it, from x on; not yet in the flow. */
struct row *part_fact(struct flow *flow, int x, int label_width, int width, const char *label,
                      enum style style, const char *value);

/* The same across the page, with a hairline below; in the flow. No row for no value. */
void part_term(struct flow *flow, const char *label, const char *value);

struct figure {
    const char *label;
    const char *value;
};

enum { FIGURES_MAX = 8 };

/* Figures beside each other on a panel, in two lines of it or below each other where they are too
 * wide. */
void part_figures(struct flow *flow, const struct figure *figures, int count);

/* Running text, a paragraph for each line. */
void part_prose(struct flow *flow, enum style style, const char *text);

/* The log entry and the signed checkpoint, in small print. Nothing without a log. */
void part_evidence(struct flow *flow, const struct document_evidence *evidence);

/* How a person was identified, in words; "" for none. */
const char *part_method(const struct flow *flow, enum method method);

/* Texts joined by a middle dot; those that are none are left out. */
const char *part_joined(struct arena *arena, const char *const *texts, int count);

#endif
