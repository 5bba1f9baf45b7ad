/* The text of an answer's head. */
#ifndef WAYMARK_HTTP_RESPONSE_H
#define WAYMARK_HTTP_RESPONSE_H

#include "base/text.h"
#include "http/http.h"

/* Appends status line and headers, all but Date, Connection and the empty line, which only the
 * connection knows when it sends them. */
void http_response_head(struct text_buffer *head, const struct http_response *response,
                        const char *request_id, bool over_tls);

/* Whether the answer has a body on the wire. */
bool http_response_has_body(const struct http_request *request,
                            const struct http_response *response);

/* An answer that tells the fault as problem details; its body is in arena. */
struct http_response http_response_of_fault(struct arena *arena, const struct fault *fault);

#endif
