/* One bundle being checked: what is asked, what was read, and what has been proved so far. */
#ifndef WAYMARK_VERIFY_VERIFICATION_H
#define WAYMARK_VERIFY_VERIFICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/checkpoint.h"
#include "core/note.h"
#include "core/payload.h"
#include "core/salt.h"
#include "verify/bundle.h"
#include "verify/report.h"

/* A row as a proven payload names it. */
struct named_row {
    const struct payload_row *row;
    const struct bundle_leaf *leaf;
};

struct verification {
    struct arena *arena;
    struct arena *scratch; /* emptied before each check */
    struct report *report;
    const struct bundle *bundle;

    const struct note_key *keys;
    size_t key_count;
    const char *held_note;       /* a checkpoint that the reader already has, or NULL */
    const char *files_directory; /* or NULL */

    const struct checkpoint *last; /* NULL if the last of the bundle is not signed */
    struct named_row *named;       /* sorted by kind, id and version */
    size_t named_count;
    bool has_erased;     /* a leaf in the log whose particulars are gone: it may name anything */
    bool *row_is_proven; /* for each row of the bundle */
};

/* The parts, in the order in which they lean on each other. Each prints its heading and checks. */
void check_log(struct verification *verification);
void check_rows(struct verification *verification);
void check_documents(struct verification *verification);
void check_agreed(struct verification *verification);
void check_chain(struct verification *verification);

#endif
