#include <ctype.h>

#include "words/word.h"

#include "../check.h"

CASE(every_word_has_an_english_text)
{
    for (enum word each = WORD_NONE + 1; each < WORD_COUNT; each++)
        assert_true(strlen(word(language_find("en"), each)) > 0);
    assert_string_equal(word(language_find("en"), WORD_NONE), "");
}

static const char *const others[] = {"de", "fr", "es", "ar"};
enum { OTHERS = sizeof others / sizeof *others };

/* {1} is bit 1, and so on; one that is named twice shows as bit 16. */
static unsigned placeholders_of(const char *text)
{
    unsigned found = 0;
    for (const char *at = strchr(text, '{'); at; at = strchr(at + 1, '{')) {
        if (isdigit((unsigned char)at[1]) && at[2] == '}') {
            unsigned bit = 1u << (at[1] - '0');
            found |= found & bit ? 1u << 16 : bit;
        }
    }
    return found;
}

CASE(every_language_has_every_word_of_its_own)
{
    for (int i = 0; i < OTHERS; i++)
        for (enum word each = WORD_NONE + 1; each < WORD_COUNT; each++)
            if (!language_has(language_find(others[i]), each))
                fail_msg("%s lacks \"%s\"", others[i], word(language_find("en"), each));
}

CASE(every_language_names_what_english_names)
{
    for (int i = 0; i < OTHERS; i++)
        for (enum word each = WORD_NONE + 1; each < WORD_COUNT; each++) {
            const char *english = word(language_find("en"), each);
            const char *other = word(language_find(others[i]), each);
            if (placeholders_of(english) != placeholders_of(other))
                fail_msg("%s: \"%s\" is not of \"%s\"", others[i], other, english);
        }
}

static size_t blanks_before(const char *text)
{
    return strspn(text, " \n");
}

static size_t breaks_after(const char *text)
{
    size_t size = strlen(text), count = 0;
    while (count < size && text[size - 1 - count] == '\n')
        count++;
    return count;
}

/* Texts are put next to each other, so what stands at their edges is part of them. */
CASE(every_language_keeps_the_edges_of_a_text)
{
    for (int i = 0; i < OTHERS; i++)
        for (enum word each = WORD_NONE + 1; each < WORD_COUNT; each++) {
            const char *english = word(language_find("en"), each);
            const char *other = word(language_find(others[i]), each);
            if (breaks_after(english) != breaks_after(other) ||
                (blanks_before(english) > 0) != (blanks_before(other) > 0))
                fail_msg("%s: \"%s\" for \"%s\"", others[i], other, english);
        }
}

CASE(a_locale_is_its_language)
{
    assert_string_equal(language_tag(language_of(LOCALE_AR)), "ar");
    assert_true(language_is_rtl(language_of(LOCALE_AR)));
    assert_false(language_is_rtl(language_of(LOCALE_DE)));
    assert_string_equal(language_tag(language_of(0)), "en");
}

CASE(an_unknown_language_falls_back_to_a_known_one)
{
    assert_string_equal(language_tag(language_find(NULL)), "en");
    assert_string_equal(language_tag(language_find("")), "en");
    assert_string_equal(language_tag(language_find("tlh")), "en");
    assert_string_equal(language_tag(language_find("en-GB")), "en");
    assert_string_equal(language_tag(language_find("en-us")), "en-US");
    assert_string_equal(language_tag(language_find("engl")), "en");
}

CASE(a_language_takes_from_its_parent_what_it_lacks)
{
    const struct language *american = language_find("en-US");
    assert_string_equal(word(american, WORD_ORDER_REFERENCE), "Purchase order");
    assert_string_equal(word(american, WORD_INVOICE), "Invoice");
}

CASE(a_phrase_takes_its_texts_in_its_own_order)
{
    struct arena *arena = arena_new();
    assert_string_equal(phrase(arena, language_find("en"), WORD_DAY, "8", "Jul", "2016"),
                        "8 Jul 2016");
    assert_string_equal(phrase(arena, language_find("en-US"), WORD_DAY, "8", "Jul", "2016"),
                        "Jul 8, 2016");
    arena_free(arena);
}

/* Else "54-1" reads "1-54" inside of Arabic, and a name in Latin letters turns the sentence. */
CASE(what_is_put_into_arabic_goes_its_own_way)
{
    struct arena *arena = arena_new();
    assert_string_equal(phrase(arena, language_find("ar"), WORD_TITLED, "A", "54-1", NULL),
                        "\u200f\u2068A\u2069 رقم \u206854-1\u2069");
    assert_string_equal(phrase(arena, language_find("ar"), WORD_TITLED, "", NULL, NULL),
                        "\u200f رقم ");
    arena_free(arena);
}

CASE(a_phrase_does_not_look_into_its_texts)
{
    struct arena *arena = arena_new();
    assert_string_equal(phrase(arena, language_find("en"), WORD_PAGE_OF, "{2}", "%s", NULL),
                        "Page {2} of %s");
    assert_string_equal(phrase(arena, language_find("en"), WORD_PAGE_OF, "1", NULL, NULL),
                        "Page 1 of ");
    arena_free(arena);
}

RUN(T(every_word_has_an_english_text), T(every_language_has_every_word_of_its_own),
    T(every_language_names_what_english_names), T(every_language_keeps_the_edges_of_a_text),
    T(a_locale_is_its_language), T(an_unknown_language_falls_back_to_a_known_one),
    T(a_language_takes_from_its_parent_what_it_lacks), T(a_phrase_takes_its_texts_in_its_own_order),
    T(what_is_put_into_arabic_goes_its_own_way), T(a_phrase_does_not_look_into_its_texts))
