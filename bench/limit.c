/* What the database itself can do: the rows of accepted milestones, written by a bare loop.
 *
 *     limit URL COMPANIES MILESTONES [GROUP [LOOPS]]
 *
 * Opens so many milestones, then writes for each what accepting it writes, row by row as the
 * product leaves them (bench/template.h), with the product's statements, GROUP of them [32] in a
 * durable transaction: no HTTP, no JSON, no rules, nothing read. One loop writes [1]; on PostgreSQL
 * there may be more, each over a connection of its own and for the companies of its lane. Prints
 * acceptances a second and the processor time of one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/must.h"
#include "bench/copies.h"
#include "core/domain.h"
#include "db/sqlite_frames.h"
#include "platform/clock.h"
#include "platform/thread.h"
#include "store/statements.h"
#include "store/tables.h"

/* The limit is SQLite as it comes, which writes each page of the log on its own: the product's way
 * to gather them (db/sqlite_frames.h) is left out of this program. */
const char *sqlite_gathering(void)
{
    return NULL;
}

enum { LOOPS_MAX = 8, DAYS_MAX = 8, IN_TRANSACTION = 2000, GROUP_MAX = 4096 };

/* What an account moves in a group. */
struct day_sum {
    const struct row *posting;
    int64_t debit_minor;
    int64_t credit_minor;
};

struct limit {
    const char *url;
    struct template template;
    struct opening opening;
    struct open_milestone *open;
    size_t open_count;
    size_t group;
    int loop_count;
    const struct statement *save_submission;
    const struct statement *save_milestone;
    const struct row *key; /* the acceptance's idempotency row */
    struct day_sum days[DAYS_MAX];
    size_t day_count;
};

struct lane {
    struct limit *limit;
    int number;
    struct db_session *session;
    struct arena *arena;
};

/* ---- one acceptance ------------------------------------------------------------------------ */

/* The columns of a row as the product's UPDATE names them. */
static void save(struct lane *lane, const struct statement *statement, const struct row *row,
                 const struct row *before, const struct value *values)
{
    struct value bound[COLUMNS_MAX];
    for (size_t i = 0; i < statement->parameter_count; i++) {
        const char *name = statement->parameters[i];
        bound[i] = strcmp(name, "stored_version") == 0 ? *cell(before, "version")
                                                       : values[column_of(row->table, name)];
    }
    change_one(lane->session, statement, bound, statement->parameter_count);
}

/* Waits to be sent. */
static void make_pending(const struct row *row, struct value *values)
{
    const struct bench_table *table = row->table;
    values[column_of(table, "state")] = value_text("pending");
    values[column_of(table, "next_at")] = *cell(row, "created_at");
    values[column_of(table, "attempts")] = value_integer(0);
    values[column_of(table, "delivered_at")] = value_null(VALUE_INTEGER);
}

static void put_leaf(struct lane *lane, const struct row *row, struct copied_company *company)
{
    struct hash hash;
    struct hash made[MERKLE_LEVELS];
    memcpy(&hash, cell(row, "hash")->bytes, sizeof hash);
    put_tiles(lane->session, company, made, merkle_append(&company->frontier, hash, made));
}

static void accept_row(struct lane *lane, struct open_milestone *open, const struct row *row)
{
    struct limit *limit = lane->limit;
    struct value values[COLUMNS_MAX];
    const char *table = row->table->name;
    copy_row(&limit->template, row, open->company, &open->ids, lane->arena, values);
    if (strcmp(table, "outbox") == 0)
        make_pending(row, values);
    if (row->is_new)
        change_one(lane->session, &row->table->insert, values, row->table->column_count);
    else if (strcmp(table, "submission") == 0)
        save(lane, limit->save_submission, row, row_of(&limit->template, LAYER_OPEN, table),
             values);
    else if (strcmp(table, "milestone") == 0)
        save(lane, limit->save_milestone, row, row_of(&limit->template, LAYER_OPEN, table), values);
    if (row->is_new && strcmp(table, "leaf") == 0)
        put_leaf(lane, row, open->company);
}

