#include "base/text.h"

#include "../check.h"

CASE(a_text_grows_past_its_room)
{
    struct arena *arena = arena_new();
    struct text_buffer text = text_buffer_in(arena);
    for (int i = 0; i < 10000; i++)
        text_printf(&text, "%d,", i % 10);
    assert_int_equal(text.size, 20000);
    assert_int_equal(strlen(text.bytes), 20000);
    assert_memory_equal(text.bytes + 19980, "0,1,2,3,4,5,6,7,8,9,", 20);
    arena_free(arena);
}

CASE(integers_are_written_to_both_extremes)
{
    struct arena *arena = arena_new();
    struct text_buffer text = text_buffer_in(arena);
    text_put_integer(&text, INT64_MIN);
    text_put_char(&text, ' ');
    text_put_integer(&text, 0);
    text_put_text(&text, " ");
    text_put_integer(&text, INT64_MAX);
    assert_string_equal(text.bytes, "-9223372036854775808 0 9223372036854775807");
    arena_free(arena);
}

RUN(T(a_text_grows_past_its_room), T(integers_are_written_to_both_extremes))
