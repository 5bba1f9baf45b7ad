/* Who is knocking: finds the actor behind a session cookie or an API token. */
#ifndef WAYMARK_API_GUARD_H
#define WAYMARK_API_GUARD_H

#include "action/call.h"
#include "http/http.h"

#define SESSION_COOKIE "waymark_session"
#define CSRF_HEADER    "X-CSRF-Token"

/* The actor of a request without credentials, or of one to which they do not matter. */
struct actor guard_nobody(void);

/* Fills call->actor and the company and viewer of call->store, whose session must be inside a
 * reading transaction. A request without credentials is by nobody. Errors: ERROR_UNAUTHENTICATED
 * (unknown, expired, disabled), ERROR_CSRF (a write by cookie without the session's token). */
enum error guard_identify(struct call *call, const struct http_request *request,
                          struct fault *fault) WARN_UNUSED;

#endif
