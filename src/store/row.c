#include <string.h>

#include "base/day.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/must.h"
#include "store/store.h"

enum { VALUES_MAX = 96 };

/* ---- struct to values ---------------------------------------------------------------------- */

static const enum value_kind value_kinds[] = {
    [FIELD_ID] = VALUE_ID,           [FIELD_TEXT] = VALUE_TEXT,   [FIELD_INTEGER] = VALUE_INTEGER,
    [FIELD_BOOLEAN] = VALUE_INTEGER, [FIELD_DAY] = VALUE_INTEGER, [FIELD_MOMENT] = VALUE_INTEGER,
    [FIELD_MONEY] = VALUE_INTEGER,   [FIELD_CHOICE] = VALUE_TEXT, [FIELD_HASH] = VALUE_BYTES,
    [FIELD_BYTES] = VALUE_BYTES,     [FIELD_TEXTS] = VALUE_TEXT,  [FIELD_OBJECT] = VALUE_TEXT,
    [FIELD_LIST] = VALUE_TEXT,
};

static struct value json_value(struct store *store, const struct shape *shape,
                               const struct field *field, const void *row)
{
    struct text_buffer text = text_buffer_in(store->arena);
    json_write_member(&text, shape, field, row, JSON_FOR_AGENCY);
    return value_text(text.bytes);
}

struct value store_member_value(struct store *store, const struct shape *shape,
                                const struct field *field, const void *row)
{
    const void *at = field_of(field, row);
    if (field_is_none(field, row))
        return value_null(value_kinds[field->kind]);
    switch (field->kind) {
    case FIELD_ID:
        return value_id(at);
    case FIELD_TEXT:
        return value_text(*(const char *const *)at);
    case FIELD_INTEGER:
    case FIELD_MOMENT:
    case FIELD_MONEY:
        return value_integer(*(const int64_t *)at);
    case FIELD_BOOLEAN:
        return value_integer(*(const bool *)at);
    case FIELD_DAY:
        return value_integer(*(const int32_t *)at);
    case FIELD_CHOICE:
        return value_text(choice_name(field->choices, *(const int *)at));
    case FIELD_HASH:
        return value_bytes(at, sizeof(struct hash));
    case FIELD_BYTES:
        return value_bytes(((const struct bytes *)at)->bytes, ((const struct bytes *)at)->size);
    case FIELD_TEXTS:
    case FIELD_OBJECT:
    case FIELD_LIST:
        return json_value(store, shape, field, row);
    }
    must_fail(__FILE__, __LINE__, "unknown field kind");
}

static bool store_value(const struct store *store, const char *name, struct value *value)
{
    if (strcmp(name, "company") == 0)
        *value = value_integer(store->company);
    else if (strcmp(name, "viewer_is_agency") == 0)
        *value = value_integer(store->viewer.is_agency);
    else if (strcmp(name, "viewer_client") == 0)
        *value = value_id(&store->viewer.client_id);
    else
        return false;
    return true;
}

static bool param_value(const struct param *params, size_t count, const char *name,
                        struct value *value)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(params[i].name, name) == 0) {
            *value = params[i].value;
            return true;
        }
    }
    return false;
}

static void bind(struct store *store, const struct statement *statement, const struct param *params,
                 size_t param_count, const struct shape *shape, const void *row,
                 struct value values[])
{
    size_t hint = 0;
    must(statement->parameter_count <= VALUES_MAX);
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const char *name = statement->parameters[i];
        if (store_value(store, name, &values[i]) ||
            param_value(params, param_count, name, &values[i]))
            continue;
        const struct field *field = shape ? shape_field(shape, name, &hint) : NULL;
        must(field);
        values[i] = store_member_value(store, shape, field, row);
    }
}

/* ---- values to struct ---------------------------------------------------------------------- */

static enum error read_json_member(struct store *store, const struct shape *shape,
                                   const struct field *field, const struct value *value, void *row,
                                   struct fault *fault)
{
    if (json_read_member(store->arena, shape, field, value->bytes, value->size, row, fault) == OK)
        return OK;
    return refuse(fault, ERROR_INTERNAL, field->name, "the stored %s of a %s cannot be read",
                  field->name, shape->name);
}

