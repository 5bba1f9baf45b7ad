/* The session cookie: the browser keeps it from scripts and from other sites. */
#ifndef WAYMARK_API_COOKIE_H
#define WAYMARK_API_COOKIE_H

#include "api/request.h"

/* Route answers for operations whose out is a struct session_view. */
void answer_with_cookie(struct request *request, const void *out, struct http_response *response);
void answer_without_cookie(struct request *request, const void *out,
                           struct http_response *response);

#endif
