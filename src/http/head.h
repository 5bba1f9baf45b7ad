/* The head of a request: request line and headers (RFC 9112, 2 to 6), read strictly.
 *
 * Whatever two readers could take for two different requests is refused: the parts of RFC 9112
 * that let a recipient be lenient are not used. A bare CR or LF, a control character, white space
 * before a colon, a continued line, a header twice that has one value, and two ways to tell the
 * length of the body are the usual means to smuggle a request past a proxy. */
#ifndef WAYMARK_HTTP_HEAD_H
#define WAYMARK_HTTP_HEAD_H

#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "http/http.h"

/* How the rest of the message is to be read, and what follows it. */
struct http_framing {
    bool chunked;
    uint64_t content_length; /* 0 when chunked or without body */
    bool expects_continue;   /* the client waits for "100 Continue" before it sends the body */
    bool close;              /* the connection ends with the answer */
};

enum http_scan {
    HTTP_SCAN_MORE, /* no end in sight yet */
    HTTP_SCAN_END,
    HTTP_SCAN_BAD, /* this can never become a head */
};

/* Looks for the end of a head in the size bytes received so far. *position is 0 at first and tells
 * where to go on when more has come; at the end it is the size of the head. */
enum http_scan http_head_scan(const char *bytes, size_t size, size_t *position);

/* Reads a head of which http_head_scan found the end. Fills all of *request but peer and body.
 * What it keeps is copied to arena. ERROR_MALFORMED with the offending header, "path", "query",
 * "method" or "version" as the field; ERROR_METHOD_NOT_ALLOWED for a method outside enum
 * http_method. */
enum error http_head_read(struct arena *arena, const char *bytes, size_t size,
                          struct http_request *request, struct http_framing *framing,
                          struct fault *fault) WARN_UNUSED;

#endif
