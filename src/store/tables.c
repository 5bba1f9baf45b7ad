#include "store/tables.h"

#include <ctype.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"

struct interned {
    struct interned *next;
    const char *sql; /* as given, with :names */
    struct statement statement;
};

enum { BUCKETS = 256, TABLES_MAX = 64, PARAMETERS_MAX = 96 };

struct tables {
    pthread_mutex_t lock;
    struct arena *arena;
    struct interned *buckets[BUCKETS];
    const struct statement *verbs[TABLES_MAX][TABLE_VERB_COUNT];
};

struct tables *tables_new(void)
{
    struct tables *tables = calloc(1, sizeof *tables);
    must(tables);
    tables->arena = arena_new();
    pthread_mutex_init(&tables->lock, NULL);
    return tables;
}

void tables_free(struct tables *tables)
{
    if (!tables)
        return;
    pthread_mutex_destroy(&tables->lock);
    arena_free(tables->arena);
    free(tables);
}

const struct table *table_of(const struct shape *shape)
{
    const struct table *table = all_tables;
    while (table->shape && table->shape != shape)
        table++;
    must(table->shape);
    return table;
}

static size_t name_length(const char *at)
{
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '_')
        length++;
    return length;
}

static size_t parameter_number(struct arena *arena, const char **names, size_t *count,
                               const char *name, size_t length)
{
    for (size_t i = 0; i < *count; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return i + 1;
    }
    must(*count < PARAMETERS_MAX);
    names[*count] = arena_text_n(arena, name, length);
    return ++*count;
}

/* Numbers :names by first use. Built texts hold no literal with a colon. */
static struct statement number_parameters(struct arena *arena, const char *name, const char *sql)
{
    const char *names[PARAMETERS_MAX];
    size_t count = 0;
    struct text_buffer text = text_buffer_in(arena);
    for (const char *at = sql; *at;) {
        size_t length = *at == ':' ? name_length(at + 1) : 0;
        if (length == 0) {
            text_put_char(&text, *at++);
            continue;
        }
        text_printf(&text, "$%zu", parameter_number(arena, names, &count, at + 1, length));
        at += 1 + length;
    }
    return (struct statement){
        .name = arena_text(arena, name),
        .sql = text.bytes,
        .parameters = arena_copy(arena, names, count * sizeof *names),
        .parameter_count = count,
    };
}

static size_t bucket_of(const char *sql)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (; *sql; sql++)
        hash = (hash ^ (unsigned char)*sql) * UINT64_C(0x100000001b3);
    return hash % BUCKETS;
}

static const struct statement *intern(struct tables *tables, const char *name, const char *sql)
{
    struct interned **bucket = &tables->buckets[bucket_of(sql)];
    for (struct interned *at = *bucket; at; at = at->next) {
        if (strcmp(at->sql, sql) == 0)
            return &at->statement;
    }
    struct interned *fresh = arena_alloc(tables->arena, sizeof *fresh);
    fresh->sql = arena_text(tables->arena, sql);
    fresh->statement = number_parameters(tables->arena, name, sql);
    fresh->next = *bucket;
    *bucket = fresh;
    return &fresh->statement;
}

const struct statement *tables_statement(struct tables *tables, const char *name, const char *sql)
{
    pthread_mutex_lock(&tables->lock);
    const struct statement *statement = intern(tables, name, sql);
    pthread_mutex_unlock(&tables->lock);
    return statement;
}

/* Appends the name of each stored column, with before in front of each. */
static void put_columns(struct text_buffer *text, const struct shape *shape, const char *before)
{
    const char *separator = "";
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->flags & NOT_STORED)
            continue;
        text_printf(text, "%s%s%s", separator, before, field->name);
        separator = ", ";
    }
}

/* An index over a column that is set is written again even if its value stays, so what is fixed is
 * left out. */
static void put_assignments(struct text_buffer *text, const struct shape *shape)
{
    const char *separator = "";
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        if (field->flags & (NOT_STORED | FIXED))
            continue;
        text_printf(text, "%s%s = :%s", separator, field->name, field->name);
        separator = ", ";
    }
}

const char *table_columns(const struct shape *shape, struct arena *arena)
{
    struct text_buffer text = text_buffer_in(arena);
    put_columns(&text, shape, "");
    return text.bytes;
}

static void put_insert(struct text_buffer *text, const struct table *table)
{
    text_printf(text, "INSERT INTO %s (company, ", table->shape->name);
    put_columns(text, table->shape, "");
    text_put_text(text, ") VALUES (:company, ");
    put_columns(text, table->shape, ":");
    text_put_text(text, ")");
}

static void put_save(struct text_buffer *text, const struct table *table)
{
    text_printf(text, "UPDATE %s SET ", table->shape->name);
    put_assignments(text, table->shape);
    text_put_text(text, " WHERE company = :company AND id = :id AND version = :stored_version");
}

static void put_load(struct text_buffer *text, const struct table *table)
{
    text_put_text(text, "SELECT ");
    put_columns(text, table->shape, "");
    text_printf(text, " FROM %s WHERE company = :company AND id = :id", table->shape->name);
}

static void put_load_as_client(struct text_buffer *text, const struct table *table)
{
    put_load(text, table);
    text_printf(text, " AND (%s)", table->client_sees ? table->client_sees : "1 = 0");
}

struct verb {
    const char *name;
    void (*put)(struct text_buffer *text, const struct table *table);
};

static const struct verb verbs[TABLE_VERB_COUNT] = {
    [TABLE_INSERT] = {"insert", put_insert},
    [TABLE_SAVE] = {"save", put_save},
    [TABLE_LOAD] = {"load", put_load},
    [TABLE_LOAD_AS_CLIENT] = {"load_as_client", put_load_as_client},
};

static const struct statement *build_verb(struct tables *tables, const struct table *table,
                                          enum table_verb verb)
{
    struct arena *scratch = arena_new();
    struct text_buffer text = text_buffer_in(scratch);
    verbs[verb].put(&text, table);
    const char *name = arena_format(scratch, "%s_%s", verbs[verb].name, table->shape->name);
    const struct statement *statement = intern(tables, name, text.bytes);
    arena_free(scratch);
    return statement;
}

const struct statement *tables_verb(struct tables *tables, const struct shape *shape,
                                    enum table_verb verb)
{
    const struct table *table = table_of(shape);
    size_t number = (size_t)(table - all_tables);
    must(number < TABLES_MAX);
    pthread_mutex_lock(&tables->lock);
    const struct statement **slot = &tables->verbs[number][verb];
    if (!*slot)
        *slot = build_verb(tables, table, verb);
    const struct statement *statement = *slot;
    pthread_mutex_unlock(&tables->lock);
    return statement;
}
