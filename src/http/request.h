/* The cookies of a request. */
#ifndef WAYMARK_HTTP_REQUEST_H
#define WAYMARK_HTTP_REQUEST_H

#include "http/http.h"

/* Splits the value of a Cookie header (RFC 6265, 4.2.1) into request->cookies, in arena. Pieces
 * that are no name=value are passed over, since other programs on the same host set them. */
void http_cookies_read(struct arena *arena, const char *text, struct http_request *request);

#endif
