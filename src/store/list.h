/* Lists by pages: filters, sorting and cursors over one table, described by a table of their own.
 *
 * A page is asked for by a struct whose shape has some of these FROM_QUERY fields: cursor, limit
 * and sort, and any further ones are filters: one of the same name as a column keeps rows equal
 * to it, others are named with their condition in the listing. */
#ifndef WAYMARK_STORE_LIST_H
#define WAYMARK_STORE_LIST_H

#include "store/store.h"

/* A filter that is not "column = :column": {"due_before", "due_day < :due_before"}. */
struct list_filter {
    const char *name;
    const char *condition;
};

struct listing {
    const struct shape *shape;
    const char *const *sorts; /* columns that are never null; "id", the order of making, always
                                 works. NULL-terminated, or NULL */
    const struct list_filter *filters; /* ends with a NULL name, or NULL */
};

/* The members that every page query shares. */
struct page_query {
    const char *cursor; /* from the page before, or NULL */
    int64_t limit;
    const char *sort; /* "due_day", "-due_day" for falling; NULL is "id" */
};

struct page {
    struct list items;
    const char *next_cursor; /* NULL after the last page */
};

/* The fields of a page query, to be put first in the table of a shape whose struct is type and
 * has a member page of struct page_query. */
#define PAGE_QUERY_FIELDS(type)                                                                    \
    {.name = "cursor",                                                                             \
     .kind = FIELD_TEXT,                                                                           \
     .offset = offsetof(type, page.cursor),                                                        \
     .flags = FROM_QUERY,                                                                          \
     .limit = 400},                                                                                \
        {.name = "limit",                                                                          \
         .kind = FIELD_INTEGER,                                                                    \
         .offset = offsetof(type, page.limit),                                                     \
         .flags = FROM_QUERY,                                                                      \
         .initial = PAGE_DEFAULT,                                                                  \
         .minimum = 1,                                                                             \
         .maximum = PAGE_LIMIT},                                                                   \
    {                                                                                              \
        .name = "sort", .kind = FIELD_TEXT, .offset = offsetof(type, page.sort),                   \
        .flags = FROM_QUERY, .limit = 40                                                           \
    }

/* The shape of a page of rows of row_shape. */
#define PAGE_SHAPE(label, row_shape)                                                               \
    SHAPE(label, struct page,                                                                      \
          ((const struct field[]){                                                                 \
              FIELD(struct page, items, LIST, .limit = PAGE_LIMIT, .shape = &(row_shape)),         \
              FIELD(struct page, next_cursor, TEXT)}))

/* The page of the listing that query (a struct of query_shape whose first member is a struct
 * page_query named page) asks for, of what the viewer may see. ERROR_INVALID for a sort that is
 * not offered or a cursor that no page of the same sort gave. */
enum error store_page(struct store *store, const struct listing *listing,
                      const struct shape *query_shape, const void *query, struct page *page,
                      struct fault *fault) WARN_UNUSED;

#endif
