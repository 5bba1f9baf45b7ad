/* The evidence of an engagement in one file that others check offline (docs/evidence-format.md):
 * every leaf of the log that tells of it, with proof; the rows that these leaves name, as far as
 * the one who asks may see them; the hashes of what was signed and delivered; and how one thing led
 * to another. */
#ifndef WAYMARK_ACTION_EVIDENCE_BUNDLE_H
#define WAYMARK_ACTION_EVIDENCE_BUNDLE_H

#include "action/operation.h"

struct show_evidence {
    struct id id;      /* of the engagement */
    int64_t from_size; /* of a checkpoint that the reader has: the bundle leads on from it; 0: none
                        */
};

/* The file, application/json. */
struct evidence_file {
    const char *text;
};

/* ERROR_NOT_FOUND, ERROR_OUT_OF_RANGE for "from_size" if the log was never that long,
 * ERROR_TOO_LARGE past the format's limit. */
extern const struct operation show_evidence_operation;

#endif
