#include "main/serve.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "api/api.h"
#include "api/openapi.h"
#include "base/limits.h"
#include "base/must.h"
#include "db/migrate.h"
#include "http/server.h"
#include "main/metrics.h"
#include "main/settings.h"
#include "main/timed.h"
#include "web/portal.h"

enum { STOP_TIMEOUT_MS = 20 * 1000 };

struct server {
    struct house house;
    struct api *api;
    struct http_server *http;
    struct timed *timed;
};

/* ---- what the server answers itself -------------------------------------------------------- */

static void answer_text(struct http_exchange *exchange, const char *type, const char *text,
                        size_t size)
{
    struct http_response response = {
        .status = 200,
        .content_type = type,
        .body = text,
        .body_size = size,
    };
    http_answer(exchange, &response);
}

/* Whether requests can be served: the database answers, and is of this program's version. */
static void answer_health(struct server *server, struct http_exchange *exchange)
{
    struct fault fault = {0};
    struct fault why = {0};
    size_t pending;
    struct db_session *session = readers_take(server->house.readers);
    enum error error = migrate_pending(session, schema_steps, schema_step_count, &pending, &why);
    readers_put(server->house.readers, session);
    if (error && refuse(&fault, ERROR_UNAVAILABLE, "database", "%s", why.detail))
        http_answer_fault(exchange, &fault);
    else
        answer_text(exchange, "application/json", "{\"status\":\"ok\"}", 15);
}

static void answer_metrics(struct server *server, struct http_exchange *exchange)
{
    struct text_buffer text = text_buffer_in(http_arena(exchange));
    http_server_metrics(server->http, &text);
    api_metrics(server->api, &text);
    metrics_write(&server->house, &text);
    answer_text(exchange, "text/plain; version=0.0.4; charset=utf-8", text.bytes, text.size);
}

static void answer_openapi(struct server *server, struct http_exchange *exchange)
{
    (void)server;
    answer_text(exchange, "application/json", openapi_json, openapi_json_size);
}

struct own_address {
    const char *target;
    void (*answer)(struct server *server, struct http_exchange *exchange);
};

static const struct own_address own_addresses[] = {
    {"/healthz", answer_health},
    {"/metrics", answer_metrics},
    {"/api/v1/openapi.json", answer_openapi},
};

static const struct own_address *find_own(const struct http_request *request)
{
    for (size_t i = 0; i < sizeof own_addresses / sizeof *own_addresses; i++) {
        if (strcmp(request->target, own_addresses[i].target) == 0 &&
            (request->method == HTTP_GET || request->method == HTTP_HEAD))
            return &own_addresses[i];
    }
    return NULL;
}

static bool is_api(const struct http_request *request)
{
    return request->segment_count >= 2 && strcmp(request->segments[0], "api") == 0 &&
           strcmp(request->segments[1], "v1") == 0;
}

static void handle_one(struct server *server, struct http_exchange *exchange)
{
    const struct http_request *request = http_request_of(exchange);
    struct fault fault = {0};
    const struct own_address *own = find_own(request);
    if (own) {
        own->answer(server, exchange);
        return;
    }
    if (web_answer(&portal_files, exchange))
        return;
    if (refuse(&fault, ERROR_NOT_FOUND, NULL, "there is nothing at this address"))
        http_answer_fault(exchange, &fault);
}

static void handle(void *context, struct http_exchange *const *exchanges, size_t count)
{
    struct server *server = context;
    struct http_exchange *for_api[HTTP_TOGETHER];
    size_t for_api_count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct http_request *request = http_request_of(exchanges[i]);
        if (is_api(request) && !find_own(request))
            for_api[for_api_count++] = exchanges[i];
        else
            handle_one(server, exchanges[i]);
    }
    api_handle(server->api, for_api, for_api_count);
}

/* Uploads may be larger than JSON. */
static size_t body_limit_of(void *context, const struct http_request *request)
{
    (void)context;
    return is_api(request) && api_takes_upload(request) ? UPLOAD_LIMIT : BODY_LIMIT;
}

/* ---- start, wait, stop --------------------------------------------------------------------- */

static struct api *make_api(struct server *server)
{
    struct house *house = &server->house;
    const struct api_config config = {
        .app = &house->app,
        .readers = house->readers,
        .writers = house->writers,
        .lane_count = house->lane_count,
        .log = &house->log,
        .proxies = house->config->proxies,
        .is_secure = strncmp(house->config->base_url, "https:", 6) == 0,
    };
    return api_new(&config);
}

static enum error listen_to(struct server *server, struct fault *fault)
{
    const struct config *config = server->house.config;
    const struct http_server_config http = {
        .listen = config->listen,
        .tls_certificate = *config->tls_certificate ? config->tls_certificate : NULL,
        .tls_key = *config->tls_key ? config->tls_key : NULL,
        .workers = (unsigned)config->workers,
        .body_limit_of = body_limit_of,
        .handle = handle,
        .context = server,
        .log = &server->house.log,
    };
    return http_server_start(&http, &server->http, fault);
}

/* What server_wait waits for. */
static sigset_t awaited_signals(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    return signals;
}

enum error server_start(const struct config *config, struct server **started, struct fault *fault)
{
    struct server *server = calloc(1, sizeof *server);
    must(server);
    sigset_t signals = awaited_signals();
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before there are threads that they could reach */
    enum error error = settings_check(config, fault);
    if (!error)
        error = house_open(config, HOUSE_WRITES, &server->house, fault);
    if (error) {
        free(server);
        return error;
    }
    server->api = make_api(server);
    error = listen_to(server, fault);
    if (error) {
        api_free(server->api);
        house_close(&server->house);
        free(server);
        return error;
    }
    server->timed = timed_start(&server->house);
    *started = server;
    return OK;
}

struct house *server_house(struct server *server)
{
    return &server->house;
}

const char *server_address(const struct server *server)
{
    return http_server_address(server->http);
}

static void reload(struct server *server)
{
    struct fault fault = {0};
    if (http_server_reload_tls(server->http, &fault))
        log_event(&server->house.log, LOG_ERROR, "certificate_refused",
                  log_text("detail", fault.detail));
    else
        log_write(&server->house.log, LOG_INFO, "certificate_reloaded", NULL);
}

void server_wait(struct server *server)
{
    sigset_t signals = awaited_signals();
    int received = 0;
    while (received != SIGTERM && received != SIGINT) {
        if (sigwait(&signals, &received) == 0 && received == SIGHUP)
            reload(server);
    }
}

void server_stop(struct server *server)
{
    log_write(&server->house.log, LOG_INFO, "stopping", NULL);
    size_t cut_off = http_server_stop(server->http, STOP_TIMEOUT_MS);
    timed_stop(server->timed);
    api_free(server->api);
    log_event(&server->house.log, LOG_INFO, "stopped", log_number("cut_off", (int64_t)cut_off));
    house_close(&server->house);
    http_server_free(server->http);
    free(server);
}
