/* Tables: columns as wide as their content, one of them taking the rest; a header that repeats. */
#ifndef WAYMARK_DOCUMENT_TABLE_H
#define WAYMARK_DOCUMENT_TABLE_H

#include <stdbool.h>

#include "document/flow.h"

struct column {
    enum word heading; /* a table without any has no header */
    enum align align;
    bool takes_rest; /* exactly one of a table; the others are as wide as what they hold */
};

struct table;

/* The columns stay the caller's until table_end. */
struct table *table_new(struct flow *flow, const struct column *columns, int column_count);

/* Begins a row; what follows goes into it. */
void table_row(struct table *table);

/* Puts text below what the row's cell in that column has; nothing for NULL and "". */
void table_text(struct table *table, int column, enum style style, const char *text);
void table_item(struct table *table, int column, enum style style, const char *text);
void table_space(struct table *table, int column, int height);

/* Lets the table flow. If it keeps with the next, the last row waits for what follows (totals), and
 * the caller ends the table by flow_end_table. */
void table_end(struct table *table, bool keeps_with_next);

#endif
