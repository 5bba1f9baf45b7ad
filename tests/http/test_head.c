#include "http/head.h"

#include <stdio.h>

#include "../check.h"

#define HOST "Host: a\r\n"

struct reading {
    struct arena *arena;
    enum error error;
    struct http_request request;
    struct http_framing framing;
    struct fault fault;
};

static struct reading read(const char *head)
{
    struct reading reading = {.arena = arena_new()};
    size_t position = 0;
    assert_int_equal(http_head_scan(head, strlen(head), &position), HTTP_SCAN_END);
    assert_int_equal(position, strlen(head));
    reading.error = http_head_read(reading.arena, head, position, &reading.request,
                                   &reading.framing, &reading.fault);
    return reading;
}

static void assert_refused(const char *head, const char *field)
{
    struct reading reading = read(head);
    assert_int_equal(reading.error, ERROR_MALFORMED);
    assert_string_equal(reading.fault.field, field);
    arena_free(reading.arena);
}

static enum http_scan scan(const char *bytes, size_t size)
{
    size_t position = 0;
    return http_head_scan(bytes, size, &position);
}

CASE(the_end_of_a_head_is_found_wherever_it_is_cut)
{
    static const char bytes[] = "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    size_t end = (size_t)(strstr(bytes, "\r\n\r\n") - bytes) + 4;
    for (size_t first = 0; first < end; first++) {
        size_t position = 0;
        assert_int_equal(http_head_scan(bytes, first, &position), HTTP_SCAN_MORE);
        assert_int_equal(http_head_scan(bytes, sizeof bytes - 1, &position), HTTP_SCAN_END);
        assert_int_equal(position, end);
    }
}

CASE(bytes_that_do_not_belong_into_a_head_are_bad_at_once)
{
    for (int byte = 0; byte < 256; byte++) {
        char bytes[] = "GET / HTTP/1.1\r\nX: .a\r\n\r\n";
        strchr(bytes, '.')[0] = (char)byte;
        bool good = byte == '\t' || (byte >= ' ' && byte != 0x7f);
        assert_int_equal(scan(bytes, sizeof bytes - 1), good ? HTTP_SCAN_END : HTTP_SCAN_BAD);
    }
    assert_int_equal(scan("\r\n", 2), HTTP_SCAN_BAD);
    assert_int_equal(scan("\r", 1), HTTP_SCAN_MORE);
    assert_int_equal(scan("a\n", 2), HTTP_SCAN_BAD);
    assert_int_equal(scan("a\r\r\n", 4), HTTP_SCAN_BAD);
}

CASE(a_head_is_read)
{
    struct reading reading = read("POST /a?b=c HTTP/1.1\r\nhost: a.test:81\r\nX-Thing: \t1 2\t \r\n"
                                  "x-thing: 3\r\nCOOKIE: s=1\r\nContent-Length: 12\r\n\r\n");
    struct http_request *request = &reading.request;
    assert_int_equal(reading.error, OK);
    assert_int_equal(request->method, HTTP_POST);
    assert_string_equal(request->target, "/a?b=c");
    assert_string_equal(request->host, "a.test:81");
    assert_int_equal(request->header_count, 5);
    assert_string_equal(request->headers[1].name, "x-thing");
    assert_string_equal(http_header(request, "X-THING"), "1 2");
    assert_string_equal(request->headers[2].value, "3");
    assert_null(http_header(request, "x-thin"));
    assert_string_equal(http_query(request, "b"), "c");
    assert_null(http_query(request, "B"));
    assert_string_equal(http_cookie(request, "s"), "1");
    assert_int_equal(reading.framing.content_length, 12);
    assert_false(reading.framing.chunked || reading.framing.close ||
                 reading.framing.expects_continue);
    arena_free(reading.arena);
}

CASE(every_method_is_known)
{
    for (enum http_method method = HTTP_GET; method < HTTP_METHOD_COUNT; method++) {
        char head[80];
        snprintf(head, sizeof head, "%s / HTTP/1.1\r\n" HOST "\r\n", http_method_name(method));
        struct reading reading = read(head);
        assert_int_equal(reading.error, OK);
        assert_int_equal(reading.request.method, method);
        arena_free(reading.arena);
    }
    struct reading reading = read("TRACE / HTTP/1.1\r\n" HOST "\r\n");
    assert_int_equal(reading.error, ERROR_METHOD_NOT_ALLOWED);
    arena_free(reading.arena);
}

CASE(the_length_of_the_body_is_told_in_one_way)
{
    static const char *const values[] = {"",    "+1",  "-1",   "1 2", "1,1",
                                         "0x1", "1.0", "1\t1", "a",   "1000000000000000000"};
    struct reading most =
        read("PUT / HTTP/1.1\r\n" HOST "Content-Length: 999999999999999999\r\n\r\n");
    assert_int_equal(most.framing.content_length, UINT64_C(999999999999999999));
    arena_free(most.arena);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char head[120];
        snprintf(head, sizeof head, "PUT / HTTP/1.1\r\n" HOST "Content-Length: %s\r\n\r\n",
                 values[i]);
        assert_refused(head, "content-length");
    }
    assert_refused("PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 1\r\n\r\n",
                   "content-length");
    assert_refused("PUT / HTTP/1.1\r\n" HOST
                   "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                   "transfer-encoding");
    assert_refused("PUT / HTTP/1.1\r\n" HOST "Transfer-Encoding: identity\r\n\r\n",
                   "transfer-encoding");
    assert_refused("PUT / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n",
                   "transfer-encoding");
    assert_refused("GET / HTTP/1.1\r\n" HOST "Content-Length: 1\r\n\r\n", "content-length");
    struct reading chunked = read("PUT / HTTP/1.1\r\n" HOST "transfer-encoding:Chunked\r\n\r\n");
    assert_true(chunked.framing.chunked);
    assert_int_equal(chunked.framing.content_length, 0);
    arena_free(chunked.arena);
}

