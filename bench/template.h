/* Rows of real work, to be copied a million times.
 *
 * A template is a company in which one engagement was carried through the API, with three
 * milestones: "PAID", "ACCEPTED" and "OPEN" (submitted). All its rows are read and sorted into
 * layers by the ids that they name, and each layer can be written again under new ids: so history
 * has the rows that real work leaves behind, and not those that a benchmark imagines. Only what
 * must be unique is changed: ids, document numbers, the company's slug, places in the log. */
#ifndef WAYMARK_BENCH_TEMPLATE_H
#define WAYMARK_BENCH_TEMPLATE_H

#include "db/db.h"

enum { COLUMNS_MAX = 64, TABLES_MAX = 96, NAMES_MAX = 160 };

struct bench_table {
    const char *name;
    const char *columns[COLUMNS_MAX];
    enum value_kind kinds[COLUMNS_MAX];
    size_t column_count;
    size_t key_count; /* the key's columns come first */
    struct statement select;
    struct statement insert;
};

enum layer {
    LAYER_NONE, /* not copied: sessions, counters */
    LAYER_COMPANY,
    LAYER_ENGAGEMENT,
    LAYER_PAID,
    LAYER_ACCEPTED,
    LAYER_OPEN,
    LAYER_COUNT,
};

struct row {
    const struct bench_table *table;
    struct value *values;
    int *names; /* of each column: which of the template's names stands there, or -1 */
    enum layer layer;
    bool is_new; /* in LAYER_ACCEPTED: the acceptance inserted it */
};

struct template
{
    struct arena *arena;
    struct bench_table tables[TABLES_MAX];
    size_t table_count;
    struct row *rows;
    size_t row_count;
    struct id names[NAMES_MAX]; /* ids that rows are known by */
    enum layer name_layers[NAMES_MAX];
    size_t name_count;
};

/* Reads the template from company 1. Ends the program when something is missing. */
void template_load(struct template *template, struct db_session *session);
void template_free(struct template *template);

/* Leaves out of history what nobody looks up any more when a milestone is accepted: papers, mail,
 * proposals, comments, what leaves tell of. */
void template_thin(struct template *template);

/* The column's place in its table; ends the program if there is none. */
size_t column_of(const struct bench_table *table, const char *name);
struct value *cell(const struct row *row, const char *column);

/* The one row of a layer in a table. */
const struct row *row_of(const struct template *template, enum layer layer, const char *table);

/* Whether a text value is this text. */
bool value_is(const struct value *value, const char *text);

/* ---- what every program of the bench needs ------------------------------------------------- */

/* Ends the program unless error is OK. */
void stop_on(enum error error, const struct fault *fault);

/* Inserts, updates; anything but one changed row ends the program. */
void change_one(struct db_session *session, const struct statement *statement,
                const struct value *values, size_t count);

/* The first value of the first row, kept in the arena; false if there is no row. */
bool select_one(struct db_session *session, const struct statement *statement,
                const struct value *values, size_t count, enum value_kind kind, struct value *value,
                struct arena *arena);

#endif
