#include "words/saying.h"

#include "base/day.h"

#include "../check.h"

static const char *in(struct arena *arena, const char *tag, struct saying saying)
{
    return say(arena, language_find(tag), &saying);
}

CASE(one_saying_is_told_in_each_language)
{
    struct arena *arena = arena_new();
    int32_t day;
    assert_int_equal(day_parse("2026-07-08", &day, NULL), OK);
    const struct saying subject = SAY(arena, WORD_MAIL_INVOICE_SUBJECT, said_text("2026-0001"),
                                      said_money(123450, "EUR"), said_day(day));
    assert_string_equal(in(arena, "en", subject),
                        "Invoice 2026-0001: 1,234.50 EUR, due 8 Jul 2026");
    assert_string_equal(in(arena, "de", subject),
                        "Rechnung 2026-0001: 1.234,50\u00a0EUR, fällig am 8. Juli 2026");
    arena_free(arena);
}

CASE(nothing_is_said_of_nothing)
{
    struct arena *arena = arena_new();
    assert_string_equal(in(arena, "en", said_nothing), "");
    assert_string_equal(in(arena, "en", said_text(NULL)), "");
    assert_string_equal(in(arena, "en", said_quote(NULL)), "");
    assert_string_equal(in(arena, "en", said_day(DAY_NONE)), "");
    assert_string_equal(in(arena, "en", said_series(NULL, 0)), "");
    assert_string_equal(in(arena, "en", SAY_WORD(WORD_NONE)), "");
    arena_free(arena);
}

CASE(sayings_stand_inside_of_each_other)
{
    struct arena *arena = arena_new();
    const struct saying name =
        SAY(arena, WORD_MAIL_MILESTONE, said_text("M1"), said_text("Prototype"), said_text("Map"));
    const struct saying both[] = {
        SAY(arena, WORD_MAIL_LAPSED_SUBJECT, name),
        said_text(", "),
        said_change(-500, "EUR"),
        said_text(" "),
        said_change(500, "EUR"),
        said_text(" "),
        said_rate(195000),
        said_text(" "),
        said_number(2016),
    };
    assert_string_equal(in(arena, "en", said_series(both, sizeof both / sizeof *both)),
                        "No answer: M1 Prototype of \"Map\", -5.00 EUR +5.00 EUR 19.5% 2016");
    arena_free(arena);
}

CASE(a_text_is_never_read_as_a_pattern)
{
    struct arena *arena = arena_new();
    assert_string_equal(
        in(arena, "en",
           SAY(arena, WORD_MAIL_MILESTONE_SHORT, said_text("{2}"), said_text("%s {1}"))),
        "{2} %s {1}");
    assert_string_equal(in(arena, "en", said_quote("{1}")), "    {1}\n\n");
    arena_free(arena);
}

RUN(T(one_saying_is_told_in_each_language), T(nothing_is_said_of_nothing),
    T(sayings_stand_inside_of_each_other), T(a_text_is_never_read_as_a_pattern))