/* The accepted layer's names are the open layer's for what was there before, and new ones. */
static void name_accepted(const struct template *template, struct open_milestone *open)
{
    struct copied_ids opened = open->ids;
    rename_layer(template, open->company, LAYER_ACCEPTED, &open->ids);
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (row->layer != LAYER_ACCEPTED || row->is_new)
            continue;
        const char *table = row->table->name;
        if (strcmp(table, "milestone") != 0 && strcmp(table, "submission") != 0)
            continue;
        size_t id = column_of(row->table, "id");
        const struct row *before = row_of(template, LAYER_OPEN, table);
        open->ids.ids[row->names[id]] = opened.ids[before->names[id]];
    }
}

static void put_key(struct lane *lane, const struct open_milestone *open)
{
    struct value values[COLUMNS_MAX];
    char text[ID_TEXT_SIZE];
    const struct row *row = lane->limit->key;
    memcpy(values, row->values, row->table->column_count * sizeof *values);
    values[column_of(row->table, "company")] = value_integer(open->company->number);
    values[column_of(row->table, "key")] = value_text(id_format(open->submission, text));
    change_one(lane->session, &row->table->insert, values, row->table->column_count);
}

static void accept(struct lane *lane, struct open_milestone *open)
{
    const struct template *template = &lane->limit->template;
    name_accepted(template, open);
    for (size_t i = 0; i < template->row_count; i++) {
        if (template->rows[i].layer == LAYER_ACCEPTED)
            accept_row(lane, open, &template->rows[i]);
    }
    put_key(lane, open);
}

/* ---- one group ----------------------------------------------------------------------------- */

static void put_days(struct lane *lane, const struct copied_company *company, int64_t times)
{
    const struct row *entry = row_of(&lane->limit->template, LAYER_ACCEPTED, "ledger_entry");
    for (size_t i = 0; i < lane->limit->day_count; i++) {
        const struct day_sum *sum = &lane->limit->days[i];
        struct value values[] = {
            value_integer(company->number),          *cell(entry, "day"),
            *cell(sum->posting, "account"),          *cell(entry, "currency"),
            value_integer(sum->debit_minor * times), value_integer(sum->credit_minor * times)};
        change_one(lane->session, &sql_ledger_day_add, values, 6);
    }
}

/* What is written once a group for each company in it: the log's head, the series, the days. */
static void flush(struct lane *lane, struct copied_company *const *companies, const int64_t *times,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        save_counters(&lane->limit->template, lane->session, companies[i]);
        put_days(lane, companies[i], times[i]);
    }
}

static void write_group(struct lane *lane, size_t *next)
{
    struct fault fault = {0};
    struct limit *limit = lane->limit;
    struct copied_company *companies[GROUP_MAX];
    int64_t times[GROUP_MAX];
    size_t company_count = 0;
    stop_on(db_begin(lane->session, &fault), &fault);
    for (size_t taken = 0; taken < limit->group && *next < limit->open_count; (*next)++) {
        struct open_milestone *open = &limit->open[*next];
        if (open->company->number % limit->loop_count != lane->number)
            continue;
        accept(lane, open);
        taken++;
        size_t at = 0;
        while (at < company_count && companies[at] != open->company)
            at++;
        if (at == company_count) {
            companies[company_count] = open->company;
            times[company_count++] = 0;
        }
        times[at]++;
    }
    flush(lane, companies, times, company_count);
    stop_on(db_commit(lane->session, &fault), &fault);
    arena_reset(lane->arena);
}

static void run_lane(void *context)
{
    struct lane *lane = context;
    for (size_t next = 0; next < lane->limit->open_count;)
        write_group(lane, &next);
}

/* ---- before it ----------------------------------------------------------------------------- */

static void sum_days(struct limit *limit)
{
    const struct template *template = &limit->template;
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (row->layer != LAYER_ACCEPTED || strcmp(row->table->name, "ledger_posting") != 0)
            continue;
        must(limit->day_count < DAYS_MAX);
        int64_t amount = cell(row, "amount_minor")->integer;
        limit->days[limit->day_count++] = (struct day_sum){
            .posting = row,
            .debit_minor = amount > 0 ? amount : 0,
            .credit_minor = amount < 0 ? -amount : 0,
        };
    }
}

