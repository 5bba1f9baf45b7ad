/* The HTTP server: one thread reads requests and sends answers, a few others run the handler.
 *
 * It speaks HTTP/1.1 with and without TLS, and HTTP/1.0 to those who close. What is ambiguous is
 * refused with problem details before any handler sees it. It knows requests and answers, and
 * nothing of what they are about. */
#ifndef WAYMARK_HTTP_SERVER_H
#define WAYMARK_HTTP_SERVER_H

#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "http/http.h"
#include "platform/log.h"

/* Zero stands for the default in brackets. Texts and log belong to the caller and outlive the
 * server. */
enum { HTTP_TOGETHER = 16 }; /* requests that a worker takes at a time */

struct http_server_config {
    const char *listen; /* "HOST:PORT", "[IPV6]:PORT" or "unix:PATH"; port 0 takes a free one */
    const char *tls_certificate; /* PEM files, both or neither */
    const char *tls_key;

    unsigned workers;          /* threads that run the handler [4] */
    size_t waiting_limit;      /* requests that may wait for a worker [1024]; more get 503 */
    unsigned connection_limit; /* open at a time [4096]; more get 503 and are closed */
    size_t header_limit;       /* bytes of a head [HEADER_LIMIT]; more get 413 */
    size_t body_limit;         /* bytes of a body [BODY_LIMIT]; more get 413 */
    size_t all_bodies_limit;   /* bytes of all bodies held at a time [256 MiB]; more get 503 */

    /* How long a head may take; a body, like an answer, may take longer as long as each such period
     * moves 4 KiB a second [10 s]. A request that does not arrive in time gets 408. */
    int request_timeout_ms;
    int idle_timeout_ms; /* between two requests of a connection [60 s] */

    /* The limit of one body, where it is not body_limit; called by the server's own thread, with
     * the body not yet there. May be NULL. */
    size_t (*body_limit_of)(void *context, const struct http_request *request);

    /* Called by a worker with requests that are all there already, so that what serves one of them
     * can serve the rest; answers each now or leaves that to others. */
    void (*handle)(void *context, struct http_exchange *const *exchanges, size_t count);
    void *context;

    const struct log *log;
};

struct http_server;

/* Listens and serves until it is stopped; *server is set before the first request is handled.
 * ERROR_INVALID (an address or a certificate) or ERROR_UNAVAILABLE, with the field. */
enum error http_server_start(const struct http_server_config *config, struct http_server **server,
                             struct fault *fault) WARN_UNUSED;

/* Where it listens, with the real port, as http_server_config.listen has it. */
const char *http_server_address(const struct http_server *server);

/* Reads certificate and key again, for connections from now on. ERROR_INVALID: the old ones stay
 * in use. OK if there is no TLS. */
enum error http_server_reload_tls(struct http_server *server, struct fault *fault) WARN_UNUSED;

/* Appends the metrics in Prometheus' text format. Any thread. */
void http_server_metrics(struct http_server *server, struct text_buffer *text);

/* Accepts nothing more, closes idle connections, lets requests under way be answered and sent for
 * up to timeout_ms, and ends its threads. Returns how many requests it has cut off; a handler that
 * still runs is waited for. */
size_t http_server_stop(struct http_server *server, int timeout_ms);

/* Frees a stopped server. Every exchange must have been answered by now: stop those who answer
 * later in between. */
void http_server_free(struct http_server *server);

#endif
