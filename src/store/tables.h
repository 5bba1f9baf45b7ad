/* The tables: each row struct's shape, and what of its table a client's contact may see. Also the
 * statements that are built from shapes, each made once and shared by all sessions. */
#ifndef WAYMARK_STORE_TABLES_H
#define WAYMARK_STORE_TABLES_H

#include "base/shape.h"
#include "db/db.h"

struct table {
    const struct shape *shape;
    const char *client_sees; /* SQL condition over :viewer_client; NULL: nothing at all */
    bool is_proven;          /* evidence covers its rows; the verifier walks them */
};

/* Ends with a NULL shape. */
extern const struct table all_tables[];

/* The entry of a shape; every stored shape has one. */
const struct table *table_of(const struct shape *shape);

/* Built statements, for the life of the program. Safe for many threads. */
struct tables;
struct tables *tables_new(void);
void tables_free(struct tables *tables);

/* The one statement of that text, in which parameters are written :name. The name is kept for
 * messages. */
const struct statement *tables_statement(struct tables *tables, const char *name, const char *sql);

enum table_verb { TABLE_INSERT, TABLE_SAVE, TABLE_LOAD, TABLE_LOAD_AS_CLIENT, TABLE_VERB_COUNT };

const struct statement *tables_verb(struct tables *tables, const struct shape *shape,
                                    enum table_verb verb);

/* "id, version, name": the stored columns of a shape. */
const char *table_columns(const struct shape *shape, struct arena *arena);

#endif
