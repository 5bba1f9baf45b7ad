/* Everything of http/ that reads what a client sends, up to the handler: heads (with targets,
 * cookies and framing) and chunked bodies. The input is a stream of requests, as on a connection;
 * its first byte tells in pieces of which size it arrives. */
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "http/chunked.h"
#include "http/head.h"

static bool is_clean(const char *text)
{
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte < 0x20 || byte == 0x7f)
            return false;
    }
    return utf8_valid(text, strlen(text));
}

/* What handlers rely on. */
static void check_request(const struct http_request *request, const struct http_framing *framing)
{
    must(request->method >= HTTP_GET && request->method < HTTP_METHOD_COUNT);
    must(!framing->chunked || framing->content_length == 0);
    must(request->target[0] == '/');
    for (size_t i = 0; i < request->segment_count; i++) {
        const char *segment = request->segments[i];
        must(is_clean(segment) && !strpbrk(segment, "/\\"));
        must(strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
        must(*segment || i + 1 == request->segment_count);
    }
    for (size_t i = 0; i < request->query_count; i++) {
        must(is_clean(request->query[i].name) && is_clean(request->query[i].value));
        must(http_query(request, request->query[i].name) == request->query[i].value);
    }
    for (size_t i = 0; i < request->header_count; i++)
        must(*request->headers[i].name && http_header(request, request->headers[i].name));
    for (size_t i = 0; i < request->cookie_count; i++)
        (void)http_cookie(request, request->cookies[i].name);
}

static size_t end_of_piece(size_t at, size_t step, size_t size)
{
    return size - at < step ? size : at + step;
}

/* Reads a head as it comes in pieces; its size, or 0 if there is none. */
static size_t scan_head(const char *bytes, size_t size, size_t step)
{
    size_t position = 0;
    enum http_scan scan = HTTP_SCAN_MORE;
    for (size_t received = 0; scan == HTTP_SCAN_MORE && received < size;) {
        received = end_of_piece(received, step, size);
        scan = http_head_scan(bytes, received, &position);
        must(position <= received);
    }
    size_t at_once = 0;
    must(http_head_scan(bytes, size, &at_once) == scan);
    must(scan != HTTP_SCAN_END || at_once == position);
    return scan == HTTP_SCAN_END ? position : 0;
}

/* Reads chunks as they come in pieces; how many bytes they took. */
static size_t read_chunks(const char *bytes, size_t size, size_t step)
{
    struct http_chunked chunked = {0};
    size_t at = 0;
    while (at < size && chunked.state < HTTP_CHUNKED_DONE) {
        const char *data;
        size_t data_size;
        size_t room = end_of_piece(at, step, size) - at;
        size_t used = http_chunked_read(&chunked, bytes + at, room, &data, &data_size);
        must(used > 0 && used <= room);
        must(data >= bytes + at && data + data_size <= bytes + at + room);
        at += used;
    }
    return chunked.state == HTTP_CHUNKED_DONE ? at : size;
}

static size_t read_request(struct arena *arena, const char *bytes, size_t size, size_t step)
{
    struct http_request request = {0};
    struct http_framing framing = {0};
    struct fault fault = {0};
    size_t head = scan_head(bytes, size, step);
    if (head == 0)
        return size;
    enum error error = http_head_read(arena, bytes, head, &request, &framing, &fault);
    if (error) {
        must(fault.code == error && *fault.detail);
        return size;
    }
    check_request(&request, &framing);
    size_t left = size - head;
    if (framing.chunked)
        return head + read_chunks(bytes + head, left, step);
    return head + (framing.content_length < left ? (size_t)framing.content_length : left);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *arena = arena_new();
    size_t step = (size_t)input[0] + 1;
    char *bytes = malloc(size); /* of its own, so that a sanitizer sees its edges */
    must(bytes);
    memcpy(bytes, input + 1, size - 1);
    for (size_t at = 0; at < size - 1;)
        at += read_request(arena, bytes + at, size - 1 - at, step);
    free(bytes);
    arena_free(arena);
    return 0;
}
