/* What was asked for ahead on one connection (db_ask): the rows of each SELECT, once they are
 * there, by its statement and its values. Only postgres_link.c includes this. */
#ifndef WAYMARK_DB_POSTGRES_ASKED_H
#define WAYMARK_DB_POSTGRES_ASKED_H

#include <libpq-fe.h>

#include "base/arena.h"
#include "db/db.h"

enum { ASKED_LIMIT = 256 }; /* what is asked beyond it is asked when it is wanted */

/* Rows of a result: from row up to before end. The columns behind column_count are not a reader's.
 */
struct result_part {
    PGresult *result;
    int row;
    int end;
    int column_count;
};

struct asked {
    const struct statement *statement;
    const struct value *values;
    struct asked *next;      /* was sent together with it (postgres_many.h) */
    bool is_sent;            /* with one before it, or by itself */
    struct result_part rows; /* no result: on their way */
};

/* Starts all zero. */
struct asked_list {
    struct asked all[ASKED_LIMIT];
    size_t count;
    size_t sent;                    /* all before it are */
    PGresult *results[ASKED_LIMIT]; /* what the parts are of */
    size_t result_count;
    struct arena *arena; /* the values, and what is made of them to be sent */
};

/* Stays where it is until asked_forget. NULL: the list is full. */
struct asked *asked_add(struct asked_list *list, const struct statement *statement,
                        const struct value *values);

/* NULL: it was not asked for. */
struct asked *asked_find(struct asked_list *list, const struct statement *statement,
                         const struct value *values);

/* Gives each of those that were sent together with first its rows; the result is the list's from
 * now on. */
void asked_arrived(struct asked_list *list, struct asked *first, PGresult *result);

/* At the end of a transaction. */
void asked_forget(struct asked_list *list);
void asked_free(struct asked_list *list);

#endif
