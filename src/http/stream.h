/* Bodies that are sent as they come (http.h), as the server's own thread sees them. Their senders
 * put bytes down under a lock and wake that thread, which alone touches connections. */
#ifndef WAYMARK_HTTP_STREAM_H
#define WAYMARK_HTTP_STREAM_H

#include <stdbool.h>

#include <event2/buffer.h>

#include "http/http.h"
#include "http/server_private.h"

/* The stream's answer is on its way: what is sent goes to the connection from now on. */
void stream_attach(struct http_stream *stream, struct connection *connection);

/* The client has gone, or nobody will hear of the stream: the sender is told when it next sends. */
void stream_detach(struct http_stream *stream);

/* Moves what was sent so far to the end of output. *ended: there will be no more. */
void stream_take(struct http_stream *stream, struct evbuffer *output, bool *ended);

/* All streams to which something happened since the last call, as a list; each is held for it. */
struct http_stream *take_stirred(struct http_server *server);

/* What comes behind it in the list, which it leaves: to be called before it is looked at, so that
 * what happens from then on puts it into the next one. */
struct http_stream *stream_rest(struct http_stream *stream);

/* Where it goes; NULL if it has not been answered with, or the client has gone. */
struct connection *stream_connection(const struct http_stream *stream);

void stream_release(struct http_stream *stream);

#endif
