#include "bench/copies.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "platform/random.h"
#include "store/statements.h"

enum { TILE_LEVELS = 8 };

/* ---- copies -------------------------------------------------------------------------------- */

void rename_layer(const struct template *template, const struct copied_company *company,
                  enum layer layer, struct copied_ids *ids)
{
    static struct clock clock;
    for (size_t i = 0; i < template->name_count; i++) {
        if (template->name_layers[i] == layer)
            ids->ids[i] = layer == LAYER_COMPANY
                              ? id_make(1, (unsigned)i, (uint64_t)company->number)
                              : new_id(&clock);
    }
}

static size_t series_of(const struct template *template, const char *table)
{
    static const char *const kinds[][2] = {
        {"invoice", "invoice"}, {"payment", "payment"}, {"contract", "contract"}};
    size_t at = 0;
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (strcmp(row->table->name, "number_series") != 0)
            continue;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (strcmp(table, kinds[k][0]) == 0 && value_is(cell(row, "kind"), kinds[k][1]))
                return at;
        }
        at++;
    }
    must_fail(__FILE__, __LINE__, "the template has no numbers for this table");
}

/* "C-2016-0001" to "C-2016-0042". */
static struct value next_number(const struct template *template, const struct row *row,
                                struct copied_company *company, const struct value *text,
                                struct arena *arena)
{
    size_t series = series_of(template, row->table->name);
    const char *bytes = text->bytes;
    int start = (int)text->size;
    while (start > 0 && isdigit((unsigned char)bytes[start - 1]))
        start--;
    return value_text(
        arena_format(arena, "%.*s%04lld", start, bytes, (long long)company->next[series]++));
}

static struct value next_place(struct copied_company *company)
{
    return value_integer((int64_t)company->frontier.size);
}

void copy_row(const struct template *template, const struct row *row,
              struct copied_company *company, const struct copied_ids *ids, struct arena *arena,
              struct value *values)
{
    const struct bench_table *table = row->table;
    for (size_t i = 0; i < table->column_count; i++) {
        const char *column = table->columns[i];
        values[i] = row->values[i];
        if (row->names[i] >= 0)
            values[i] = value_id(&ids->ids[row->names[i]]);
        else if (strcmp(column, "company") == 0)
            values[i] = value_integer(company->number);
        else if (strcmp(column, "slug") == 0)
            values[i] = value_text(arena_format(arena, "bench-%lld", (long long)company->number));
        else if (strcmp(column, "position") == 0 && strcmp(table->name, "leaf") == 0)
            values[i] = next_place(company);
        else if (strcmp(column, "number") == 0 && table->kinds[i] == VALUE_TEXT &&
                 !row->values[i].is_null && strcmp(table->name, "refund") != 0)
            values[i] = next_number(template, row, company, &row->values[i], arena);
    }
}

void put_tiles(struct db_session *session, const struct copied_company *company,
               const struct hash *made, unsigned count)
{
    int64_t last = (int64_t)company->frontier.size - 1;
    for (unsigned level = TILE_LEVELS; level < count; level += TILE_LEVELS) {
        struct value values[] = {value_integer(company->number), value_integer(level / TILE_LEVELS),
                                 value_integer(last >> level),
                                 value_bytes(&made[level], sizeof *made)};
        change_one(session, &sql_tile_insert, values, 4);
    }
}

void copy_layer(const struct template *template, struct db_session *session, enum layer layer,
                struct copied_company *company, const struct copied_ids *ids, struct arena *arena)
{
    struct value values[COLUMNS_MAX];
    struct hash made[MERKLE_LEVELS];
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (row->layer != layer)
            continue;
        copy_row(template, row, company, ids, arena, values);
        change_one(session, &row->table->insert, values, row->table->column_count);
        if (strcmp(row->table->name, "leaf") == 0) {
            struct hash hash;
            memcpy(&hash, cell(row, "hash")->bytes, sizeof hash);
            put_tiles(session, company, made, merkle_append(&company->frontier, hash, made));
        }
    }
}

/* ---- counters ------------------------------------------------------------------------------ */

void load_counters(const struct template *template, struct db_session *session,
                   struct copied_company *company)
{
    struct arena *arena = arena_new();
    struct value number = value_integer(company->number);
    struct value value;
    size_t at = 0;
    if (select_one(session, &sql_log_head_load, &number, 1, VALUE_BYTES, &value, arena))
        must(merkle_frontier_read(value.bytes, value.size, &company->frontier));
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (strcmp(row->table->name, "number_series") != 0)
            continue;
        struct value values[] = {number, *cell(row, "kind"), *cell(row, "year")};
        must(at < SERIES_MAX);
        company->next[at] = 1;
        if (select_one(session, &sql_number_series_load, values, 3, VALUE_INTEGER, &value, arena))
            company->next[at] = value.integer;
        at++;
    }
    arena_free(arena);
}

void save_counters(const struct template *template, struct db_session *session,
                   const struct copied_company *company)
{
    uint8_t bytes[MERKLE_FRONTIER_LIMIT];
    size_t size = merkle_frontier_write(&company->frontier, bytes);
    struct value head[] = {value_integer(company->number),
                           value_integer((int64_t)company->frontier.size),
                           value_bytes(bytes, size)};
    size_t at = 0;
    change_one(session, &sql_log_head_put, head, 3);
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (strcmp(row->table->name, "number_series") != 0)
            continue;
        struct value values[] = {head[0], *cell(row, "kind"), *cell(row, "year"),
                                 value_integer(company->next[at++])};
        change_one(session, &sql_number_series_put, values, 4);
    }
}

/* ---- milestones that wait to be accepted --------------------------------------------------- */

void opening_start(struct opening *opening, const struct template *template,
                   struct db_session *session, int64_t company_count)
{
    size_t count = (size_t)company_count;
    *opening = (struct opening){.template = template, .company_count = company_count};
    opening->companies = arena_array(template->arena, count, sizeof *opening->companies);
    opening->ids = arena_array(template->arena, count, sizeof *opening->ids);
    for (size_t i = 0; i < count; i++) {
        opening->companies[i].number = FIRST_COPY + (int64_t)i;
        load_counters(template, session, &opening->companies[i]);
        rename_layer(template, &opening->companies[i], LAYER_COMPANY, &opening->ids[i]);
    }
}

void opening_next(struct opening *opening, struct db_session *session, struct arena *arena,
                  struct open_milestone *open)
{
    const struct template *template = opening->template;
    size_t i = (size_t)(opening->given % opening->company_count);
    struct copied_company *company = &opening->companies[i];
    struct copied_ids *ids = &opening->ids[i];
    if (opening->given / opening->company_count % MILESTONES_EACH == 0) {
        rename_layer(template, company, LAYER_ENGAGEMENT, ids);
        copy_layer(template, session, LAYER_ENGAGEMENT, company, ids, arena);
    }
    rename_layer(template, company, LAYER_OPEN, ids);
    copy_layer(template, session, LAYER_OPEN, company, ids, arena);
    const struct row *submission = row_of(template, LAYER_OPEN, "submission");
    open->company = company;
    open->ids = *ids;
    open->submission = ids->ids[submission->names[column_of(submission->table, "id")]];
    opening->given++;
}

void opening_end(struct opening *opening, struct db_session *session)
{
    for (int64_t i = 0; i < opening->company_count; i++)
        save_counters(opening->template, session, &opening->companies[i]);
}
