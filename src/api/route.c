#include "api/route.h"

#include <string.h>

#include "base/must.h"

static void add_parameter(struct route_match *match, const char *name, size_t length,
                          const char *value)
{
    must(match->count < ROUTE_PARAMETERS_MAX);
    match->names[match->count] = name;
    match->name_lengths[match->count] = length;
    match->values[match->count] = value;
    match->count++;
}

/* Holds one segment of the pattern, at (after its slash), against one of the path. */
static bool segment_fits(const char *at, size_t length, const char *segment,
                         struct route_match *match)
{
    if (at[0] == '{') {
        add_parameter(match, at + 1, length - 2, segment);
        return *segment != '\0';
    }
    return strlen(segment) == length && memcmp(at, segment, length) == 0;
}

static bool path_fits(const struct route *route, const char *const *segments, size_t segment_count,
                      struct route_match *match)
{
    const char *pattern = route->path;
    match->count = 0;
    match->rest_count = 0;
    for (size_t i = 0; i < segment_count; i++) {
        if (*pattern == '\0' && route->takes_rest) {
            match->rest = segments + i;
            match->rest_count = segment_count - i;
            return true;
        }
        if (*pattern != '/')
            return false;
        size_t length = strcspn(++pattern, "/");
        if (!segment_fits(pattern, length, segments[i], match))
            return false;
        pattern += length;
    }
    return *pattern == '\0';
}

struct route_match route_find(enum http_method method, const char *const *segments,
                              size_t segment_count)
{
    struct route_match match = {0};
    enum http_method wanted = method == HTTP_HEAD ? HTTP_GET : method;
    for (const struct route *route = all_routes; route->path; route++) {
        if (!path_fits(route, segments, segment_count, &match))
            continue;
        match.path_exists = true;
        if (route->method == wanted) {
            match.route = route;
            return match;
        }
    }
    match.count = 0;
    return match;
}