static enum error read_choice(const struct shape *shape, const struct field *field,
                              const char *name, void *at, struct fault *fault)
{
    *(int *)at = choice_value(field->choices, name);
    if (*(int *)at != 0)
        return OK;
    return refuse(fault, ERROR_INTERNAL, field->name, "the stored %s of a %s is \"%.40s\"",
                  field->name, shape->name, name);
}

static enum error read_member(struct store *store, const struct shape *shape,
                              const struct field *field, const struct value *value, void *row,
                              struct fault *fault)
{
    struct arena *arena = store->arena;
    void *at = field_at(field, row);
    switch (field->kind) {
    case FIELD_ID:
    case FIELD_HASH:
        if (value->size != (field->kind == FIELD_ID ? sizeof(struct id) : sizeof(struct hash)))
            return refuse(fault, ERROR_INTERNAL, field->name, "the stored %s of a %s is %zu bytes",
                          field->name, shape->name, value->size);
        memcpy(at, value->bytes, value->size);
        return OK;
    case FIELD_TEXT:
        *(const char **)at = arena_text_n(arena, value->bytes, value->size);
        return OK;
    case FIELD_INTEGER:
    case FIELD_MOMENT:
    case FIELD_MONEY:
        *(int64_t *)at = value->integer;
        return OK;
    case FIELD_BOOLEAN:
        *(bool *)at = value->integer != 0;
        return OK;
    case FIELD_DAY:
        *(int32_t *)at = (int32_t)value->integer;
        return OK;
    case FIELD_CHOICE:
        return read_choice(shape, field, arena_text_n(arena, value->bytes, value->size), at, fault);
    case FIELD_BYTES:
        *(struct bytes *)at =
            (struct bytes){arena_copy(arena, value->bytes, value->size), value->size};
        return OK;
    case FIELD_TEXTS:
    case FIELD_OBJECT:
    case FIELD_LIST:
        return read_json_member(store, shape, field, value, row, fault);
    }
    must_fail(__FILE__, __LINE__, "unknown field kind");
}

/* Columns from first to before end. */
struct span {
    size_t first;
    size_t end;
};

/* Members of the same row come before those in JSON, which may need its currency. */
static enum error read_columns(struct store *store, const struct db_rows *rows, struct span span,
                               const struct shape *shape, bool in_json, void *row,
                               struct fault *fault)
{
    size_t hint = 0;
    for (size_t column = span.first; column < span.end; column++) {
        const struct field *field = shape_field(shape, db_rows_column_name(rows, column), &hint);
        must(field);
        if ((field->kind == FIELD_TEXTS || field->kind == FIELD_OBJECT ||
             field->kind == FIELD_LIST) != in_json)
            continue;
        struct value value = db_rows_value(rows, column, value_kinds[field->kind]);
        if (value.is_null)
            continue;
        enum error error = read_member(store, shape, field, &value, row, fault);
        if (error)
            return error;
    }
    return OK;
}

static enum error read_span(struct store *store, const struct db_rows *rows, struct span span,
                            const struct shape *shape, void *row, struct fault *fault)
{
    memset(row, 0, shape->size);
    shape_clear(shape, row);
    enum error error = read_columns(store, rows, span, shape, false, row, fault);
    if (!error)
        error = read_columns(store, rows, span, shape, true, row, fault);
    return error;
}

static enum error read_row(struct store *store, const struct db_rows *rows,
                           const struct shape *shape, void *row, struct fault *fault)
{
    return read_span(store, rows, (struct span){0, db_rows_column_count(rows)}, shape, row, fault);
}

/* The columns of the part that begins after the span, but for its first. */
static struct span next_span(const struct db_rows *rows, struct span span)
{
    size_t count = db_rows_column_count(rows);
    must(span.end < count && strcmp(db_rows_column_name(rows, span.end), "company") == 0);
    span.first = ++span.end;
    while (span.end < count && strcmp(db_rows_column_name(rows, span.end), "company") != 0)
        span.end++;
    return span;
}

