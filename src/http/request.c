#include "http/request.h"

#include <string.h>
#include <strings.h>

#include "base/must.h"

const char *http_method_name(enum http_method method)
{
    static const char *const names[HTTP_METHOD_COUNT] = {
        [HTTP_GET] = "GET",         [HTTP_HEAD] = "HEAD",   [HTTP_POST] = "POST",
        [HTTP_PUT] = "PUT",         [HTTP_PATCH] = "PATCH", [HTTP_DELETE] = "DELETE",
        [HTTP_OPTIONS] = "OPTIONS",
    };
    must(method >= HTTP_GET && method < HTTP_METHOD_COUNT);
    return names[method];
}

const char *http_header(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++) {
        if (strcasecmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    }
    return NULL;
}

const char *http_query(const struct http_request *request, const char *name)
{
    for (size_t i = 0; i < request->query_count; i++) {
        if (strcmp(request->query[i].name, name) == 0)
            return request->query[i].value;
    }
    return NULL;
}

const char *http_cookie(const struct http_request *request, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < request->cookie_count; i++) {
        const struct http_pair *cookie = &request->cookies[i];
        if (strcmp(cookie->name, name) != 0)
            continue;
        if (found && strcmp(found, cookie->value) != 0)
            return NULL;
        found = cookie->value;
    }
    return found;
}

static bool read_cookie(struct arena *arena, const char *start, const char *end,
                        struct http_pair *cookie)
{
    while (start < end && *start == ' ')
        start++;
    while (end > start && end[-1] == ' ')
        end--;
    const char *equals = memchr(start, '=', (size_t)(end - start));
    if (!equals || equals == start)
        return false;
    const char *value = equals + 1;
    if (end - value >= 2 && value[0] == '"' && end[-1] == '"') {
        value++;
        end--;
    }
    cookie->name = arena_text_n(arena, start, (size_t)(equals - start));
    cookie->value = arena_text_n(arena, value, (size_t)(end - value));
    return true;
}

void http_cookies_read(struct arena *arena, const char *text, struct http_request *request)
{
    size_t most = 1;
    for (const char *at = text; *at; at++)
        most += *at == ';';
    struct http_pair *cookies = arena_array(arena, most, sizeof *cookies);
    request->cookies = cookies;
    for (size_t i = 0; i < most; i++) {
        const char *end = strchrnul(text, ';');
        request->cookie_count += read_cookie(arena, text, end, &cookies[request->cookie_count]);
        text = end + 1;
    }
}
