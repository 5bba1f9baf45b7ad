#include "http/target.h"

#include "../check.h"
#include "base/limits.h"

/* The segments joined by '|', each followed by one, and then the query as name=value&. */
static const char *read(struct arena *arena, const char *target)
{
    struct http_request request = {0};
    struct fault fault;
    enum error error = http_target_read(arena, target, &request, &fault);
    if (error)
        return error_slug(error);
    char *text = arena_text(arena, "");
    for (size_t i = 0; i < request.segment_count; i++)
        text = arena_format(arena, "%s%s|", text, request.segments[i]);
    for (size_t i = 0; i < request.query_count; i++)
        text = arena_format(arena, "%s%s=%s&", text, request.query[i].name, request.query[i].value);
    return text;
}

CASE(paths_are_split_and_decoded)
{
    static const char *const examples[][2] = {
        {"/", ""},
        {"/a", "a|"},
        {"/a/", "a||"},
        {"/a/bc/d", "a|bc|d|"},
        {"/%41%2d%7E", "A-~|"},
        {"/%F0%9F%92%B6", "\U0001F4B6|"},
        {"/a+b", "a+b|"},
        {"/a;b=1,2/@:$&'()*!", "a;b=1,2|@:$&'()*!|"},
        {"/.../.a/a.", "...|.a|a.|"},
        {"/%25%32%65", "%2e|"},
        {"/%E2%80%8B/%C2%A0", "\u200b|\u00a0|"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_string_equal(read(arena, examples[i][0]), examples[i][1]);
    arena_free(arena);
}

CASE(queries_are_split_and_decoded)
{
    static const char *const examples[][2] = {
        {"/?", ""},
        {"/?a", "a=&"},
        {"/?a=", "a=&"},
        {"/?a=1&b=2", "a=1&b=2&"},
        {"/?a=b=c", "a=b=c&"},
        {"/?a+b=c+d%2B", "a b=c d+&"},
        {"/?%61=%62%26%3D", "a=b&=&"},
        {"/?a=/?b", "a=/?b&"},
        {"/?p[x]=1", "p[x]=1&"},
        {"/?q=%C3%A9", "q=\u00e9&"},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        assert_string_equal(read(arena, examples[i][0]), examples[i][1]);
    arena_free(arena);
}

CASE(what_could_mean_two_places_is_refused)
{
    static const char *const wrong[] = {
        "",        "a",       "*",       "//",      "/a//",       "/a//b",         "/./",
        "/.",      "/..",     "/a/../b", "/%2e",    "/%2E%2e/a",  "/.%2e",         "/a%2fb",
        "/a%5Cb",  "/a\\b",   "/%",      "/%4",     "/%4g",       "/%%41",         "/%00",
        "/%0a",    "/%7f",    "/%80",    "/%c0%ae", "/%ed%a0%80", "/%f5%80%80%80", "/\xc3\xa9",
        "/a b",    "/a\tb",   "/a#",     "/<",      "/\"",        "/{a}",          "/^",
        "/`",      "/|",      "/[a]",    "/?a b",   "/?a#b",      "/?\xc3\xa9",    "/?a=%",
        "/?a=%zz", "/?a=%00", "/?a=%1f", "/?a=%ff", "/?=",        "/?=a",          "/?&",
        "/?a&",    "/?&a",    "/?a&&b",  "/?a&a",   "/?a=1&a=2",  "/?a=1&%61=2",   "/?a={",
        "/?a|b",   "/?a\\",
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_string_equal(read(arena, wrong[i]), "malformed");
    arena_free(arena);
}

CASE(the_parts_are_counted)
{
    struct arena *arena = arena_new();
    char *path = arena_text(arena, "");
    char *query = arena_text(arena, "/?p=1");
    for (int i = 0; i < PATH_SEGMENT_LIMIT; i++)
        path = arena_format(arena, "%s/a", path);
    for (int i = 1; i < QUERY_LIMIT; i++)
        query = arena_format(arena, "%s&p%d", query, i);
    assert_string_not_equal(read(arena, path), "malformed");
    assert_string_not_equal(read(arena, query), "malformed");
    assert_string_equal(read(arena, arena_format(arena, "%s/a", path)), "malformed");
    assert_string_equal(read(arena, arena_format(arena, "%s&q", query)), "malformed");
    arena_free(arena);
}

RUN(T(paths_are_split_and_decoded), T(queries_are_split_and_decoded),
    T(what_could_mean_two_places_is_refused), T(the_parts_are_counted))
