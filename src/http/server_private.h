/* What server.c, connection.c and exchange.c share. Only the server's own thread, which runs the
 * event loop, touches connections; the others reach it through answered and wake. */
#ifndef WAYMARK_HTTP_SERVER_PRIVATE_H
#define WAYMARK_HTTP_SERVER_PRIVATE_H

#include <stdatomic.h>
#include <sys/queue.h>
#include <time.h>

#include <event2/event.h>
#include <event2/listener.h>

#include "http/listen.h"
#include "http/metrics.h"
#include "http/server.h"
#include "http/tls.h"
#include "platform/queue.h"
#include "platform/thread.h"

struct connection;

enum { READY_MOST = 64 };

struct http_exchange {
    struct arena *arena;
    struct http_request request;
    char id[17];
    struct http_server *server;
    struct connection *connection; /* NULL once the client has gone */
    int64_t read_ns; /* monotonic: when the request was there in full; 0: it never was */
    char *body;      /* malloc'ed; request.body points to it */
    size_t body_room;
    bool close;                 /* the connection ends with this answer */
    struct http_stream *stream; /* opened for it, or NULL */
    atomic_bool is_answered;
    struct http_response response;
    struct text_buffer head;    /* of the response */
    struct http_exchange *next; /* in the list of answered ones */
};

struct http_server {
    struct http_server_config config; /* defaults filled in */
    char address[HTTP_ADDRESS_SIZE];
    struct http_tls *tls; /* or NULL */
    struct event_base *base;
    struct evconnlistener *listener;
    struct event *sweep;
    struct event *hand_over;
    struct event *wake;
    int wake_descriptor;

    struct thread *loop;
    struct thread **workers;
    struct queue *waiting;   /* struct http_exchange *, read in full */
    void *ready[READY_MOST]; /* the same, before they are handed over together */
    size_t ready_count;

    LIST_HEAD(, connection) connections;
    unsigned connection_count;
    size_t bodies_room;  /* bytes of all bodies that are held */
    unsigned busy_count; /* connections with a request under way */
    unsigned cut_off;    /* busy_count when the loop ended */
    char date[64];       /* the Date header of second date_second */
    time_t date_second;
    uint64_t id_prefix;
    uint64_t next_id;

    _Atomic(struct http_exchange *) answered; /* newest first */
    _Atomic(struct http_stream *) stirred;    /* to which something was sent; newest first */
    atomic_bool is_stopping;
    atomic_bool is_cut_off; /* workers need not handle what still waits */
    bool is_stopped;
    int64_t stop_ns; /* monotonic: the latest end of the loop */

    atomic_uint open_connections; /* for the gauges */
    atomic_size_t unanswered;     /* exchanges that a handler still has */
    struct http_metrics metrics;
};

/* A new exchange of the connection, with its arena and id. The server's thread. */
struct http_exchange *exchange_new(struct http_server *server, struct connection *connection,
                                   const char *peer);
void exchange_free(struct http_exchange *exchange);

/* Makes room for size more bytes of a body that has at most so many in the end, and returns where
 * they go; the caller adds them to request.body_size. NULL if all bodies together would need too
 * much memory. */
char *exchange_body_room(struct http_exchange *exchange, size_t size, size_t most);

/* All answered exchanges since the last call, oldest first. */
struct http_exchange *take_answered(struct http_server *server);

/* Makes the server's thread look at what is new. Any thread. */
void server_wake(struct http_server *server);

/* Gives a request that is there in full to the workers. */
void server_dispatch(struct http_server *server, struct http_exchange *exchange);

/* The Date header as of now. The server's thread. */
const char *server_date(struct http_server *server);

#endif
