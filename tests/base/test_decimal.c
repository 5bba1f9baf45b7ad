#include "base/decimal.h"

#include "../check.h"

static int64_t parsed(const char *text, int scale)
{
    int64_t value;
    struct fault fault = {0};
    assert_int_equal(decimal_parse(text, scale, &value, &fault), OK);
    return value;
}

CASE(text_becomes_a_scaled_integer)
{
    assert_int_equal(parsed("12.5", 3), 12500);
    assert_int_equal(parsed("0", 6), 0);
    assert_int_equal(parsed("-0.0000015", 7), -15);
    assert_int_equal(parsed("19", 4), 190000);
    assert_int_equal(parsed("-0.00", 2), 0);
    assert_int_equal(parsed("0.000000000000000001", 18), 1);
}

CASE(the_whole_range_of_64_bits_can_be_read_and_written)
{
    static const int64_t ends[] = {INT64_MAX, INT64_MIN, INT64_MIN + 1, 0, 1, -1, 10, -100};
    char text[DECIMAL_TEXT_SIZE];
    for (int scale = 0; scale <= DECIMAL_SCALE_MAX; scale++)
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            assert_int_equal(parsed(decimal_format(ends[i], scale, text), scale), ends[i]);
            assert_int_equal(parsed(decimal_format_short(ends[i], scale, text), scale), ends[i]);
        }
}

CASE(anything_but_a_plain_decimal_is_invalid)
{
    static const char *const wrong[] = {
        "",    " ",    "-",    ".",    "-.",    "1.",  ".5",  "-.5", "+1",  " 1",   "1 ",
        "1e3", "1E-3", "0x1F", "1,5",  "1,000", "1_0", "--1", "1-",  "1.-", "1..2", "1.2.3",
        "00",  "007",  "-01",  "00.5", "NaN",   "inf", "１",  "٣",   "1\n", "1.5a", "1.23456",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int64_t value = 77;
        struct fault fault = {0};
        assert_int_equal(decimal_parse(wrong[i], 4, &value, &fault), ERROR_INVALID);
        assert_int_equal(value, 77);
        assert_true(strlen(fault.detail) > 0);
    }
}

CASE(a_number_past_64_bits_is_out_of_range)
{
    static const char *const large[] = {
        "92233720368547758.08",
        "-92233720368547758.09",
        "922337203685477581",
        "999999999999999999999999999999999999999999999999999999",
    };
    for (size_t i = 0; i < sizeof large / sizeof *large; i++) {
        int64_t value = 77;
        struct fault fault = {0};
        assert_int_equal(decimal_parse(large[i], 2, &value, &fault), ERROR_OUT_OF_RANGE);
        assert_int_equal(value, 77);
    }
    assert_int_equal(parsed("92233720368547758.07", 2), INT64_MAX);
    assert_int_equal(parsed("-92233720368547758.08", 2), INT64_MIN);
}

CASE(the_short_form_drops_zeros_at_the_end_only)
{
    char text[DECIMAL_TEXT_SIZE];
    assert_string_equal(decimal_format_short(190000, 4, text), "19");
    assert_string_equal(decimal_format_short(195000, 4, text), "19.5");
    assert_string_equal(decimal_format_short(1000, 0, text), "1000");
    assert_string_equal(decimal_format_short(0, 6, text), "0");
    assert_string_equal(decimal_format_short(-7700, 4, text), "-0.77");
    assert_string_equal(decimal_format(-5, 2, text), "-0.05");
    assert_string_equal(decimal_format(7, 0, text), "7");
}

RUN(T(text_becomes_a_scaled_integer), T(the_whole_range_of_64_bits_can_be_read_and_written),
    T(anything_but_a_plain_decimal_is_invalid), T(a_number_past_64_bits_is_out_of_range),
    T(the_short_form_drops_zeros_at_the_end_only))
