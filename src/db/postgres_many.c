#include "db/postgres_many.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "db/postgres_type.h"

/* Of the arrays and of their elements. */
static const struct {
    Oid array;
    Oid element;
} types[] = {
    [VALUE_INTEGER] = {OID_INT8_ARRAY, OID_INT8},
    [VALUE_TEXT] = {OID_TEXT_ARRAY, OID_TEXT},
    [VALUE_BYTES] = {OID_BYTEA_ARRAY, OID_BYTEA},
    [VALUE_ID] = {OID_UUID_ARRAY, OID_UUID},
};

Oid many_type(enum value_kind kind)
{
    return types[kind].array;
}

/* ---- the text ------------------------------------------------------------------------------ */

/* $2 becomes v.p2. A '$' stands nowhere else: our statements have none in their strings. */
static void put_body(FILE *out, const char *sql)
{
    for (; *sql; sql++) {
        if (*sql == '$')
            fputs("v.p", out);
        else
            fputc(*sql, out);
    }
}

/* A parameter inside of a SELECT of its own hides its value from the planner, which would plan anew
 * for each number of rows. OFFSET 0 has the statement planned as it is, so that it runs for each
 * row of values in their order. */
static void put_many(FILE *out, const struct statement *statement)
{
    size_t count = statement->parameter_count;
    fputs("SELECT q.*, v.n FROM unnest(", out);
    for (size_t i = 1; i <= count; i++)
        fprintf(out, "%s(SELECT $%zu)", i > 1 ? ", " : "", i);
    fputs(") WITH ORDINALITY AS v(", out);
    for (size_t i = 1; i <= count; i++)
        fprintf(out, "p%zu, ", i);
    fputs("n), LATERAL (", out);
    put_body(out, statement->sql);
    fputs(" OFFSET 0) AS q", out);
}

/* A limit may not differ from row to row. */
char *many_sql(const struct statement *statement)
{
    char *sql = NULL;
    size_t size;
    if (statement->parameter_count == 0 || strstr(statement->sql, "LIMIT $"))
        return NULL;
    FILE *out = open_memstream(&sql, &size);
    must(out);
    put_many(out, statement);
    must(fclose(out) == 0);
    return sql;
}

/* ---- values -------------------------------------------------------------------------------- */

static void put_int32(struct text_buffer *out, int32_t number)
{
    uint32_t bytes = htobe32((uint32_t)number);
    text_put(out, (const char *)&bytes, sizeof bytes);
}

static void put_value(struct text_buffer *out, const struct value *value)
{
    uint64_t integer = htobe64((uint64_t)value->integer);
    bool is_integer = value->kind == VALUE_INTEGER;
    size_t size = is_integer ? sizeof integer : value->size;
    if (value->is_null) {
        put_int32(out, -1);
        return;
    }
    put_int32(out, (int32_t)size);
    text_put(out, is_integer ? (const char *)&integer : value->bytes, size);
}

/* array_recv of PostgreSQL: dimensions, whether there are nulls, type, and of the one dimension
 * size and first index. */
void many_put_array(struct text_buffer *out, const struct asked *first, size_t parameter)
{
    enum value_kind kind = first->values[parameter].kind;
    int32_t count = 0;
    for (const struct asked *asked = first; asked; asked = asked->next)
        count++;
    const int32_t head[] = {1, 1, (int32_t)types[kind].element, count, 1};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        put_int32(out, head[i]);
    for (const struct asked *asked = first; asked; asked = asked->next) {
        must(asked->values[parameter].kind == kind);
        put_value(out, &asked->values[parameter]);
    }
}

/* ---- rows ---------------------------------------------------------------------------------- */

static int64_t number_of(const struct result_part *whole, int row)
{
    uint64_t number;
    memcpy(&number, PQgetvalue(whole->result, row, whole->column_count - 1), sizeof number);
    return (int64_t)be64toh(number);
}

struct result_part many_take(const struct result_part *whole, int *row, int64_t number)
{
    struct result_part part = {whole->result, *row, *row, whole->column_count - 1};
    while (part.end < whole->end && number_of(whole, part.end) == number)
        part.end++;
    *row = part.end;
    return part;
}