static const struct row *find_key(const struct template *template)
{
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (strcmp(row->table->name, "idempotency") == 0 &&
            value_is(cell(row, "key"), "the-acceptance"))
            return row;
    }
    must_fail(__FILE__, __LINE__, "the template's acceptance has an idempotency key");
}

static void open_all(struct limit *limit, struct db_session *session, int64_t companies)
{
    struct fault fault = {0};
    struct arena *arena = arena_new();
    stop_on(db_begin(session, &fault), &fault);
    opening_start(&limit->opening, &limit->template, session, companies);
    for (size_t i = 0; i < limit->open_count; i++) {
        opening_next(&limit->opening, session, arena, &limit->open[i]);
        if (i % IN_TRANSACTION != IN_TRANSACTION - 1)
            continue;
        stop_on(db_commit(session, &fault), &fault);
        arena_reset(arena);
        stop_on(db_begin(session, &fault), &fault);
    }
    opening_end(&limit->opening, session);
    stop_on(db_commit(session, &fault), &fault);
    db_idle(session, true);
    arena_free(arena);
}

/* Processor time of all threads so far. */
static int64_t processor_ns(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* How long it took, and what it cost. */
struct cost {
    int64_t took_ns;
    int64_t processor_ns;
};

static struct cost measure(struct limit *limit)
{
    struct fault fault = {0};
    struct lane lanes[LOOPS_MAX];
    struct thread *threads[LOOPS_MAX];
    for (int i = 0; i < limit->loop_count; i++) {
        lanes[i] = (struct lane){.limit = limit, .number = i, .arena = arena_new()};
        stop_on(db_open(limit->url, DB_WRITE, i, &lanes[i].session, &fault), &fault);
    }
    struct cost start = {monotonic_ns(), processor_ns()};
    for (int i = 0; i < limit->loop_count; i++)
        threads[i] = thread_start("lane", run_lane, &lanes[i]);
    for (int i = 0; i < limit->loop_count; i++)
        thread_join(threads[i]);
    struct cost cost = {monotonic_ns() - start.took_ns, processor_ns() - start.processor_ns};
    for (int i = 0; i < limit->loop_count; i++) {
        db_close(lanes[i].session);
        arena_free(lanes[i].arena);
    }
    return cost;
}

int main(int count, char **arguments)
{
    static struct limit limit;
    struct fault fault = {0};
    struct db_session *session;
    if (count < 4) {
        fprintf(stderr, "usage: limit URL COMPANIES MILESTONES [GROUP [LOOPS]]\n");
        return 64;
    }
    limit.url = arguments[1];
    limit.open_count = strtoul(arguments[3], NULL, 10);
    limit.group = count > 4 ? strtoul(arguments[4], NULL, 10) : 32;
    limit.loop_count = count > 5 ? atoi(arguments[5]) : 1;
    must(limit.group >= 1 && limit.group <= GROUP_MAX && limit.loop_count >= 1 &&
         limit.loop_count <= LOOPS_MAX);
    struct tables *tables = tables_new();
    limit.save_submission = tables_verb(tables, &submission_shape, TABLE_SAVE);
    limit.save_milestone = tables_verb(tables, &milestone_shape, TABLE_SAVE);
    stop_on(db_open(limit.url, DB_WRITE, 0, &session, &fault), &fault);
    template_load(&limit.template, session);
    limit.key = find_key(&limit.template);
    limit.open = arena_array(limit.template.arena, limit.open_count, sizeof *limit.open);
    sum_days(&limit);
    open_all(&limit, session, strtoll(arguments[2], NULL, 10));
    db_close(session);
    struct cost cost = measure(&limit);
    printf("{\"rate\":%.1f,\"processor_us\":%.1f}\n",
           (double)limit.open_count * 1e9 / (double)cost.took_ns,
           (double)cost.processor_ns / 1000 / (double)limit.open_count);
    template_free(&limit.template);
    tables_free(tables);
    return 0;
}
