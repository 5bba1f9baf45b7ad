/* What a request gives an operation: members of its struct from the address, the query and the
 * body, each by the shape. */
#ifndef WAYMARK_API_INPUT_H
#define WAYMARK_API_INPUT_H

#include "api/route.h"

/* A zeroed struct of the operation's in shape, in the arena; NULL if it takes nothing. An unknown
 * query parameter is refused, as is a body where there is none to take. */
enum error input_read(struct arena *arena, const struct route_match *match,
                      const struct http_request *request, void **in,
                      struct fault *fault) WARN_UNUSED;

/* Whether the operation takes the body as it is. */
bool input_is_raw(const struct operation *operation);

#endif
