/* Rows <-> structs. Reads and writes any struct that has a shape (base/shape.h); the SQL for one
 * row of one table is built from the shape, every other SQL text stands in a .sql file beside the
 * .c that runs it.
 *
 * A store is one transaction's view, or one read's. It carries the company and the viewer, which
 * every statement may name as :company, :viewer_is_agency and :viewer_client, so that no caller
 * can forget whose data it is: loads and lists by shape add the viewer's condition on their own.
 *
 * Errors of all functions, besides those named: what db/db.h names. */
#ifndef WAYMARK_STORE_STORE_H
#define WAYMARK_STORE_STORE_H

#include "base/shape.h"
#include "db/db.h"
#include "db/writer.h"
#include "store/tables.h"

/* Whose eyes read. The agency's staff see their whole company; a client's contact sees what is
 * its client's and has been shown. */
struct viewer {
    bool is_agency;
    struct id client_id; /* when it is not the agency */
};

struct plan_cache;

struct store {
    struct tables *tables;
    struct plan_cache *plans; /* NULL: plans are always read */
    struct db_session *session;
    struct write_group *group; /* NULL: this store only reads */
    struct arena *arena;       /* what is read lives here */
    int64_t company;
    struct viewer viewer;
    bool is_asking; /* see store_asking */
};

/* A copy of the store whose reads fail with ERROR_RETRY where the rows are not there yet, and ask
 * for them ahead (db_ask): what several requests run with it first, and in a moment with the store
 * itself, waits for one round trip instead of one for each read. False where that saves nothing. */
bool store_asking(const struct store *store, struct store *asking) WARN_UNUSED;

/* A named value for a statement: {"milestone_id", value_id(&id)}. */
struct param {
    const char *name;
    struct value value;
};

#define PARAMS(...)                                                                                \
    (const struct param[]){__VA_ARGS__},                                                           \
        sizeof((const struct param[]){__VA_ARGS__}) / sizeof(struct param)
#define NO_PARAMS NULL, 0

/* A member as a value; JSON ones are written into the arena. */
struct value store_member_value(struct store *store, const struct shape *shape,
                                const struct field *field, const void *row);

/* ---- one row by its shape ------------------------------------------------------------------ */

/* Inserts the row with version 1 where it has one. */
enum error store_insert(struct store *store, const struct shape *shape, void *row,
                        struct fault *fault) WARN_UNUSED;

/* Writes all columns of the row but the FIXED ones, if its version is still the stored one, and
 * counts it up in both. ERROR_INTERNAL if it is not: the row was loaded in this same transaction.
 */
enum error store_save(struct store *store, const struct shape *shape, void *row,
                      struct fault *fault) WARN_UNUSED;

/* ERROR_NOT_FOUND, naming the shape, if there is none that the viewer may see. */
enum error store_load(struct store *store, const struct shape *shape, struct id id, void *row,
                      struct fault *fault) WARN_UNUSED;

/* ---- statements from .sql files ------------------------------------------------------------ */

/* Parameters are found by name: company and viewer, then params, then the members of row (row may
 * be NULL with a NULL shape). A name that none of them has is impossible. */
enum error store_change(struct store *store, const struct statement *statement,
                        const struct param *params, size_t param_count, const struct shape *shape,
                        const void *row, int64_t expected, struct fault *fault) WARN_UNUSED;

/* The first row, or *found false. Columns fill the members of the same name; members without a
 * column are none. */
enum error store_find(struct store *store, const struct statement *statement,
                      const struct param *params, size_t param_count, const struct shape *shape,
                      void *row, bool *found, struct fault *fault) WARN_UNUSED;

/* The first row of a statement that has rows of several tables side by side, or *found false: a
 * part begins at each column named "company", which no shape has. */
struct row_part {
    const struct shape *shape;
    void *row;
};
enum error store_find_parts(struct store *store, const struct statement *statement,
                            const struct param *params, size_t param_count,
                            const struct row_part *parts, size_t part_count, bool *found,
                            struct fault *fault) WARN_UNUSED;

/* All rows, at most LIST_READ_LIMIT. */
enum { LIST_READ_LIMIT = 100000 };
enum error store_list(struct store *store, const struct statement *statement,
                      const struct param *params, size_t param_count, const struct shape *shape,
                      struct list *list, struct fault *fault) WARN_UNUSED;

/* The first rows, until they take so many bytes: the one that goes past it is the last. *is_cut
 * tells whether there may be more. */
enum error store_list_some(struct store *store, const struct statement *statement,
                           const struct param *params, size_t param_count,
                           const struct shape *shape, size_t most_bytes, struct list *list,
                           bool *is_cut, struct fault *fault) WARN_UNUSED;

/* One integer; 0 when there is no row or it is null. */
enum error store_count(struct store *store, const struct statement *statement,
                       const struct param *params, size_t param_count, int64_t *count,
                       struct fault *fault) WARN_UNUSED;

/* One value of bytes, copied into the arena; none when there is no row or it is null. */
enum error store_bytes(struct store *store, const struct statement *statement,
                       const struct param *params, size_t param_count, struct bytes *bytes,
                       struct fault *fault) WARN_UNUSED;

#endif
