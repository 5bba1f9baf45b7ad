#include "core/code.h"

#include "../check.h"

CASE(codes_are_short_and_plain)
{
    static const char *const good[] = {"R1",    "R1.2", "S3",
                                       "a-b_c", "1",    "12345678901234567890123456789012"};
    static const char *const bad[] = {
        NULL,  "",         ".R",  "-",  "R 1",
        "R/1", "\xc3\xa4", "R\n", "_1", "123456789012345678901234567890123"};
    struct fault fault = {0};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(code_check(good[i], "code", &fault), OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(code_check(bad[i], "milestones/0/code", &fault), ERROR_INVALID);
        assert_string_equal(fault.field, "milestones/0/code");
    }
}

CASE(the_number_of_a_code_is_all_that_follows_its_prefix)
{
    assert_int_equal(code_number("R12", "R"), 12);
    assert_int_equal(code_number("R1.2", "R1."), 2);
    assert_int_equal(code_number("R1.2", "R"), 0);
    assert_int_equal(code_number("R", "R"), 0);
    assert_int_equal(code_number("X1", "R"), 0);
    assert_int_equal(code_number("R99999999999", "R"), 0);
}

CASE(codes_are_ordered_as_people_count)
{
    static const char *const ordered[] = {"R1",  "R01",  "R1.2", "R1.10", "R2",
                                          "R10", "R10a", "S1",   "X",     "X1"};
    for (size_t a = 0; a < sizeof ordered / sizeof *ordered; a++) {
        for (size_t b = 0; b < sizeof ordered / sizeof *ordered; b++) {
            int order = code_compare(ordered[a], ordered[b]);
            if (strcmp(ordered[a], "R01") == 0 || strcmp(ordered[b], "R01") == 0)
                assert_int_equal(order == 0, a == b); /* beside R1, but not the same */
            else
                assert_int_equal((order > 0) - (order < 0), (a > b) - (a < b));
        }
    }
}

CASE(a_text_is_held_or_not)
{
    struct texts texts = {(const char *[]){"a", "b"}, 2};
    assert_true(texts_hold(&texts, "b"));
    assert_false(texts_hold(&texts, "c"));
}

RUN(T(codes_are_short_and_plain), T(the_number_of_a_code_is_all_that_follows_its_prefix),
    T(codes_are_ordered_as_people_count), T(a_text_is_held_or_not))
