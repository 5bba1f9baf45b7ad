/* The table of routes: which operation answers which address. Read by the dispatcher, and by the
 * tests that hold it against openapi/waymark.yaml in both directions. */
#ifndef WAYMARK_API_ROUTE_H
#define WAYMARK_API_ROUTE_H

#include "action/operation.h"
#include "http/http.h"

struct api;
struct request;

struct route {
    enum http_method method;
    const char
        *path; /* below /api/v1: "/milestones/{id}/start"; {id} fills the member "id" of in */
    const struct operation *operation;
    int success_status;

    /* How the answer differs from out as JSON: a file, a cookie. Optional. */
    void (*answer)(struct request *request, const void *out, struct http_response *response);

    bool takes_rest; /* the last parameter is all that is left of the path, slashes included */
};

/* Ends with a NULL path. */
extern const struct route all_routes[];

enum { ROUTE_PARAMETERS_MAX = 4 };

/* The values of {names} in a path, in order. */
struct route_match {
    const struct route *route; /* NULL: none */
    const char *names[ROUTE_PARAMETERS_MAX];
    size_t name_lengths[ROUTE_PARAMETERS_MAX];
    const char *values[ROUTE_PARAMETERS_MAX];
    size_t count;
    const char *const
        *rest; /* further segments of the last value, of a route that takes the rest */
    size_t rest_count;
    bool path_exists; /* with another method */
};

/* Finds the route of a method and a path given as decoded segments. */
struct route_match route_find(enum http_method method, const char *const *segments,
                              size_t segment_count);

#endif
