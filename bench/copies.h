/* Copies of a template's layers under new ids (bench/template.h). */
#ifndef WAYMARK_BENCH_COPIES_H
#define WAYMARK_BENCH_COPIES_H

#include "bench/template.h"
#include "core/merkle.h"

enum {
    FIRST_COPY = 2,       /* number of the first copied company; 1 is the template */
    MILESTONES_EACH = 10, /* in an engagement */
    SERIES_MAX = 16,
};

/* A copied company, as far as the next copy must know it. */
struct copied_company {
    int64_t number;
    struct merkle_frontier frontier;
    int64_t next[SERIES_MAX]; /* of each number_series row of the template */
};

/* The ids that a copy stands under, by the template's names. */
struct copied_ids {
    struct id ids[NAMES_MAX];
};

/* Gives a layer's names new ids. Those of a company are always the same. */
void rename_layer(const struct template *template, const struct copied_company *company,
                  enum layer layer, struct copied_ids *ids);

/* One row's values under these ids, in values[column_count]; text in the arena. A leaf takes the
 * company's next place in the log, a document its next number. */
void copy_row(const struct template *template, const struct row *row,
              struct copied_company *company, const struct copied_ids *ids, struct arena *arena,
              struct value *values);

/* Inserts copies of all rows of a layer. */
void copy_layer(const struct template *template, struct db_session *session, enum layer layer,
                struct copied_company *company, const struct copied_ids *ids, struct arena *arena);

/* The stored subtree that the company's newest leaf completed, if it completed one. */
void put_tiles(struct db_session *session, const struct copied_company *company,
               const struct hash *made, unsigned count);

/* The counters of a company, as they stand in the database and back. */
void load_counters(const struct template *template, struct db_session *session,
                   struct copied_company *company);
void save_counters(const struct template *template, struct db_session *session,
                   const struct copied_company *company);

/* ---- milestones that wait to be accepted --------------------------------------------------- */

struct open_milestone {
    struct copied_company *company;
    struct copied_ids ids;
    struct id submission;
};

/* Submitted milestones in new engagements, company by company in turn. */
struct opening {
    const struct template *template;
    struct copied_company *companies;
    struct copied_ids *ids; /* of each company: those of its present engagement */
    int64_t company_count;
    int64_t given;
};

/* Between these two inside a transaction, or several one after the other. */
void opening_start(struct opening *opening, const struct template *template,
                   struct db_session *session, int64_t company_count);
void opening_next(struct opening *opening, struct db_session *session, struct arena *arena,
                  struct open_milestone *open);
void opening_end(struct opening *opening, struct db_session *session);

#endif
