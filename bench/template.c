#include "bench/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "db/migrate.h"

enum { WORD_SIZE = 64 };

/* Other people's cookies, and what is counted up rather than copied. */
static const char *const not_copied[] = {
    "session",  "login_link",    "api_token",  "idempotency", "checkpoint", "tile", "calendar_key",
    "log_head", "number_series", "ledger_day", "leaf_reach",  "job",        NULL,
};

void stop_on(enum error error, const struct fault *fault)
{
    if (!error)
        return;
    fprintf(stderr, "%s: %s\n", error_slug(error), fault->detail);
    exit(1);
}

static void stop(const char *what, const char *name)
{
    fprintf(stderr, "bench: %s: %s\n", what, name);
    exit(1);
}

void change_one(struct db_session *session, const struct statement *statement,
                const struct value *values, size_t count)
{
    struct fault fault = {0};
    stop_on(db_change(session, statement, values, count, 1, &fault), &fault);
}

/* ---- the schema's tables ------------------------------------------------------------------- */

static enum value_kind kind_of(const char *word)
{
    static const struct {
        const char *word;
        enum value_kind kind;
    } kinds[] = {
        {"ID", VALUE_ID}, {"INTEGER", VALUE_INTEGER}, {"TEXT", VALUE_TEXT}, {"BYTES", VALUE_BYTES}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(word, kinds[i].word) == 0)
            return kinds[i].kind;
    }
    return 0;
}

static void add_column(struct arena *arena, struct bench_table *table, const char *name,
                       const char *word)
{
    must(table->column_count < COLUMNS_MAX);
    table->columns[table->column_count] = arena_text(arena, name);
    table->kinds[table->column_count++] = kind_of(word);
}

static struct bench_table *table_named(struct template *template, const char *name)
{
    for (size_t i = 0; i < template->table_count; i++) {
        if (strcmp(template->tables[i].name, name) == 0)
            return &template->tables[i];
    }
    must(template->table_count < TABLES_MAX);
    struct bench_table *table = &template->tables[template->table_count++];
    table->name = arena_text(template->arena, name);
    return table;
}

size_t column_of(const struct bench_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i], name) == 0)
            return i;
    }
    stop("no such column", name);
    return 0;
}

static size_t count_names(const char *names)
{
    size_t count = 1;
    for (const char *at = names; (at = strchr(at, ',')); at++)
        count++;
    return count;
}

static void rename_column(struct arena *arena, struct bench_table *table, const char *from,
                          const char *to)
{
    table->columns[column_of(table, from)] = arena_text(arena, to);
}

static void drop_table(struct template *template, const char *name)
{
    struct bench_table *table = table_named(template, name);
    *table = template->tables[--template->table_count];
}

/* Reads a schema text line by line, as the files are written. */
static void read_schema(struct template *template, const char *sql)
{
    struct bench_table *table = NULL;
    char first[WORD_SIZE], second[WORD_SIZE], key[4 * WORD_SIZE] = "";
    for (const char *line = sql; line && *line; line = strchr(line, '\n'), line += line != NULL) {
        if (sscanf(line, "CREATE TABLE %63s", first) == 1)
            table = table_named(template, first);
        else if (sscanf(line, "ALTER TABLE %63s ADD COLUMN %63s %63[A-Z]", first, key, second) == 3)
            add_column(template->arena, table_named(template, first), key, second);
        else if (sscanf(line, "ALTER TABLE %63s RENAME COLUMN %63s TO %63[a-z_]", first, key,
                        second) == 3)
            rename_column(template->arena, table_named(template, first), key, second);
        else if (sscanf(line, "ALTER TABLE %63s RENAME TO %63[a-z_]", first, second) == 2)
            table_named(template, first)->name = arena_text(template->arena, second);
        else if (sscanf(line, "DROP TABLE %63[a-z_]", first) == 1)
            drop_table(template, first);
        else if (table && sscanf(line, " PRIMARY KEY (%255[^)]", key) == 1)
            table->key_count = count_names(key);
        else if (table && sscanf(line, " %63[a-z_] %63[A-Z]", first, second) == 2 &&
                 kind_of(second))
            add_column(template->arena, table, first, second);
    }
}

