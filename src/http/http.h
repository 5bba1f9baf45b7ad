/* Requests and answers, as a handler sees them. What they are about is none of this layer's
 * business; server.h runs it.
 *
 * A handler is given an exchange and answers it exactly once: at once, or later from any thread.
 * The exchange, its request and its arena live until then; after the call that answers it must
 * not be touched. If the client has gone away nobody tells the handler: the answer is thrown
 * away. */
#ifndef WAYMARK_HTTP_HTTP_H
#define WAYMARK_HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum http_method {
    HTTP_GET = 1,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_METHOD_COUNT,
};

/* A header, a cookie, or a parameter of the query. */
struct http_pair {
    const char *name;
    const char *value;
};

/* A request: a snapshot of plain text in the exchange's arena, already checked. What could be read
 * in two ways has been refused before any handler is called (http/head.h, http/target.h). */
struct http_request {
    enum http_method method;
    const char *peer;   /* numeric address of the other end; "unix" for a local socket */
    const char *host;   /* as sent, perhaps with a port; "" if HTTP/1.0 sent none */
    const char *target; /* path and query as sent, still encoded */

    /* The path split at its slashes and decoded: UTF-8 without control characters, "/", "\", "."
     * or "..". "/" has none; a path that ends in a slash has an empty last one. */
    const char *const *segments;
    size_t segment_count;

    const struct http_pair *query; /* decoded; each name once */
    size_t query_count;
    const struct http_pair *headers; /* names in lower case; bytes above 127 as sent */
    size_t header_count;
    const struct http_pair *cookies; /* as sent; those that are not well-formed are left out */
    size_t cookie_count;

    const char *body; /* never NULL; a NUL follows that body_size does not count */
    size_t body_size;
};

/* A header of an answer; made by http_add_header. */
struct http_header {
    const char *name;
    const char *value;
    struct http_header *next;
};

/* A body that is sent as it comes, until the one who sends it or the client ends it. It belongs to
 * the one who opened it, who may use it from any thread, and must end it before the server is
 * freed; it outlives exchange and connection. What the client has not taken is kept up to
 * HTTP_STREAM_LIMIT bytes: one who reads more slowly than that is cut off. */
struct http_stream;

enum { HTTP_STREAM_LIMIT = 256 * 1024 };

/* An answer. Each gets Date, Content-Length (but for a stream, which ends with
 * the connection), X-Request-Id and the security headers; Cache-Control
 * (no-store), Content-Security-Policy (default-src 'none'; frame-ancestors 'none') and
 * Referrer-Policy (no-referrer) only where headers does not name them. A HEAD request is answered
 * like its GET; the body is not sent. */
struct http_response {
    int status;
    const char *content_type; /* NULL: none */
    struct http_header *headers;

    const void *body; /* in the exchange's arena, or unchanged until release */
    size_t body_size;
    bool body_is_file; /* the body is the first body_size bytes of file, which is closed afterwards
                        */
    int file;

    struct http_stream *stream; /* the body, instead of these; of this exchange */

    void (*release)(void *argument); /* called once the body is not needed any more; may be NULL */
    void *release_argument;
};

struct http_exchange;

/* The request, and memory for whoever works on it; both end with the exchange. */
const struct http_request *http_request_of(const struct http_exchange *exchange);
struct arena *http_arena(const struct http_exchange *exchange);

/* 16 hexadecimal digits that name the request in logs; the client sees them as X-Request-Id. */
const char *http_request_id(const struct http_exchange *exchange);

/* "GET" and its like. Static. */
const char *http_method_name(enum http_method method);

/* The value of a header, by its name in any case; NULL if it was not sent. A header that has one
 * value by its nature was sent at most once; of others the first is told. */
const char *http_header(const struct http_request *request, const char *name);

/* The value of a parameter of the query, or NULL. */
const char *http_query(const struct http_request *request, const char *name);

/* The value of a cookie; NULL if it was not sent, or sent with two different values: then somebody
 * else has planted one. */
const char *http_cookie(const struct http_request *request, const char *name);

/* Adds a header; value lives as the body does, name is static. A control character in the value,
 * which would split the answer, is sent as a space. */
void http_add_header(struct http_exchange *exchange, struct http_response *response,
                     const char *name, const char *value);

/* Answers the exchange, from any thread, and ends the caller's use of it. */
void http_answer(struct http_exchange *exchange, const struct http_response *response);

/* Answers with the status of fault->code and problem details (RFC 9457): "type" is
 * "urn:waymark:error:" and the error's slug, "field" the offending input. */
void http_answer_fault(struct http_exchange *exchange, const struct fault *fault);

/* Opens a stream to answer the exchange with; once. What is sent before the answer waits for it. If
 * the exchange is answered without it, it is as if the client had gone. */
struct http_stream *http_stream_open(struct http_exchange *exchange);

/* Sends a copy of the bytes. False if the client has gone or was cut off; end the stream then. */
bool http_stream_send(struct http_stream *stream, const void *bytes, size_t size);

/* Whether it would not be sent in vain. */
bool http_stream_is_open(struct http_stream *stream);

/* Sends what is left, ends the answer and the caller's use of the stream. */
void http_stream_end(struct http_stream *stream);

#endif
