#include "action/perform.h"

#include <stddef.h>

#include "base/must.h"
#include "platform/clock.h"

static const unsigned role_of_kind[] = {
    [ACTOR_SYSTEM] = ROLE_SYSTEM,
    [ACTOR_OPERATOR] = ROLE_OPERATOR,
};

struct call call_by(const struct app *app, struct arena *arena, int64_t company,
                    enum actor_kind kind)
{
    must(kind == ACTOR_SYSTEM || kind == ACTOR_OPERATOR);
    return (struct call){
        .app = app,
        .arena = arena,
        .store = {.tables = app->tables,
                  .plans = app->plans,
                  .arena = arena,
                  .company = company,
                  .viewer = {.is_agency = true}},
        .actor = {.kind = kind,
                  .name = choice_name(&actor_kind_choices, (int)kind),
                  .role = "",
                  .roles = role_of_kind[kind],
                  .may_write = true,
                  .may_administer = true},
        .now_ms = clock_now_ms(app->clock),
        .address = "",
        .user_agent = "",
    };
}

static enum error prepare(struct call *call, struct db_session *reading,
                          const struct operation *operation, void *in, struct fault *fault)
{
    if (!operation->prepare)
        return OK;
    if (!reading)
        return operation->prepare(call, in, fault);
    call->store.session = reading;
    enum error error = db_begin(reading, fault);
    if (error)
        return error;
    error = operation->prepare(call, in, fault);
    db_rollback(reading);
    return error;
}

struct performance {
    struct write_job job;
    struct call *call;
    const struct operation *operation;
    const void *in;
    void *out;
};

static enum error perform_body(struct write_job *job, struct write_group *group,
                               struct fault *fault)
{
    struct performance *performance =
        (struct performance *)((char *)job - offsetof(struct performance, job));
    struct answer answer;
    bool replayed;
    performance->call->store.session = group->session;
    performance->call->store.group = group;
    return run_writing(performance->call, performance->operation, performance->in, performance->out,
                       200, &answer, &replayed, fault);
}

enum error perform_writing(struct call *call, struct writer *writer, struct db_session *reading,
                           const struct operation *operation, void *in, void *out,
                           struct fault *fault)
{
    enum error error = policy_check(&call->actor, operation->permission, fault);
    if (!error)
        error = prepare(call, reading, operation, in, fault);
    if (error)
        return error;
    struct performance performance = {
        .job = {.body = perform_body},
        .call = call,
        .operation = operation,
        .in = in,
        .out = out,
    };
    return writer_run(writer, &performance.job, fault);
}

enum error perform_reading(struct call *call, struct db_session *reading,
                           const struct operation *operation, void *in, void *out,
                           struct fault *fault)
{
    enum error error = policy_check(&call->actor, operation->permission, fault);
    if (!error)
        error = prepare(call, reading, operation, in, fault);
    if (!error)
        error = db_begin(reading, fault);
    if (error)
        return error;
    call->store.session = reading;
    error = run_reading(call, operation, in, out, fault);
    db_rollback(reading);
    return error;
}