static void build_statements(struct arena *arena, struct bench_table *table)
{
    struct text_buffer columns = text_buffer_in(arena);
    struct text_buffer marks = text_buffer_in(arena);
    struct text_buffer order = text_buffer_in(arena);
    for (size_t i = 0; i < table->key_count; i++)
        text_printf(&order, "%s%s", i ? ", " : "", table->columns[i]);
    for (size_t i = 0; i < table->column_count; i++) {
        text_printf(&columns, "%s%s", i ? ", " : "", table->columns[i]);
        text_printf(&marks, "%s$%zu", i ? ", " : "", i + 1);
    }
    table->select = (struct statement){
        .name = table->name,
        .sql = arena_format(arena, "SELECT %s FROM %s WHERE company = $1 ORDER BY %s",
                            columns.bytes, table->name, order.bytes),
        .parameters = table->columns,
        .parameter_count = 1,
    };
    table->insert = (struct statement){
        .name = table->name,
        .sql = arena_format(arena, "INSERT INTO %s (%s) VALUES (%s)", table->name, columns.bytes,
                            marks.bytes),
        .parameters = table->columns,
        .parameter_count = table->column_count,
    };
}

static bool has_column(const struct bench_table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->columns[i], name) == 0)
            return true;
    }
    return false;
}

struct value *cell(const struct row *row, const char *column)
{
    return &row->values[column_of(row->table, column)];
}

/* ---- the template's rows ------------------------------------------------------------------- */

static struct value kept(struct arena *arena, struct value value)
{
    if (!value.is_null && value.kind != VALUE_INTEGER) {
        char *bytes = arena_alloc(arena, value.size + 1);
        memcpy(bytes, value.bytes, value.size);
        value.bytes = bytes;
    }
    return value;
}

enum { ROWS_MAX = 2000 };

static void read_rows(struct template *template, struct db_session *session,
                      const struct bench_table *table)
{
    struct fault fault = {0};
    struct value company = value_integer(1);
    struct db_rows *rows;
    bool more;
    stop_on(db_select(session, &table->select, &company, 1, &rows, &fault), &fault);
    while (stop_on(db_rows_next(rows, &more, &fault), &fault), more) {
        must(template->row_count < ROWS_MAX);
        struct row *row = &template->rows[template->row_count++];
        row->table = table;
        row->values = arena_array(template->arena, table->column_count, sizeof *row->values);
        row->names = arena_array(template->arena, table->column_count, sizeof *row->names);
        for (size_t i = 0; i < table->column_count; i++)
            row->values[i] = kept(template->arena, db_rows_value(rows, i, table->kinds[i]));
    }
    db_rows_end(rows);
}

static bool is_id(const struct value *value)
{
    return value->kind == VALUE_ID && !value->is_null;
}

static int find_name(const struct template *template, const struct value *value)
{
    for (size_t i = 0; i < template->name_count; i++) {
        if (memcmp(&template->names[i], value->bytes, sizeof(struct id)) == 0)
            return (int)i;
    }
    return -1;
}

static void add_name(struct template *template, const struct value *value, enum layer layer)
{
    if (!is_id(value) || find_name(template, value) >= 0)
        return;
    must(template->name_count < NAMES_MAX);
    memcpy(&template->names[template->name_count], value->bytes, sizeof(struct id));
    template->name_layers[template->name_count++] = layer;
}

/* A row brings its own id into its layer, and an allocation the payment that it came from. */
static void take_row(struct template *template, struct row *row, enum layer layer)
{
    row->layer = layer;
    if (has_column(row->table, "id"))
        add_name(template, cell(row, "id"), layer);
    if (strcmp(row->table->name, "allocation") == 0)
        add_name(template, cell(row, "payment_id"), layer);
}

static bool names_layer(const struct template *template, const struct row *row, enum layer layer)
{
    for (size_t i = 0; i < row->table->column_count; i++) {
        int name = is_id(&row->values[i]) ? find_name(template, &row->values[i]) : -1;
        if (name >= 0 && template->name_layers[name] == layer)
            return true;
    }
    return false;
}

/* Whatever names something of the layer belongs to it; so does what names that, and so on. */
static void spread(struct template *template, enum layer layer)
{
    size_t before;
    do {
        before = template->name_count;
        for (size_t i = 0; i < template->row_count; i++) {
            struct row *row = &template->rows[i];
            if (row->layer == LAYER_NONE && names_layer(template, row, layer))
                take_row(template, row, layer);
        }
    } while (template->name_count > before);
}

bool value_is(const struct value *value, const char *text)
{
    return !value->is_null && value->size == strlen(text) &&
           memcmp(value->bytes, text, value->size) == 0;
}

