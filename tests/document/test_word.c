#include "document/word.h"

#include "../check.h"

CASE(every_word_has_an_english_text)
{
    for (enum word each = WORD_NONE + 1; each < WORD_COUNT; each++)
        assert_true(strlen(word(language_find("en"), each)) > 0);
    assert_string_equal(word(language_find("en"), WORD_NONE), "");
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

CASE(a_phrase_does_not_look_into_its_texts)
{
    struct arena *arena = arena_new();
    assert_string_equal(phrase(arena, language_find("en"), WORD_PAGE_OF, "{2}", "%s", NULL),
                        "Page {2} of %s");
    assert_string_equal(phrase(arena, language_find("en"), WORD_PAGE_OF, "1", NULL, NULL),
                        "Page 1 of ");
    arena_free(arena);
}

RUN(T(every_word_has_an_english_text), T(an_unknown_language_falls_back_to_a_known_one),
    T(a_language_takes_from_its_parent_what_it_lacks), T(a_phrase_takes_its_texts_in_its_own_order),
    T(a_phrase_does_not_look_into_its_texts))
