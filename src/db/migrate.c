#include "db/migrate.h"

#include <string.h>

#include "base/must.h"

static const char version_table[] = "CREATE TABLE IF NOT EXISTS schema_version (\n"
                                    "    number INTEGER NOT NULL PRIMARY KEY,\n"
                                    "    name TEXT NOT NULL,\n"
                                    "    sha256 TEXT NOT NULL,\n"
                                    "    applied_at INTEGER NOT NULL\n"
                                    ");";

static const struct statement list_versions = {
    .name = "schema_version_list",
    .sql = "SELECT number, name, sha256 FROM schema_version ORDER BY number",
};

static const struct statement insert_version = {
    .name = "schema_version_insert",
    .sql = "INSERT INTO schema_version (number, name, sha256, applied_at) VALUES ($1, $2, $3, $4)",
    .parameters = (const char *const[]){"number", "name", "sha256", "applied_at"},
    .parameter_count = 4,
};

static bool is_same(struct value text, const char *other)
{
    return text.size == strlen(other) && memcmp(text.bytes, other, text.size) == 0;
}

/* Holds the present row, the one at index, against the program's step. */
static enum error check_version(const struct db_rows *rows, const struct schema_step *steps,
                                size_t count, size_t index, struct fault *fault)
{
    int64_t number = db_rows_value(rows, 0, VALUE_INTEGER).integer;
    if (number > (int64_t)count)
        return refuse(fault, ERROR_WRONG_STATE, "schema",
                      "the database has step %lld and is newer than this program, which knows %zu",
                      (long long)number, count);
    const struct schema_step *step = &steps[index];
    if (number != step->number || !is_same(db_rows_value(rows, 1, VALUE_TEXT), step->name) ||
        !is_same(db_rows_value(rows, 2, VALUE_TEXT), step->sha256))
        return refuse(fault, ERROR_WRONG_STATE, "schema",
                      "step %d, %s, is not the one that was applied to this database", step->number,
                      step->name);
    return OK;
}

static enum error check_rows(struct db_rows *rows, const struct schema_step *steps, size_t count,
                             size_t *applied, struct fault *fault)
{
    for (*applied = 0;; ++*applied) {
        bool more;
        enum error error = db_rows_next(rows, &more, fault);
        if (error || !more)
            return error;
        error = check_version(rows, steps, count, *applied, fault);
        if (error)
            return error;
    }
}

/* Inside a transaction. */
static enum error count_applied(struct db_session *session, const struct schema_step *steps,
                                size_t count, size_t *applied, struct fault *fault)
{
    struct db_rows *rows;
    enum error error = db_select(session, &list_versions, NULL, 0, &rows, fault);
    if (error)
        return error;
    error = check_rows(rows, steps, count, applied, fault);
    db_rows_end(rows);
    return error;
}

static void check_order(const struct schema_step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        must(steps[i].number == (int)i + 1);
}

enum error migrate_pending(struct db_session *session, const struct schema_step *steps,
                           size_t count, size_t *pending, struct fault *fault)
{
    check_order(steps, count);
    /* A statement that is not taken means that there is no such table: a new database. */
    enum error error = db_check(session, &list_versions, fault);
    if (error == ERROR_INTERNAL) {
        *pending = count;
        return OK;
    }
    if (!error)
        error = db_begin(session, fault);
    if (error)
        return error;
    size_t applied = 0;
    error = count_applied(session, steps, count, &applied, fault);
    db_rollback(session);
    *pending = count - applied;
    return error;
}

static enum error record_step(struct db_session *session, const struct schema_step *step,
                              int64_t now_ms, struct fault *fault)
{
    const struct value values[] = {value_integer(step->number), value_text(step->name),
                                   value_text(step->sha256), value_integer(now_ms)};
    return db_change(session, &insert_version, values, 4, 1, fault);
}

static enum error apply_step(struct db_session *session, const struct schema_step *step,
                             int64_t now_ms, struct fault *fault)
{
    struct arena *arena = arena_new();
    enum error error = db_begin(session, fault);
    if (!error) {
        error = db_script(session, db_schema_text(session, step->sql, arena), fault);
        if (!error)
            error = record_step(session, step, now_ms, fault);
        if (error)
            db_rollback(session);
        else
            error = db_commit(session, fault);
    }
    arena_free(arena);
    return error;
}

static enum error create_version_table(struct db_session *session, struct fault *fault)
{
    struct arena *arena = arena_new();
    enum error error = db_begin(session, fault);
    if (!error) {
        error = db_script(session, db_schema_text(session, version_table, arena), fault);
        if (error)
            db_rollback(session);
        else
            error = db_commit(session, fault);
    }
    arena_free(arena);
    return error;
}

enum error migrate(struct db_session *session, const struct schema_step *steps, size_t count,
                   int64_t now_ms, size_t *applied, struct fault *fault)
{
    *applied = 0;
    enum error error = create_version_table(session, fault);
    size_t pending = 0;
    if (!error)
        error = migrate_pending(session, steps, count, &pending, fault);
    for (size_t i = count - pending; i < count && !error; i++) {
        error = apply_step(session, &steps[i], now_ms, fault);
        if (!error)
            ++*applied;
    }
    return error ? error : db_settle_plans(session, fault);
}