static void sort_layers(struct template *template)
{
    static const char *const codes[LAYER_COUNT] = {
        [LAYER_PAID] = "PAID", [LAYER_ACCEPTED] = "ACCEPTED", [LAYER_OPEN] = "OPEN"};
    for (enum layer layer = LAYER_PAID; layer < LAYER_COUNT; layer++) {
        for (size_t i = 0; i < template->row_count; i++) {
            struct row *row = &template->rows[i];
            if (strcmp(row->table->name, "milestone") == 0 &&
                value_is(cell(row, "code"), codes[layer]))
                take_row(template, row, layer);
        }
        spread(template, layer);
    }
    for (size_t i = 0; i < template->row_count; i++) {
        struct row *row = &template->rows[i];
        if (strcmp(row->table->name, "engagement") == 0)
            take_row(template, row, LAYER_ENGAGEMENT);
    }
    spread(template, LAYER_ENGAGEMENT);
    for (size_t i = 0; i < template->row_count; i++) {
        if (template->rows[i].layer == LAYER_NONE)
            take_row(template, &template->rows[i], LAYER_COMPANY);
    }
}

static bool is_among(const char *const *names, const char *name)
{
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static size_t count_rows(const struct template *template, enum layer layer,
                         const struct bench_table *table)
{
    size_t count = 0;
    for (size_t i = 0; i < template->row_count; i++)
        count += template->rows[i].layer == layer && template->rows[i].table == table;
    return count;
}

/* An accepted milestone has the rows of an open one, and behind them those of its acceptance. */
static void mark_new(struct template *template)
{
    for (size_t t = 0; t < template->table_count; t++) {
        const struct bench_table *table = &template->tables[t];
        size_t known = count_rows(template, LAYER_OPEN, table);
        for (size_t i = 0; i < template->row_count; i++) {
            struct row *row = &template->rows[i];
            if (row->layer != LAYER_ACCEPTED || row->table != table)
                continue;
            row->is_new = known == 0;
            known -= known > 0;
        }
    }
}

void template_load(struct template *template, struct db_session *session)
{
    struct fault fault = {0};
    *template = (struct template){.arena = arena_new()};
    template->rows = arena_array(template->arena, ROWS_MAX, sizeof *template->rows);
    for (size_t i = 0; i < schema_step_count; i++)
        read_schema(template, schema_steps[i].sql);
    stop_on(db_begin(session, &fault), &fault);
    for (size_t i = 0; i < template->table_count; i++) {
        if (!has_column(&template->tables[i], "company"))
            continue; /* no company's */
        build_statements(template->arena, &template->tables[i]);
        read_rows(template, session, &template->tables[i]);
    }
    db_rollback(session);
    sort_layers(template);
    for (size_t i = 0; i < template->row_count; i++) {
        struct row *row = &template->rows[i];
        if (is_among(not_copied, row->table->name) && row->layer <= LAYER_ENGAGEMENT)
            row->layer = LAYER_NONE;
        for (size_t c = 0; c < row->table->column_count; c++)
            row->names[c] = is_id(&row->values[c]) ? find_name(template, &row->values[c]) : -1;
    }
    mark_new(template);
}

void template_free(struct template *template)
{
    arena_free(template->arena);
}

/* As the erasing of a contact leaves it. */
static void erase_payload(const struct row *leaf)
{
    *cell(leaf, "payload_hash") = *cell(leaf, "hash");
    *cell(leaf, "erased_at") = *cell(leaf, "at");
    *cell(leaf, "payload") = value_null(VALUE_TEXT);
    *cell(leaf, "salt") = value_null(VALUE_BYTES);
}

void template_thin(struct template *template)
{
    static const char *const left_out[] = {"document", "outbox", "proposal", "comment", NULL};
    for (size_t i = 0; i < template->row_count; i++) {
        struct row *row = &template->rows[i];
        if (is_among(left_out, row->table->name))
            row->layer = LAYER_NONE;
        else if (strcmp(row->table->name, "leaf") == 0 && !cell(row, "payload")->is_null)
            erase_payload(row);
    }
}

const struct row *row_of(const struct template *template, enum layer layer, const char *table)
{
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (row->layer == layer && strcmp(row->table->name, table) == 0)
            return row;
    }
    stop("the template has no row of", table);
    return NULL;
}

bool select_one(struct db_session *session, const struct statement *statement,
                const struct value *values, size_t count, enum value_kind kind, struct value *value,
                struct arena *arena)
{
    struct fault fault = {0};
    struct db_rows *rows;
    bool more;
    stop_on(db_select(session, statement, values, count, &rows, &fault), &fault);
    stop_on(db_rows_next(rows, &more, &fault), &fault);
    if (more)
        *value = kept(arena, db_rows_value(rows, 0, kind));
    db_rows_end(rows);
    return more;
}
