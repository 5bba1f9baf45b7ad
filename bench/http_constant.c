/* What a request costs without any work behind it: http_constant waymark|evhttp
 *
 * Serves a constant answer at a free port of 127.0.0.1, through src/http and one of its workers or
 * through libevent's own HTTP server, and prints the address. At the end of standard input it
 * prints how many requests there were and the processor time of one in microseconds.
 * bench/http_constant.py compares the two. */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>

#include "base/must.h"
#include "http/listen.h"
#include "http/server.h"

static const char body[] =
    "{\"status\":\"accepted\",\"price\":{\"amount\":\"1234.50\",\"currency\":"
    "\"EUR\"},\"due_day\":\"2026-12-01\"}";

static atomic_ulong requests;

static void wait_for_end(void)
{
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0)
        continue;
}

static void answer(struct http_exchange *exchange)
{
    struct http_response response = {.status = 200,
                                     .content_type = "application/json",
                                     .body = body,
                                     .body_size = sizeof body - 1};
    http_add_header(exchange, &response, "ETag", "\"7\"");
    http_answer(exchange, &response);
    atomic_fetch_add_explicit(&requests, 1, memory_order_relaxed);
}

static void answer_all(void *context, struct http_exchange *const *exchanges, size_t count)
{
    (void)context;
    for (size_t i = 0; i < count; i++)
        answer(exchanges[i]);
}

static void serve_waymark(void)
{
    struct log log = {.descriptor = STDERR_FILENO, .least = LOG_WARNING};
    struct http_server_config config = {
        .listen = "127.0.0.1:0", .workers = 1, .handle = answer_all, .log = &log};
    struct http_server *server;
    struct fault fault;
    must(http_server_start(&config, &server, &fault) == OK);
    puts(http_server_address(server));
    fflush(stdout);
    wait_for_end();
    http_server_stop(server, 1000);
    http_server_free(server);
}

static void answer_evhttp(struct evhttp_request *request, void *context)
{
    (void)context;
    struct evbuffer *buffer = evbuffer_new();
    struct evkeyvalq *headers = evhttp_request_get_output_headers(request);
    evbuffer_add(buffer, body, sizeof body - 1);
    evhttp_add_header(headers, "Content-Type", "application/json");
    evhttp_add_header(headers, "ETag", "\"7\"");
    evhttp_add_header(headers, "Cache-Control", "no-store");
    evhttp_add_header(headers, "Content-Security-Policy",
                      "default-src 'none'; frame-ancestors 'none'");
    evhttp_add_header(headers, "Referrer-Policy", "no-referrer");
    evhttp_add_header(headers, "X-Content-Type-Options", "nosniff");
    evhttp_add_header(headers, "X-Request-Id", "0123456789abcdef");
    evhttp_send_reply(request, 200, "OK", buffer);
    evbuffer_free(buffer);
    atomic_fetch_add_explicit(&requests, 1, memory_order_relaxed);
}

static void on_input(evutil_socket_t descriptor, short what, void *context)
{
    (void)descriptor;
    (void)what;
    event_base_loopbreak(context);
}

static void serve_evhttp(void)
{
    char address[HTTP_ADDRESS_SIZE];
    struct event_base *base = event_base_new();
    struct evhttp *server = evhttp_new(base);
    struct evhttp_bound_socket *bound = evhttp_bind_socket_with_handle(server, "127.0.0.1", 0);
    must(bound);
    evhttp_set_gencb(server, answer_evhttp, NULL);
    http_listen_address(evhttp_bound_socket_get_fd(bound), address);
    puts(address);
    fflush(stdout);
    event_base_once(base, STDIN_FILENO, EV_READ, on_input, base, NULL);
    event_base_dispatch(base);
    evhttp_free(server);
    event_base_free(base);
}

static double processor_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

int main(int count, char **arguments)
{
    must(count == 2);
    signal(SIGPIPE, SIG_IGN);
    double before_us = processor_us();
    if (strcmp(arguments[1], "evhttp") == 0)
        serve_evhttp();
    else
        serve_waymark();
    unsigned long served = atomic_load(&requests);
    printf("%lu %.2f\n", served, (processor_us() - before_us) / (double)(served ? served : 1));
    return 0;
}
