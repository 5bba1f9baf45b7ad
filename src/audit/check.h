/* What the checks share. Included by audit's .c files only. */
#ifndef WAYMARK_AUDIT_CHECK_H
#define WAYMARK_AUDIT_CHECK_H

#include "audit/audit.h"
#include "audit/sorter.h"
#include "core/domain.h"

/* A kind of row that leaves name: a proven table's, or that of rows which its rows own. */
struct audit_kind {
    const char *name;
    const struct shape *shape; /* of the table, or of the owners */
    const struct field *owned; /* NULL: the table's own */
};

enum { AUDIT_KINDS_MAX = 64 };

struct audit {
    struct call *call;
    struct report *report;
    struct company company;
    struct arena *arena; /* for as long as the audit */
    struct audit_kind kinds[AUDIT_KINDS_MAX];
    size_t kind_count;
    struct sorter *named;   /* struct named_row: every row that a leaf names */
    struct sorter *reaches; /* what each leaf is found by, and what it must be found by */
};

/* A row as a leaf names it. Sorted by its bytes, it stands by kind, id and version. */
struct named_row {
    uint8_t kind; /* a number of audit.kinds */
    struct id id;
    uint8_t version[8]; /* big endian */
    uint8_t position[8];
    struct hash hash;
    struct salt salt;
};

/* ---- going through a table ----------------------------------------------------------------- */

/* What to do with a table's rows, a batch at a time, in the order of ids. What is read meanwhile
 * lives until the batch is done. */
struct audit_walk {
    const struct shape *shape;
    enum error (*visit)(struct audit *audit, const struct list *rows, void *context,
                        struct fault *fault);
    /* Told of a row that cannot be read; why is a sentence. NULL: it is skipped. */
    enum error (*unreadable)(struct audit *audit, struct id id, const char *why, void *context,
                             struct fault *fault);
    void *context;
};
enum error audit_walk(struct audit *audit, const struct audit_walk *walk,
                      struct fault *fault) WARN_UNUSED;

/* Reads the rows that each of a batch of owners owns into their member. */
enum error audit_attach(struct audit *audit, const struct shape *shape, const struct field *owned,
                        const struct list *owners, struct fault *fault) WARN_UNUSED;

/* Remembers what the leaf at a position is found by, or what it must be found by since a row that
 * it names belongs to it; an id of none is nothing. */
enum error add_reach(struct audit *audit, struct id id, int64_t position, bool is_needed,
                     struct fault *fault) WARN_UNUSED;

/* Holds a paper's snapshot against the rows that it shows. */
enum error audit_snapshot(struct audit *audit, const struct document_row *document,
                          struct fault *fault) WARN_UNUSED;

/* ---- the checks ---------------------------------------------------------------------------- */

enum error audit_log(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_rows(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_reaches(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_contracts(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_changes(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_papers(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_positions(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_files(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_invoices(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_numbers(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_values(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_sums(struct audit *audit, struct fault *fault) WARN_UNUSED;
enum error audit_references(struct audit *audit, struct fault *fault) WARN_UNUSED;

#endif
