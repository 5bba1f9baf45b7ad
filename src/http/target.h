/* The target of a request (RFC 9112, 3.2), read strictly: nothing is repaired, so that a proxy in
 * front and this server can never mean two different places. */
#ifndef WAYMARK_HTTP_TARGET_H
#define WAYMARK_HTTP_TARGET_H

#include "base/arena.h"
#include "base/error.h"
#include "http/http.h"

/* Reads "/path?query" into target, segments and query of *request; what it keeps is in arena.
 * ERROR_MALFORMED: characters outside RFC 3986 (square brackets are allowed in the query),
 * incomplete percent-encoding, control characters, encoded slash or backslash, empty segments
 * inside the path, "." or "..", text that is not UTF-8, a parameter without a name or named twice,
 * more than PATH_SEGMENT_LIMIT or QUERY_LIMIT parts. */
enum error http_target_read(struct arena *arena, const char *target, struct http_request *request,
                            struct fault *fault) WARN_UNUSED;

#endif
