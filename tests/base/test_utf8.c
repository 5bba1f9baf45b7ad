#include "base/utf8.h"

#include "../check.h"

static void assert_reads(const char *text, uint32_t expected)
{
    uint32_t character = 0;
    assert_int_equal(utf8_read(text, strlen(text), &character), strlen(text));
    assert_int_equal(character, expected);
}

CASE(characters_of_every_length_are_read)
{
    assert_reads("A", 'A');
    assert_reads("\x7f", 0x7f);
    assert_reads("\xc2\x80", 0x80);
    assert_reads("\xdf\xbf", 0x7ff);
    assert_reads("\xe0\xa0\x80", 0x800);
    assert_reads("\xed\x9f\xbf", 0xd7ff);
    assert_reads("\xee\x80\x80", 0xe000);
    assert_reads("\xef\xbf\xbf", 0xffff);
    assert_reads("\xf0\x90\x80\x80", 0x10000);
    assert_reads("\xf4\x8f\xbf\xbf", 0x10ffff);
}

CASE(anything_else_is_not_utf8)
{
    static const char *const wrong[] = {
        "\x80",                 /* a continuation alone */
        "\xc0\x80",             /* overlong */
        "\xc1\xbf",             /* overlong */
        "\xe0\x9f\xbf",         /* overlong */
        "\xf0\x8f\xbf\xbf",     /* overlong */
        "\xed\xa0\x80",         /* a surrogate */
        "\xed\xbf\xbf",         /* a surrogate */
        "\xf4\x90\x80\x80",     /* above U+10FFFF */
        "\xf8\x88\x80\x80\x80", /* five bytes */
        "\xff",
        "\xc3",         /* cut off */
        "\xe2\x82",     /* cut off */
        "\xf0\x9f\x98", /* cut off */
        "\xc3(",
        "\xe2(\xa1",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        uint32_t character;
        assert_int_equal(utf8_read(wrong[i], strlen(wrong[i]), &character), 0);
        assert_false(utf8_valid(wrong[i], strlen(wrong[i])));
    }
}

CASE(a_text_is_valid_when_all_of_it_is)
{
    assert_true(utf8_valid("", 0));
    assert_true(utf8_valid("Zürich — 東京 🏗", strlen("Zürich — 東京 🏗")));
    assert_true(utf8_valid("a\0b", 3));
    assert_false(utf8_valid("Z\xfcrich", 6));
}

static void assert_mended(void (*mend)(char *text), const char *text, const char *expected)
{
    char copy[64];
    strcpy(copy, text);
    mend(copy);
    assert_string_equal(copy, expected);
}

CASE(whatever_bytes_are_mended_to_a_text)
{
    assert_mended(utf8_mend_line, "Zürich — 東京 🏗", "Zürich — 東京 🏗");
    assert_mended(utf8_mend_line,
                  "\xff\xfe"
                  "a\xc3",
                  "??a?");
    assert_mended(utf8_mend_line, "cut off \xf0\x9f\x98", "cut off ???");
    assert_mended(utf8_mend_line, "a\tb\nc\x1b[2J\u2028\x7f", "a?b?c?[2J????");
    assert_mended(utf8_mend_prose, "a\tb\nc\x1b[2J\xff", "a\tb\nc?[2J?");
    assert_mended(utf8_mend_line, "", "");
}

CASE(a_line_has_no_control_and_nothing_that_ends_it)
{
    static const char *const broken[] = {
        "a\nb", "a\rb", "a\tb", "\x1b[1m", "\x7f", "\xc2\x85", "\xe2\x80\xa8", "Z\xfcrich",
    };
    assert_true(utf8_is_line(""));
    assert_true(utf8_is_line("Zürich — 東京\xc2\xa0🏗"));
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_false(utf8_is_line(broken[i]));
}

CASE(prose_has_lines_and_tabs_but_no_other_control)
{
    assert_true(utf8_is_prose("one\r\n\ttwo\n"));
    assert_false(utf8_is_prose("bell\a"));
    assert_false(utf8_is_prose("\xc2\x85"));
    assert_false(utf8_is_prose("\xe2\x80\xa9"));
}

CASE(spaces_of_every_script_are_known)
{
    static const uint32_t spaces[] = {' ', '\t', '\n', 0x85, 0xa0, 0x1680, 0x2003, 0x2029, 0x3000};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        assert_true(utf8_is_space(spaces[i]));
    assert_false(utf8_is_space('a'));
    assert_false(utf8_is_space(0x200b)); /* a zero width space is none by the property */
}

RUN(T(characters_of_every_length_are_read), T(anything_else_is_not_utf8),
    T(a_text_is_valid_when_all_of_it_is), T(whatever_bytes_are_mended_to_a_text),
    T(a_line_has_no_control_and_nothing_that_ends_it),
    T(prose_has_lines_and_tabs_but_no_other_control), T(spaces_of_every_script_are_known))
