/* Receives the body of a request into its exchange, as it arrives. */
#ifndef WAYMARK_HTTP_BODY_H
#define WAYMARK_HTTP_BODY_H

#include <event2/buffer.h>

#include "http/chunked.h"
#include "http/head.h"
#include "http/server_private.h"

struct body {
    struct http_framing framing;
    struct http_chunked chunked;
    size_t limit;
};

enum body_progress {
    BODY_MORE,
    BODY_COMPLETE,
    BODY_REFUSED,
};

/* Before the first byte. BODY_REFUSED when it is announced as larger than limit bytes. */
enum body_progress body_begin(struct body *body, const struct http_framing *framing, size_t limit,
                              struct fault *fault);

/* Moves from input what belongs to the body. BODY_REFUSED: ERROR_TOO_LARGE or ERROR_MALFORMED. */
enum body_progress body_take(struct body *body, struct evbuffer *input,
                             struct http_exchange *exchange, struct fault *fault);

#endif
