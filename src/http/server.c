#include "http/server.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/must.h"
#include "http/connection.h"
#include "http/server_private.h"
#include "http/stream.h"
#include "platform/clock.h"
#include "platform/random.h"

enum {
    /* So many connections beyond the limit are told that there are too many; others wait in the
     * backlog. */
    BEYOND_LIMIT = 64,
    LEAST_SWEEP_MS = 10,
    MOST_SWEEP_MS = 500,
};

static void fill_defaults(struct http_server_config *config)
{
    config->workers = config->workers ? config->workers : 4;
    config->waiting_limit = config->waiting_limit ? config->waiting_limit : 1024;
    config->connection_limit = config->connection_limit ? config->connection_limit : 4096;
    config->header_limit = config->header_limit ? config->header_limit : HEADER_LIMIT;
    config->body_limit = config->body_limit ? config->body_limit : BODY_LIMIT;
    config->all_bodies_limit = config->all_bodies_limit ? config->all_bodies_limit : 256 * MIB;
    config->request_timeout_ms = config->request_timeout_ms ? config->request_timeout_ms : 10000;
    config->idle_timeout_ms = config->idle_timeout_ms ? config->idle_timeout_ms : 60000;
}

void server_wake(struct http_server *server)
{
    uint64_t one = 1;
    ssize_t written = write(server->wake_descriptor, &one, sizeof one);
    must(written == sizeof one);
}

/* All requests that were read in one round of the loop go to the workers together: waking them
 * costs more than reading one. */
static void hand_over(struct http_server *server)
{
    struct fault fault = {.code = ERROR_UNAVAILABLE, .detail = "too many requests are waiting"};
    size_t taken = queue_try_put_many(server->waiting, server->ready, server->ready_count);
    for (size_t i = taken; i < server->ready_count; i++)
        http_answer_fault(server->ready[i], &fault);
    server->ready_count = 0;
}

void server_dispatch(struct http_server *server, struct http_exchange *exchange)
{
    exchange->read_ns = monotonic_ns();
    atomic_fetch_add(&server->unanswered, 1);
    server->ready[server->ready_count++] = exchange;
    if (server->ready_count == READY_MOST)
        hand_over(server);
    else
        event_active(server->hand_over, 0, 0);
}

