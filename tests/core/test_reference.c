#include "core/reference.h"

#include "../check.h"

static void assert_reference(const char *number, const char *expected)
{
    char reference[REFERENCE_SIZE];
    assert_int_equal(reference_make(number, reference, NULL), OK);
    assert_string_equal(reference, expected);
}

CASE(published_references_are_made_and_read)
{
    assert_reference("539007547034", "RF18539007547034");
    assert_reference("G72UUR", "RF45G72UUR");
    char reference[REFERENCE_SIZE];
    assert_true(reference_parse("RF18 5390 0754 7034", reference));
    assert_string_equal(reference, "RF18539007547034");
    assert_true(reference_parse("rf45g72uur", reference));
    assert_string_equal(reference, "RF45G72UUR");
}

CASE(only_letters_and_digits_of_a_number_count)
{
    char with[REFERENCE_SIZE], without[REFERENCE_SIZE];
    assert_int_equal(reference_make("INV 2026.000/123", with, NULL), OK);
    assert_int_equal(reference_make("inv2026000123", without, NULL), OK);
    assert_string_equal(with, without);
    assert_string_equal(with + 4, "INV2026000123");
}

CASE(a_number_of_21_characters_fits_and_one_more_does_not)
{
    char reference[REFERENCE_SIZE];
    struct fault fault = {0};
    assert_int_equal(reference_make("ABCDEFGHIJKLMNOPQRSTU", reference, &fault), OK);
    assert_int_equal(strlen(reference), 25);
    assert_true(reference_parse(reference, reference));
    assert_int_equal(reference_make("ABCDEFGHIJKLMNOPQRSTUV", reference, &fault), ERROR_INVALID);
    assert_string_equal(fault.field, "number");
    assert_int_equal(reference_make("", reference, &fault), ERROR_INVALID);
    assert_int_equal(reference_make("-/ .", reference, &fault), ERROR_INVALID);
    assert_int_equal(reference_make("N\u00b01", reference, &fault), ERROR_INVALID);
}

CASE(text_that_is_no_reference_is_not_read)
{
    static const char *const wrong[] = {
        "",
        "RF",
        "RF04",
        "RF18 5390 0754 7035",
        "RF81 5390 0754 7034",
        "RG18 5390 0754 7034",
        "RF1A 5390 0754 7034",
        "RF18-5390-0754-7034",
        "RF18 5390 0754 7034 RF18 5390 0754 7034",
        "DE89370400440532013000",
        "18539007547034",
        "RF\u00b918539007547034",
    };
    char reference[REFERENCE_SIZE] = "untouched";
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(reference_parse(wrong[i], reference));
    assert_string_equal(reference, "untouched");
}

CASE(one_wrong_digit_is_found)
{
    char good[REFERENCE_SIZE], bad[REFERENCE_SIZE], read[REFERENCE_SIZE];
    assert_int_equal(reference_make("INV2026000123", good, NULL), OK);
    for (size_t i = 2; i < strlen(good); i++)
        for (char c = '0'; c <= '9'; c++) {
            strcpy(bad, good);
            bad[i] = c;
            assert_int_equal(reference_parse(bad, read), c == good[i]);
        }
}

CASE(swapped_neighbours_are_found)
{
    char good[REFERENCE_SIZE], bad[REFERENCE_SIZE], read[REFERENCE_SIZE];
    assert_int_equal(reference_make("INV2026000123", good, NULL), OK);
    for (size_t i = 2; good[i + 1]; i++) {
        strcpy(bad, good);
        bad[i] = good[i + 1];
        bad[i + 1] = good[i];
        assert_int_equal(reference_parse(bad, read), good[i] == good[i + 1]);
    }
}

CASE(paper_shows_groups_of_four)
{
    char text[REFERENCE_PRINT_SIZE], reference[REFERENCE_SIZE];
    assert_string_equal(reference_print("RF18539007547034", text), "RF18 5390 0754 7034");
    assert_string_equal(reference_print("RF45G72UUR", text), "RF45 G72U UR");
    assert_int_equal(reference_make("123456789012345678901", reference, NULL), OK);
    assert_int_equal(strlen(reference_print(reference, text)), 31);
}

RUN(T(published_references_are_made_and_read), T(only_letters_and_digits_of_a_number_count),
    T(a_number_of_21_characters_fits_and_one_more_does_not),
    T(text_that_is_no_reference_is_not_read), T(one_wrong_digit_is_found),
    T(swapped_neighbours_are_found), T(paper_shows_groups_of_four))