static enum error read_parts(struct store *store, const struct db_rows *rows,
                             const struct row_part *parts, size_t part_count, struct fault *fault)
{
    struct span span = {0, 0};
    enum error error = OK;
    for (size_t i = 0; !error && i < part_count; i++) {
        span = next_span(rows, span);
        error = read_span(store, rows, span, parts[i].shape, parts[i].row, fault);
    }
    must(error || span.end == db_rows_column_count(rows));
    return error;
}

/* ---- statements ---------------------------------------------------------------------------- */

enum error store_change(struct store *store, const struct statement *statement,
                        const struct param *params, size_t param_count, const struct shape *shape,
                        const void *row, int64_t expected, struct fault *fault)
{
    struct value values[VALUES_MAX];
    must(store->group);
    store->group->changed = true;
    bind(store, statement, params, param_count, shape, row, values);
    return db_change(store->session, statement, values, statement->parameter_count, expected,
                     fault);
}

bool store_asking(const struct store *store, struct store *asking)
{
    *asking = *store;
    asking->is_asking = !store->group && db_can_ask(store->session);
    return asking->is_asking;
}

/* Asks for the rows if they are not there. */
static bool is_there(struct store *store, const struct statement *statement,
                     const struct value *values)
{
    return db_can_ask(store->session) &&
           db_ask(store->session, statement, values, statement->parameter_count);
}

static enum error start(struct store *store, const struct statement *statement,
                        const struct param *params, size_t param_count, struct db_rows **rows,
                        struct fault *fault)
{
    struct value values[VALUES_MAX];
    bind(store, statement, params, param_count, NULL, NULL, values);
    *rows = NULL;
    if (store->is_asking && !is_there(store, statement, values))
        return refuse(fault, ERROR_RETRY, NULL, "these rows are on their way");
    return db_select(store->session, statement, values, statement->parameter_count, rows, fault);
}

enum error store_find(struct store *store, const struct statement *statement,
                      const struct param *params, size_t param_count, const struct shape *shape,
                      void *row, bool *found, struct fault *fault)
{
    struct db_rows *rows;
    *found = false;
    enum error error = start(store, statement, params, param_count, &rows, fault);
    if (error)
        return error;
    error = db_rows_next(rows, found, fault);
    if (!error && *found)
        error = read_row(store, rows, shape, row, fault);
    db_rows_end(rows);
    return error;
}

enum error store_find_parts(struct store *store, const struct statement *statement,
                            const struct param *params, size_t param_count,
                            const struct row_part *parts, size_t part_count, bool *found,
                            struct fault *fault)
{
    struct db_rows *rows;
    *found = false;
    enum error error = start(store, statement, params, param_count, &rows, fault);
    if (error)
        return error;
    error = db_rows_next(rows, found, fault);
    if (!error && *found)
        error = read_parts(store, rows, parts, part_count, fault);
    db_rows_end(rows);
    return error;
}

/* Doubles the room of a list whose rows live in the arena. */
static void list_grow(struct store *store, const struct shape *shape, struct list *list,
                      size_t *room)
{
    size_t larger = *room ? *room * 2 : 16;
    void *rows = arena_array(store->arena, larger, shape->size);
    if (list->count > 0)
        memcpy(rows, list->rows, list->count * shape->size);
    list->rows = rows;
    *room = larger;
}

static enum error read_list(struct store *store, struct db_rows *rows, const struct shape *shape,
                            size_t most_bytes, struct list *list, bool *is_cut, struct fault *fault)
{
    size_t room = 0, before = arena_used(store->arena);
    bool more = true;
    enum error error = OK;
    *is_cut = false;
    while (!*is_cut && !(error = db_rows_next(rows, &more, fault)) && more) {
        if (list->count == LIST_READ_LIMIT)
            return refuse(fault, ERROR_TOO_LARGE, NULL, "more than %d rows", LIST_READ_LIMIT);
        if (list->count == room)
            list_grow(store, shape, list, &room);
        error = read_row(store, rows, shape, (char *)list->rows + list->count * shape->size, fault);
        if (error)
            break;
        list->count++;
        *is_cut = arena_used(store->arena) - before > most_bytes;
    }
    return error;
}

