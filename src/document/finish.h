/* From a laid out flow to the bytes of the document. */
#ifndef WAYMARK_DOCUMENT_FINISH_H
#define WAYMARK_DOCUMENT_FINISH_H

#include "document/flow.h"

struct finish {
    const char *title;  /* "Invoice INV-2016-0004": metadata and running head */
    const char *about;  /* the other end of the running head */
    const char *sender; /* metadata */
    const char *foot;   /* the sender's line at the foot of each page */
};

/* Makes the flow a PDF/A-3b in arena. Errors as flow_write and archive_pdf. */
enum error finish_document(struct arena *arena, struct flow *flow,
                           const struct document_setting *setting, const struct finish *finish,
                           struct document_bytes *out, struct fault *fault) WARN_UNUSED;

/* The foot of a sender: name, tax id, e-mail. */
const char *finish_foot(struct flow *flow, const struct document_party *sender);

#endif
