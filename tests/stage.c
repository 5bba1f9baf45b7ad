#include "stage.h"

#include <sodium.h>

#include "action/company.h"
#include "action/limiter.h"
#include "check.h"
#include "db/migrate.h"
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

enum error stage_perform_at(struct stage *stage, struct actor actor, int64_t version,
                            const struct operation *operation, void *in, void *out)
{
    struct call call = call_by(&stage->app, stage->arena, 1, ACTOR_OPERATOR);
    if (actor.kind != 0)
        call.actor = actor;
    call.store.viewer.is_agency = actor.kind != ACTOR_CONTACT;
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
        .sign_in_limiter = limiter_new(10, 60 * 1000),
        .files_directory = stage->database.folder,
        .log_name = "waymark.test/log",
        .base_url = "http://127.0.0.1:8080",
    };
    struct db_session *writing = test_open(&stage->database, DB_WRITE);
    assert_result(stage,
                  migrate(writing, schema_steps, schema_step_count, STAGE_NOW_MS, &applied, fault),
                  OK);
    db_close(writing);
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
    limiter_free(stage->app.sign_in_limiter);
    tables_free(stage->app.tables);
    arena_free(stage->arena);
    test_database_remove(&stage->database);
    test_free(stage);
    return 0;
}