CASE(continue_is_expected_only_before_a_body)
{
    struct reading with =
        read("PUT / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nExpect: 100-CONTINUE\r\n\r\n");
    struct reading without = read("PUT / HTTP/1.1\r\n" HOST "Expect: 100-continue\r\n\r\n");
    struct reading old =
        read("PUT / HTTP/1.0\r\n" HOST "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n");
    assert_true(with.framing.expects_continue);
    assert_false(without.framing.expects_continue || old.framing.expects_continue);
    assert_refused("PUT / HTTP/1.1\r\n" HOST "Expect: tea\r\n\r\n", "expect");
    arena_free(with.arena);
    arena_free(without.arena);
    arena_free(old.arena);
}

CASE(the_host_is_one_and_well_formed)
{
    static const char *const wrong[] = {"",    " ",      "a b",      "a/b",     "a@b",
                                        "a:",  "a:b",    "a:1:2",    "[::1",    "[]",
                                        "[g]", "[::1]x", "a:123456", "\xc3\xa9"};
    static const char *const right[] = {"a", "a.b:1", "[::1]", "[::1]:65535", "127.0.0.1", "a_b-c"};
    char head[80];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(head, sizeof head, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", wrong[i]);
        assert_refused(head, "host");
    }
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        snprintf(head, sizeof head, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", right[i]);
        struct reading reading = read(head);
        assert_int_equal(reading.error, OK);
        assert_string_equal(reading.request.host, right[i]);
        arena_free(reading.arena);
    }
    assert_refused("GET / HTTP/1.1\r\n\r\n", "host");
    assert_refused("GET / HTTP/1.1\r\n" HOST HOST "\r\n", "host");
}

CASE(header_lines_are_name_and_value)
{
    static const char *const wrong[] = {"X",       ":",       ": a",    "X : a",
                                        "X\t: a",  " X: a",   "X Y: a", "X\xc3\xa9: a",
                                        "X(Y): a", "X\"Y: a", "X@Y: a"};
    char head[80];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        snprintf(head, sizeof head, "GET / HTTP/1.1\r\n" HOST "%s\r\n\r\n", wrong[i]);
        assert_refused(head, "");
    }
}

CASE(the_absolute_form_must_be_of_this_host)
{
    struct reading same = read("GET http://A:1/b?c HTTP/1.1\r\nHost: a:1\r\n\r\n");
    assert_int_equal(same.error, OK);
    assert_string_equal(same.request.target, "/b?c");
    arena_free(same.arena);
    assert_refused("GET http://b/ HTTP/1.1\r\n" HOST "\r\n", "path");
    assert_refused("GET http://a HTTP/1.1\r\n" HOST "\r\n", "path");
    assert_refused("GET http://a?b HTTP/1.1\r\n" HOST "\r\n", "path");
    assert_refused("GET http://a:80/ HTTP/1.1\r\n" HOST "\r\n", "path");
    assert_refused("GET http:/// HTTP/1.0\r\n\r\n", "path");
    assert_refused("GET a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", "path");
}

CASE(the_connection_ends_when_it_is_asked_to)
{
    static const struct {
        const char *head;
        bool close;
    } examples[] = {
        {"GET / HTTP/1.1\r\n" HOST "\r\n", false},
        {"GET / HTTP/1.1\r\n" HOST "Connection: keep-alive\r\n\r\n", false},
        {"GET / HTTP/1.1\r\n" HOST "Connection: closed, disclose\r\n\r\n", false},
        {"GET / HTTP/1.1\r\n" HOST "Connection: CLOSE\r\n\r\n", true},
        {"GET / HTTP/1.1\r\n" HOST "Connection: te , close,x\r\n\r\n", true},
        {"GET / HTTP/1.1\r\n" HOST "Connection: te\r\nConnection: close\r\n\r\n", true},
        {"GET / HTTP/1.0\r\n" HOST "\r\n", true},
        {"GET / HTTP/1.0\r\n" HOST "Connection: keep-alive\r\n\r\n", true},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct reading reading = read(examples[i].head);
        assert_int_equal(reading.error, OK);
        assert_int_equal(reading.framing.close, examples[i].close);
        arena_free(reading.arena);
    }
}

RUN(T(the_end_of_a_head_is_found_wherever_it_is_cut),
    T(bytes_that_do_not_belong_into_a_head_are_bad_at_once), T(a_head_is_read),
    T(every_method_is_known), T(the_length_of_the_body_is_told_in_one_way),
    T(continue_is_expected_only_before_a_body), T(the_host_is_one_and_well_formed),
    T(header_lines_are_name_and_value), T(the_absolute_form_must_be_of_this_host),
    T(the_connection_ends_when_it_is_asked_to))
