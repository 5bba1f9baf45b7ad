#include "store/walk.h"

#include "base/must.h"

enum { WALK_BATCH = 200 };

struct id_row {
    struct id id;
};
static const struct field id_fields[] = {FIELD(struct id_row, id, ID)};
static const struct shape id_shape = SHAPE("id", struct id_row, id_fields);

/* Ids of zeros are before all others, and not null here. */
static struct value id_value(const struct id *id)
{
    return (struct value){.kind = VALUE_ID, .bytes = id->bytes, .size = sizeof id->bytes};
}

static enum error walk(struct store *store, const struct shape *table, const struct shape *columns,
                       struct id *after, struct list *rows, struct fault *fault)
{
    const char *name = arena_format(store->arena, "walk_%s", table->name);
    const char *sql = arena_format(store->arena,
                                   "SELECT %s FROM %s WHERE company = :company AND id > :after"
                                   " ORDER BY id LIMIT :limit",
                                   table_columns(columns, store->arena), table->name);
    enum error error =
        store_list(store, tables_statement(store->tables, name, sql),
                   PARAMS({"after", id_value(after)}, {"limit", value_integer(WALK_BATCH)}),
                   columns, rows, fault);
    if (error || rows->count == 0)
        return error;
    const struct field *id = shape_field(columns, "id", NULL);
    const char *last = (const char *)rows->rows + (rows->count - 1) * columns->size;
    *after = *(const struct id *)field_of(id, last);
    return OK;
}

enum error store_walk(struct store *store, const struct shape *shape, struct id *after,
                      struct list *rows, struct fault *fault)
{
    return walk(store, shape, shape, after, rows, fault);
}

enum error store_walk_ids(struct store *store, const struct shape *shape, struct id *after,
                          struct list *ids, struct fault *fault)
{
    return walk(store, shape, &id_shape, after, ids, fault);
}

enum error store_walk_owned(struct store *store, const struct shape *shape, struct id first,
                            struct id last, struct list *rows, struct fault *fault)
{
    const char *owner = shape->fields[0].name;
    const char *name = arena_format(store->arena, "walk_%s", shape->name);
    const char *sql =
        arena_format(store->arena,
                     "SELECT %s FROM %s WHERE company = :company"
                     " AND %s >= :first AND %s <= :last ORDER BY %s, number",
                     table_columns(shape, store->arena), shape->name, owner, owner, owner);
    must(shape->fields[0].kind == FIELD_ID);
    return store_list(store, tables_statement(store->tables, name, sql),
                      PARAMS({"first", id_value(&first)}, {"last", id_value(&last)}), shape, rows,
                      fault);
}

enum error store_count_rows(struct store *store, const struct shape *shape, int64_t *count,
                            struct fault *fault)
{
    const char *name = arena_format(store->arena, "count_%s", shape->name);
    const char *sql =
        arena_format(store->arena, "SELECT count(*) FROM %s WHERE company = :company", shape->name);
    return store_count(store, tables_statement(store->tables, name, sql), NO_PARAMS, count, fault);
}
