#include "http/stream.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/must.h"

/* Held by its sender, by its exchange, and by the list of the stirred while it is in it. */
struct http_stream {
    struct http_server *server;
    struct connection *connection; /* NULL before the answer, and after the client has gone */
    struct http_stream *next;      /* in the list of the stirred */
    atomic_uint holders;

    pthread_mutex_t lock;  /* of what follows */
    struct evbuffer *sent; /* and not yet taken */
    bool is_stirred;       /* in the list */
    bool is_ended;         /* by its sender */
    bool is_gone;
};

struct http_stream *http_stream_open(struct http_exchange *exchange)
{
    struct http_stream *stream = calloc(1, sizeof *stream);
    must(stream && !exchange->stream);
    stream->server = exchange->server;
    stream->sent = evbuffer_new();
    must(stream->sent);
    pthread_mutex_init(&stream->lock, NULL);
    atomic_store(&stream->holders, 2);
    exchange->stream = stream;
    exchange->close = true; /* its end is the end of the body */
    return stream;
}

void stream_release(struct http_stream *stream)
{
    if (atomic_fetch_sub(&stream->holders, 1) > 1)
        return;
    evbuffer_free(stream->sent);
    pthread_mutex_destroy(&stream->lock);
    free(stream);
}

/* ---- the sender's side --------------------------------------------------------------------- */

/* Puts it into the list that the server's thread looks through; with the lock held. */
static void stir(struct http_stream *stream)
{
    struct http_server *server = stream->server;
    if (stream->is_stirred)
        return;
    stream->is_stirred = true;
    atomic_fetch_add(&stream->holders, 1);
    struct http_stream *newest = atomic_load(&server->stirred);
    do {
        stream->next = newest;
    } while (!atomic_compare_exchange_weak(&server->stirred, &newest, stream));
    if (!newest)
        server_wake(server);
}

bool http_stream_send(struct http_stream *stream, const void *bytes, size_t size)
{
    pthread_mutex_lock(&stream->lock);
    bool is_open = !stream->is_gone && !stream->is_ended;
    if (is_open && evbuffer_get_length(stream->sent) + size > HTTP_STREAM_LIMIT)
        stream->is_ended = true; /* whole messages only */
    else if (is_open)
        must(evbuffer_add(stream->sent, bytes, size) == 0);
    if (is_open)
        stir(stream);
    is_open = is_open && !stream->is_ended;
    pthread_mutex_unlock(&stream->lock);
    return is_open;
}

bool http_stream_is_open(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    bool is_open = !stream->is_gone && !stream->is_ended;
    pthread_mutex_unlock(&stream->lock);
    return is_open;
}

void http_stream_end(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->is_ended = true;
    if (!stream->is_gone)
        stir(stream);
    pthread_mutex_unlock(&stream->lock);
    stream_release(stream);
}

/* ---- the server's side --------------------------------------------------------------------- */

void stream_attach(struct http_stream *stream, struct connection *connection)
{
    stream->connection = connection;
}

void stream_detach(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->connection = NULL;
    stream->is_gone = true;
    evbuffer_drain(stream->sent, evbuffer_get_length(stream->sent));
    pthread_mutex_unlock(&stream->lock);
}

void stream_take(struct http_stream *stream, struct evbuffer *output, bool *ended)
{
    pthread_mutex_lock(&stream->lock);
    evbuffer_add_buffer(output, stream->sent);
    *ended = stream->is_ended;
    pthread_mutex_unlock(&stream->lock);
}

struct http_stream *take_stirred(struct http_server *server)
{
    return atomic_exchange(&server->stirred, NULL);
}

struct http_stream *stream_rest(struct http_stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    struct http_stream *next = stream->next;
    stream->is_stirred = false;
    pthread_mutex_unlock(&stream->lock);
    return next;
}

struct connection *stream_connection(const struct http_stream *stream)
{
    return stream->connection;
}
