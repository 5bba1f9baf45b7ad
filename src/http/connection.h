/* A connection: reads one request after another, strictly in turn, and sends their answers. Only
 * the server's own thread comes here. */
#ifndef WAYMARK_HTTP_CONNECTION_H
#define WAYMARK_HTTP_CONNECTION_H

#include <sys/socket.h>

#include "http/server_private.h"

/* Takes over an accepted socket. One beyond the limit is only told so. */
void connection_open(struct http_server *server, int descriptor, const struct sockaddr *peer,
                     bool is_beyond_limit);

/* Sends the answer of the exchange that the connection waits for. */
void connection_answer(struct connection *connection, struct http_exchange *exchange);

/* Sends what has come for the stream that the connection is answered with. It may be gone
 * afterwards. */
void connection_stream(struct connection *connection);

/* Ends connections whose time is up. */
void connections_sweep(struct http_server *server);

/* Closes connections that wait for a next request, and those whose answer goes on. */
void connections_close_idle(struct http_server *server);

/* Closes all. */
void connections_close(struct http_server *server);

#endif
