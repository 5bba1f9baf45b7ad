#include "base/letter.h"

#include "../check.h"

CASE(letters_of_every_script_become_small)
{
    struct arena *arena = arena_new();
    assert_string_equal(letters_lower(arena, "ÜBER Straße ΣΧ ЗА عقد 50%"),
                        "über straße σχ за عقد 50%");
    assert_string_equal(letters_lower(arena, ""), "");
    arena_free(arena);
}

CASE(a_word_is_found_in_any_case)
{
    const char *text = "Die Überweisung";
    assert_ptr_equal(letters_find(text, "üBER"), text + 4);
    assert_ptr_equal(letters_find(text, ""), text);
    assert_ptr_equal(letters_find(text, "ung"), strstr(text, "ung"));
    assert_null(letters_find(text, "unge"));
    assert_null(letters_find("", "a"));
}

CASE(letters_with_two_cases_are_told_once)
{
    struct letter letters[LETTERS_LIMIT];
    assert_int_equal(letters_cased("Öl, öl: ß, ع, 金", letters), 1);
    assert_string_equal(letters[0].capital, "Ö");
    assert_string_equal(letters[0].small, "ö");
    assert_int_equal(letters_cased("plain", letters), 0);
}

CASE(no_more_letters_are_told_than_there_is_room_for)
{
    struct letter letters[LETTERS_LIMIT];
    assert_int_equal(letters_cased("абвгдежзийклмнопрстуфхцчшщ", letters), LETTERS_LIMIT);
    assert_string_equal(letters[LETTERS_LIMIT - 1].small, "п");
}

RUN(T(letters_of_every_script_become_small), T(a_word_is_found_in_any_case),
    T(letters_with_two_cases_are_told_once), T(no_more_letters_are_told_than_there_is_room_for))
