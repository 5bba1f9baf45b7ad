/* Refusals as problem details (RFC 9457). */
#ifndef WAYMARK_API_PROBLEM_H
#define WAYMARK_API_PROBLEM_H

#include "base/arena.h"
#include "base/error.h"
#include "http/http.h"

/* Turns a fault into a response; its text lives in the arena. */
void problem_response(struct arena *arena, enum error error, const struct fault *fault,
                      struct http_response *response);

#endif
