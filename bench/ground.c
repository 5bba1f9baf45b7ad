/* Lays the ground for a measurement: work already done, and work to be accepted.
 *
 *     ground URL fill COMPANIES INVOICES     copies of the template's company, with paid milestones
 *     ground URL thin COMPANIES INVOICES     without papers, mail and what leaves tell: for very
 * many ground URL open COMPANIES MILESTONES   submitted milestones, and the requests that accept
 * them ground URL read COMPANIES TARGET       requests that read; TARGET has {} for an engagement
 *     ground URL settle                      as if all mail had been delivered
 *     ground URL rows                        prints what an acceptance writes
 *
 * COMPANIES is how many of the copies take part. Requests are printed for bench/load, a line each:
 * method, target, session, CSRF token, idempotency key, body, with tabs between ("-" for none). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action/secret.h"
#include "base/must.h"
#include "bench/copies.h"
#include "core/session.h"
#include "platform/clock.h"
#include "store/statements.h"

enum { IN_TRANSACTION = 2000, READS_EACH = 40 };

struct ground {
    const char *url;
    struct template template;
    struct db_session *session;
    struct arena *arena; /* of a transaction */
    size_t in_transaction;
};

static void begin(struct ground *ground)
{
    struct fault fault = {0};
    stop_on(db_begin(ground->session, &fault), &fault);
    ground->in_transaction = 0;
}

static void commit(struct ground *ground)
{
    struct fault fault = {0};
    stop_on(db_commit(ground->session, &fault), &fault);
    arena_reset(ground->arena);
    db_idle(ground->session, false);
}

static void breathe(struct ground *ground)
{
    if (++ground->in_transaction < IN_TRANSACTION)
        return;
    commit(ground);
    begin(ground);
}

/* ---- work already done --------------------------------------------------------------------- */

static void fill_company(struct ground *ground, struct copied_company *company, int64_t invoices)
{
    struct copied_ids ids = {0};
    struct template *template = &ground->template;
    begin(ground);
    load_counters(template, ground->session, company);
    rename_layer(template, company, LAYER_COMPANY, &ids);
    copy_layer(template, ground->session, LAYER_COMPANY, company, &ids, ground->arena);
    for (int64_t i = 0; i < invoices; i++) {
        if (i % MILESTONES_EACH == 0) {
            rename_layer(template, company, LAYER_ENGAGEMENT, &ids);
            copy_layer(template, ground->session, LAYER_ENGAGEMENT, company, &ids, ground->arena);
        }
        rename_layer(template, company, LAYER_PAID, &ids);
        copy_layer(template, ground->session, LAYER_PAID, company, &ids, ground->arena);
        breathe(ground);
    }
    save_counters(template, ground->session, company);
    commit(ground);
}

static void fill(struct ground *ground, int64_t companies, int64_t invoices)
{
    for (int64_t i = 0; i < companies; i++) {
        struct copied_company company = {.number = FIRST_COPY + i};
        fill_company(ground, &company, invoices / companies);
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r%lld of %lld companies", (long long)i + 1, (long long)companies);
    }
    if (isatty(STDERR_FILENO))
        fputc('\n', stderr);
}

/* ---- sessions ------------------------------------------------------------------------------ */

struct entry {
    const char *session;
    const char *csrf;
};

/* Somebody is signed in: a contact or a user, by the template's row. */
static struct entry sign_in(struct ground *ground, struct arena *arena, int64_t company,
                            const struct id *actor, enum actor_kind kind)
{
    struct clock clock = {0};
    struct hash hash, csrf_hash;
    struct entry entry = {
        .session = secret_make(arena, company, &hash),
        .csrf = secret_make(arena, company, &csrf_hash),
    };
    int64_t now_ms = clock_now_ms(&clock);
    struct value values[] = {value_integer(company),
                             value_bytes(&hash, sizeof hash),
                             value_text(choice_name(&actor_kind_choices, (int)kind)),
                             value_id(actor),
                             value_bytes(&csrf_hash, sizeof csrf_hash),
                             value_integer(now_ms),
                             value_integer(now_ms + INT64_C(86400000))};
    change_one(ground->session, &sql_session_insert, values, 7);
    return entry;
}

static const struct id *name_in(const struct row *row, const char *column,
                                const struct copied_ids *ids)
{
    int name = row->names[column_of(row->table, column)];
    must(name >= 0);
    return &ids->ids[name];
}

/* ---- work to be accepted ------------------------------------------------------------------- */

static void print_acceptance(const struct open_milestone *open, const struct entry *entry)
{
    char submission[ID_TEXT_SIZE];
    id_format(open->submission, submission);
    printf("POST\t/api/v1/submissions/%s/accept\t%s\t%s\t%s\t%s\n", submission, entry->session,
           entry->csrf, submission, "{\"decisions\":[{\"criterion\":\"R1.1\",\"met\":true}]}");
}

