#include "api/problem.h"

#include "base/json.h"
#include "base/text.h"

static void put_member(struct text_buffer *text, const char *name, const char *value)
{
    if (!*value)
        return;
    text_printf(text, ",\"%s\":", name);
    json_write_string(text, value);
}

void problem_response(struct arena *arena, enum error error, const struct fault *fault,
                      struct http_response *response)
{
    int status = error_http_status(error);
    struct text_buffer text = text_buffer_in(arena);
    text_printf(&text, "{\"type\":\"urn:waymark:error:%s\",\"status\":%d", error_slug(error),
                status);
    put_member(&text, "title", error_message(error));
    put_member(&text, "detail", fault->detail);
    put_member(&text, "field", fault->field);
    text_put_char(&text, '}');
    response->status = status;
    response->content_type = "application/problem+json";
    response->body = text.bytes;
    response->body_size = text.size;
}
