#include "http/connection.h"

#include <arpa/inet.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/uio.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>

#include "base/must.h"
#include "http/body.h"
#include "http/head.h"
#include "http/response.h"
#include "http/stream.h"
#include "platform/clock.h"

enum {
    READ_AHEAD = 64 * 1024, /* bytes taken from a client before they are wanted */
    SLOWEST_BYTES_PER_S = 4096,
    LINGER_MS = 2000,       /* how long a client may take to notice that we are done */
    LINGER_BYTES = 1 << 20, /* and how much of what it still sends is read */
};

/* A connection that is closed while the client still sends would be reset, and the client might
 * never see the last answer. So the closing side ends its half first, and lingers. */
enum state {
    IDLE, /* no byte of a request has come */
    HEAD, /* some have */
    BODY,
    WORKING, /* the exchange is with its handler */
    SENDING,
    STREAMING, /* answered with a body that is sent as it comes */
    LINGERING,
};

struct connection {
    struct http_server *server;
    LIST_ENTRY(connection) link;
    struct bufferevent *stream;
    enum state state;
    int64_t since_ns;     /* monotonic: when this state, or its present period, began */
    int64_t moved;        /* BODY: bytes received, SENDING and STREAMING: bytes to send, LINGERING:
                             discarded */
    int64_t moved_before; /* before the present period */
    bool is_first;        /* no request has come yet */
    bool has_ended;       /* the client will send nothing more */
    char peer[INET6_ADDRSTRLEN];
    size_t scanned; /* of the head */
    struct body body;
    struct http_exchange *exchange; /* in the states BODY to STREAMING */
};

static bool is_busy(enum state state)
{
    return state != IDLE && state != STREAMING && state != LINGERING;
}

static void enter(struct connection *connection, enum state state)
{
    struct http_server *server = connection->server;
    server->busy_count += is_busy(state);
    server->busy_count -= is_busy(connection->state);
    connection->state = state;
    connection->since_ns = monotonic_ns();
    connection->moved = 0;
    connection->moved_before = 0;
    if (server->busy_count == 0 && atomic_load(&server->is_stopping))
        server_wake(server);
}

static void close_connection(struct connection *connection)
{
    struct http_server *server = connection->server;
    struct http_exchange *exchange = connection->exchange;
    if (exchange && connection->state == WORKING)
        exchange->connection = NULL;
    enter(connection, LINGERING);
    LIST_REMOVE(connection, link);
    server->connection_count--;
    atomic_fetch_sub(&server->open_connections, 1);
    if (server->listener)
        evconnlistener_enable(server->listener);
    bufferevent_free(connection->stream);
    if (exchange && exchange->connection)
        exchange_free(exchange);
    free(connection);
}

static struct evbuffer *input_of(const struct connection *connection)
{
    return bufferevent_get_input(connection->stream);
}

static struct evbuffer *output_of(const struct connection *connection)
{
    return bufferevent_get_output(connection->stream);
}

/* Ends our half of the connection and waits for the client to end its own. */
static void linger(struct connection *connection)
{
    if (connection->has_ended) {
        close_connection(connection);
        return;
    }
    SSL *ssl = bufferevent_openssl_get_ssl(connection->stream);
    if (ssl)
        http_tls_end(ssl);
    shutdown(bufferevent_getfd(connection->stream), SHUT_WR);
    enter(connection, LINGERING);
    evbuffer_drain(input_of(connection), evbuffer_get_length(input_of(connection)));
}

/* Refuses what is being received: it is answered like a request, and the connection then ends. */
static void refuse_input(struct connection *connection, const struct fault *fault)
{
    struct http_exchange *exchange = connection->exchange;
    if (!exchange)
        exchange = exchange_new(connection->server, connection, connection->peer);
    connection->exchange = exchange;
    exchange->close = true;
    log_event(connection->server->config.log, LOG_DEBUG, "request_refused",
              log_text("peer", connection->peer), log_text("reason", fault->detail));
    enter(connection, WORKING);
    http_answer_fault(exchange, fault);
}

