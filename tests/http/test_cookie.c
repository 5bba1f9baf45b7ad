#include "http/request.h"

#include "../check.h"

static const char *cookie(struct arena *arena, const char *text, const char *name)
{
    struct http_request *request = arena_alloc(arena, sizeof *request);
    http_cookies_read(arena, text, request);
    return http_cookie(request, name);
}

CASE(a_cookie_is_found_by_its_name)
{
    struct arena *arena = arena_new();
    assert_string_equal(cookie(arena, "a=1", "a"), "1");
    assert_string_equal(cookie(arena, "x=0; a=1; b=2", "a"), "1");
    assert_string_equal(cookie(arena, "x=0;a=1;b=2", "b"), "2");
    assert_string_equal(cookie(arena, "a=", "a"), "");
    assert_string_equal(cookie(arena, "a=b=c", "a"), "b=c");
    assert_string_equal(cookie(arena, "a=\"1 2\"", "a"), "1 2");
    assert_string_equal(cookie(arena, "a=\"", "a"), "\"");
    assert_string_equal(cookie(arena, "  a=1  ", "a"), "1");
    assert_null(cookie(arena, "aa=1; A=2", "a"));
    assert_null(cookie(arena, "", "a"));
    arena_free(arena);
}

CASE(pieces_that_are_no_cookies_are_passed_over)
{
    struct arena *arena = arena_new();
    assert_string_equal(cookie(arena, ";; ;a;=b;{\"x\":1};a=1;", "a"), "1");
    assert_null(cookie(arena, "=b", ""));
    arena_free(arena);
}

CASE(a_cookie_sent_with_two_values_is_not_believed)
{
    struct arena *arena = arena_new();
    assert_null(cookie(arena, "a=1; a=2", "a"));
    assert_null(cookie(arena, "a=2; a=1; a=2", "a"));
    assert_string_equal(cookie(arena, "a=1; b=2; a=1", "a"), "1");
    arena_free(arena);
}

RUN(T(a_cookie_is_found_by_its_name), T(pieces_that_are_no_cookies_are_passed_over),
    T(a_cookie_sent_with_two_values_is_not_believed))