static void open_work(struct ground *ground, int64_t companies, int64_t count)
{
    struct template *template = &ground->template;
    struct arena *lasting = arena_new();
    struct entry *entries = arena_array(lasting, (size_t)companies, sizeof *entries);
    struct opening opening;
    const struct row *certificate = row_of(template, LAYER_ACCEPTED, "certificate");
    begin(ground);
    opening_start(&opening, template, ground->session, companies);
    for (int64_t i = 0; i < companies; i++) {
        struct copied_ids ids = {0};
        rename_layer(template, &opening.companies[i], LAYER_COMPANY, &ids);
        entries[i] = sign_in(ground, lasting, opening.companies[i].number,
                             name_in(certificate, "accepted_by", &ids), ACTOR_CONTACT);
    }
    for (int64_t i = 0; i < count; i++) {
        struct open_milestone open;
        opening_next(&opening, ground->session, ground->arena, &open);
        print_acceptance(&open, &entries[open.company - opening.companies]);
        breathe(ground);
    }
    opening_end(&opening, ground->session);
    commit(ground);
    arena_free(lasting);
}

/* ---- work to be read ----------------------------------------------------------------------- */

static const struct statement some_engagements = {
    .name = "some_engagements",
    .sql = "SELECT id FROM engagement WHERE company = $1 ORDER BY id LIMIT $2",
    .parameters = (const char *const[]){"company", "limit"},
    .parameter_count = 2,
};

/* target has "{}" where an engagement's id goes. */
static void print_reads(struct ground *ground, const struct entry *entry, int64_t company,
                        const char *target)
{
    struct fault fault = {0};
    struct db_rows *rows;
    bool more;
    const char *mark = strstr(target, "{}");
    struct value values[] = {value_integer(company), value_integer(READS_EACH)};
    must(mark);
    stop_on(db_select(ground->session, &some_engagements, values, 2, &rows, &fault), &fault);
    while (stop_on(db_rows_next(rows, &more, &fault), &fault), more) {
        char text[ID_TEXT_SIZE];
        struct id id;
        memcpy(&id, db_rows_value(rows, 0, VALUE_ID).bytes, sizeof id);
        printf("GET\t%.*s%s%s\t%s\t-\t-\t-\n", (int)(mark - target), target, id_format(id, text),
               mark + 2, entry->session);
    }
    db_rows_end(rows);
}

static void read_work(struct ground *ground, int64_t companies, const char *target)
{
    const struct row *user = row_of(&ground->template, LAYER_COMPANY, "user_account");
    begin(ground);
    for (int64_t i = 0; i < companies; i++) {
        struct copied_company company = {.number = FIRST_COPY + i};
        struct copied_ids ids = {0};
        rename_layer(&ground->template, &company, LAYER_COMPANY, &ids);
        struct entry entry =
            sign_in(ground, ground->arena, company.number, name_in(user, "id", &ids), ACTOR_USER);
        print_reads(ground, &entry, company.number, target);
    }
    commit(ground);
}

/* ---- mail ---------------------------------------------------------------------------------- */

static const struct statement settle_outbox = {
    .name = "settle_outbox",
    .sql = "UPDATE outbox SET state = 'delivered', next_at = NULL WHERE state = 'pending'",
};

static void settle(struct ground *ground)
{
    struct fault fault = {0};
    begin(ground);
    stop_on(db_change(ground->session, &settle_outbox, NULL, 0, DB_ANY, &fault), &fault);
    commit(ground);
}

/* ---- what an acceptance writes ------------------------------------------------------------- */

static size_t row_bytes(const struct row *row)
{
    size_t size = 0;
    for (size_t i = 0; i < row->table->column_count; i++) {
        const struct value *value = &row->values[i];
        if (!value->is_null)
            size += value->kind == VALUE_INTEGER ? sizeof value->integer : value->size;
    }
    return size;
}

static void print_rows(const struct template *template)
{
    size_t sum = 0;
    for (size_t i = 0; i < template->row_count; i++) {
        const struct row *row = &template->rows[i];
        if (row->layer != LAYER_ACCEPTED)
            continue;
        printf("%-16s %-8s %6zu bytes\n", row->table->name, row->is_new ? "new" : "before",
               row_bytes(row));
        sum += row->is_new ? row_bytes(row) : 0;
    }
    printf("%-16s %-8s %6zu bytes\n", "together", "new", sum);
}

/* -------------------------------------------------------------------------------------------- */

int main(int count, char **arguments)
{
    struct fault fault = {0};
    struct ground ground = {.arena = arena_new()};
    const char *what = count > 2 ? arguments[2] : "";
    int64_t companies = count > 3 ? strtoll(arguments[3], NULL, 10) : 0;
    int64_t number = count > 4 ? strtoll(arguments[4], NULL, 10) : 0;
    if (count < 3) {
        fprintf(stderr,
                "usage: ground URL fill|thin|open|read|settle|rows [COMPANIES [NUMBER|TARGET]]\n");
        return 64;
    }
    stop_on(db_open(arguments[1], DB_WRITE, 0, &ground.session, &fault), &fault);
    template_load(&ground.template, ground.session);
    if (strcmp(what, "thin") == 0)
        template_thin(&ground.template);
    if (strcmp(what, "fill") == 0 || strcmp(what, "thin") == 0)
        fill(&ground, companies, number);
    else if (strcmp(what, "open") == 0)
        open_work(&ground, companies, number);
    else if (strcmp(what, "read") == 0)
        read_work(&ground, companies, count > 4 ? arguments[4] : "");
    else if (strcmp(what, "rows") == 0)
        print_rows(&ground.template);
    else if (strcmp(what, "settle") == 0)
        settle(&ground);
    db_close(ground.session);
    template_free(&ground.template);
    arena_free(ground.arena);
    return 0;
}
