#include <stdlib.h>
#include <string.h>

#include "action/run.h"
#include "api/api.h"
#include "api/calendar.h"
#include "api/guard.h"
#include "api/input.h"
#include "api/live.h"
#include "api/request.h"
#include "base/limits.h"
#include "base/must.h"
#include "http/server.h"
#include "platform/queue.h"
#include "platform/thread.h"

enum { SLOW_QUEUE_LIMIT = 64 };

struct api {
    struct api_config config;
    struct queue *slow; /* requests whose preparation takes long on purpose */
    struct thread *slow_thread;
    struct live *live;
};

/* ---- answers ------------------------------------------------------------------------------- */

static void refuse_request(struct request *request, const struct fault *fault)
{
    if (error_http_status(fault->code) >= 500)
        log_event(request->config->log, LOG_WARNING, "refused",
                  log_text("request", http_request_id(request->exchange)),
                  log_text("error", error_slug(fault->code)), log_text("detail", fault->detail));
    http_answer_fault(request->exchange, fault);
}

static void put_etag(struct request *request, int64_t version, struct http_response *response)
{
    if (version > 0)
        http_add_header(request->exchange, response, "ETag",
                        arena_format(request->arena, "\"%lld\"", (long long)version));
}

static void answer_request(struct request *request, const struct answer *answer, bool replayed)
{
    const struct route *route = request->match.route;
    struct http_response response = {.status = answer->status};
    if (answer->body) {
        response.content_type = "application/json";
        response.body = answer->body;
        response.body_size = strlen(answer->body);
    }
    put_etag(request, answer->version, &response);
    if (replayed)
        http_add_header(request->exchange, &response, "Idempotency-Replayed", "true");
    else if (route->answer)
        route->answer(request, request->out, &response);
    http_answer(request->exchange, &response);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void answer_reading(struct request *request)
{
    const struct operation *operation = request->match.route->operation;
    struct fault fault = {0};
    struct answer answer = {.status = request->match.route->success_status};
    enum error error = run_reading(&request->call, operation, request->in, request->out, &fault);
    if (!error)
        answer_write(&request->call, operation, request->out, &answer);
    request_end_reading(request);
    if (error)
        refuse_request(request, &fault);
    else
        answer_request(request, &answer, false);
}

/* ---- writing ------------------------------------------------------------------------------- */

static enum error write_body(struct write_job *job, struct write_group *group, struct fault *fault)
{
    struct request *request = request_of_job(job);
    struct call *call = &request->call;
    call->store.session = group->session;
    call->store.group = group;
    return run_writing(call, request->match.route->operation, request->in, request->out,
                       request->match.route->success_status, &request->answer, &request->replayed,
                       fault);
}

static void write_done(struct write_job *job, enum error result, const struct fault *fault)
{
    struct request *request = request_of_job(job);
    if (result)
        refuse_request(request, fault);
    else
        answer_request(request, &request->answer, request->replayed);
}

static void start_writing(struct request *request)
{
    const struct api_config *config = &request->api->config;
    struct fault fault = {0};
    int64_t lane = request->call.store.company % config->lane_count;
    request_end_reading(request);
    request->job.body = write_body;
    request->job.done = write_done;
    enum error error = writer_submit(config->writers[lane], &request->job, &fault);
    if (error)
        refuse_request(request, &fault);
}

/* ---- from knocking to running -------------------------------------------------------------- */

static void prepare_and_run(struct request *request)
{
    const struct operation *operation = request->match.route->operation;
    struct fault fault = {0};
    enum error error = OK;
    if (operation->prepare)
        error = operation->prepare(&request->call, request->in, &fault);
    if (!error && operation->writes)
        error = look_for_key(&request->call, &fault);
    if (error) {
        request_end_reading(request);
        refuse_request(request, &fault);
    } else if (operation->writes) {
        start_writing(request);
    } else {
        answer_reading(request);
    }
}

/* Whoever enters may still carry the cookie of a session that has ended: it must not keep them
 * out. */
static enum error identify(struct request *request, struct fault *fault)
{
    if (request->match.route->operation->permission != PERMIT_ANYONE)
        return guard_identify(&request->call, http_request_of(request->exchange), fault);
    request->call.actor = guard_nobody();
    return OK;
}

static enum error admit(struct request *request, struct fault *fault)
{
    const struct operation *operation = request->match.route->operation;
    enum error error = identify(request, fault);
    if (!error)
        error = policy_check(&request->call.actor, operation->permission, fault);
    bool changes_something =
        operation->writes && !operation->is_bookkeeping && operation->permission != PERMIT_ANYONE;
    if (!error && changes_something && !request->call.actor.may_write)
        error = refuse(fault, ERROR_FORBIDDEN, NULL, "this token may only read");
    if (!error)
        error = request_read_headers(request, fault);
    if (!error)
        error = input_read(request->arena, &request->match, http_request_of(request->exchange),
                           &request->in, fault);
    if (!error && operation->out)
        request->out = arena_alloc(request->arena, operation->out->size);
    return error;
}

static enum error find_route(struct request *request, struct fault *fault)
{
    const struct http_request *http = http_request_of(request->exchange);
    must(http->segment_count >= 2);
    request->match = route_find(http->method, http->segments + 2, http->segment_count - 2);
    if (request->match.route)
        return OK;
    if (request->match.path_exists)
        return refuse(fault, ERROR_METHOD_NOT_ALLOWED, NULL, "not with this method");
    return refuse(fault, ERROR_NOT_FOUND, NULL, "there is nothing at this address");
}

static void start_slowly(struct request *request)
{
    struct fault fault = {0};
    request_end_reading(request);
    if (queue_try_put(request->api->slow, request))
        return;
    if (refuse(&fault, ERROR_UNAVAILABLE, NULL, "too many people sign in right now"))
        refuse_request(request, &fault);
}

/* ---- several at a time --------------------------------------------------------------------- */

void api_end_reading(struct api *api, struct api_reading *reading)
{
    if (!reading->session)
        return;
    db_rollback(reading->session);
    readers_put(api->config.readers, reading->session);
    reading->session = NULL;
}

/* Runs a step that only reads with a store that asks, as far as it gets: what it reads comes
 * together with what the others read. */
static void ask_ahead(struct request *request,
                      enum error (*step)(struct request *request, struct fault *fault))
{
    struct request asking = *request;
    struct fault fault;
    bool can_ask = store_asking(&request->call.store, &asking.call.store);
    enum error error = can_ask ? step(&asking, &fault) : OK;
    (void)error;
}

static enum error look_for_its_key(struct request *request, struct fault *fault)
{
    return request->match.route->operation->writes ? look_for_key(&request->call, fault) : OK;
}

static enum error prepare(struct request *request, struct fault *fault)
{
    return request->match.route->operation->prepare(&request->call, request->in, fault);
}

static void ask_to_prepare(struct request *request)
{
    if (request->match.route->operation->prepare_asks)
        ask_ahead(request, prepare);
}

/* The steps of a request; each takes it as far as it can without waiting for what it asks for. NULL
 * where it ends: it is refused, or handed on. */
static struct request *receive(struct request *request)
{
    struct fault fault = {0};
    enum error error = find_route(request, &fault);
    if (!error)
        error = request_begin_reading(request, &fault);
    if (error) {
        refuse_request(request, &fault);
        return NULL;
    }
    ask_ahead(request, identify);
    return request;
}

static struct request *let_in(struct request *request)
{
    struct fault fault = {0};
    enum error error = request_begin_reading(request, &fault);
    if (!error)
        error = admit(request, &fault);
    if (error) {
        request_end_reading(request);
        refuse_request(request, &fault);
        return NULL;
    }
    if (request->match.route->operation->is_slow) {
        start_slowly(request);
        return NULL;
    }
    ask_ahead(request, look_for_its_key);
    ask_to_prepare(request);
    return request;
}

/* Further, with what was found; where the snapshot was lost, serving meets that. */
static struct request *look_further(struct request *request)
{
    if (request_begin_reading(request, NULL) == OK)
        ask_to_prepare(request);
    return request;
}

/* What came of asking ahead: an error is met again by whoever wants the rows. */
static void await_asked(struct api_reading *reading)
{
    enum error error = reading->session ? db_await_asked(reading->session, NULL) : OK;
    (void)error;
}

static struct request *serve(struct request *request)
{
    struct fault fault = {0};
    enum error error = request_begin_reading(request, &fault);
    if (error)
        refuse_request(request, &fault);
    else
        prepare_and_run(request);
    return NULL;
}

void api_handle(struct api *api, struct http_exchange *const *exchanges, size_t count)
{
    static struct request *(*const steps[])(struct request * request) = {receive, let_in,
                                                                         look_further, serve};
    struct request *requests[HTTP_TOGETHER];
    struct api_reading reading = {0};
    must(count <= HTTP_TOGETHER);
    for (size_t i = 0; i < count; i++) {
        requests[i] = request_new(api, &api->config, exchanges[i]);
        requests[i]->reading = &reading;
    }
    for (size_t step = 0; step < sizeof steps / sizeof *steps; step++) {
        for (size_t i = 0; i < count; i++)
            requests[i] = requests[i] ? steps[step](requests[i]) : NULL;
        await_asked(&reading);
    }
    api_end_reading(api, &reading);
}

bool api_takes_upload(const struct http_request *request)
{
    struct route_match match =
        route_find(request->method, request->segments + 2, request->segment_count - 2);
    return match.route && input_is_raw(match.route->operation);
}

/* ---- the slow queue ------------------------------------------------------------------------ */

static void serve_slow(void *context)
{
    struct api *api = context;
    void *item;
    while (queue_take(api->slow, &item, 1, -1) == 1) {
        struct request *request = item;
        struct api_reading reading = {0};
        request->reading = &reading;
        serve(request);
        api_end_reading(api, &reading);
    }
}

struct api *api_new(const struct api_config *config)
{
    struct api *api = calloc(1, sizeof *api);
    must(api);
    api->config = *config;
    calendar_prepare();
    api->slow = queue_new(SLOW_QUEUE_LIMIT);
    api->slow_thread = thread_start("slow", serve_slow, api);
    api->live = live_new(&api->config);
    return api;
}

void api_free(struct api *api)
{
    live_free(api->live);
    queue_close(api->slow);
    thread_join(api->slow_thread);
    queue_free(api->slow);
    free(api);
}

struct live *api_live(struct api *api)
{
    return api->live;
}

void api_metrics(struct api *api, struct text_buffer *text)
{
    live_metrics(api->live, text);
}
