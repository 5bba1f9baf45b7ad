#include "http/chunked.h"

#include "http/hex.h"

enum { MOST_DIGITS = 8 };

static enum http_chunked_state after_size_byte(struct http_chunked *chunked, char byte)
{
    int digit = hex_digit(byte);
    if (digit < 0)
        return byte == '\r' && chunked->digits > 0 ? HTTP_CHUNKED_SIZE_END : HTTP_CHUNKED_BAD;
    if (chunked->digits++ == MOST_DIGITS)
        return HTTP_CHUNKED_BAD;
    chunked->remaining = chunked->remaining << 4 | (uint64_t)digit;
    return HTTP_CHUNKED_SIZE;
}

static enum http_chunked_state after_size(struct http_chunked *chunked)
{
    chunked->digits = 0;
    return chunked->remaining > 0 ? HTTP_CHUNKED_DATA : HTTP_CHUNKED_LAST_CR;
}

static enum http_chunked_state after_byte(struct http_chunked *chunked, char byte)
{
    switch (chunked->state) {
    case HTTP_CHUNKED_SIZE:
        return after_size_byte(chunked, byte);
    case HTTP_CHUNKED_SIZE_END:
        return byte == '\n' ? after_size(chunked) : HTTP_CHUNKED_BAD;
    case HTTP_CHUNKED_DATA_CR:
        return byte == '\r' ? HTTP_CHUNKED_DATA_LF : HTTP_CHUNKED_BAD;
    case HTTP_CHUNKED_DATA_LF:
        return byte == '\n' ? HTTP_CHUNKED_SIZE : HTTP_CHUNKED_BAD;
    case HTTP_CHUNKED_LAST_CR:
        return byte == '\r' ? HTTP_CHUNKED_LAST_LF : HTTP_CHUNKED_BAD;
    case HTTP_CHUNKED_LAST_LF:
        return byte == '\n' ? HTTP_CHUNKED_DONE : HTTP_CHUNKED_BAD;
    case HTTP_CHUNKED_DATA:
    case HTTP_CHUNKED_DONE:
    case HTTP_CHUNKED_BAD:
        break;
    }
    return HTTP_CHUNKED_BAD;
}

static size_t take_data(struct http_chunked *chunked, size_t size)
{
    size_t taken = chunked->remaining < size ? (size_t)chunked->remaining : size;
    chunked->remaining -= taken;
    if (chunked->remaining == 0)
        chunked->state = HTTP_CHUNKED_DATA_CR;
    return taken;
}

size_t http_chunked_read(struct http_chunked *chunked, const char *bytes, size_t size,
                         const char **data, size_t *data_size)
{
    size_t at = 0;
    *data = bytes;
    *data_size = 0;
    while (at < size && chunked->state < HTTP_CHUNKED_DONE) {
        if (chunked->state == HTTP_CHUNKED_DATA) {
            *data = bytes + at;
            *data_size = take_data(chunked, size - at);
            return at + *data_size;
        }
        chunked->state = after_byte(chunked, bytes[at++]);
    }
    return at;
}
