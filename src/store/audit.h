/* Statements that look for what must not be: each gives the rows that break a rule, and none when
 * all is well. */
#ifndef WAYMARK_STORE_AUDIT_H
#define WAYMARK_STORE_AUDIT_H

#include "core/company.h"
#include "store/store.h"

/* A row that breaks a rule, with what it says and what the other rows say. */
struct audit_finding {
    struct id id;
    const char *name; /* what people call it, or NULL */
    int64_t stored;
    int64_t found;
};

/* At most this many are given; the rest need not be counted. */
enum { AUDIT_FINDINGS_MAX = 1000 };

/* A rule over sums and their parts, or over rows that need each other. */
struct audit_rule {
    const char *name;          /* what is checked, in the plural */
    const struct shape *shape; /* the table whose rows are checked */
    const char *finding;       /* what is wrong with such a row */
    const struct statement *statement;
};

/* Ends with a NULL name. */
extern const struct audit_rule audit_rules[];

enum error list_findings(struct store *store, const struct audit_rule *rule, struct list *findings,
                         struct fault *fault) WARN_UNUSED;

/* A column that names a row of another table. */
struct audit_reference {
    const struct shape *shape;
    const char *column;
    const struct shape *to;
};

/* Ends with a NULL shape. */
extern const struct audit_reference audit_references_of[];

/* The rows whose column names a row that is not there: their owners' or own ids. */
enum error list_dangling(struct store *store, const struct audit_reference *reference,
                         struct list *findings, struct fault *fault) WARN_UNUSED;

/* The counters of numbers: name is the series, stored the year, found the next number. */
enum error list_series(struct store *store, struct list *series, struct fault *fault) WARN_UNUSED;

/* Rows with a number of the series behind another text, in the order of the texts: id and name. */
enum error list_numbers(struct store *store, enum number_series series, const char *after,
                        struct list *numbers, struct fault *fault) WARN_UNUSED;

/* The next documents behind a subject and kind: the subject as id, the kind as name. */
enum error list_document_keys(struct store *store, const struct id *after_subject,
                              const char *after_kind, struct list *keys,
                              struct fault *fault) WARN_UNUSED;

/* What a certificate or an invoice shows of the rows around it. */
struct paper_around {
    const char *contract_number;
    int64_t sum_minor; /* of the contract */
    const char *milestone_code;
    int64_t accepted_at;
    const char *corrects; /* the invoice's number, of a credit note */
};
enum error find_around_invoice(struct store *store, struct id invoice_id,
                               struct paper_around *around, bool *found,
                               struct fault *fault) WARN_UNUSED;
enum error find_around_milestone(struct store *store, struct id milestone_id,
                                 struct paper_around *around, bool *found,
                                 struct fault *fault) WARN_UNUSED;

/* The leaves (struct leaf_row) about a subject that belong to no engagement, at most limit. */
enum error list_subject_leaves(struct store *store, struct id subject_id, int64_t limit,
                               struct list *leaves, struct fault *fault) WARN_UNUSED;

/* An engagement's certificates and invoices (struct document_row). */
enum error list_position_papers(struct store *store, struct id engagement_id,
                                struct list *documents, struct fault *fault) WARN_UNUSED;

/* Progress of an engagement that was accepted, and the leaf that tells of it. */
struct accepted_progress {
    struct id contract_id;
    struct id milestone_id;
    int64_t net_minor;
    int64_t leaf; /* -1: there is none */
};
enum error list_accepted_progress(struct store *store, struct id engagement_id,
                                  struct list *progress, struct fault *fault) WARN_UNUSED;

/* The edges of a contract's milestones, in the order of their codes. */
struct dependency_codes {
    const char *code;
    const char *after;
};
enum error list_dependency_codes(struct store *store, struct id contract_id, struct list *edges,
                                 struct fault *fault) WARN_UNUSED;

/* Companies that have a log and no row, over the whole server: the number as name, and the log's
 * size as stored. */
enum error list_lost_companies(struct store *store, struct list *findings,
                               struct fault *fault) WARN_UNUSED;

#endif