/* The request is there in full. */
static void dispatch(struct connection *connection)
{
    enter(connection, WORKING);
    server_dispatch(connection->server, connection->exchange);
}

static size_t body_limit_of(const struct connection *connection)
{
    const struct http_server_config *config = &connection->server->config;
    return config->body_limit_of
               ? config->body_limit_of(config->context, &connection->exchange->request)
               : config->body_limit;
}

static void begin_body(struct connection *connection, const struct http_framing *framing)
{
    struct fault fault;
    enum body_progress progress =
        body_begin(&connection->body, framing, body_limit_of(connection), &fault);
    if (progress == BODY_REFUSED) {
        refuse_input(connection, &fault);
    } else if (progress == BODY_COMPLETE) {
        dispatch(connection);
    } else {
        enter(connection, BODY);
        if (framing->expects_continue && evbuffer_get_length(input_of(connection)) == 0)
            evbuffer_add_printf(output_of(connection), "HTTP/1.1 100 Continue\r\n\r\n");
    }
}

static void read_head(struct connection *connection, const char *bytes, size_t size)
{
    struct http_exchange *exchange = exchange_new(connection->server, connection, connection->peer);
    struct http_framing framing = {0};
    struct fault fault;
    connection->exchange = exchange;
    connection->is_first = false;
    connection->scanned = 0;
    enum error error =
        http_head_read(exchange->arena, bytes, size, &exchange->request, &framing, &fault);
    evbuffer_drain(input_of(connection), size);
    exchange->close = framing.close;
    if (error)
        refuse_input(connection, &fault);
    else
        begin_body(connection, &framing);
}

/* Looks for a head among the bytes received; true if it went on to another state. */
static bool take_head(struct connection *connection)
{
    struct evbuffer *input = input_of(connection);
    size_t limit = connection->server->config.header_limit;
    size_t available = evbuffer_get_length(input);
    if (available == 0)
        return false;
    if (connection->state == IDLE)
        enter(connection, HEAD);
    size_t size = evbuffer_get_contiguous_space(input);
    size = size < limit ? size : limit;
    const char *bytes = (const char *)evbuffer_pullup(input, (ev_ssize_t)size);
    enum http_scan scan = http_head_scan(bytes, size, &connection->scanned);
    if (scan == HTTP_SCAN_MORE && size < available && size < limit) {
        size = available < limit ? available : limit;
        bytes = (const char *)evbuffer_pullup(input, (ev_ssize_t)size);
        scan = http_head_scan(bytes, size, &connection->scanned);
    }
    struct fault fault;
    if (scan == HTTP_SCAN_END) {
        read_head(connection, bytes, connection->scanned);
    } else if (scan == HTTP_SCAN_BAD) {
        refuse(&fault, ERROR_MALFORMED, "", "a byte of the head does not belong into HTTP");
        refuse_input(connection, &fault);
    } else if (size == limit) {
        refuse(&fault, ERROR_TOO_LARGE, "", "request line and headers exceed %zu bytes", limit);
        refuse_input(connection, &fault);
    } else {
        return false;
    }
    return true;
}

/* Receives the body; true if it went on to another state. */
static bool take_body(struct connection *connection)
{
    struct evbuffer *input = input_of(connection);
    size_t before = evbuffer_get_length(input);
    struct fault fault;
    enum body_progress progress = body_take(&connection->body, input, connection->exchange, &fault);
    connection->moved += (int64_t)(before - evbuffer_get_length(input));
    if (progress == BODY_COMPLETE)
        dispatch(connection);
    if (progress == BODY_REFUSED)
        refuse_input(connection, &fault);
    return progress != BODY_MORE;
}

/* Goes on as far as the bytes received allow. The connection may be gone afterwards. */
static void advance(struct connection *connection)
{
    while ((connection->state <= HEAD && take_head(connection)) ||
           (connection->state == BODY && take_body(connection)))
        continue;
    if (connection->has_ended && (connection->state <= BODY || connection->state == STREAMING))
        close_connection(connection);
}

