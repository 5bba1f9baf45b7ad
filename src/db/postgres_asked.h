/* What was asked for ahead on one connection (db_ask): the rows of each SELECT, once they are
 * there, by its statement and its values. Only postgres_link.c includes this. */
#ifndef WAYMARK_DB_POSTGRES_ASKED_H
#define WAYMARK_DB_POSTGRES_ASKED_H

#include <libpq-fe.h>

#include "db/db.h"

enum { ASKED_LIMIT = 256 }; /* what is asked beyond it is asked when it is wanted */

struct asked {
    const struct statement *statement; /* NULL: taken */
    size_t values;                     /* where they stand in the list's bytes */
    size_t values_size;
    PGresult *rows; /* NULL: on their way */
};

struct asked_list {
    struct asked all[ASKED_LIMIT];
    size_t count;
    unsigned char *bytes; /* the values of all, one behind the other */
    size_t size;
    size_t room;
};

/* Stays where it is until asked_forget. NULL: the list is full. */
struct asked *asked_add(struct asked_list *list, const struct statement *statement,
                        const struct value *values);

/* NULL: it was not asked for, or was taken. */
struct asked *asked_find(struct asked_list *list, const struct statement *statement,
                         const struct value *values);

/* The rows are the caller's. */
PGresult *asked_take(struct asked *asked);

/* At the end of a transaction. */
void asked_forget(struct asked_list *list);
void asked_free(struct asked_list *list);

#endif
