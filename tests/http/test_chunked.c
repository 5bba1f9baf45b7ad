#include "http/chunked.h"

#include "../check.h"

struct body {
    enum http_chunked_state state;
    size_t used;
    size_t size;
    char bytes[100];
};

/* Reads text in pieces of at most step bytes. */
static struct body read(const char *text, size_t step)
{
    struct body body = {0};
    struct http_chunked chunked = {0};
    size_t left = strlen(text);
    while (left > 0 && chunked.state < HTTP_CHUNKED_DONE) {
        const char *data;
        size_t data_size;
        size_t used = http_chunked_read(&chunked, text + body.used, left < step ? left : step,
                                        &data, &data_size);
        assert_in_range(used, 1, left);
        memcpy(body.bytes + body.size, data, data_size);
        body.size += data_size;
        body.used += used;
        left -= used;
    }
    body.state = chunked.state;
    return body;
}

CASE(chunks_are_put_together_wherever_they_are_cut)
{
    static const char text[] = "5\r\nhello\r\n0000001\r\n \r\nA\r\n0123456789\r\n0\r\n\r\nGET";
    for (size_t step = 1; step < sizeof text; step++) {
        struct body body = read(text, step);
        assert_int_equal(body.state, HTTP_CHUNKED_DONE);
        assert_int_equal(body.used, sizeof text - 4);
        assert_int_equal(body.size, 16);
        assert_memory_equal(body.bytes, "hello 0123456789", 16);
    }
}

CASE(an_empty_body_is_one_last_chunk)
{
    struct body body = read("0\r\n\r\n", 100);
    assert_int_equal(body.state, HTTP_CHUNKED_DONE);
    assert_int_equal(body.size, 0);
}

CASE(anything_looser_is_bad)
{
    static const char *const wrong[] = {
        "\r\n",        "g\r\n",         "0x1\r\n",      "+1\r\na\r\n",   "-1\r\n",
        " 1\r\na\r\n", "1 \r\na\r\n",   "1;a\r\nb\r\n", "1\na\r\n",      "1\r\r\n",
        "1\r\nab",     "1\r\na\n",      "1\r\na\r0",    "000000001\r\n", "123456789\r\n",
        "0\r\n0\r\n",  "0\r\nA: b\r\n", "0\r\n\n",      "0\r\n\r\r",     "1\r\na\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (size_t step = 1; step < 10; step++)
            assert_int_equal(read(wrong[i], step).state, HTTP_CHUNKED_BAD);
}

CASE(the_largest_size_is_read)
{
    struct http_chunked chunked = {0};
    const char *data;
    size_t data_size;
    assert_int_equal(http_chunked_read(&chunked, "ffffFFFF\r\nab", 12, &data, &data_size), 12);
    assert_int_equal(data_size, 2);
    assert_int_equal(chunked.remaining, UINT32_MAX - 2);
}

RUN(T(chunks_are_put_together_wherever_they_are_cut), T(an_empty_body_is_one_last_chunk),
    T(anything_looser_is_bad), T(the_largest_size_is_read))
