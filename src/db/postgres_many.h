/* One statement for what the same SELECT would answer to several rows of values: each parameter is
 * an array, and the number of the row of values, counted from 1, stands behind the columns.
 *
 * Starting a statement costs PostgreSQL more than reading a few rows by their keys does. Only
 * postgres_link.c and postgres_asked.c include this. */
#ifndef WAYMARK_DB_POSTGRES_MANY_H
#define WAYMARK_DB_POSTGRES_MANY_H

#include "base/text.h"
#include "db/postgres_asked.h"

/* The statement's text, to be freed. NULL: it cannot be put so. */
char *many_sql(const struct statement *statement);

/* The type of the array, by its number in every PostgreSQL. */
Oid many_type(enum value_kind kind);

/* Appends the array of one parameter of all that are sent together with first, in PostgreSQL's
 * binary format. */
void many_put_array(struct text_buffer *out, const struct asked *first, size_t parameter);

/* The part of the result that answers to the row of values with this number; *row moves behind it.
 */
struct result_part many_take(const struct result_part *whole, int *row, int64_t number);

#endif
