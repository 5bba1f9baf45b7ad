/* What a database must be able to do; sqlite.c and postgres.c each fill one table. The meaning of
 * each method is that of its db_ namesake in db/db.h. Only src/db/ includes this. */
#ifndef WAYMARK_DB_BACKEND_H
#define WAYMARK_DB_BACKEND_H

#include "db/db.h"

struct db_backend {
    int lane_count; /* writers worth having */
    enum error (*open)(const char *url, enum db_mode mode, int lane, struct db_session **session,
                       struct fault *fault);
    void (*close)(struct db_session *session);
    enum error (*begin)(struct db_session *session, struct fault *fault);
    enum error (*commit)(struct db_session *session, struct fault *fault);
    void (*rollback)(struct db_session *session);
    enum error (*change)(struct db_session *session, const struct statement *statement,
                         const struct value *values, size_t value_count, int64_t expected,
                         struct fault *fault);
    enum error (*select)(struct db_session *session, const struct statement *statement,
                         const struct value *values, size_t value_count, struct db_rows **rows,
                         struct fault *fault);
    bool (*ask)(struct db_session *session, const struct statement *statement,
                const struct value *values); /* NULL: that would save nothing */
    enum error (*await_asked)(struct db_session *session, struct fault *fault);
    enum error (*next)(struct db_rows *rows, bool *more, struct fault *fault);
    size_t (*column_count)(const struct db_rows *rows);
    const char *(*column_name)(const struct db_rows *rows, size_t column);
    struct value (*value)(const struct db_rows *rows, size_t column, enum value_kind kind);
    void (*end)(struct db_rows *rows);
    enum error (*script)(struct db_session *session, const char *sql, struct fault *fault);
    enum error (*check)(struct db_session *session, const struct statement *statement,
                        struct fault *fault);
    const char *(*schema_text)(const struct db_session *session, const char *sql,
                               struct arena *arena);
    enum error (*settle_plans)(struct db_session *session, struct fault *fault);
    void (*idle)(struct db_session *session, bool force);
    int64_t (*size_bytes)(struct db_session *session);
    enum error (*backup)(struct db_session *session, const char *path,
                         void (*progress)(void *context, int64_t done, int64_t total),
                         void *context, struct fault *fault);
};

/* Each backend's session and rows begin with these, so that db.c finds the table. */
struct db_session {
    const struct db_backend *backend;
    enum db_mode mode;
    unsigned connection; /* counted by the backend */
    bool failed; /* kept by db.c: a statement of this transaction failed, only rollback is left */
};

struct db_rows {
    struct db_session *session;
};

extern const struct db_backend sqlite_backend;
extern const struct db_backend postgres_backend;

#endif