const char *server_date(struct http_server *server)
{
    time_t now = time(NULL);
    if (now != server->date_second) {
        struct tm parts;
        gmtime_r(&now, &parts);
        strftime(server->date, sizeof server->date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
        server->date_second = now;
    }
    return server->date;
}

static void cut_off(struct http_exchange *const *exchanges, size_t count)
{
    struct fault fault = {.code = ERROR_UNAVAILABLE, .detail = "the server is stopping"};
    for (size_t i = 0; i < count; i++)
        http_answer_fault(exchanges[i], &fault);
}

/* A worker's fair share of what waits. */
static size_t share(const struct http_server *server)
{
    size_t share = 1 + queue_length(server->waiting) / server->config.workers;
    return share < HTTP_TOGETHER ? share : HTTP_TOGETHER;
}

static void run_worker(void *argument)
{
    struct http_server *server = argument;
    void *items[HTTP_TOGETHER];
    size_t count;
    while ((count = queue_take(server->waiting, items, share(server), -1)) > 0) {
        struct http_exchange *exchanges[HTTP_TOGETHER];
        for (size_t i = 0; i < count; i++)
            exchanges[i] = items[i];
        if (atomic_load(&server->is_cut_off))
            cut_off(exchanges, count);
        else
            server->config.handle(server->config.context, exchanges, count);
    }
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t descriptor,
                      struct sockaddr *peer, int size, void *argument)
{
    struct http_server *server = argument;
    unsigned limit = server->config.connection_limit;
    (void)size;
    connection_open(server, descriptor, peer, server->connection_count >= limit);
    if (server->connection_count >= limit + BEYOND_LIMIT)
        evconnlistener_disable(listener);
}

/* Out of descriptors, most likely: the sweep tries again, by when some may be free. */
static void on_accept_error(struct evconnlistener *listener, void *argument)
{
    struct http_server *server = argument;
    log_event(server->config.log, LOG_WARNING, "cannot_accept",
              log_text("reason", strerror(errno)));
    evconnlistener_disable(listener);
}

static void begin_to_stop(struct http_server *server)
{
    if (!server->listener)
        return;
    evconnlistener_free(server->listener);
    server->listener = NULL;
    connections_close_idle(server);
}

/* The loop has nothing to do any more once nobody waits for an answer. */
static void stop_if_asked(struct http_server *server)
{
    if (!atomic_load(&server->is_stopping))
        return;
    begin_to_stop(server);
    if (server->busy_count == 0 || monotonic_ns() >= server->stop_ns)
        event_base_loopbreak(server->base);
}

static void on_sweep(evutil_socket_t descriptor, short what, void *argument)
{
    struct http_server *server = argument;
    (void)descriptor;
    (void)what;
    connections_sweep(server);
    if (server->listener &&
        server->connection_count < server->config.connection_limit + BEYOND_LIMIT)
        evconnlistener_enable(server->listener);
    stop_if_asked(server);
}

static void on_hand_over(evutil_socket_t descriptor, short what, void *argument)
{
    (void)descriptor;
    (void)what;
    hand_over(argument);
}

static void send_streams(struct http_server *server)
{
    struct http_stream *next;
    for (struct http_stream *stream = take_stirred(server); stream; stream = next) {
        next = stream_rest(stream);
        if (stream_connection(stream))
            connection_stream(stream_connection(stream));
        stream_release(stream);
    }
}

static void on_wake(evutil_socket_t descriptor, short what, void *argument)
{
    struct http_server *server = argument;
    (void)what;
    uint64_t count;
    ssize_t size = read(descriptor, &count, sizeof count);
    (void)size;
    struct http_exchange *next;
    for (struct http_exchange *exchange = take_answered(server); exchange; exchange = next) {
        next = exchange->next;
        if (exchange->connection)
            connection_answer(exchange->connection, exchange);
        else
            exchange_free(exchange);
    }
    send_streams(server);
    stop_if_asked(server);
}

static void run_loop(void *argument)
{
    struct http_server *server = argument;
    event_base_dispatch(server->base);
    hand_over(server);
    server->cut_off = server->busy_count;
    event_del(server->hand_over);
    event_del(server->wake);
    event_del(server->sweep);
    connections_close(server);
    event_base_loop(server->base, EVLOOP_NONBLOCK); /* streams are really freed by the loop */
}

static void make_base(struct http_server *server)
{
    struct event_config *config = event_config_new();
    must(config);
    event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK);
    event_config_set_flag(config, EVENT_BASE_FLAG_EPOLL_USE_CHANGELIST);
    server->base = event_base_new_with_config(config);
    event_config_free(config);
    must(server->base);
}

static struct timeval sweep_interval(const struct http_server_config *config)
{
    int shorter = config->request_timeout_ms < config->idle_timeout_ms ? config->request_timeout_ms
                                                                       : config->idle_timeout_ms;
    int interval_ms = shorter / 4;
    interval_ms = interval_ms < LEAST_SWEEP_MS ? LEAST_SWEEP_MS : interval_ms;
    interval_ms = interval_ms > MOST_SWEEP_MS ? MOST_SWEEP_MS : interval_ms;
    return (struct timeval){.tv_usec = interval_ms * 1000};
}

static void make_events(struct http_server *server, int descriptor)
{
    make_base(server);
    server->listener =
        evconnlistener_new(server->base, on_accept, server,
                           LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, -1, descriptor);
    server->wake_descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    must(server->listener && server->wake_descriptor >= 0);
    evconnlistener_set_error_cb(server->listener, on_accept_error);
    server->wake =
        event_new(server->base, server->wake_descriptor, EV_READ | EV_PERSIST, on_wake, server);
    server->sweep = event_new(server->base, -1, EV_PERSIST, on_sweep, server);
    server->hand_over = event_new(server->base, -1, 0, on_hand_over, server);
    must(server->wake && server->sweep && server->hand_over);
    struct timeval interval = sweep_interval(&server->config);
    event_add(server->wake, NULL);
    event_add(server->sweep, &interval);
}

