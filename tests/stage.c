#include "stage.h"

#include <sodium.h>

#include "action/company.h"
#include "action/limiter.h"
#include "base/day.h"
#include "check.h"
#include "core/outbox.h"
#include "db/migrate.h"
#include "platform/filetype.h"
#include "platform/random.h"
#include "store/kept.h"

static struct actor make_actor(enum actor_kind kind, const char *name, const char *role,
                               unsigned roles)
{
    return (struct actor){
        .kind = kind,
        .name = name,
        .role = role,
        .roles = roles,
        .may_write = true,
        .may_administer = true,
    };
}

int32_t stage_day(const char *text)
{
    int32_t day = DAY_NONE;
    assert_int_equal(day_parse(text, &day, NULL), OK);
    return day;
}

struct actor stage_user(enum user_role role)
{
    struct actor actor = make_actor(
        ACTOR_USER, "Ursula", choice_name(&user_role_choices, (int)role), user_role_bit(role));
    actor.id = id_make(STAGE_NOW_MS, (unsigned)role, 1);
    actor.method = METHOD_PASSWORD;
    return actor;
}

struct actor stage_contact(enum contact_role role, struct id client_id)
{
    struct actor actor =
        make_actor(ACTOR_CONTACT, "Carl", choice_name(&contact_role_choices, (int)role),
                   contact_role_bit(role));
    actor.id = id_make(STAGE_NOW_MS, (unsigned)role, 2);
    actor.client_id = client_id;
    actor.method = METHOD_EMAIL_LINK;
    return actor;
}

struct actor stage_nobody(void)
{
    return (struct actor){.name = "", .role = "", .roles = ROLE_NOBODY};
}

enum error stage_perform_at(struct stage *stage, struct actor actor, int64_t version,
                            const struct operation *operation, void *in, void *out)
{
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    if (actor.roles != 0)
        call.actor = actor;
    call.store.viewer.is_agency = actor.kind != ACTOR_CONTACT && !(actor.roles & ROLE_NOBODY);
    call.store.viewer.client_id = actor.client_id;
    call.expected_version = version;
    stage->fault = (struct fault){0};
    if (operation->writes)
        return perform_writing(&call, stage->writer, stage->reading, operation, in, out,
                               &stage->fault);
    return perform_reading(&call, stage->reading, operation, in, out, &stage->fault);
}

enum error stage_perform(struct stage *stage, struct actor actor, const struct operation *operation,
                         void *in, void *out)
{
    return stage_perform_at(stage, actor, 0, operation, in, out);
}

struct planted {
    const struct shape *shape;
    void *row;
};

static enum error plant(struct call *call, const void *input, void *output, struct fault *fault)
{
    const struct planted *in = input;
    const struct field *id = shape_field(in->shape, "id", NULL);
    (void)output;
    happened(call, "row.planted", *(const struct id *)field_of(id, in->row), (struct id){0});
    return insert_row(call, in->shape, in->row, fault);
}

void stage_plant(struct stage *stage, const struct shape *shape, void *row)
{
    static const struct operation operation = {
        .name = "plant", .permission = PERMIT_OPERATE, .writes = true, .run = plant};
    struct planted planted = {shape, row};
    assert_result(stage, stage_perform(stage, (struct actor){0}, &operation, &planted, NULL), OK);
}

void stage_assert_only(struct stage *stage, const struct operation *operation, unsigned roles)
{
    for (enum user_role role = USER_OWNER; role <= USER_AUDITOR; role++) {
        if (!(roles & user_role_bit(role)))
            assert_result(stage, stage_perform(stage, stage_user(role), operation, NULL, NULL),
                          ERROR_FORBIDDEN);
    }
    for (enum contact_role role = CONTACT_APPROVER; role <= CONTACT_VIEWER; role++) {
        struct actor contact = stage_contact(role, id_make(STAGE_NOW_MS, 0, 3));
        if (!(roles & contact_role_bit(role)))
            assert_result(stage, stage_perform(stage, contact, operation, NULL, NULL),
                          ERROR_FORBIDDEN);
    }
    assert_result(stage, stage_perform(stage, stage_nobody(), operation, NULL, NULL),
                  ERROR_UNAUTHENTICATED);
}

static enum error find_mail(struct call *call, const void *input, void *output, struct fault *fault)
{
    bool found;
    const struct statement *statement =
        tables_statement(call->store.tables, "newest_mail",
                         "SELECT payload FROM outbox WHERE company = :company AND kind = 'mail'"
                         " AND recipient = :address ORDER BY id DESC LIMIT 1");
    return store_find(&call->store, statement, PARAMS({"address", value_text(input)}),
                      &outbox_shape, output, &found, fault);
}

const char *stage_mail_to(struct stage *stage, const char *address)
{
    static const struct operation operation = {
        .name = "find_mail", .permission = PERMIT_OPERATE, .out = &outbox_shape, .run = find_mail};
    struct outbox message;
    assert_result(
        stage, stage_perform(stage, (struct actor){0}, &operation, (void *)address, &message), OK);
    assert_non_null(message.payload);
    return message.payload;
}

static void found_company(struct stage *stage)
{
    struct create_company in = {
        .company = {.slug = "acme",
                    .name = "Acme",
                    .country = "DE",
                    .time_zone = "Europe/Berlin",
                    .currency = "EUR"},
        .owner_name = "Olga Owner",
        .owner_email = "olga@acme.example",
        .owner_password = STAGE_PASSWORD,
    };
    struct company company;
    assert_result(stage,
                  stage_perform(stage, (struct actor){0}, &create_company_operation, &in, &company),
                  OK);
}

static const uint8_t log_seed[LOG_SEED_SIZE] = {1, 2, 3};

int stage_open(void **state)
{
    struct stage *stage = test_calloc(1, sizeof *stage);
    struct fault *fault = &stage->fault;
    size_t applied;
    assert_true(sodium_init() >= 0);
    test_database_make(&stage->database);
    clock_set(&stage->clock, STAGE_NOW_MS);
    stage->arena = arena_new();
    stage->app = (struct app){
        .clock = &stage->clock,
        .tables = tables_new(),
        .plans = plan_cache_new(),
        .sign_in_limiter = limiter_new(10, 60 * 1000),
        .files_directory = stage->database.folder,
        .log_name = "waymark.test/log",
        .log_seed = log_seed,
        .base_url = "http://127.0.0.1:8080",
    };
    struct db_session *writing = test_open(&stage->database, DB_WRITE);
    assert_result(stage,
                  migrate(writing, schema_steps, schema_step_count, STAGE_NOW_MS, &applied, fault),
                  OK);
    db_close(writing);
    assert_result(stage, filetypes_open(&stage->app.filetypes, fault), OK);
    assert_result(stage, writer_start(stage->database.url, 0, kept_flush, &stage->writer, fault),
                  OK);
    stage->reading = test_open(&stage->database, DB_READ);
    found_company(stage);
    *state = stage;
    return 0;
}

int stage_close(void **state)
{
    struct stage *stage = *state;
    writer_stop(stage->writer);
    db_close(stage->reading);
    filetypes_close(stage->app.filetypes);
    limiter_free(stage->app.sign_in_limiter);
    plan_cache_free(stage->app.plans);
    tables_free(stage->app.tables);
    arena_free(stage->arena);
    test_database_remove(&stage->database);
    test_free(stage);
    return 0;
}