static void on_read(struct bufferevent *stream, void *argument)
{
    struct connection *connection = argument;
    struct evbuffer *input = bufferevent_get_input(stream);
    if (connection->state != LINGERING) {
        advance(connection);
        return;
    }
    connection->moved += (int64_t)evbuffer_get_length(input);
    evbuffer_drain(input, evbuffer_get_length(input));
    if (connection->moved > LINGER_BYTES)
        close_connection(connection);
}

/* All of the answer has left; the next request may already be there. */
static void finish(struct connection *connection)
{
    struct http_exchange *exchange = connection->exchange;
    bool close = exchange->close;
    connection->exchange = NULL;
    exchange_free(exchange);
    if (close) {
        linger(connection);
        return;
    }
    enter(connection, IDLE);
    advance(connection);
}

static void on_written(struct bufferevent *stream, void *argument)
{
    struct connection *connection = argument;
    (void)stream;
    if (connection->state == SENDING && evbuffer_get_length(output_of(connection)) == 0)
        finish(connection);
}

static void on_event(struct bufferevent *stream, short what, void *argument)
{
    struct connection *connection = argument;
    (void)stream;
    if (what & BEV_EVENT_CONNECTED)
        return;
    connection->has_ended = true;
    if ((what & BEV_EVENT_ERROR) || connection->state == LINGERING)
        close_connection(connection);
    else
        advance(connection);
}

/* Sends as much of the parts as the socket takes at once, which spares most answers a round through
 * the event loop. Returns how many bytes that was. */
static size_t send_at_once(struct connection *connection, struct iovec *parts, size_t count)
{
    if (bufferevent_openssl_get_ssl(connection->stream) ||
        evbuffer_get_length(output_of(connection)) > 0)
        return 0;
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};
    ssize_t sent =
        sendmsg(bufferevent_getfd(connection->stream), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent > 0 ? (size_t)sent : 0;
}

/* The parts must stay where they are until the answer has been sent. */
static void send_parts(struct connection *connection, struct iovec *parts, size_t count)
{
    size_t sent = send_at_once(connection, parts, count);
    for (size_t i = 0; i < count; i++) {
        size_t skipped = sent < parts[i].iov_len ? sent : parts[i].iov_len;
        sent -= skipped;
        if (skipped < parts[i].iov_len)
            evbuffer_add_reference(output_of(connection), (char *)parts[i].iov_base + skipped,
                                   parts[i].iov_len - skipped, NULL, NULL);
    }
}

static void end_head(struct connection *connection, struct http_exchange *exchange)
{
    struct text_buffer *head = &exchange->head;
    text_put_text(head, server_date(connection->server));
    if (exchange->close)
        text_put_text(head, "Connection: close\r\n");
    text_put(head, "\r\n", 2);
}

/* The buffer takes over the file and closes it; false if it cannot. */
static bool send_file(struct connection *connection, struct http_response *response)
{
    struct evbuffer_file_segment *segment = evbuffer_file_segment_new(
        response->file, 0, (ev_off_t)response->body_size, EVBUF_FS_CLOSE_ON_FREE);
    if (!segment)
        return false;
    response->body_is_file = false;
    bool is_added = evbuffer_add_file_segment(output_of(connection), segment, 0, -1) == 0;
    evbuffer_file_segment_free(segment);
    return is_added;
}

static bool send_answer(struct connection *connection, struct http_exchange *exchange)
{
    struct http_response *response = &exchange->response;
    struct iovec parts[2] = {{exchange->head.bytes, exchange->head.size}};
    bool has_body = http_response_has_body(&exchange->request, response);
    bool has_file = has_body && response->body_is_file && response->body_size > 0;
    if (has_body && !response->body_is_file)
        parts[1] = (struct iovec){(void *)(uintptr_t)response->body, response->body_size};
    send_parts(connection, parts, 2);
    return !has_file || send_file(connection, response);
}

