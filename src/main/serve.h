/* The server: the house open, the API answered over HTTP, timed work done, until it is told to
 * stop. */
#ifndef WAYMARK_MAIN_SERVE_H
#define WAYMARK_MAIN_SERVE_H

#include "main/house.h"

struct server;

/* Opens everything and serves; threads of its own do the work. From here on SIGTERM, SIGINT and
 * SIGHUP are blocked: server_wait takes them. The caller has no other threads yet. */
enum error server_start(const struct config *config, struct server **server,
                        struct fault *fault) WARN_UNUSED;

struct house *server_house(struct server *server);

/* Where it listens, "127.0.0.1:8080". */
const char *server_address(const struct server *server);

/* Waits for SIGTERM or SIGINT; SIGHUP reads the TLS certificate again. */
void server_wait(struct server *server);

/* Lets requests in flight end, commits what waits, closes everything and frees the server. */
void server_stop(struct server *server);

#endif
