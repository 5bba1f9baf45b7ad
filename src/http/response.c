#include "http/response.h"

#include <string.h>
#include <strings.h>

#include "base/json.h"
#include "base/must.h"

static const struct http_pair default_headers[] = {
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Referrer-Policy", "no-referrer"},
};

static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {415, "Unsupported Media Type"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
        {507, "Insufficient Storage"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].status == status)
            return reasons[i].reason;
    }
    return "";
}

static void put_header(struct text_buffer *head, const char *name, const char *value)
{
    text_put_text(head, name);
    text_put(head, ": ", 2);
    size_t start = head->size;
    text_put_text(head, value);
    for (size_t i = start; i < head->size; i++) {
        unsigned char byte = (unsigned char)head->bytes[i];
        if (byte < 0x20 || byte == 0x7f)
            head->bytes[i] = ' ';
    }
    text_put(head, "\r\n", 2);
}

static bool names_header(const struct http_response *response, const char *name)
{
    for (const struct http_header *header = response->headers; header; header = header->next) {
        if (strcasecmp(header->name, name) == 0)
            return true;
    }
    return false;
}

static void put_security_headers(struct text_buffer *head, const struct http_response *response,
                                 bool over_tls)
{
    for (size_t i = 0; i < sizeof default_headers / sizeof *default_headers; i++) {
        if (!names_header(response, default_headers[i].name))
            put_header(head, default_headers[i].name, default_headers[i].value);
    }
    put_header(head, "X-Content-Type-Options", "nosniff");
    if (over_tls)
        put_header(head, "Strict-Transport-Security", "max-age=31536000");
}

static bool status_has_body(int status)
{
    return status != 204 && status != 304;
}

bool http_response_has_body(const struct http_request *request,
                            const struct http_response *response)
{
    return request->method != HTTP_HEAD && status_has_body(response->status);
}

void http_response_head(struct text_buffer *head, const struct http_response *response,
                        const char *request_id, bool over_tls)
{
    must(response->status >= 200 && response->status <= 599);
    text_put_text(head, "HTTP/1.1 ");
    text_put_integer(head, response->status);
    text_put_char(head, ' ');
    text_put_text(head, reason_of(response->status));
    text_put(head, "\r\n", 2);
    if (status_has_body(response->status) && !response->stream) {
        text_put_text(head, "Content-Length: ");
        text_put_integer(head, (int64_t)response->body_size);
        text_put(head, "\r\n", 2);
    }
    if (response->content_type)
        put_header(head, "Content-Type", response->content_type);
    for (const struct http_header *header = response->headers; header; header = header->next)
        put_header(head, header->name, header->value);
    put_security_headers(head, response, over_tls);
    put_header(head, "X-Request-Id", request_id);
}

struct http_response http_response_of_fault(struct arena *arena, const struct fault *fault)
{
    struct text_buffer body = text_buffer_in(arena);
    int status = error_http_status(fault->code);
    text_printf(&body, "{\"type\":\"urn:waymark:error:%s\",\"title\":", error_slug(fault->code));
    json_write_string(&body, error_message(fault->code));
    text_printf(&body, ",\"status\":%d", status);
    if (*fault->detail) {
        text_put_text(&body, ",\"detail\":");
        json_write_string(&body, fault->detail);
    }
    if (*fault->field) {
        text_put_text(&body, ",\"field\":");
        json_write_string(&body, fault->field);
    }
    text_put_char(&body, '}');
    return (struct http_response){
        .status = status,
        .content_type = "application/problem+json",
        .body = body.bytes,
        .body_size = body.size,
    };
}
