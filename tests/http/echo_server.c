/* A server that tells what it understood, for test_server.py: echo_server KEY=VALUE...
 *
 * Prints the address it listens at. SIGHUP reloads the certificate; SIGTERM stops, and the last
 * line printed is how many requests were cut off. What a path does:
 *
 *     /late/MS        answers from another thread, MS later
 *     /busy/MS        keeps its worker for MS
 *     /bytes/SIZE     answers with so many bytes
 *     /file           answers with this program's own file; /file/gone with one of no bytes
 *     /split          puts a line break into a header
 *     /plain          overrides the default headers
 *     /fault          answers with a fault; /nothing with 204
 *     /released       how many bodies have been released
 *     /stream/COUNT   answers with so many lines, one after the other
 *     /flood          answers with lines until the client has gone; /floods: how many have ended
 *     /metrics
 *     anything else   what the request was, as JSON */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/must.h"
#include "http/server.h"
#include "platform/queue.h"
#include "platform/thread.h"

struct echo {
    struct http_server *server;
    struct queue *late;
    const char *program;
    int stop_timeout_ms;
    atomic_int released;
    atomic_int floods;
};

static void sleep_ms(int ms)
{
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}

static void put_pairs(struct text_buffer *text, const char *name, const struct http_pair *pairs,
                      size_t count)
{
    text_printf(text, ",\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        text_put_text(text, i > 0 ? ",[" : "[");
        json_write_string(text, pairs[i].name);
        text_put_char(text, ',');
        json_write_string(text, pairs[i].value);
        text_put_char(text, ']');
    }
    text_put_char(text, ']');
}

static void put_text(struct text_buffer *text, const char *name, const char *value)
{
    text_printf(text, "%s\"%s\":", text->size > 1 ? "," : "", name);
    json_write_string(text, value);
}

static struct http_response ok(struct text_buffer *text, const char *type)
{
    return (struct http_response){
        .status = 200, .content_type = type, .body = text->bytes, .body_size = text->size};
}

static void echo(struct http_exchange *exchange)
{
    const struct http_request *request = http_request_of(exchange);
    struct text_buffer text = text_buffer_in(http_arena(exchange));
    text_put_char(&text, '{');
    put_text(&text, "method", http_method_name(request->method));
    put_text(&text, "target", request->target);
    put_text(&text, "host", request->host);
    put_text(&text, "peer", request->peer);
    put_text(&text, "id", http_request_id(exchange));
    put_text(&text, "session", http_cookie(request, "session"));
    text_put_text(&text, ",\"segments\":[");
    for (size_t i = 0; i < request->segment_count; i++) {
        text_put_text(&text, i > 0 ? "," : "");
        json_write_string(&text, request->segments[i]);
    }
    text_put_char(&text, ']');
    put_pairs(&text, "query", request->query, request->query_count);
    put_pairs(&text, "headers", request->headers, request->header_count);
    text_printf(&text, ",\"body_size\":%zu", request->body_size);
    if (request->body_size < 1000)
        put_text(&text, "body", request->body);
    text_put_char(&text, '}');
    struct http_response response = ok(&text, "application/json");
    http_answer(exchange, &response);
}

static void count_release(void *argument)
{
    struct echo *server = argument;
    atomic_fetch_add(&server->released, 1);
}

static void answer_bytes(struct echo *server, struct http_exchange *exchange, const char *size)
{
    struct http_response response = {.status = 200,
                                     .content_type = "application/octet-stream",
                                     .body_size = (size_t)atol(size),
                                     .release = count_release,
                                     .release_argument = server};
    char *body = arena_alloc(http_arena(exchange), response.body_size);
    memset(body, 'x', response.body_size);
    response.body = body;
    http_answer(exchange, &response);
}

static void answer_file(struct http_exchange *exchange, const char *path)
{
    struct stat status;
    struct http_response response = {.status = 200, .body_is_file = true};
    response.file = open(path, O_RDONLY | O_CLOEXEC);
    must(response.file >= 0 && fstat(response.file, &status) == 0);
    response.body_size = (size_t)status.st_size;
    http_answer(exchange, &response);
}

static void answer_split(struct http_exchange *exchange)
{
    struct http_response response = {.status = 201};
    http_add_header(exchange, &response, "Location", "/a\r\nSet-Cookie: evil=1");
    http_add_header(exchange, &response, "Set-Cookie", "session=abc; HttpOnly");
    http_answer(exchange, &response);
}

static void answer_plain(struct http_exchange *exchange)
{
    struct http_response response = {.status = 200, .content_type = "text/html"};
    response.body = "<p>hello</p>";
    response.body_size = 12;
    http_add_header(exchange, &response, "Cache-Control", "max-age=60");
    http_add_header(exchange, &response, "content-security-policy", "default-src 'self'");
    http_answer(exchange, &response);
}

static void answer_fault(struct http_exchange *exchange)
{
    struct fault fault;
    refuse(&fault, ERROR_INVALID, "milestones/2/price", "\"%s\" is no price", "x");
    http_answer_fault(exchange, &fault);
}

static void answer_number(struct http_exchange *exchange, int number)
{
    struct text_buffer text = text_buffer_in(http_arena(exchange));
    text_put_integer(&text, number);
    struct http_response response = ok(&text, "text/plain");
    http_answer(exchange, &response);
}

static void answer_metrics(struct echo *server, struct http_exchange *exchange)
{
    struct text_buffer text = text_buffer_in(http_arena(exchange));
    http_server_metrics(server->server, &text);
    struct http_response response = ok(&text, "text/plain; version=0.0.4");
    http_answer(exchange, &response);
}

static struct http_stream *answer_stream(struct http_exchange *exchange)
{
    struct http_stream *stream = http_stream_open(exchange);
    struct http_response response = {
        .status = 200, .content_type = "text/event-stream", .stream = stream};
    http_stream_send(stream, "first\n", 6);
    http_answer(exchange, &response);
    return stream;
}

static void answer_lines(struct http_exchange *exchange, int count)
{
    struct http_stream *stream = answer_stream(exchange);
    char line[32];
    for (int i = 0; i < count; i++) {
        snprintf(line, sizeof line, "line %d\n", i);
        http_stream_send(stream, line, strlen(line));
        sleep_ms(1);
    }
    http_stream_end(stream);
}

static void flood(struct echo *server, struct http_exchange *exchange)
{
    struct http_stream *stream = answer_stream(exchange);
    char line[8192];
    memset(line, 'x', sizeof line);
    line[sizeof line - 1] = '\n';
    while (http_stream_send(stream, line, sizeof line))
        sleep_ms(1);
    http_stream_end(stream);
    atomic_fetch_add(&server->floods, 1);
}

static void handle_one(struct echo *server, struct http_exchange *exchange)
{
    const struct http_request *request = http_request_of(exchange);
    struct http_response nothing = {.status = 204};
    const char *first = request->segment_count > 0 ? request->segments[0] : "";
    const char *second = request->segment_count > 1 ? request->segments[1] : "0";
    if (strcmp(first, "late") == 0) {
        must(queue_put(server->late, exchange));
    } else if (strcmp(first, "busy") == 0) {
        sleep_ms(atoi(second));
        http_answer(exchange, &nothing);
    } else if (strcmp(first, "bytes") == 0) {
        answer_bytes(server, exchange, second);
    } else if (strcmp(first, "file") == 0) {
        answer_file(exchange, strcmp(second, "gone") == 0 ? "/dev/null" : server->program);
    } else if (strcmp(first, "split") == 0) {
        answer_split(exchange);
    } else if (strcmp(first, "plain") == 0) {
        answer_plain(exchange);
    } else if (strcmp(first, "fault") == 0) {
        answer_fault(exchange);
    } else if (strcmp(first, "nothing") == 0) {
        http_answer(exchange, &nothing);
    } else if (strcmp(first, "released") == 0) {
        answer_number(exchange, atomic_load(&server->released));
    } else if (strcmp(first, "stream") == 0) {
        answer_lines(exchange, atoi(second));
    } else if (strcmp(first, "flood") == 0) {
        flood(server, exchange);
    } else if (strcmp(first, "floods") == 0) {
        answer_number(exchange, atomic_load(&server->floods));
    } else if (strcmp(first, "metrics") == 0) {
        answer_metrics(server, exchange);
    } else {
        echo(exchange);
    }
}

static void handle(void *context, struct http_exchange *const *exchanges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        handle_one(context, exchanges[i]);
}

/* Sleeps once for all that came meanwhile, as a group commit would, and answers them. */
static void answer_late(void *context)
{
    struct echo *server = context;
    void *items[256];
    size_t count;
    while ((count = queue_take(server->late, items, 256, -1)) > 0) {
        sleep_ms(atoi(http_request_of(items[0])->segments[1]));
        for (size_t i = 0; i < count; i++)
            echo(items[i]);
    }
}

static size_t body_limit_of(void *context, const struct http_request *request)
{
    (void)context;
    bool is_upload = request->segment_count > 0 && strcmp(request->segments[0], "upload") == 0;
    return is_upload ? 8 << 20 : 100000;
}

static void set_option(struct http_server_config *config, struct echo *server, char *option)
{
    char *value = strchr(option, '=');
    must(value);
    *value++ = '\0';
    int number = atoi(value);
    if (strcmp(option, "listen") == 0)
        config->listen = value;
    else if (strcmp(option, "tls_certificate") == 0)
        config->tls_certificate = value;
    else if (strcmp(option, "tls_key") == 0)
        config->tls_key = value;
    else if (strcmp(option, "workers") == 0)
        config->workers = (unsigned)number;
    else if (strcmp(option, "waiting_limit") == 0)
        config->waiting_limit = (size_t)number;
    else if (strcmp(option, "all_bodies_limit") == 0)
        config->all_bodies_limit = (size_t)number;
    else if (strcmp(option, "connection_limit") == 0)
        config->connection_limit = (unsigned)number;
    else if (strcmp(option, "request_timeout_ms") == 0)
        config->request_timeout_ms = number;
    else if (strcmp(option, "idle_timeout_ms") == 0)
        config->idle_timeout_ms = number;
    else if (strcmp(option, "stop_timeout_ms") == 0)
        server->stop_timeout_ms = number;
    else
        must(strcmp(option, "a known one") == 0);
}

static void serve_until_told(struct echo *server, const sigset_t *signals)
{
    int number;
    struct fault fault;
    while (sigwait(signals, &number) == 0 && number == SIGHUP) {
        enum error error = http_server_reload_tls(server->server, &fault);
        printf("%s\n", error ? fault.detail : "reloaded");
        fflush(stdout);
    }
}

int main(int count, char **arguments)
{
    struct log log = {.descriptor = 2, .least = LOG_INFO};
    struct echo server = {
        .late = queue_new(4096), .program = arguments[0], .stop_timeout_ms = 5000};
    struct http_server_config config = {.listen = "127.0.0.1:0",
                                        .body_limit_of = body_limit_of,
                                        .handle = handle,
                                        .context = &server,
                                        .log = &log};
    struct fault fault;
    sigset_t signals;
    for (int i = 1; i < count; i++)
        set_option(&config, &server, arguments[i]);
    sigemptyset(&signals);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (http_server_start(&config, &server.server, &fault) != OK) {
        printf("%s: %s\n", fault.field, fault.detail);
        queue_free(server.late);
        return 1;
    }
    struct thread *late = thread_start("late", answer_late, &server);
    printf("%s\n", http_server_address(server.server));
    fflush(stdout);
    serve_until_told(&server, &signals);
    size_t cut_off = http_server_stop(server.server, server.stop_timeout_ms);
    queue_close(server.late);
    thread_join(late);
    http_server_free(server.server);
    queue_free(server.late);
    printf("%zu\n", cut_off);
    return 0;
}