enum error store_list_some(struct store *store, const struct statement *statement,
                           const struct param *params, size_t param_count,
                           const struct shape *shape, size_t most_bytes, struct list *list,
                           bool *is_cut, struct fault *fault)
{
    struct db_rows *rows;
    *list = (struct list){0};
    enum error error = start(store, statement, params, param_count, &rows, fault);
    if (error)
        return error;
    error = read_list(store, rows, shape, most_bytes, list, is_cut, fault);
    db_rows_end(rows);
    return error;
}

enum error store_list(struct store *store, const struct statement *statement,
                      const struct param *params, size_t param_count, const struct shape *shape,
                      struct list *list, struct fault *fault)
{
    bool is_cut;
    return store_list_some(store, statement, params, param_count, shape, SIZE_MAX, list, &is_cut,
                           fault);
}

enum error store_bytes(struct store *store, const struct statement *statement,
                       const struct param *params, size_t param_count, struct bytes *bytes,
                       struct fault *fault)
{
    struct db_rows *rows;
    bool found;
    *bytes = (struct bytes){0};
    enum error error = start(store, statement, params, param_count, &rows, fault);
    if (error)
        return error;
    error = db_rows_next(rows, &found, fault);
    if (!error && found) {
        struct value value = db_rows_value(rows, 0, VALUE_BYTES);
        if (!value.is_null)
            *bytes = (struct bytes){arena_copy(store->arena, value.bytes, value.size), value.size};
    }
    db_rows_end(rows);
    return error;
}

enum error store_count(struct store *store, const struct statement *statement,
                       const struct param *params, size_t param_count, int64_t *count,
                       struct fault *fault)
{
    struct db_rows *rows;
    bool found;
    *count = 0;
    enum error error = start(store, statement, params, param_count, &rows, fault);
    if (error)
        return error;
    error = db_rows_next(rows, &found, fault);
    if (!error && found) {
        struct value value = db_rows_value(rows, 0, VALUE_INTEGER);
        *count = value.is_null ? 0 : value.integer;
    }
    db_rows_end(rows);
    return error;
}

/* ---- one row by its shape ------------------------------------------------------------------ */

static int64_t *version_of(const struct shape *shape, void *row)
{
    const struct field *field = shape_field(shape, "version", NULL);
    return field ? field_at(field, row) : NULL;
}

enum error store_insert(struct store *store, const struct shape *shape, void *row,
                        struct fault *fault)
{
    int64_t *version = version_of(shape, row);
    if (version)
        *version = 1;
    return store_change(store, tables_verb(store->tables, shape, TABLE_INSERT), NO_PARAMS, shape,
                        row, 1, fault);
}

enum error store_save(struct store *store, const struct shape *shape, void *row,
                      struct fault *fault)
{
    int64_t *version = version_of(shape, row);
    must(version && *version > 0);
    int64_t stored_version = (*version)++;
    return store_change(store, tables_verb(store->tables, shape, TABLE_SAVE),
                        PARAMS({"stored_version", value_integer(stored_version)}), shape, row, 1,
                        fault);
}

enum error store_load(struct store *store, const struct shape *shape, struct id id, void *row,
                      struct fault *fault)
{
    bool found;
    enum table_verb verb = store->viewer.is_agency ? TABLE_LOAD : TABLE_LOAD_AS_CLIENT;
    enum error error = store_find(store, tables_verb(store->tables, shape, verb),
                                  PARAMS({"id", value_id(&id)}), shape, row, &found, fault);
    if (!error && !found)
        return refuse(fault, ERROR_NOT_FOUND, NULL, "there is no such %s", shape->name);
    return error;
}