static void cut_off(struct connection *connection)
{
    atomic_fetch_add(&connection->server->metrics.streams_cut_off, 1);
    close_connection(connection);
}

void connection_stream(struct connection *connection)
{
    struct evbuffer *output = output_of(connection);
    size_t before = evbuffer_get_length(output);
    bool has_ended;
    must(connection->state == STREAMING);
    stream_take(connection->exchange->stream, output, &has_ended);
    size_t left = evbuffer_get_length(output);
    connection->moved += (int64_t)(left - before);
    if (left > HTTP_STREAM_LIMIT) {
        cut_off(connection);
    } else if (has_ended) {
        stream_detach(connection->exchange->stream);
        enter(connection, SENDING);
        connection->moved = (int64_t)left;
        if (left == 0)
            finish(connection);
    }
}

static void begin_stream(struct connection *connection, struct http_exchange *exchange)
{
    struct iovec head = {exchange->head.bytes, exchange->head.size};
    enter(connection, STREAMING);
    connection->moved = (int64_t)head.iov_len;
    send_parts(connection, &head, 1);
    stream_attach(exchange->stream, connection);
    connection_stream(connection);
}

void connection_answer(struct connection *connection, struct http_exchange *exchange)
{
    struct http_server *server = connection->server;
    must(connection->state == WORKING && connection->exchange == exchange);
    exchange->close = exchange->close || atomic_load(&server->is_stopping);
    end_head(connection, exchange);
    int64_t duration_ns = exchange->read_ns ? monotonic_ns() - exchange->read_ns : 0;
    http_metrics_count(&server->metrics, exchange->request.method, exchange->response.status,
                       duration_ns);
    if (exchange->response.stream && !atomic_load(&server->is_stopping) &&
        http_response_has_body(&exchange->request, &exchange->response)) {
        begin_stream(connection, exchange);
        return;
    }
    enter(connection, SENDING);
    connection->moved = (int64_t)(exchange->head.size + exchange->response.body_size);
    if (!send_answer(connection, exchange))
        close_connection(connection);
    else if (evbuffer_get_length(output_of(connection)) == 0)
        finish(connection);
}

static void name_peer(struct connection *connection, const struct sockaddr *peer)
{
    const void *address = NULL;
    if (peer->sa_family == AF_INET)
        address = &((const struct sockaddr_in *)(const void *)peer)->sin_addr;
    if (peer->sa_family == AF_INET6)
        address = &((const struct sockaddr_in6 *)(const void *)peer)->sin6_addr;
    if (!address || !inet_ntop(peer->sa_family, address, connection->peer, sizeof connection->peer))
        snprintf(connection->peer, sizeof connection->peer, "unix");
}

