#include "http/body.h"

#include <string.h>

static enum body_progress refuse_size(const struct body *body, struct fault *fault)
{
    refuse(fault, ERROR_TOO_LARGE, "body", "the body is larger than %zu bytes", body->limit);
    return BODY_REFUSED;
}

enum body_progress body_begin(struct body *body, const struct http_framing *framing, size_t limit,
                              struct fault *fault)
{
    *body = (struct body){.framing = *framing, .limit = limit};
    if (framing->content_length > limit)
        return refuse_size(body, fault);
    return framing->chunked || framing->content_length > 0 ? BODY_MORE : BODY_COMPLETE;
}

static enum body_progress refuse_now(struct fault *fault)
{
    refuse(fault, ERROR_UNAVAILABLE, "body", "too much is being sent at this moment");
    return BODY_REFUSED;
}

static enum body_progress take_sized(struct body *body, struct evbuffer *input,
                                     struct http_exchange *exchange, struct fault *fault)
{
    struct http_request *request = &exchange->request;
    size_t missing = (size_t)body->framing.content_length - request->body_size;
    size_t available = evbuffer_get_length(input);
    size_t size = missing < available ? missing : available;
    char *room = exchange_body_room(exchange, size, (size_t)body->framing.content_length);
    if (!room)
        return refuse_now(fault);
    evbuffer_remove(input, room, size);
    request->body_size += size;
    return size == missing ? BODY_COMPLETE : BODY_MORE;
}

static enum body_progress take_chunked(struct body *body, struct evbuffer *input,
                                       struct http_exchange *exchange, struct fault *fault)
{
    struct http_request *request = &exchange->request;
    while (evbuffer_get_length(input) > 0 && body->chunked.state < HTTP_CHUNKED_DONE) {
        const char *bytes = (const char *)evbuffer_pullup(input, -1);
        const char *data;
        size_t data_size;
        size_t used =
            http_chunked_read(&body->chunked, bytes, evbuffer_get_length(input), &data, &data_size);
        if (data_size > body->limit - request->body_size)
            return refuse_size(body, fault);
        char *room = exchange_body_room(exchange, data_size, body->limit);
        if (!room)
            return refuse_now(fault);
        memcpy(room, data, data_size);
        request->body_size += data_size;
        evbuffer_drain(input, used);
    }
    if (body->chunked.state == HTTP_CHUNKED_BAD) {
        refuse(fault, ERROR_MALFORMED, "body", "the chunks of the body cannot be read");
        return BODY_REFUSED;
    }
    return body->chunked.state == HTTP_CHUNKED_DONE ? BODY_COMPLETE : BODY_MORE;
}

enum body_progress body_take(struct body *body, struct evbuffer *input,
                             struct http_exchange *exchange, struct fault *fault)
{
    return body->framing.chunked ? take_chunked(body, input, exchange, fault)
                                 : take_sized(body, input, exchange, fault);
}