static void start_threads(struct http_server *server)
{
    server->loop = thread_start("http", run_loop, server);
    server->workers = calloc(server->config.workers, sizeof *server->workers);
    must(server->workers);
    for (unsigned i = 0; i < server->config.workers; i++)
        server->workers[i] = thread_start("http-worker", run_worker, server);
}

static enum error prepare(struct http_server *server, int *descriptor, struct fault *fault)
{
    const struct http_server_config *config = &server->config;
    if (!config->tls_certificate != !config->tls_key)
        return refuse(fault, ERROR_INVALID, config->tls_key ? "tls_certificate" : "tls_key",
                      "TLS takes a certificate and a key");
    enum error error = OK;
    if (config->tls_key)
        error = http_tls_new(config->tls_certificate, config->tls_key, &server->tls, fault);
    if (!error)
        error = http_listen(config->listen, descriptor, fault);
    return error;
}

enum error http_server_start(const struct http_server_config *config, struct http_server **server,
                             struct fault *fault)
{
    struct http_server *made = calloc(1, sizeof *made);
    int descriptor;
    must(made && config->listen && config->handle && config->log);
    made->config = *config;
    fill_defaults(&made->config);
    enum error error = prepare(made, &descriptor, fault);
    if (error) {
        http_tls_free(made->tls);
        free(made);
        return error;
    }
    http_listen_address(descriptor, made->address);
    random_bytes(&made->id_prefix, sizeof made->id_prefix);
    LIST_INIT(&made->connections);
    made->waiting = queue_new(made->config.waiting_limit);
    make_events(made, descriptor);
    *server = made; /* before a handler may look */
    start_threads(made);
    log_event(config->log, LOG_INFO, "listening", log_text("address", made->address),
              log_text("tls", made->tls ? "yes" : "no"));
    return OK;
}

const char *http_server_address(const struct http_server *server)
{
    return server->address;
}

enum error http_server_reload_tls(struct http_server *server, struct fault *fault)
{
    return server->tls ? http_tls_reload(server->tls, fault) : OK;
}

void http_server_metrics(struct http_server *server, struct text_buffer *text)
{
    struct http_gauges gauges = {
        .connections = atomic_load(&server->open_connections),
        .in_flight = atomic_load(&server->unanswered),
        .waiting = queue_length(server->waiting),
    };
    http_metrics_write(&server->metrics, gauges, text);
}

size_t http_server_stop(struct http_server *server, int timeout_ms)
{
    must(!server->is_stopped && timeout_ms >= 0);
    server->stop_ns = monotonic_ns() + (int64_t)timeout_ms * 1000000;
    atomic_store(&server->is_stopping, true);
    server_wake(server);
    thread_join(server->loop);
    atomic_store(&server->is_cut_off, true);
    queue_close(server->waiting);
    for (unsigned i = 0; i < server->config.workers; i++)
        thread_join(server->workers[i]);
    server->is_stopped = true;
    log_event(server->config.log, server->cut_off ? LOG_WARNING : LOG_INFO, "stopped_listening",
              log_text("address", server->address), log_number("cut_off", server->cut_off));
    return server->cut_off;
}

static void free_answered(struct http_server *server)
{
    struct http_exchange *next;
    for (struct http_exchange *exchange = take_answered(server); exchange; exchange = next) {
        next = exchange->next;
        exchange_free(exchange);
    }
}

void http_server_free(struct http_server *server)
{
    if (!server)
        return;
    must(server->is_stopped);
    free_answered(server);
    send_streams(server); /* to nobody */
    must(atomic_load(&server->unanswered) == 0);
    event_free(server->wake);
    event_free(server->sweep);
    event_free(server->hand_over);
    event_base_free(server->base);
    close(server->wake_descriptor);
    queue_free(server->waiting);
    http_tls_free(server->tls);
    free(server->workers);
    free(server);
}