static struct bufferevent *open_stream(struct http_server *server, int descriptor)
{
    if (!server->tls)
        return bufferevent_socket_new(server->base, descriptor, BEV_OPT_CLOSE_ON_FREE);
    SSL *ssl = http_tls_connection(server->tls);
    struct bufferevent *stream =
        bufferevent_openssl_socket_new(server->base, descriptor, ssl, BUFFEREVENT_SSL_ACCEPTING,
                                       BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
    /* The framing of HTTP tells what is complete; many clients just hang up. */
    if (stream)
        bufferevent_openssl_set_allow_dirty_shutdown(stream, 1);
    return stream;
}

void connection_open(struct http_server *server, int descriptor, const struct sockaddr *peer,
                     bool is_beyond_limit)
{
    struct connection *connection = calloc(1, sizeof *connection);
    must(connection);
    int yes = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    connection->server = server;
    connection->stream = open_stream(server, descriptor);
    must(connection->stream);
    connection->is_first = true;
    name_peer(connection, peer);
    LIST_INSERT_HEAD(&server->connections, connection, link);
    server->connection_count++;
    atomic_fetch_add(&server->open_connections, 1);
    atomic_fetch_add(&server->metrics.connections, 1);
    enter(connection, IDLE);
    size_t limit = 2 * server->config.header_limit;
    bufferevent_setwatermark(connection->stream, EV_READ, 0,
                             limit > READ_AHEAD ? limit : READ_AHEAD);
    bufferevent_setcb(connection->stream, on_read, on_written, on_event, connection);
    bufferevent_enable(connection->stream, EV_READ | EV_WRITE);
    if (is_beyond_limit) {
        struct fault fault = {.code = ERROR_UNAVAILABLE, .detail = "too many connections"};
        atomic_fetch_add(&server->metrics.connections_refused, 1);
        refuse_input(connection, &fault);
    }
}

/* What has not yet arrived at the client, as far as the kernel knows. */
static int64_t left_to_send(const struct connection *connection)
{
    int in_kernel = 0;
    ioctl(bufferevent_getfd(connection->stream), SIOCOUTQ, &in_kernel);
    return (int64_t)evbuffer_get_length(output_of(connection)) + in_kernel;
}

/* Whether a body moves too slowly: each period of a request's timeout must move its share. */
static bool is_stalled(struct connection *connection, int64_t now_ns, int64_t passed_ms)
{
    int64_t moved = connection->moved;
    if (connection->state == SENDING)
        moved -= left_to_send(connection);
    if (passed_ms < connection->server->config.request_timeout_ms)
        return false;
    if (moved - connection->moved_before < passed_ms * SLOWEST_BYTES_PER_S / 1000)
        return true;
    connection->since_ns = now_ns;
    connection->moved_before = moved;
    return false;
}

/* Whether the client of a stream takes nothing of what there is for it. */
static bool is_stuck(struct connection *connection, int64_t now_ns, int64_t passed_ms)
{
    int64_t left = left_to_send(connection);
    int64_t taken = connection->moved - left;
    if (left > 0 && taken <= connection->moved_before)
        return passed_ms >= connection->server->config.idle_timeout_ms;
    connection->since_ns = now_ns;
    connection->moved_before = taken;
    return false;
}

static bool is_late(struct connection *connection, int64_t now_ns)
{
    const struct http_server_config *config = &connection->server->config;
    int64_t passed_ms = (now_ns - connection->since_ns) / 1000000;
    switch (connection->state) {
    case IDLE:
        return passed_ms >=
               (connection->is_first ? config->request_timeout_ms : config->idle_timeout_ms);
    case HEAD:
        return passed_ms >= config->request_timeout_ms;
    case BODY:
    case SENDING:
        return is_stalled(connection, now_ns, passed_ms);
    case STREAMING:
        return is_stuck(connection, now_ns, passed_ms);
    case WORKING:
        return false;
    case LINGERING:
        return passed_ms >= LINGER_MS;
    }
    return false;
}

static void end_late(struct connection *connection)
{
    if (connection->state == STREAMING) {
        cut_off(connection);
        return;
    }
    if (connection->state != HEAD && connection->state != BODY) {
        close_connection(connection);
        return;
    }
    struct fault fault = {.code = ERROR_TIMEOUT, .detail = "the request did not arrive in time"};
    refuse_input(connection, &fault);
}

void connections_sweep(struct http_server *server)
{
    int64_t now_ns = monotonic_ns();
    struct connection *next;
    for (struct connection *at = LIST_FIRST(&server->connections); at; at = next) {
        next = LIST_NEXT(at, link);
        if (is_late(at, now_ns))
            end_late(at);
    }
}

void connections_close_idle(struct http_server *server)
{
    struct connection *next;
    for (struct connection *at = LIST_FIRST(&server->connections); at; at = next) {
        next = LIST_NEXT(at, link);
        if (at->state == IDLE || at->state == STREAMING)
            close_connection(at);
    }
}

void connections_close(struct http_server *server)
{
    while (!LIST_EMPTY(&server->connections))
        close_connection(LIST_FIRST(&server->connections));
}
