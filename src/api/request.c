#include "api/request.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/utf8.h"
#include "http/forwarded.h"
#include "platform/clock.h"

/* What the program calls itself, as a text to keep: senders may put any bytes there. */
static const char *user_agent_of(const struct http_request *http, struct arena *arena)
{
    const char *given = http_header(http, "User-Agent");
    char *text =
        arena_text_n(arena, given ? given : "", given ? strnlen(given, SHORT_TEXT_LIMIT) : 0);
    utf8_mend_line(text);
    return text;
}

struct request *request_new(struct api *api, const struct api_config *config,
                            struct http_exchange *exchange)
{
    const struct http_request *http = http_request_of(exchange);
    struct arena *arena = http_arena(exchange);
    struct request *request = arena_alloc(arena, sizeof *request);
    request->api = api;
    request->config = config;
    request->exchange = exchange;
    request->arena = arena;
    request->call = (struct call){
        .app = config->app,
        .store = {.tables = config->app->tables, .plans = config->app->plans, .arena = arena},
        .arena = arena,
        .now_ms = clock_now_ms(config->app->clock),
        .address = http_sender(arena, http, config->proxies),
        .user_agent = user_agent_of(http, arena),
        .content_type = http_header(http, "Content-Type"),
    };
    return request;
}

enum error request_begin_reading(struct request *request, struct fault *fault)
{
    struct api_reading *reading = request->reading;
    if (reading->session && db_has_failed(reading->session))
        api_end_reading(request->api, reading);
    if (!reading->session) {
        struct db_session *session = readers_take(request->config->readers);
        enum error error = db_begin(session, fault);
        if (error) {
            readers_put(request->config->readers, session);
            return error;
        }
        reading->session = session;
    }
    request->call.store.session = reading->session;
    return OK;
}

void request_end_reading(struct request *request)
{
    request->call.store.session = NULL;
}

static enum error read_if_match(struct request *request, const char *etag, struct fault *fault)
{
    char *end;
    long long version = *etag == '"' ? strtoll(etag + 1, &end, 10) : 0;
    if (version <= 0 || strcmp(end, "\"") != 0)
        return refuse(fault, ERROR_INVALID, "If-Match",
                      "must be the ETag of what you read, such as \"3\"");
    request->call.expected_version = version;
    return OK;
}

static bool is_key(const char *key)
{
    size_t length = strlen(key);
    for (size_t i = 0; i < length; i++) {
        if (key[i] < 0x21 || key[i] > 0x7e)
            return false;
    }
    return length > 0 && length <= IDEMPOTENCY_KEY_LIMIT;
}

/* What a replay must repeat: method, address and body. */
static struct hash request_hash(struct request *request)
{
    const struct http_request *http = http_request_of(request->exchange);
    struct text_buffer text = text_buffer_in(request->arena);
    text_printf(&text, "%d %s\n", (int)http->method, http->target);
    text_put(&text, http->body, http->body_size);
    return hash_bytes(text.bytes, text.size);
}

enum error request_read_headers(struct request *request, struct fault *fault)
{
    const struct http_request *http = http_request_of(request->exchange);
    const struct operation *operation = request->match.route->operation;
    const char *etag = http_header(http, "If-Match");
    const char *key = http_header(http, "Idempotency-Key");
    if (operation->needs_version && !etag)
        return refuse(fault, ERROR_PRECONDITION_REQUIRED, "If-Match",
                      "send the ETag of the version that you change");
    if (etag) {
        enum error error = read_if_match(request, etag, fault);
        if (error)
            return error;
    }
    /* Some that read write what could be made again, papers, and answer more than JSON. */
    bool reads = request->match.route->method == HTTP_GET;
    if (!key || reads || !operation->writes || operation->permission == PERMIT_ANYONE)
        return OK;
    if (!is_key(key))
        return refuse(fault, ERROR_INVALID, "Idempotency-Key",
                      "1 to %d printable ASCII characters without spaces", IDEMPOTENCY_KEY_LIMIT);
    request->call.idempotency_key = key;
    request->call.request_hash = request_hash(request);
    return OK;
}

struct request *request_of_job(struct write_job *job)
{
    return (struct request *)((char *)job - offsetof(struct request, job));
}
