/* The rows of an evidence bundle: all that its leaves name, each once, as they are now. Those that
 * belong to the engagement are shown as far as the one who asks may see them; the others, which
 * the same actions changed, are only named. */
#ifndef WAYMARK_ACTION_BUNDLE_ROWS_H
#define WAYMARK_ACTION_BUNDLE_ROWS_H

#include "action/call.h"

/* What is named, and, once it is loaded, the row itself. */
struct bundled_row {
    const char *kind;
    struct id id;
    int64_t version;           /* the newest that is named */
    const struct shape *shape; /* NULL: not to be seen, or newer than what is named */
    const struct field *owned; /* NULL: row itself; otherwise this member of it */
    void *row;                 /* of shape; NULL as shape is */
    bool belongs;              /* to the engagement */
    const char *text;          /* canonical JSON; NULL: only named */
    size_t next;               /* in its bucket: a place + 1 */
};

enum { BUNDLE_BUCKETS = 4096 };

struct bundle_rows {
    struct arena *arena;
    struct bundled_row *rows;
    size_t count, room;
    size_t buckets[BUNDLE_BUCKETS]; /* places + 1 */
};

/* NULL if it is not named. */
struct bundled_row *bundle_row_find(const struct bundle_rows *rows, const char *kind, struct id id);

/* Remembers the rows that a leaf's payload names. ERROR_MALFORMED. */
enum error bundle_rows_name(struct bundle_rows *rows, const char *payload,
                            struct fault *fault) WARN_UNUSED;

/* Loads all that are named, as the call's viewer may see them, and finds out what belongs to the
 * engagement. */
enum error bundle_rows_load(struct bundle_rows *rows, struct call *call, struct id engagement_id,
                            struct fault *fault) WARN_UNUSED;

#endif
