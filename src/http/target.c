#include "http/target.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "http/hex.h"

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* pchar of RFC 3986, with '%' whose digits are checked when it is decoded. */
static bool may_be_in_path(char c)
{
    return is_alphanumeric(c) || (c != '\0' && strchr("-._~!$&'()*+,;=:@%", c));
}

static bool may_be_in_query(char c)
{
    return may_be_in_path(c) || c == '/' || c == '?' || c == '[' || c == ']';
}

/* The decoded byte at *at, which is moved past it; -1 if the encoding is incomplete. */
static int next_byte(const char **at, const char *end, bool plus_is_space)
{
    char c = *(*at)++;
    if (c == '+' && plus_is_space)
        return ' ';
    if (c != '%')
        return (unsigned char)c;
    if (end - *at < 2)
        return -1;
    int high = hex_digit((*at)[0]);
    int low = hex_digit((*at)[1]);
    *at += 2;
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/* The decoded text of start up to end; NULL if it is not UTF-8 free of control characters. */
static char *decode(struct arena *arena, const char *start, const char *end, bool plus_is_space)
{
    char *text = arena_alloc(arena, (size_t)(end - start) + 1);
    size_t size = 0;
    while (start < end) {
        int byte = next_byte(&start, end, plus_is_space);
        if (byte < 0x20 || byte == 0x7f)
            return NULL;
        text[size++] = (char)byte;
    }
    return utf8_valid(text, size) ? text : NULL;
}

static size_t count_of(const char *text, const char *end, char wanted)
{
    size_t count = 0;
    for (; text < end; text++)
        count += *text == wanted;
    return count;
}

static bool is_plain_segment(const char *segment)
{
    return strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0 && !strpbrk(segment, "/\\");
}

static enum error read_segment(struct arena *arena, const char *start, const char *end,
                               bool is_last, const char **segment, struct fault *fault)
{
    *segment = decode(arena, start, end, false);
    if (!*segment)
        return refuse(fault, ERROR_MALFORMED, "path", "the path is not properly encoded UTF-8");
    if (!is_plain_segment(*segment) || (start == end && !is_last))
        return refuse(fault, ERROR_MALFORMED, "path",
                      "the path has an empty, dotted or slashed segment");
    return OK;
}

static enum error read_path(struct arena *arena, const char *path, const char *end,
                            struct http_request *request, struct fault *fault)
{
    if (*path != '/')
        return refuse(fault, ERROR_MALFORMED, "path", "the path does not start with a slash");
    size_t count = end - path == 1 ? 0 : count_of(path, end, '/');
    if (count > PATH_SEGMENT_LIMIT)
        return refuse(fault, ERROR_MALFORMED, "path", "the path has more than %d segments",
                      PATH_SEGMENT_LIMIT);
    const char **segments = arena_array(arena, count, sizeof *segments);
    request->segments = segments;
    request->segment_count = count;
    for (size_t i = 0; i < count; i++) {
        const char *start = path + 1;
        path = memchr(start, '/', (size_t)(end - start));
        path = path ? path : end;
        enum error error = read_segment(arena, start, path, i + 1 == count, &segments[i], fault);
        if (error)
            return error;
    }
    return OK;
}

static enum error read_parameter(struct arena *arena, const char *start, const char *end,
                                 struct http_pair *parameter, struct fault *fault)
{
    const char *equals = memchr(start, '=', (size_t)(end - start));
    parameter->name = decode(arena, start, equals ? equals : end, true);
    parameter->value = equals ? decode(arena, equals + 1, end, true) : "";
    if (!parameter->name || !parameter->value)
        return refuse(fault, ERROR_MALFORMED, "query", "the query is not properly encoded UTF-8");
    if (!*parameter->name)
        return refuse(fault, ERROR_MALFORMED, "query", "the query has a parameter without a name");
    return OK;
}

static enum error read_query(struct arena *arena, const char *query, struct http_request *request,
                             struct fault *fault)
{
    size_t count = *query ? count_of(query, query + strlen(query), '&') + 1 : 0;
    if (count > QUERY_LIMIT)
        return refuse(fault, ERROR_MALFORMED, "query", "the query has more than %d parameters",
                      QUERY_LIMIT);
    struct http_pair *parameters = arena_array(arena, count, sizeof *parameters);
    request->query = parameters;
    for (size_t i = 0; i < count; i++) {
        const char *end = strchrnul(query, '&');
        enum error error = read_parameter(arena, query, end, &parameters[i], fault);
        if (error)
            return error;
        if (http_query(request, parameters[i].name))
            return refuse(fault, ERROR_MALFORMED, parameters[i].name,
                          "the query has this parameter twice");
        request->query_count++;
        query = end + 1;
    }
    return OK;
}

enum error http_target_read(struct arena *arena, const char *target, struct http_request *request,
                            struct fault *fault)
{
    const char *mark = strchrnul(target, '?');
    for (const char *at = target; *at; at++) {
        bool good =
            at < mark ? *at == '/' || may_be_in_path(*at) : at == mark || may_be_in_query(*at);
        if (!good)
            return refuse(fault, ERROR_MALFORMED, at < mark ? "path" : "query",
                          "a character of the address must be percent-encoded");
    }
    request->target = target;
    enum error error = read_path(arena, target, mark, request, fault);
    if (error)
        return error;
    return read_query(arena, *mark ? mark + 1 : mark, request, fault);
}
